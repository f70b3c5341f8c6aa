"""The groups' scenarios on every screen: side by side, merged, voted on, and held against the room's goals."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from model.words.moves import moves_in_a_line
from model.words.value_words import value_words
from ui.compare.tables import word_table
from ui.workshop.figures import goal_lines
from ui.workshop.round import moves_list, scenario_of
from ui.workshop.words import people_words, scenario_words, typed
from workshop.merging import lever_table
from workshop.views import BallotView, Board, Submission


def submissions_part(found: Sequence[Submission], empty: str) -> None:
    """Names of what was submitted, who did, and what each changes."""
    if not found:
        st.markdown(empty)
    for one in found:
        reason = f" {typed(one.reason)}" if one.reason else ""
        st.markdown(
            f"**{typed(one.title)}** ({typed(one.person.name)}, {one.person.role.label}): "
            f"{typed(scenario_words(scenario_of(one.link)))}.{reason}"
        )


def compare_part(found: Sequence[Submission]) -> None:
    """One row per lever that a group moves: each group's value, lowest, mean and highest, and how many moved it."""
    if not found:
        st.markdown("No group has submitted a scenario yet.")
        return
    rows = []
    for row in lever_table([scenario_of(one.link) for one in found]):
        today, low, mean, high = (
            value_words(row.parameter, v) for v in (row.baseline, row.lowest, row.mean, row.highest)
        )
        groups = [
            f"{one.title}: {value_words(row.parameter, value)}"
            for one, value in zip(found, row.values, strict=True)
            if value is not None
        ]
        reach = low if low == high else f"{low} to {high}"
        rows.append((row.parameter.label, today, "; ".join(groups), reach, mean, f"{row.movers} of {len(found)}"))
    head = ["Lever", "Today", "Groups", "Lowest to highest", "Mean", "Moved by"]
    with st.container(key="ws-compare"):
        word_table(head, rows, caption="Levers that groups move, with each group's value")


def ballot_part(board: Board) -> None:
    """The vote that is open, or how the last one ended."""
    ballot = board.open_ballot
    if ballot is not None:
        st.markdown(f"**{typed(ballot.title)}**")
        ballot_text(ballot)
        st.markdown(f"{people_words(ballot.cast)} of {len(board.people)} voted. Votes are secret until it is closed.")
    elif board.ballots:
        result_part(board, board.ballots[-1])


def ballot_text(ballot: BallotView) -> None:
    """What is voted on, whole: every change of the scenario, from today's value to its own."""
    if ballot.link and ballot.title.removesuffix("?") != moves_in_a_line(scenario_of(ballot.link)):
        moves_list(scenario_of(ballot.link))


def result_part(board: Board, ballot: BallotView) -> None:
    """The outcome of a closed vote in a sentence, and whether the room's goals would be met."""
    if ballot.result is None:
        return
    st.markdown(f"**{typed(ballot.title)}**")
    ballot_text(ballot)
    with st.container(key=f"sentence-ws-vote-{ballot.number}"):
        st.markdown(typed(ballot.result.sentence))
    if ballot.link:
        goals_part(board, ballot.link)


def goals_part(board: Board, link: str) -> None:
    """Whether each goal of the room would be met under a scenario."""
    lines = goal_lines(board.goals, scenario_of(link))
    if lines:
        st.markdown("\n".join(f"- {line}" for line in lines))
