"""The answer first: three sentences, what they are counted over, and why nothing would change where nothing does."""

from __future__ import annotations

import streamlit as st

from model import Run
from model.engine.kept import MedianRun
from model.outcomes import key_measures, measures
from model.spread import spread
from model.words.futures_sentences import basis_sentence, collapse_sentence, spread_sentence
from model.words.headline import nothing_because
from model.words.on_the_way import on_the_way
from model.words.verdict import explained, verdict
from model.words.voted_sentences import counted_on_sentence
from model.words.warning_sentences import warnings
from ui.futures import futures_switch
from ui.link import Moment
from ui.panels import columns_on_screen
from ui.proposal.runs import quick_drivers, voted_alone
from ui.runs import run_of
from ui.text import as_markdown

COUNTED_FIRST = "price"


def compute(run: Run, charts: list[str]) -> None:
    """Everything that is read above the fold, in one pass."""
    told = [*explained(run), *(measure.column for measure in key_measures(run.system))]
    wanted = [*columns_on_screen(run.system, charts), *told, "treasury_revenue", "treasury_tokens_value"]
    run.compute([name for name in dict.fromkeys(wanted) if name in (*run.system.columns, "collapsed")])


def verdict_block(run: Run, moment: Moment) -> None:
    """Sentences with the largest first; a callout instead of causes where nothing changes."""
    reason = nothing_because(run, moment.scenario)
    if reason:
        st.info(as_markdown(reason), icon=":material/info:")
    sentences, counted_on = verdict_words(run, moment)
    for number, sentence in enumerate(sentences):
        with st.container(key=f"verdict-{number}"):
            st.markdown(as_markdown(sentence))
    if counted_on:
        with st.container(key="counted-on"):
            st.markdown(as_markdown(counted_on))
    aside = on_the_way(run)
    if aside:
        with st.container(key="on-the-way"):
            st.markdown(as_markdown(aside))
    counted_line(run, moment)
    for warning in warnings(run):
        st.warning(as_markdown(warning), icon=":material/info:")


def verdict_words(run: Run, moment: Moment) -> tuple[list[str], str]:
    """The sentences, and what they count on that no vote decides; empty where there is nothing of the kind."""
    alone = voted_alone(moment)
    voted = run_of(alone) if alone else None
    if voted is not None:
        voted.compute([name for name in explained(run) if name in voted.system.columns])
    # Sentences that tell both ways name no causes, so none are worked out for them.
    causes = {} if voted is not None or nothing_because(run, moment.scenario) else quick_drivers(moment)
    sentences = verdict(run, causes, voted=voted)
    return sentences, counted_on_sentence(moment.scenario) if voted is not None else ""


def counted_line(run: Run, moment: Moment) -> None:
    """The count over futures, and the switch between them and the single path."""
    with st.container(key="counted", gap="small"):
        st.markdown(as_markdown(counted_words(run, moment)))
        futures_switch()


def counted_words(run: Run, moment: Moment) -> str:
    """In how many futures, and the two calls of judgement that they hang on most."""
    if not isinstance(run, MedianRun):
        return "Numbers follow the single path without shocks: how far futures spread is not counted."
    found = spread(run, measures(run.system)[COUNTED_FIRST])
    told = [spread_sentence(found), collapse_sentence(run), basis_sentence(run, moment.scenario, moment.seed)]
    return " ".join(sentence for sentence in told if sentence)
