"""Slow governance: how long a rule takes, beside how far the cost of compute moves meanwhile."""

from __future__ import annotations

import polars as pl
import streamlit as st

from charts.bars import bars
from model import Scenario
from model.governance import RULES, VotingRule, duration
from model.governance.outcome_words import clock_words
from model.words.text import MINUS, number, percent
from ui.chart import show_chart
from ui.text import as_markdown

OTHERS = {
    "openzeppelin": "OpenZeppelin",
    "compound_bravo": "Compound",
    "cosmos_hub": "Cosmos Hub",
    "fetch": "Fetch.ai",
    "nns": "NNS of ICP",
    "near_house_of_stake": "NEAR",
    "render_rnp": "Render",
}
"""Rules beside the one shown, called so shortly that a phone has room for the bars."""
FAST = 0.25
"""Yearly fall of compute cost at the upper end that the assumption's sources call defensible."""


def cost_moves(yearly_fall: float, days: float) -> float:
    """Share by which the cost of compute falls within some days."""
    return float(1 - (1 - yearly_fall) ** (days / 365.25))


def _trend(scenario: Scenario) -> float:
    role = scenario.structure.capacity_role
    values = scenario.values
    return float(values.get(f"{role}.cost_trend", values.get("cost_trend", 0.0)))


def _trend_words(trend: float, days: float) -> str:
    """What the scenario says of the cost of compute, and how far it would move within some days."""
    if not trend:
        return "In this scenario the cost of compute is steady"
    moves = "falls" if trend > 0 else "rises"
    moved = percent(abs(cost_moves(trend, days)))
    return f"In this scenario the cost of compute {moves} by {percent(abs(trend))} a year, meanwhile by {moved}"


def _row(rule: VotingRule, shown: VotingRule) -> dict[str, str | float]:
    days = duration(rule.clock).longest
    return {
        "label": "This rule" if rule is shown else OTHERS[rule.name],
        "value": days,
        "text": f"{number(days)} d, {MINUS}{percent(cost_moves(FAST, days))}",
        "role": "scenario" if rule is shown else "baseline",
    }


def clock_part(rule: VotingRule, scenario: Scenario) -> None:
    """Days from proposal to effect under the rule and others, each with the move of compute cost meanwhile."""
    st.header("How long it takes", anchor=False)
    took = duration(rule.clock)
    if not took.longest:
        st.markdown(as_markdown(f"{rule.title} has no clock of its own: it takes as long as those who decide need."))
        return
    longest = "" if took.longest == took.usual else f", at most {number(took.longest)}"
    st.markdown(as_markdown(f"{rule.title}: {clock_words(rule.clock)}."))
    rows = [_row(one, rule) for one in (rule, *(RULES[n] for n in OTHERS if RULES[n].name != rule.name))]
    show_chart(
        bars("days from proposal to effect", rows=len(rows), role="", signed=False),
        pl.DataFrame(rows),
        key="vote-clock",
        sentence=as_markdown(
            f"From proposal to effect it takes {number(took.usual)} days{longest}. "
            f"{_trend_words(_trend(scenario), took.longest)}; at {percent(FAST)} a year it would fall by "
            f"{percent(cost_moves(FAST, took.longest))}."
        ),
        unit="days, every extension used",
        source=as_markdown(
            "clocks as the rules' sources have them, every extension used; discussion before a vote is not counted. "
            f"Beside the days stands how far the cost of compute would fall meanwhile at {percent(FAST)} a year, the "
            "fast end that the model's own assumption calls defensible."
        ),
    )
