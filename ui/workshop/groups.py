"""The groups' scenarios and the room's votes on every screen: what each would come to, the ballot, and its outcome."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts.bars import bars
from model.words.moves import moves_in_a_line
from model.words.text import percent
from ui.chart import show_chart
from ui.workshop.figures import goal_lines
from ui.workshop.levers import levers_part
from ui.workshop.outcomes import outcomes_part
from ui.workshop.round import moves_list, scenario_of
from ui.workshop.stage import stage_of
from ui.workshop.words import people_words, scenario_words, typed
from workshop.views import BallotView, Board, Submission

LABEL = 26
"""Letters of an option's name on a line of the chart."""


def submission_line(one: Submission) -> None:
    """One submission: its name, whose it is, what it changes and why."""
    reason = f" {typed(one.reason)}" if one.reason else ""
    st.markdown(
        f"**{typed(one.title)}** ({typed(one.person.name)}, {one.person.role.label}): "
        f"{typed(scenario_words(scenario_of(one.link)))}.{reason}"
    )


def groups_part(board: Board, found: Sequence[Submission]) -> None:
    """Every group with its people and what it has sent."""
    sent = {one.person.number: one for one in found}
    for number, group in enumerate(board.groups, 1):
        people = ", ".join(typed(person.name) for person in group)
        own = [sent.pop(person.number) for person in group if person.number in sent]
        told = "; ".join(f"“{typed(one.title)}”: {typed(scenario_words(scenario_of(one.link)))}" for one in own)
        st.markdown(f"**Group {number}** ({people}): {told or 'nothing sent yet'}.")
    for one in sent.values():
        submission_line(one)


# ---- compare --------------------------------------------------------------------------------------------
def compare_part(board: Board, found: Sequence[Submission], *, levers: bool = True) -> None:
    """What the groups' scenarios would come to, or the levers that they move, as the facilitator chose.

    Without `levers` always what they would come to.
    """
    stage = stage_of(board.code, board.position)
    named = [(one.title, one.link) for one in found]
    if stage.merged:
        named.append(("Merged", stage.merged))
    if not named:
        st.markdown("No group has submitted a scenario yet.")
    elif levers and stage.frame == 1 and found:
        levers_part(found)
    else:
        with st.container(key="ws-outcomes"):
            outcomes_part(board, named)


# ---- votes ----------------------------------------------------------------------------------------------
def ballot_part(board: Board) -> None:
    """The vote that is open with what it is about, or how the last one ended."""
    ballot = board.open_ballot
    if ballot is not None:
        st.markdown(f"**{typed(ballot.title)}**")
        ballot_text(ballot)
        st.markdown(
            f"**{ballot.cast} of {len(board.people)}** voted. Votes are secret until it is closed."
            if board.people
            else f"{people_words(ballot.cast)} voted."
        )
        ballot_outcomes(board, ballot)
    elif board.ballots:
        result_part(board, board.ballots[-1])


def ballot_text(ballot: BallotView) -> None:
    """What is voted on, whole: every change of the scenario, from today's value to its own."""
    if ballot.link and moves_in_a_line(scenario_of(ballot.link)) not in ballot.title:
        moves_list(scenario_of(ballot.link))


def ballot_outcomes(board: Board, ballot: BallotView) -> None:
    """What the scenarios that can be voted for would come to."""
    named = [("Voted on", ballot.link)] if ballot.link else []
    named += [(option.title, option.link) for option in ballot.options if option.link]
    if named:
        with st.container(key="ws-outcomes"):
            outcomes_part(board, named, changes=not ballot.link)  # what a decision is about stands above already


def result_part(board: Board, ballot: BallotView) -> None:
    """The outcome of a closed vote: a sentence, bars, and whether the room's goals would be met."""
    if ballot.result is None:
        return
    st.markdown(f"**{typed(ballot.title)}**")
    left, right = st.columns([1, 1], gap="medium")
    with left:
        with st.container(key=f"sentence-ws-vote-{ballot.number}"):
            st.markdown(typed(ballot.result.sentence))
        ballot_text(ballot)
        if ballot.link:
            goals_part(board, ballot.link)
    with right:
        show_chart(
            bars("people", rows=len(ballot.options), role="", signed=False),
            vote_bars(ballot),
            key=f"ws-votes-{ballot.number}",
            sentence="",
            alt=f"Votes by option. {ballot.result.sentence}",
            unit="people",
            source="",
            table=False,
        )


def vote_bars(ballot: BallotView) -> pl.DataFrame:
    """One bar per option with its votes; those with most say so."""
    assert ballot.result is not None
    heads, weights = ballot.result.heads, ballot.result.weights
    most = max(heads.values())
    weighed = ballot.kind == "support" or ballot.weighing == "role"
    rows: list[tuple[str, int, str, str]] = []
    for option in ballot.options:
        count, first = heads[option.key], most > 0 and heads[option.key] == most
        text = f"{count}" + (f" ({percent(weights[option.key])} by role)" if weighed else "")
        label = textwrap.shorten(option.title, LABEL, placeholder=" …") + (": most" if first else "")
        if any(label == other for other, *_ in rows):  # two groups may have taken the same name
            label = f"{label} ({len(rows) + 1})"
        rows.append((label, count, text, "scenario" if first else "baseline"))
    return pl.DataFrame(rows, schema=["label", "value", "text", "role"], orient="row")


def goals_part(board: Board, link: str) -> None:
    """Whether each goal of the room would be met under a scenario."""
    lines = goal_lines(board.goals, scenario_of(link))
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
