"""The debrief: questions for the room beside what the run says of them: who won or lost, and what would turn it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from charts.bars import bars
from model.outcomes import measures
from model.words.moves import moves_in_a_line
from model.words.text import duration
from ui.chart import show_chart
from ui.link import Moment
from ui.proposal.gains import signed, summary_sentence
from ui.proposal.runs import Gains, flips_of, gains_of
from ui.workshop.round import scenario_of
from ui.workshop.words import typed
from workshop import ROLES, Role
from workshop.views import Board

QUESTIONS = (
    "Which reveal surprised you most, and what did you overlook?",
    "What did your role win or lose, and when?",
    "Which assumption would turn your favourite proposal around?",
    "What would you look at in three months to know whether it works?",
)
TURNS = 3
"""Values that turn the answer, nearest first."""
_GROUPS = {
    "compute-provider": ("role.compute", "role.nodes", "role.providers"),
    "data-contributor": ("role.data", "role.owners", "role.providers"),
    "model-miner": ("role.models", "role.providers"),
    "validator": ("role.validators", "stakers"),
    "staker": ("stakers",),
    "user": ("users",),
    "treasury-council": ("treasury",),
}
"""Groups of the ledger by role, the nearest first; the core team is none of them."""


def debriefed(board: Board) -> tuple[str, str]:
    """What the debrief is about, in words and as a link: the last scenario voted on, or the last round's proposal.

    Empty where the room did neither.
    """
    for ballot in reversed(board.ballots):
        if ballot.link and ballot.result is not None:
            return "The scenario that was voted on", ballot.link
        if ballot.result is not None and any(ballot.result.heads.values()):
            most = max(ballot.options, key=lambda option: ballot.result.heads[option.key] if ballot.result else 0)
            return "The scenario with most support", most.link
    if board.rounds:
        return f"The proposal of round {board.rounds[-1].number}", board.rounds[-1].link
    return "", ""


def debrief_part(board: Board) -> None:
    """Questions and what would turn the answer on the left, gains and losses on the right."""
    about, link = debriefed(board)
    left, right = st.columns([1, 1], gap="medium")
    with left, st.container(key="ws-questions"):
        st.markdown("\n".join(f"- {question}" for question in QUESTIONS))
        if link:
            turns_part(board, link)
    if link:
        with right:
            st.markdown(f"**{about}:** {typed(moves_in_a_line(scenario_of(link)))}")
            gains_part(board, link)


def gains_part(board: Board, link: str) -> None:
    """What each group would win or lose over the horizon, one bar each, and which roles of the room that is."""
    moment = Moment(scenario_of(link))
    found = gains_of(moment)
    reached = found.summary.filter(pl.col("difference").abs() > 0)
    if not reached.height:
        st.markdown("Nobody would gain or pay: no flow and no price differs from the baseline.")
        return
    show_chart(
        bars(f"$ over {duration(moment.years)}, against today's rules", rows=reached.height, role="", room=96),
        gain_bars(reached),
        key="ws-gains",
        sentence=typed(summary_sentence(reached, found)),
        unit="$",
        source="",
        table=False,
    )
    st.markdown(typed(roles_line(board, found)))


def gain_bars(reached: pl.DataFrame) -> pl.DataFrame:
    """One bar per group, most won first: columns label, value, text and role, as the chart asks."""
    rows = [
        (
            line["label"],
            line["difference"],
            signed(line["difference"], "$"),
            "gain" if line["difference"] > 0 else "loss",
        )
        for line in reached.sort("difference", descending=True).iter_rows(named=True)
    ]
    return pl.DataFrame(rows, schema=["label", "value", "text", "role"], orient="row")


def _amount(line: dict[str, Any]) -> str:
    value, relative = line["difference"], line["relative"]
    part = "" if relative is None else f" ({signed(relative, '%')})"
    return f"{signed(value, '$')}{part}"


def group_of(role: Role, groups: Sequence[str]) -> str | None:
    """The group of the ledger that a role is in this network; None for one that the ledger does not count."""
    return next((key for key in _GROUPS.get(role.key, ()) if key in groups), None)


def roles_line(board: Board, found: Gains) -> str:
    """Which roles of the room stand behind which bar."""
    labels = dict(found.summary.select("group", "label").iter_rows())
    played = [role for role in ROLES if role.key in board.people_by_role]
    by_group: dict[str, list[str]] = {}
    for role in played:
        key = group_of(role, list(labels))
        by_group.setdefault(labels[key] if key else "", []).append(role.label.lower())
    told = [f"{label}: {', '.join(names)}" for label, names in by_group.items() if label]
    rest = f" Counted by no bar: {', '.join(by_group[''])}." if "" in by_group else ""
    return (f"Who plays whom. {'; '.join(told)}.{rest}" if told else "") or ""


def own_gain(board: Board, role: Role) -> None:
    """What one's own role would win or lose, for oneself, and why."""
    about, link = debriefed(board)
    if not link:
        return
    found = gains_of(Moment(scenario_of(link)))
    lines = {line["group"]: line for line in found.summary.iter_rows(named=True)}
    key = group_of(role, list(lines))
    st.markdown(f"**{about}:** {typed(moves_in_a_line(scenario_of(link)))}")
    if key is None:
        st.markdown(
            typed(f"The ledger has no bar for the {role.label.lower()}. {summary_sentence(found.summary, found)}")
        )
        return
    line, years = lines[key], duration(Moment(scenario_of(link)).years)
    told = "would gain" if line["difference"] > 0 else "would lose"
    own = (
        f"Your role, {role.label.lower()} ({line['label'].lower()} in the ledger), {told}: {_amount(line)} over {years}"
    )
    st.markdown(typed(f"{own}, on average. {line['reason']}"))


def turns_part(board: Board, link: str) -> None:
    """Values of assumptions and levers at which the first figure of the room would turn."""
    scenario = scenario_of(link)
    asked = [question.kpi.partition("@")[0] for held in reversed(board.rounds) for question in held.questions]
    column = next((name for name in (*asked, "supply") if name in measures(scenario.system)), "")
    if scenario.is_empty or not column:
        return
    found = flips_of(Moment(scenario), column)
    label = measures(scenario.system)[column].label.lower()
    told = [f"- {typed(point.sentence)}" for point in found.points[:TURNS]] or [f"- {typed(found.sentence)}"]
    st.markdown(f"**What would turn the answer for {typed(label)}**")
    st.markdown("\n".join(told))
