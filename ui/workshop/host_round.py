"""The facilitator's part of a round: choose what it is about, reveal what the model gives, flip and explain."""

from __future__ import annotations

import streamlit as st

from model import Scenario, load_proposal
from model.proposals.files import proposal_names
from model.proposals.proposal import ANY
from ui import state
from ui.keys import REPLAY
from ui.workshop.explain import explain_part
from ui.workshop.figures import YEARS, need_effect, offered, questions_for, results_of, usual
from ui.workshop.groups import submission_line
from ui.workshop.look import replay_part
from ui.workshop.round import proposal_line, questions_part, reveal_part, scenario_of
from ui.workshop.session import attempt, tell, value_of
from ui.workshop.stage import flip, show_figure, stage_of
from ui.workshop.words import expected_words, result_words, scenario_words, title_for, typed
from workshop import Beat, Facilitator
from workshop.errors import NotNowError
from workshop.limits import QUESTIONS, TITLE
from workshop.views import Board, RoundView

ON_SCREEN = "screen"
ON_SCREEN_WORDS = "The scenario on this screen"
"""Always the same words: a browser sends back the words of a choice, and those of a scenario change with it."""


def round_part(host: Facilitator, board: Board) -> None:
    """What the present beat of a round shows and asks."""
    beat, shown = board.step.beat, board.round
    if beat is Beat.PROPOSE:
        _choose(host, board)
    elif shown is None:
        st.markdown("This round has no proposal. Go back and choose one.")
    elif beat is Beat.PREDICT:
        proposal_line(shown)
        questions_part(shown)
        st.markdown(f"**{shown.predicted} of {len(board.people)}** have predicted. Nobody sees them before the reveal.")
    elif beat is Beat.REVEAL:
        proposal_line(shown)
        reveal_part(shown, charts=True)
    else:
        _look(board, shown)


# ---- choose ---------------------------------------------------------------------------------------------
def _choose(host: Facilitator, board: Board) -> None:
    """One of: the scenario on screen, a suggestion from the room, a proposal that comes with the app."""
    if board.round is not None:
        st.markdown("Chosen:")
        proposal_line(board.round)
        questions_part(board.round)
        st.markdown("Choosing again replaces it.")
    suggested = host.suggestions()
    st.markdown("**Suggested by the room**")
    if not suggested:
        st.markdown("Nothing yet: phones may send suggestions during this beat.")
    for one in suggested:
        line, button = st.columns([5, 1], vertical_alignment="center")
        with line:
            submission_line(one)
        button.button("Choose it", key=f"workshop-take-{one.number}", help="For this round, with the figures below.",
                      on_click=lambda key=f"s{one.number}": attempt("propose", _take, host, key))  # fmt: skip
    titles = {f"s{one.number}": f"{one.title} ({one.person.name})" for one in suggested}
    # First what would change something: a round needs something to predict.
    on_screen = {ON_SCREEN: ON_SCREEN_WORDS}
    titles |= (
        {**library(board.network), **on_screen} if state.scenario().is_empty else on_screen | library(board.network)
    )
    st.selectbox(
        "What the round is about", list(titles), key="ws-proposal", format_func=lambda key: titles.get(key, key)
    )
    st.markdown(f"On this screen: {typed(_on_this_screen())}.")
    st.page_link("pages/sandbox.py", label="Make one in the Sandbox, then come back", query_params=state.query())
    st.text_input("Title for the room (may be empty)", key="ws-proposal-title", max_chars=TITLE)
    network = Scenario(state.scenario().network)
    measures = offered(network)
    st.multiselect("Figures to predict", list(measures), default=usual(network), key="ws-figures",
                   max_selections=QUESTIONS, format_func=lambda key: measures[key].title)  # fmt: skip
    st.segmented_control("Years ahead", list(YEARS), default=2, key="ws-years", required=True, format_func=str)
    st.button("Choose it", key="workshop-propose", type="primary" if board.round is None else "secondary",
              on_click=lambda: attempt("propose", _propose, host))  # fmt: skip
    tell("propose")


def _on_this_screen() -> str:
    """What the scenario on the facilitator's screen changes; one that changes nothing cannot be chosen."""
    shown = state.scenario()
    return f"{scenario_words(shown)}; nothing to predict yet" if shown.is_empty else scenario_words(shown)


def _take(host: Facilitator, key: str) -> None:
    """Choose a suggestion by its own button."""
    st.session_state["ws-proposal"] = key
    _propose(host)


def library(network: str) -> dict[str, str]:
    """Proposals that come with the app and stand on this network as it is: name with a mark, and title."""
    name = network.partition("@")[0]
    found = {}
    for part in map(load_proposal, proposal_names()):
        if part.network in (ANY, name, network):
            found[f"p:{part.name}"] = f"{part.title} (comes with the app)"
    return found


def picked(host: Facilitator, key: str) -> tuple[str, Scenario]:
    """Title and scenario of a choice.

    Raises
    ------
    BallastError
        For a suggestion that is gone, and a proposal that cannot stand on this network.
    """
    if key == ON_SCREEN:
        return title_for(state.scenario()), state.scenario()
    if key.startswith("p:"):
        scenario = state.proposed(key.removeprefix("p:"))
        return title_for(scenario), scenario
    for one in (*host.suggestions(), *host.submissions()):
        if key == f"s{one.number}":
            return one.title, scenario_of(one.link)
    raise NotNowError("that suggestion is not there any more", todo="choose another")


def _propose(host: Facilitator) -> None:
    title, scenario = picked(host, value_of("ws-proposal") or ON_SCREEN)
    need_effect(scenario)
    questions = questions_for(scenario, value_of("ws-figures") or [], int(value_of("ws-years") or 2))
    host.propose((value_of("ws-proposal-title") or title)[:TITLE], scenario, questions)
    st.session_state["ws-proposal-title"] = ""  # the next round has its own


def reveal_now(host: Facilitator) -> None:
    """Run the proposal, record what it gives, and go to the reveal.

    Raises
    ------
    BallastError
        Where there is nothing to reveal, and where the run has no value of a figure.
    """
    shown = host.board().round
    if shown is None:
        raise NotNowError("this round has no proposal yet", todo="go back and choose one")
    host.reveal(results_of(scenario_of(shown.link), shown.questions))


# ---- replay and explain ---------------------------------------------------------------------------------
def _look(board: Board, shown: RoundView) -> None:
    """What the projector shows, and the buttons that change it there."""
    stage = stage_of(board.code, board.position)
    proposal_line(shown)
    st.session_state["workshop-figure"] = min(stage.figure, len(shown.questions) - 1)
    st.selectbox(
        "Figure on the projector", range(len(shown.questions)), key="workshop-figure",
        format_func=lambda place: shown.questions[place].label if place < len(shown.questions) else "",
        on_change=lambda: show_figure(board.code, board.position, int(value_of("workshop-figure"))),
    )  # fmt: skip
    if board.step.beat is Beat.REPLAY:
        st.button(
            "Show after" if stage.frame == 0 else "Show before again", key="workshop-flip", icon=":material/replay:",
            shortcut=REPLAY.press, on_click=flip, args=(board.code, board.position),
        )  # fmt: skip
        replay_part(shown, stage)
    else:
        explain_part(shown, stage)
    for tally in shown.tallies:
        st.markdown(f"{typed(result_words(tally))} {typed(expected_words(dict(tally.counts)))}")
