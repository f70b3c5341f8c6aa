"""Would it pass: the chance as dots, why it would fail, the map of turnout and support, and whose vote decides."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import polars as pl
import streamlit as st

from charts.vote_map import vote_map
from model import BallastError
from model.governance.behaviour import BANNER
from model.governance.chance import Estimate, band, chance
from model.governance.chance_words import (
    coalition_words,
    dots,
    headline,
    how_found,
    in_a_thousand,
    in_ten,
    needed_words,
    why_it_fails,
)
from model.governance.holders import GROUPS
from model.governance.linear_rules import OUTCOMES, frontier
from model.governance.one_vote import AWAY
from model.governance.pivotal import own_pivotality, turning_coalition, yes_needed
from model.governance.rules import VotingRule
from model.governance.simulation import counted_votes
from model.governance.tally import Reason
from model.governance.usual import usual_turnout
from model.text import MINUS, number, percent
from ui import vote_fields as fields
from ui.chart import show_chart
from ui.link import Moment
from ui.rows import heading_row, row
from ui.text import as_markdown
from ui.vote_runs import Asked, estimates, is_moved

SHOWN = 200
"""Modelled votes drawn on the map."""

_WHO = ("Kind", "May vote with", "Part of the votes", "Gain", "Yes")
_WHO_WEIGHTS = (3, 2, 2, 2, 2)

OUTCOME_WORDS = {
    Reason.PASS: "passes",
    Reason.FAIL_QUORUM: "too few votes for the quorum",
    Reason.FAIL_ALL_ABSTAIN: "everybody abstains",
    Reason.FAIL_VETO: "vetoed",
    Reason.CANCELLED: "cancelled",
    Reason.FAIL_THRESHOLD: "too few in favour",
}


def chance_panel(moment: Moment, rule: VotingRule, question: Asked | None) -> None:
    """The whole section; where there is no question, only what could be mended."""
    st.info(BANNER, icon=":material/psychology:")
    answer = st.container()
    _behaviour(rule)
    if question is None:
        return
    try:
        with answer:
            found = _progress(question)
        with st.container():
            _map(question)
            _who(moment, question)
            _decides(moment, question, found)
    except BallastError as problem:
        answer.warning(as_markdown(str(problem)))


def _progress(question: Asked) -> Estimate:
    """The answer, better with every list of holders."""
    with st.container(key="sentence-vote-chance"):
        place, progress = st.empty(), st.empty()
    found = None
    for found in estimates(question):
        with place.container():
            st.html(f'<p style="font-size: 1.6rem; margin: 0">{dots(found.passing)} {in_ten(found.passing)}</p>')
            st.markdown(as_markdown(headline(found, question.voting_rule)))
            st.markdown(as_markdown(why_it_fails(found.chance)))
        progress.progress(len(found.lists) / found.wanted, f"{len(found.lists)} of {found.wanted} lists of holders")
    assert found is not None
    progress.empty()
    st.caption(as_markdown(f"{how_found(found)} {_band_words(question)}"))
    return found


@lru_cache(maxsize=32)
def _band(question: Asked) -> tuple[tuple[float, float], ...]:
    few = 3
    rule = question.voting_rule
    found = band(rule, question.plan, turnout=question.turnout, support=question.support, lists=few)
    return tuple(found.items())


def _band_words(question: Asked) -> str:
    found = _band(question)
    told = ", ".join(f"{in_ten(chance)} with {number(shock)}" for shock, chance in found)
    return f"How much support moves together is assumed: {told} as its common shock."


# ---- what is assumed ------------------------------------------------------------------------------------
def _behaviour(rule: VotingRule) -> None:
    """Sliders of behaviour, each with what it rests on."""
    expected, low, high, source = usual_turnout(rule)
    with st.container(horizontal=True, gap="medium", key="vote-behaviour"):
        with st.container(width=300):
            fields.percent_slider(
                fields.TURNOUT,
                "Expected turnout (assumed)",
                shown=expected,
                help=f"Share of the electorate. Usual here: {percent(low)} to {percent(high)}. Source: {source}.",
            )
        with st.container(width=300):
            fields.number_box(
                fields.SELF,
                "Self-interest (assumed)",
                step=0.5,
                high=5.0,
                help="How strongly a gain moves a vote: at 1 a gain of 5% makes 73% of a kind vote yes; 0 is by hand.",
            )
    with st.expander("More about how people vote", key="vote-more", on_change="rerun") as box:
        if box.open:
            _more(rule)


def _more(rule: VotingRule) -> None:
    fields.number_box(
        fields.WHALES, "Large holders vote more (assumed)", step=0.1, high=2.0,
        help="Logits of turnout per unit of the logarithm of stake; 0: all alike. How much is not known.",
    )  # fmt: skip
    fields.number_box(
        fields.SHOCK, "Common shock to support (assumed)", step=0.25, high=2.0,
        help="What moves everybody at once, in logits; 0 lets many holders average out, which understates risk.",
    )  # fmt: skip
    if "abstain" in rule.options:
        fields.percent_slider(fields.ABSTAIN, "Votes cast that abstain (assumed)")
    if "veto" in rule.options:
        fields.percent_slider(fields.VETO, "Votes against that veto (assumed)")
    st.markdown("Share of yes by kind before any gain (assumed):")
    with st.container(horizontal=True):
        for group, label in GROUPS.items():
            with st.container(width=220):
                fields.percent_slider(fields.LEAN[group], label)


# ---- map ------------------------------------------------------------------------------------------------
@lru_cache(maxsize=32)
def _votes(question: Asked) -> dict[str, pl.DataFrame]:
    """Modelled votes and the frontier of the typical list."""
    vote = question.vote()
    counts = counted_votes(vote, SHOWN, seed=1)
    outcome = vote.linear.decide(counts)
    turnout = counts.sum(axis=1) / vote.linear.electorate
    decided = counts[:, 0] + counts[:, 1] + counts[:, 3]
    reach = float(min(1.0, max(turnout.max() * 1.25, 0.02)))
    grid = np.linspace(0, reach, 400)[1:]
    least = frontier(vote.linear, grid, abstain=question.abstain, veto=question.veto)
    main = pl.DataFrame(
        {
            "turnout": turnout,
            "yes": counts[:, 0] / np.where(decided > 0, decided, 1),
            "passes": np.where(outcome == 0, "passes", "fails"),
            "outcome": [OUTCOME_WORDS[OUTCOMES[place]] for place in outcome],
        }
    )
    line = pl.DataFrame({"turnout": grid, "yes": np.minimum(least, 1.0)})
    words = [(reach * 0.8, float(min(least[-1], 1.0)) / 2, "fails")]
    if least[-1] <= 1:
        words.append((reach * 0.8, (float(least[-1]) + 1) / 2, "passes"))
    return {
        "main": main,
        "frontier": line,
        "words": pl.DataFrame(words, schema=["turnout", "yes", "label"], orient="row"),
    }


def _map(question: Asked) -> None:
    data = _votes(question)
    passing = float((data["main"]["passes"] == "passes").mean())  # type: ignore[arg-type]
    middle = float(data["main"]["turnout"].median())  # type: ignore[arg-type]
    show_chart(
        vote_map(),
        data,
        key="vote-map",
        sentence=as_markdown(
            f"On the typical list of holders {round(passing * SHOWN)} of {SHOWN} modelled votes lie on the side that "
            f"passes; half of them have a turnout above {percent(middle)}."
        ),
        unit="shares of the electorate, and of yes and no",
        source=as_markdown(
            "Each dot is one modelled vote, filled where it passes. The line is the rule itself, solved exactly: the "
            "share of yes from which a vote passes at each turnout."
        ),
        table=data["main"],
    )


# ---- who would vote how ---------------------------------------------------------------------------------
def _who(moment: Moment, question: Asked) -> None:
    st.subheader("Who would vote how, and why", anchor=False)
    if not is_moved(moment):
        st.markdown("The scenario proposes nothing, so no gain moves anybody: shares of yes are those set by hand.")
    holders = question.plan.typical()
    vote = question.vote()
    turned = [weight * (1 - vote.chances(u, v)[:, AWAY]) for u, v, weight in vote.shocks()]
    coming = np.sum(turned, axis=0) * holders.stakes
    gains = dict(question.gains)
    heading_row(_WHO, _WHO_WEIGHTS, key="vote-who")
    cast = float(coming.sum())
    for place, (group, label) in enumerate(GROUPS.items()):
        of_kind = (holders.groups == place) & holders.voting
        if not of_kind.any():
            continue
        cells = (
            f"**{label}**",
            percent(float(holders.stakes[of_kind].sum()) / holders.total) + " of all",
            percent(float(coming[of_kind].sum()) / cast) if cast else "none",
            _gain_words(gains.get(group)),
            percent(question.support.yes_share(group)),
        )
        row(cells, _WHO, _WHO_WEIGHTS, key=f"vote-who-{group}")
    st.caption(
        "Gains are those of the simulated proposal, of what the kind has; that gains turn into votes is assumed."
    )


def _gain_words(gain: float | None) -> str:
    """What a kind gains relative to what it has."""
    if gain is None:
        return "not counted"
    if gain == 0:
        return "nothing"
    return f"{'+' if gain > 0 else MINUS}{percent(abs(gain))}"


# ---- whose vote decides ---------------------------------------------------------------------------------
@lru_cache(maxsize=32)
def _coalition(question: Asked) -> tuple[str, float | None, float]:
    vote = question.vote()
    before = chance(vote, times=2000).passing
    needed = yes_needed(vote, precision=2e-3)
    return coalition_words(turning_coalition(vote), before), needed, vote.linear.electorate * vote.holders.stake_of_unit


@lru_cache(maxsize=64)
def _own(question: Asked, tokens: float) -> float:
    return own_pivotality(question.vote(), tokens, times=4000)


def _decides(moment: Moment, question: Asked, found: Estimate) -> None:
    st.subheader("Whose vote decides", anchor=False)
    words, needed, electorate = _coalition(question)
    token = moment.scenario.network.token
    told = [words]
    if found.passing < 0.5:
        told.append(needed_words(needed, (needed or 0.0) * electorate, token))
    st.markdown(as_markdown(" ".join(told)))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=260):
            own = fields.number_box(fields.OWN, f"Your stake, {token}", step=1000.0, high=1e15)
        if own:
            share = _own(question, min(own, question.plan.typical().total))
            st.markdown(f"Your vote decides in {in_a_thousand(share)}.")
    st.caption("On the typical list of holders; others vote as modelled.")
