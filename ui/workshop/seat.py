"""A participant's phone: who one is, what the room does now, and the one thing to do about it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from model.words.moves import moves_in_a_line
from ui.workshop.debrief import own_gain
from ui.workshop.figures import asked
from ui.workshop.groups import ballot_outcomes, ballot_text, compare_part, result_part
from ui.workshop.look import tour_part
from ui.workshop.round import proposal_line, reveal_part, scenario_of
from ui.workshop.seat_scenario import scenario_form
from ui.workshop.session import attempt, keep_what_is_new, leave, tell, value_of
from ui.workshop.watch import PHONES, watch
from ui.workshop.words import DIRECTION_WORDS, baseline_words, expected_words, result_words, typed
from workshop import BEAT_WORDS, Answer, Beat, Direction, Question, Role, Seat
from workshop.views import BallotView, Board, RoundView

BRIEFS = Path(__file__).resolve().parents[2] / "docs" / "workshop" / "roles"


def seat_page(seat: Seat) -> None:
    """Draw the room for one person; drawn again within five seconds of a change that matters to them."""
    board, me = seat.board(), seat.me()
    keep_what_is_new("seat", board.code)
    with st.container(key="ws-bar", horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{board.step.label}**")
        watch(seat, board, every=PHONES, counts=False)
    st.markdown(f"{typed(me.name)}, {me.role.label.lower()}")
    if board.open_ballot is None:
        st.markdown(BEAT_WORDS[board.step.beat].participant)
        _beat(seat, board)
    else:
        _vote(seat, board.open_ballot)
    tell("seat")  # beneath every beat: what comes too late is refused on the next one's screen
    _brief(me.role, opened=board.step.beat is Beat.PREPARE)
    with st.popover("Leave the room", key="workshop-leave", type="tertiary") as _:
        st.markdown("What you entered stays in the room; this browser forgets your seat.")
        st.button("Leave", key="workshop-leave-now", on_click=leave, args=("You have left the room.",),
                  kwargs={"forgotten": True})  # fmt: skip


def _beat(seat: Seat, board: Board) -> None:
    beat, shown = board.step.beat, board.round
    if beat is Beat.PROPOSE:
        if shown is not None:
            st.markdown("Chosen for this round:")
            proposal_line(shown)
        scenario_form(seat, board, what="Suggest it")
    elif beat is Beat.PREDICT and shown is not None:
        proposal_line(shown)
        _predict(seat, shown)
    elif beat is Beat.REVEAL and shown is not None:
        proposal_line(shown)
        _own_result(seat, shown)
        reveal_part(shown, charts=False)
    elif beat in (Beat.REPLAY, Beat.EXPLAIN) and shown is not None:
        proposal_line(shown)
        for tally in shown.tallies:
            st.markdown(f"{typed(result_words(tally))} {typed(expected_words(dict(tally.counts)))}")
    elif beat is Beat.TOUR:
        tour_part(board.network)
    elif beat is Beat.GROUPS:
        _own_group(seat, board)
        scenario_form(seat, board, what="Submit for the group")
    elif beat is Beat.COMPARE:
        _compare(seat, board)
    elif beat is Beat.DEBRIEF:
        own_gain(board, seat.me().role)
    elif beat is Beat.CLOSED and board.ballots:
        result_part(board, board.ballots[-1])


def _own_group(seat: Seat, board: Board) -> None:
    """Which group one is in, who else is, and what the group has sent already."""
    me = seat.me()
    number = board.group_of(me)
    if not number:
        return
    others = [one for one in board.groups[number - 1] if one != me]
    named = ", ".join(f"{typed(one.name)} ({one.role.label.lower()})" for one in others)
    st.markdown(f"**You are in group {number}**, {f'with {named}' if named else 'alone for now'}. One of you sends it.")
    sent = [one for one in seat.submissions() if one.person in others]
    for one in sent:
        st.info(f"{typed(one.person.name)} has sent “{typed(one.title)}” for your group.", icon=":material/groups:")


def _compare(seat: Seat, board: Board) -> None:
    """How the last vote ended and what each scenario would come to; a form only where no beat was given to groups."""
    if board.ballots:
        result_part(board, board.ballots[-1])
    compare_part(board, seat.submissions(), levers=False)
    if not any(step.beat is Beat.GROUPS for step in board.steps):
        scenario_form(seat, board, what="Submit it")


# ---- predict --------------------------------------------------------------------------------------------
def _predict(seat: Seat, shown: RoundView) -> None:
    own = seat.my_prediction(shown.number)
    # Enter in a field keeps what is typed there; only the button sends all of it.
    with st.form(f"predict-{shown.number}", border=False, enter_to_submit=False):
        for place_, question in enumerate(shown.questions):
            _question(shown, place_, question, (own or {}).get(question.kpi))
        st.form_submit_button(
            "Replace my prediction" if own else "Seal my prediction", type="primary", key=f"ws-seal-{shown.number}",
            on_click=lambda: attempt("seat", _seal, seat, shown),
        )  # fmt: skip
    if own:
        st.success("Kept, sealed until the reveal. You may change it until the beat ends.", icon=":material/lock:")


def _question(shown: RoundView, place_: int, question: Question, own: Answer | None) -> None:
    how = asked(question)
    st.markdown(f"**{typed(question.label)}.** {typed(baseline_words(question))}")
    st.segmented_control(
        f"Where would it go? ({typed(question.label)})", list(Direction),
        format_func=lambda direction: DIRECTION_WORDS[direction].capitalize(),
        default=own.direction if own else None, key=_key("direction", shown, place_), label_visibility="collapsed",
    )  # fmt: skip
    st.number_input(
        f"To how much, if you dare ({typed(how.unit)})",
        value=how.show(own.number) if own and own.number is not None else None,
        key=_key("number", shown, place_), format="%g", placeholder=_placeholder(question),
    )  # fmt: skip


def _placeholder(question: Question) -> str:
    how = asked(question)
    return "" if question.baseline is None else f"{how.show(question.baseline):g} without the proposal"


def _key(part: str, shown: RoundView, place_: int) -> str:
    return f"ws-{part}-{shown.number}-{place_}"


def _seal(seat: Seat, shown: RoundView) -> None:
    answers: dict[str, Answer] = {}
    for place_, question in enumerate(shown.questions):
        direction, typed_number = (value_of(_key(part, shown, place_)) for part in ("direction", "number"))
        if direction is not None:
            number = None if typed_number is None else float(typed_number) * asked(question).size
            answers[question.kpi] = Answer(direction, number)
    seat.predict(answers, uuid.uuid4().hex)


def _own_result(seat: Seat, shown: RoundView) -> None:
    """How one's own answers did, for oneself."""
    own: Mapping[str, Answer] = seat.my_prediction(shown.number) or {}
    for tally in shown.tallies:
        answer = own.get(tally.question.kpi)
        if answer is not None:
            same = "as in the model" if answer.direction is tally.result.direction else "unlike the model"
            st.markdown(f"You expected {DIRECTION_WORDS[answer.direction]} for {typed(tally.question.label)}: {same}.")


# ---- vote -----------------------------------------------------------------------------------------------
def _vote(seat: Seat, ballot: BallotView) -> None:
    own = seat.my_vote()
    keys = [option.key for option in ballot.options]
    titles = {option.key: option.title for option in ballot.options}
    key = f"ws-choice-{ballot.number}"
    st.markdown(f"**{typed(ballot.title)}**")
    ballot_text(ballot)
    changes = [moves_in_a_line(scenario_of(option.link)) if option.link else "" for option in ballot.options]
    with st.form(f"vote-{ballot.number}", border=False):
        st.radio(
            "Your vote", keys, key=key, index=keys.index(own) if own in keys else None,
            format_func=lambda option: typed(titles[option]),
            captions=[typed(told) for told in changes] if any(changes) else None,
        )  # fmt: skip
        st.form_submit_button(
            "Change my vote" if own else "Vote", type="primary", key=f"ws-vote-{ballot.number}",
            on_click=lambda: attempt("seat", seat.vote, ballot.number, value_of(key)),
        )  # fmt: skip
    ballot_outcomes(seat.board(), ballot)
    if own in titles:
        st.success(f"Your vote is kept: {typed(titles[str(own)])}. Secret until it is closed.", icon=":material/lock:")


# ---- brief ----------------------------------------------------------------------------------------------
def brief_of(role: Role) -> str:
    """The brief of a role, from the kit, with headings that fit under the page's own."""
    text = (BRIEFS / f"{role.key}.md").read_text(encoding="utf-8")
    text = re.sub(r"^# .*\n", "", text)
    return re.sub(r"^#+ (.*)$", r"**\1**", text, flags=re.MULTILINE).replace("$", "\\$")


def _brief(role: Role, *, opened: bool) -> None:
    with st.expander(f"Your brief: {role.label.lower()}", expanded=opened, key=f"ws-brief-{opened}"):
        st.markdown(brief_of(role))
