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
from model.words.warning_sentences import warnings
from ui.futures import futures_switch
from ui.link import Moment
from ui.panels import columns_on_screen
from ui.proposal.runs import quick_drivers
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
    for number, sentence in enumerate(verdict(run, {} if reason else quick_drivers(moment))):
        with st.container(key=f"verdict-{number}"):
            st.markdown(as_markdown(sentence))
    aside = on_the_way(run)
    if aside:
        with st.container(key="on-the-way"):
            st.markdown(as_markdown(aside))
    counted_line(run, moment)
    for warning in warnings(run):
        st.warning(as_markdown(warning), icon=":material/info:")


def counted_line(run: Run, moment: Moment) -> None:
    """In how many futures, and the two calls of judgement that they hang on most."""
    with st.container(key="counted", gap="small"):
        if isinstance(run, MedianRun):
            found = spread(run, measures(run.system)[COUNTED_FIRST])
            told = [spread_sentence(found), collapse_sentence(run), basis_sentence(run, moment.scenario, moment.seed)]
            st.markdown(as_markdown(" ".join(sentence for sentence in told if sentence)))
        else:
            st.markdown("Numbers follow the single path without shocks: how far futures spread is not counted.")
        futures_switch()
