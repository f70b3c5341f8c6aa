"""Would it pass: the chance as dots, why it would fail, the map of turnout and support, and whose vote decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.vote_map import CLOSE, vote_map
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
    quorum_missed,
    why_it_fails,
)
from model.governance.holders import GROUPS
from model.governance.linear_rules import OUTCOMES, room
from model.governance.one_vote import AWAY
from model.governance.pivotal import own_pivotality, turning_coalition, yes_needed
from model.governance.rules import VotingRule
from model.governance.simulation import counted_votes
from model.governance.tally import Reason
from model.governance.usual import usual_turnout
from model.words.text import MINUS, number, percent, sentence_case
from ui.chart import show_chart
from ui.link import Moment
from ui.rows import heading_row, row
from ui.text import as_markdown
from ui.vote import fields
from ui.vote.runs import Asked, estimates, is_moved

SHOWN = 200
"""Modelled votes drawn on the map."""

_WHO = ("Kind", "May vote with", "Part of the votes", "Gain", "Yes")
_WHO_WEIGHTS = (3, 2, 2, 2, 2)

OUTCOME_WORDS = {
    Reason.PASS: "passes",
    Reason.FAIL_ALL_ABSTAIN: "everybody abstains",
    Reason.FAIL_VETO: "vetoed",
    Reason.CANCELLED: "cancelled",
    Reason.FAIL_THRESHOLD: "too few in favour",
}


def chance_panel(moment: Moment, rule: VotingRule, question: Asked | None, place: DeltaGenerator) -> None:
    """The whole section; where there is no question, only what could be mended. `place` takes the answer's sentence."""
    answer = st.container()
    st.info(BANNER, icon=":material/psychology:")
    _behaviour(rule, question)
    if question is None:
        return
    place.markdown("**Modelled chance:** being counted ...")
    try:
        with answer:
            found = _progress(question)
            place.markdown(f"**Modelled chance:** {as_markdown(_in_short(found, question))}")
            _map(question)
        with st.container():
            _who(moment, question)
            _decides(moment, question, found)
    except BallastError as problem:
        place.empty()
        answer.warning(as_markdown(str(problem)))


def _in_short(found: Estimate, question: Asked) -> str:
    """The answer for the top of the page."""
    short = f"{in_ten(found.passing)} modelled votes would pass at an expected turnout of {percent(question.expected)}"
    return f"{sentence_case(short)}; behaviour is assumed, so it is not a forecast."


def _progress(question: Asked) -> Estimate:
    """The answer, better with every list of holders."""
    with st.container(key="sentence-vote-chance"):
        place, progress = st.empty(), st.empty()
    found = None
    for found in estimates(question):
        with place.container():
            st.html(f'<p style="font-size: 1.6rem; margin: 0">{dots(found.passing)} {in_ten(found.passing)}</p>')
            st.markdown(as_markdown(headline(found, question.voting_rule)))
            st.markdown(as_markdown(why_it_fails(found.chance, question.voting_rule)))
        progress.progress(len(found.lists) / found.wanted, f"{len(found.lists)} of {found.wanted} lists of holders")
    assert found is not None
    progress.empty()
    st.caption(as_markdown(f"{how_found(found)} {_band_words(question)}"))
    return found


@lru_cache(maxsize=32)
def _band(question: Asked) -> tuple[tuple[float, float], ...]:
    rule = question.voting_rule
    found = band(rule, question.plan.typical(), turnout=question.turnout, support=question.support)
    return tuple(found.items())


def _band_words(question: Asked) -> str:
    """The chance at other strengths of what moves all votes the same way at once."""
    told = [f"{percent(chance)} at {number(shock)}" for shock, chance in _band(question)]
    listed = " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
    basis = "" if question.plan.is_known else ", on one typical list and not the average above"
    shock = "What moves all holders the same way at once (the common shock, in logits) is assumed"
    return f"{shock}: it passes in {listed}{basis}."


# ---- what is assumed ------------------------------------------------------------------------------------
MOST_TURNOUT = 99.0
"""Percent that the slider ends at: that everybody votes for sure is nothing that a chance could be made of."""


def _behaviour(rule: VotingRule, question: Asked | None) -> None:
    """Sliders of behaviour that move the answer, each with what it rests on."""
    expected, low, high, source = usual_turnout(rule)
    with st.container(horizontal=True, gap="medium", key="vote-behaviour"):
        with st.container(width=300):
            fields.percent_slider(
                fields.TURNOUT,
                "Expected turnout (assumed)",
                high=MOST_TURNOUT,
                step=0.5,
                shown=expected,
                help=f"Share of the electorate. Usual here: {percent(low)} to {percent(high)}. Source: {source}.",
            )
        if rule.members is None:
            with st.container(width=300):
                fields.number_box(
                    fields.SELF,
                    "Self-interest (assumed)",
                    step=0.5,
                    high=5.0,
                    help="How strongly a gain moves a vote: at 1 a gain of 5% makes 73% of a kind vote yes; 0 is by "
                    "hand.",
                )
    with st.expander("More about how people vote", key="vote-more", on_change="rerun") as box:
        if box.open:
            _more(rule, GROUPS if question is None else _voting_kinds(question))


def _voting_kinds(question: Asked) -> dict[str, str]:
    """Kinds that vote in this vote, with what they are called; seats are called so."""
    if question.voting_rule.members is not None:
        return dict.fromkeys((bucket.group for bucket in question.plan.buckets), "Seats")
    voting = {bucket.group for bucket in question.plan.buckets if bucket.votes and bucket.tokens}
    voting |= {group for _, group, _, votes in question.plan.named if votes}
    return {group: label for group, label in GROUPS.items() if group in voting}


def _more(rule: VotingRule, kinds: Mapping[str, str]) -> None:
    if rule.members is None:
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
    seats = rule.members is not None
    st.markdown(f"Share of yes {'among the seats' if seats else 'by kind before any gain'} (assumed):")
    with st.container(horizontal=True):
        for group, label in kinds.items():
            with st.container(width=220):
                fields.percent_slider(fields.LEAN[group], label)


def _outcome_word(question: Asked, reason: Reason) -> str:
    if reason is Reason.FAIL_QUORUM:
        return quorum_missed(question.voting_rule)
    return OUTCOME_WORDS[reason]


# ---- map ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Drawn:
    """Modelled votes with their distances; `near` is the middle distance from the other side, a share."""

    votes: pl.DataFrame
    corners: pl.DataFrame
    quorum: bool
    near: float


@lru_cache(maxsize=32)
def _drawn(question: Asked) -> _Drawn:
    """Modelled votes on the typical list, each with how far it is beyond what quorum and approval ask."""
    vote = question.vote()
    counts = counted_votes(vote, SHOWN, seed=1)
    outcome = vote.linear.decide(counts)
    quorum = room(vote.linear, counts, Reason.FAIL_QUORUM)
    approval = room(vote.linear, counts, Reason.FAIL_THRESHOLD)
    up = room(vote.linear, counts, Reason.CANCELLED) if approval is None else approval
    up = np.zeros(SHOWN) if up is None else up
    across = counts.sum(axis=1) / vote.linear.electorate if quorum is None else quorum
    votes = pl.DataFrame(
        {
            "across": across,
            "up": up,
            "across_text": [_across_words(float(share), quorum is not None) for share in across],
            "up_text": [_room_words(float(share), "approval") for share in up],
            "passes": np.where(outcome == 0, "passes", "fails"),
            "outcome": [_outcome_word(question, OUTCOMES[place]) for place in outcome],
        }
    )
    tests = [up] if quorum is None else [quorum, up]
    least, lacking = np.min(tests, axis=0), np.max([np.maximum(-test, 0) for test in tests], axis=0)
    words = {"passes": "passes", "approval": _too_few(question.voting_rule)}
    if quorum is not None:
        words |= {"quorum": "quorum missed", "both": "both missed"}
    return _Drawn(
        votes,
        pl.DataFrame({"corner": list(words), "label": list(words.values())}),
        quorum is not None,
        float(np.median(np.where(least >= 0, least, lacking))),
    )


def _too_few(rule: VotingRule) -> str:
    """What the side is called on which votes in favour are too few, or those that cancel it too many."""
    return "too few in favour" if rule.approval is not None else "cancelled"


def _room_words(share: float, test: str) -> str:
    return f"{percent(abs(share))} {'beyond' if share >= 0 else 'short of'} {test}"


def _across_words(share: float, quorum: bool) -> str:
    return _room_words(share, "the quorum") if quorum else f"turnout {percent(share)}"


def _basis(question: Asked) -> str:
    """On what list the parts below the answer are."""
    if question.voting_rule.members is not None:
        return f"Of {question.voting_rule.members} seats"
    return "On the known list of holders" if question.plan.is_known else "On the typical list of holders"


def _map(question: Asked) -> None:
    drawn = _drawn(question)
    passing = int((drawn.votes["passes"] == "passes").sum())
    body = question.voting_rule.body
    show_chart(
        vote_map(quorum=drawn.quorum),
        {"main": drawn.votes, "words": drawn.corners},
        key="vote-map",
        sentence=as_markdown(
            f"{_basis(question)} {passing} of {SHOWN} modelled votes pass; half of all are within "
            f"{percent(drawn.near)} of {body} of the other side."
        ),
        unit=f"shares of {body}, beyond what the rule asks; below 0 what is lacking",
        source=as_markdown(
            f"Each dot is one modelled vote, filled where it passes. All votes are {body}. At 0% a vote has exactly "
            f"what the rule asks; beyond {percent(CLOSE)} the steps of the axes grow."
        ),
        table=drawn.votes.rename(
            {"across": "beyond the quorum" if drawn.quorum else "turnout", "up": "beyond approval"}
        ).drop("across_text", "up_text"),
    )


# ---- who would vote how ---------------------------------------------------------------------------------
def _who(moment: Moment, question: Asked) -> None:
    if question.voting_rule.members is not None:
        return
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
    seats = question.voting_rule.members is not None
    return (
        coalition_words(turning_coalition(vote), before, seats=seats),
        needed,
        vote.linear.electorate * vote.holders.stake_of_unit,
    )


@lru_cache(maxsize=64)
def _own(question: Asked, tokens: float) -> float:
    return own_pivotality(question.vote(), tokens, times=4000)


def _decides(moment: Moment, question: Asked, found: Estimate) -> None:
    st.subheader("Whose vote decides", anchor=False)
    words, needed, electorate = _coalition(question)
    token = moment.scenario.network.token
    told = [words]
    if found.passing < 0.5:
        seats = question.voting_rule.members
        told.append(needed_words(needed, (needed or 0.0) * electorate, token, seats=seats))
    st.markdown(as_markdown(" ".join(told)))
    if question.voting_rule.members is None:
        _own_stake(question, token)


def _own_stake(question: Asked, token: str) -> None:
    """How often one's own stake decides; no more than may vote at all."""
    most = question.plan.typical().eligible
    with st.container(horizontal=True, vertical_alignment="bottom"):
        with st.container(width=260):
            own = fields.number_box(fields.OWN, f"Your stake, {token}", step=1000.0, high=1e15)
        if own:
            share = _own(question, min(own, most))
            st.markdown(f"Your vote decides in {in_a_thousand(share)}.")
    if own > most:
        told = f"All who may vote hold {number(most)} {token}; your stake is counted as that."
        st.warning(as_markdown(told))
    st.caption(f"{_basis(question)}; others vote as modelled.")
