"""Slow governance: how long a rule takes, beside how far the cost of compute moves meanwhile."""

from __future__ import annotations

import polars as pl
import streamlit as st

from charts.bars import bars
from model import Scenario
from model.governance import RULES, VotingRule, duration
from model.governance.outcome_words import clock_words
from model.text import number, percent
from ui.chart import show_chart
from ui.text import as_markdown

OTHERS = ("openzeppelin", "compound_bravo", "cosmos_hub", "fetch", "nns", "near_house_of_stake", "render_rnp")
FAST = 0.25
"""Yearly fall of compute cost at the upper end that the assumption's sources call defensible."""


def cost_moves(yearly_fall: float, days: float) -> float:
    """Share by which the cost of compute falls within some days."""
    return float(1 - (1 - yearly_fall) ** (days / 365.25))


def _trend(scenario: Scenario) -> float:
    role = scenario.structure.capacity_role
    values = scenario.values
    return float(values.get(f"{role}.cost_trend", values.get("cost_trend", 0.0)))


def clock_part(rule: VotingRule, scenario: Scenario) -> None:
    """Days from proposal to effect under the rule and others, each with the move of compute cost meanwhile."""
    st.header("How long it takes", anchor=False)
    took, trend = duration(rule.clock), _trend(scenario)
    longest = "" if took.longest == took.usual else f", at most {number(took.longest)}"
    fall = (
        f"falls by {percent(trend)} a year"
        if trend > 0
        else "is steady"
        if not trend
        else f"rises by {percent(-trend)} a year"
    )
    here = f"; meanwhile it would move by {percent(abs(cost_moves(trend, took.longest)))}" if trend else ""
    st.markdown(as_markdown(f"{rule.title}: {clock_words(rule.clock)}."))
    names = [rule, *(RULES[name] for name in OTHERS if RULES[name].title != rule.title)]
    rows = [
        {
            "label": one.title,
            "value": duration(one.clock).longest,
            "text": f"{number(duration(one.clock).longest)} d, cost {percent(cost_moves(FAST, duration(one.clock).longest))}",
            "role": "scenario" if one is rule else "baseline",
        }
        for one in names
    ]
    show_chart(
        bars("days from proposal to effect, every extension used", rows=len(rows), role="", signed=False),
        pl.DataFrame(rows),
        key="vote-clock",
        sentence=as_markdown(
            f"From proposal to effect it takes {number(took.usual)} days{longest}. In this scenario the cost of compute "
            f"{fall}{here}; at {percent(FAST)} a year it would be {percent(cost_moves(FAST, took.longest))}."
        ),
        unit="days",
        source=as_markdown(
            "clocks as the rules' sources have them; discussion before a vote is not counted. Beside the days stands "
            f"how far the cost of compute would fall meanwhile at {percent(FAST)} a year (an assumption of this page)."
        ),
    )
