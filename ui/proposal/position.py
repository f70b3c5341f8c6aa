"""My position: what one holder would have in both worlds; asked in the page, stored nowhere."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import polars as pl
import streamlit as st

from model import BallastError
from model.gains.position import Neuron, my_position
from model.networks.internet_computer import neuron_rule
from model.spread import DOTS
from model.system import System
from model.words.text import TOLERANCE, change, grouped, month, number, percent, quantity
from ui.link import Moment
from ui.proposal.runs import ledger_run
from ui.rows import heading_row, row
from ui.text import as_markdown

HORIZONS = (1, 2, 5, 10)
HEADINGS = ("", "Baseline", "Proposal", "Difference", "Futures in which it is more")
WEIGHTS = (2.2, 1.6, 1.6, 1.8, 2.0)
NEURONS = "internet-computer"


def position_panel(moment: Moment) -> None:
    """Closed until opened; nothing is computed before."""
    box = st.expander("My position", key="position", on_change="rerun", icon=":material/person:")
    if not box.open:
        return
    with box:
        st.markdown("Nothing is stored and no wallet is asked for; the numbers stay out of the link.")
        tokens, share, years, restake, neuron = _asked(moment)
        try:
            frame = _position(
                Moment(moment.scenario, years, moment.futures, moment.seed), tokens, share, restake, neuron
            )
        except BallastError as problem:
            st.error(as_markdown(str(problem)), icon=":material/block:")
            return
        _table(frame, moment.scenario.system, moment.scenario.network.token)


def _asked(moment: Moment) -> tuple[float, float, int, bool, Neuron | None]:
    """The form: tokens, staked share, horizon, and a neuron's delay and age where there are neurons."""
    shown = moment.scenario
    staking = shown.structure.uses("staking")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        token = shown.network.token
        tokens = st.number_input(f"{token} I hold", 1e-6, 1e12, 1000.0, format="%g", key="my-tokens", width=180)
        share = 0.0
        if staking:
            share = (
                st.slider("Share of them staked", 0, 100, 50, step=5, format="%d%%", key="my-staked", width=240) / 100
            )
        offered = [years for years in HORIZONS if years <= moment.years] or [moment.years]
        years = st.segmented_control("Years", offered, default=offered[-1], key="my-years", required=True)
    restake = bool(staking and st.toggle("Rewards are staked too", key="my-restake"))
    neuron = None
    if staking and shown.network.name == NEURONS:
        neuron = _neuron(moment)
    return float(tokens), float(share), int(years or offered[-1]), restake, neuron


def _neuron(moment: Moment) -> Neuron:
    """Delay and age under the rule in force on the network's date."""
    as_of = moment.scenario.network.as_of
    rule = neuron_rule(as_of)
    longest = round(rule.longest_delay / 31_557_600)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        delay = st.number_input(
            "Dissolve delay, years", 0.0, 8.0, float(longest), step=0.5, format="%g", key="my-delay", width=180
        )
        age = st.number_input(
            "Age of the neuron, years", 0.0, 10.0, 0.0, step=0.5, format="%g", key="my-age", width=180
        )
    st.markdown(
        f"By the rule of {month(as_of)} a neuron earns more the longer its tokens are locked (up to {longest} years) "
        "and the older it is. What it earns depends on all other neurons too, and nobody publishes theirs: here they "
        "are all locked for the longest time and have half of the bonus for age."
    )
    return Neuron(float(delay), float(age), rule="after" if longest == 2 else "before")


@lru_cache(maxsize=64)
def _position(moment: Moment, tokens: float, share: float, restake: bool, neuron: Neuron | None) -> pl.DataFrame:
    return my_position(ledger_run(moment), tokens, share, restake=restake, neuron=neuron).frame


def _table(frame: pl.DataFrame, system: System, token: str) -> None:
    """Five lines, each the median over futures; `token` is the unit of amounts."""

    def amount(value: float) -> str:
        return f"{_tokens(value)} {token}"

    heading_row(HEADINGS, WEIGHTS, key="position")
    lines = [
        ("What I would hold at the end", "tokens", amount),
        ("Share of the network", "share", _parts),
        ("Value at the end", "value", lambda value: quantity(value, "$")),
    ]
    if system.structure.uses("staking"):
        lines[1:1] = [
            ("Earned until then", "earned", amount),
            ("Income a year at the end", "income", lambda value: quantity(value, f"{token} a year")),
        ]
    for name, column, write in lines:
        before, after = (frame[f"{column}_{world}"].to_numpy() for world in ("baseline", "scenario"))
        old, new = (float(np.nanmedian(values)) for values in (before, after))
        gap = "the same" if old == new else change(new, old)
        more = round(DOTS * float(np.mean(after > before * (1 + TOLERANCE))))
        counted = f"{more} of {DOTS}" if frame.height > 1 else ("yes" if new > old else "no")
        cells = (f"**{name}**", as_markdown(write(old)), as_markdown(write(new)), as_markdown(gap), counted)
        row(cells, HEADINGS, WEIGHTS, key=f"position-{column}")
    st.markdown(
        "Medians over futures of the model; a holder too small to move anything, who neither buys nor sells. The value "
        "in dollars rests on the price path, which is no forecast."
    )


def _tokens(value: float) -> str:
    """A holder's tokens in full, as a wallet shows them."""
    return grouped(value) if value >= 100 else number(value)


def _parts(share: float) -> str:
    """A small share in parts of a million, where percent would hide it."""
    return percent(share) if share >= TOLERANCE else f"{number(1e6 * share)} per million"
