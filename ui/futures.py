"""Modelled futures on a page: the switch, what the numbers rest on, and the fifty dots."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl
import streamlit as st

from charts.dots import dots, stacked
from model import Run
from model.engine.kept import MedianRun
from model.engine.worlds import Floats
from model.outcomes import Measure, measures
from model.spread import Spread, spread
from model.system import System
from model.words.futures_sentences import basis_sentence, collapse_sentence, draws_chance, spread_sentence
from model.words.scenario_words import source_line
from model.words.text import TOLERANCE, sentence_case
from ui import state
from ui.chart import show_chart
from ui.link import FUTURES, Moment
from ui.pick import pick
from ui.text import as_markdown

ASKED_FIRST = "price"
_KEPT = "_spread_of"


def futures_switch() -> None:
    """Futures or the single path, and what they are drawn from."""
    moment = state.now()
    st.session_state["pick-futures"] = bool(moment.futures)
    with st.container(key="futures-switch", horizontal=True, vertical_alignment="center", gap="small"):
        st.toggle(
            f"{FUTURES} modelled futures",
            key="pick-futures",
            on_change=lambda: state.choose_futures(FUTURES if st.session_state["pick-futures"] else 0),
            help="On: medians, a band that holds nine of ten futures, and fifty dots. Off: the single path without "
            "any shock.",
        )
        if moment.futures:
            with st.popover(f"Seed {moment.seed}", key="seed-box", type="tertiary", on_change="rerun") as box:
                if box.open:
                    _seed(moment)


def _seed(moment: Moment) -> None:
    st.markdown("The same seed draws the same futures for everybody. Another one shows how far chance moves a number.")
    st.session_state["pick-seed"] = moment.seed
    st.number_input(
        "Seed",
        0,
        999_999_999,
        step=1,
        key="pick-seed",
        on_change=lambda: state.choose_seed(int(st.session_state["pick-seed"])),
    )


def basis_line(run: Run, moment: Moment) -> None:
    """What the numbers are: medians of futures, or one path."""
    with st.container(key="basis-line"):
        if isinstance(run, MedianRun):
            st.markdown(as_markdown(basis_sentence(run, moment.scenario, moment.seed)))
        else:
            st.markdown("Numbers follow the single path without shocks: how far futures spread is not shown.")


def spread_panel(run: MedianRun, moment: Moment) -> None:
    """Fifty dots of one measure at the end of the horizon; nothing where all futures are alike, which is said above."""
    if not draws_chance(moment.scenario):
        return
    with st.container(key="spread", border=True):
        st.markdown(f"**In how many of 50 futures?** {as_markdown(collapse_sentence(run))}")
        measure = measures(run.system)[_asked(run.system)]
        dot_panel(spread(run, measure), moment, key="spread-chart")


def dot_panel(found: Spread, moment: Moment, *, key: str, sentence: str = "", quiet: bool = False) -> None:
    """The dots of one spread with their sentence; `sentence` replaces the generated one.

    `quiet` leaves sentence and source to the chart above.
    """
    told = sentence or spread_sentence(found)
    drawn = _drawn(found)
    frame = stacked(drawn.values, _sides(found), log=drawn.log)
    highest = int(frame["level"].max() or 1) if frame.height else 1  # type: ignore[arg-type]
    compared = pl.DataFrame({"value": [1.0 if drawn.log else 0.0], "label": [sentence_case(found.reference)]})
    rules = compared if found.compared else compared.clear()
    show_chart(
        dots(drawn.unit, fmt="percent" if drawn.percent else "number", highest=max(8, highest), log=drawn.log),
        {"main": frame, "rules": rules},
        key=key,
        sentence="" if quiet else as_markdown(told),
        alt=f"Fifty dots, each a fiftieth of the modelled futures. {told}",
        unit=drawn.unit,
        source="" if quiet else as_markdown(source_line(moment.scenario)),
    )


class _Drawn(NamedTuple):
    """Dots as they stand on their axis."""

    values: Floats
    unit: str
    percent: bool
    log: bool


WIDE = 5.0
"""Dots whose largest is more than this many times the smallest stand on a log scale."""


def _drawn(found: Spread) -> _Drawn:
    measure: Measure = found.measure
    values = found.dots if measure.percent or not found.compared else 1 + found.dots
    wide = not measure.percent and bool(len(values)) and values.min() > 0 and values.max() > WIDE * values.min()
    if not found.compared:
        unit = f"{measure.title} ({measure.unit}{', log scale' if wide else ''})"
        return _Drawn(values, unit, measure.percent, wide)
    of = "the baseline of the same future" if found.reference == "baseline" else f"the {found.reference}"
    if wide:
        return _Drawn(values, f"{measure.title}: times {of} (log scale)", False, True)
    what = "percentage points" if measure.percent else "percent"
    return _Drawn(found.dots, f"{measure.title}: difference from {of} ({what})", True, False)


def _asked(system: System) -> str:
    """Which measure the dots show; kept while pages change."""
    titles = {key: measure.title for key, measure in measures(system).items()}
    kept: str = st.session_state.get(_KEPT, "")
    asked = kept if kept in titles else ASKED_FIRST
    return pick("What the dots count", titles, asked, _keep, key="pick-spread", quiet=True)


def _keep(measure: str) -> None:
    st.session_state[_KEPT] = measure


def _sides(found: Spread) -> list[str]:
    if not found.compared:
        return ["higher"] * len(found.dots)
    return ["higher" if dot > TOLERANCE else "lower" if dot < -TOLERANCE else "same" for dot in found.dots]
