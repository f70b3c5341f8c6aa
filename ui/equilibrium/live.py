"""Burn and mint against the price, dragged live: the browser computes the declared equations while a slider moves."""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import polars as pl
import streamlit as st

from charts.live_crossing import Slider, live_crossing
from charts.live_steps import LEVERS, Equations, Search
from model.parameters import ParameterKey, parameter_keys
from model.presets.usual_range import usual_range
from model.rest.curve_sentences import crossing_sentence
from model.rest.live_flows import LiveFlows, live_flows
from model.rest.live_sentences import held_sentence, tried_sentence
from model.rest.price_curves import OFF_CENTRE, PLACES, REACH
from model.rest.report import RestReport
from model.scenario.scenario import Scenario
from model.validation import fee_share_keys
from ui import state
from ui.chart import show_chart
from ui.equilibrium import frames
from ui.levers.lever import Scale, scale_of
from ui.text import as_markdown

KEY = "live-crossing"
WORDS = ("burn_share", "user_surcharge", "emission_scale", "demand_scale")
"""Levers that can be dragged; of the first two the one that pays for the burn now."""
SEARCH = Search(REACH, PLACES, OFF_CENTRE)
_ROUND = "live-crossing-round"


@dataclass(frozen=True)
class Lever:
    """A parameter that can be dragged: its slider under the picture and how to read it."""

    concrete: ParameterKey
    scale: Scale
    slider: Slider


def payer_of(scenario: Scenario) -> str:
    """Who pays when the burn share moves."""
    return scenario.funded_by or scenario.network.fee_balance


def live_levers(scenario: Scenario, fields: LiveFlows) -> Iterator[Lever]:
    """Levers with their sliders, over the same ranges as beside the picture."""
    keys = parameter_keys(scenario.structure)
    for key, field in fields.levers.items():
        concrete, value = keys[key], scenario.values[key]
        usual = usual_range(scenario.network, concrete)
        scale = scale_of(concrete, usual)
        high = max(usual.high, value)
        if concrete.declared.word == "burn_share":
            high = min(high, _most_burn(scenario, concrete))
        label = f"{concrete.label}, {scale.unit}"
        bounds = (scale.show(bound) for bound in (min(usual.low, value), high, usual.step, value))
        yield Lever(concrete, scale, Slider(field, label, *bounds))


def _most_burn(scenario: Scenario, concrete: ParameterKey) -> float:
    """The burn share at which whoever pays for it has nothing left."""
    payers = fee_share_keys(scenario.structure, str(concrete.stream))[payer_of(scenario)]
    return scenario.values[concrete.key] + sum(scenario.values[key] for key in payers if key not in scenario.changes)


def dragged_keys(scenario: Scenario) -> tuple[str, ...]:
    """Parameters that can be dragged, in the order of their sliders."""
    left_out = "burn_share" if payer_of(scenario) == "users" else "user_surcharge"
    keys = parameter_keys(scenario.structure).values()
    return tuple(c.key for word in WORDS for c in keys if c.declared.word == word != left_out)


# ---- data -----------------------------------------------------------------------------------------------
def live_frames(
    report: RestReport, baseline: RestReport, fields: LiveFlows, levers: list[Lever]
) -> dict[str, pl.DataFrame]:
    """What the browser calculates with, one row per world, and what answers to no slider."""
    drawn = frames.crossing_frames(report, baseline, at_rest=False)
    prices = frames.crossing_prices(report, baseline, at_rest=False)
    low, high = frames.flow_domain(drawn["main"]) or (1.0, 10.0)
    picture = {
        "price_low": math.log10(prices[0]),
        "price_high": math.log10(prices[-1]),
        "flow_low": low,
        "flow_high": high,
        "near": math.log(report.rest.today["price"]),
    }
    same = baseline_follows(baseline, fields)
    worlds = {"scenario": report, **({"baseline": baseline} if same else {})}
    rows = [
        {"world": name, **picture, **fields.held_values(world.today_flows), **_started(name, world, levers)}
        for name, world in worlds.items()
    ]
    main = drawn["main"].with_columns(pl.col("world").replace("scenario", "previous"))
    return {
        "given": pl.DataFrame(rows),
        "still": main.filter(pl.col("world") == "previous") if same else main,
        "met": drawn["points"].select("price", "value", words=pl.col("label").str.replace("Burn = mint at", "as set")),
        "today": drawn["today"],
    }


def baseline_follows(baseline: RestReport, fields: LiveFlows) -> bool:
    """Whether the baseline's curves can be computed by the same equations; else they stand still."""
    return live_flows(baseline.scenario.system, tuple(fields.levers)) == fields


def _started(name: str, world: RestReport, levers: list[Lever]) -> dict[str, float | bool]:
    """Where each lever stands in one world, and whether it follows the slider there."""
    found: dict[str, float | bool] = {}
    for lever in levers:
        field, assumed = lever.slider.field, lever.concrete.declared.kind != "lever"
        found |= {
            f"start_{field}": world.scenario.values[lever.concrete.key],
            f"shown_{field}": lever.slider.value,
            f"factor_{field}": lever.scale.factor,
            f"follows_{field}": name == "scenario" or (name == "baseline" and assumed),
        }
    return found


# ---- panel ----------------------------------------------------------------------------------------------
@st.fragment
def live_panel(report: RestReport, baseline: RestReport, source: str) -> None:
    """The picture with its sliders; what they are dragged to may become the scenario's."""
    fields = live_flows(report.scenario.system, dragged_keys(report.scenario))
    levers = list(live_levers(report.scenario, fields))
    data = live_frames(report, baseline, fields, levers)
    low, high, first, last = data["given"].select("flow_low", "flow_high", "price_low", "price_high").row(0)
    sliders = [lever.slider for lever in levers]
    # Sliders start anew when the scenario's own settings move, or when somebody puts them back.
    version = f"-{zlib.crc32(repr(sliders).encode()):x}-{st.session_state.get(_ROUND, 0)}"
    sentence = crossing_sentence(report, at_rest=False)
    with st.container(key="live"):
        show_chart(
            live_crossing(
                Equations(fields.once, fields.price, fields.steps),
                sliders,
                SEARCH,
                domain=(low, high),
                prices=(10**first, 10**last),
            ),
            data,
            key=KEY,
            version=version,
            sentence=as_markdown(sentence),
            alt=f"Tokens minted and burned a year against the token price, with the settings in force. {sentence}",
            unit="tokens a year at a price in dollars, with the settings in force",
            source=source,
            table=frames.crossing_frames(report, baseline, at_rest=False)["main"],
            on_select=_nothing,
            beneath=partial(_tried, report, levers, version, baseline_follows(baseline, fields)),
            exact=("given",),
        )


def _nothing() -> None:
    """A drag only redraws the panel, so that its words follow."""


def _tried(report: RestReport, levers: list[Lever], version: str, follows: bool) -> None:
    """What the sliders are dragged to, in words, and the way into the scenario and back."""
    tried = _read(levers, version)
    with st.container(key="tried"):
        st.markdown(as_markdown(tried_sentence(report, tried)))
    with st.container(horizontal=True, gap="small", key="tried-buttons"):
        if st.button("Use these settings", key="tried-use", disabled=not tried):
            state.move_together(tried)
            st.rerun()
        st.button("Put the sliders back", key="tried-back", type="tertiary", disabled=not tried, on_click=_put_back)
    with st.container(key="held"):
        st.markdown(as_markdown(held_sentence(report, payer_of(report.scenario), baseline_follows=follows)))


def _read(levers: list[Lever], version: str) -> dict[str, float]:
    """Parameters that are dragged elsewhere than they stand, in their own unit."""
    chosen = (st.session_state.get(KEY + version) or {}).get("selection", {}).get(LEVERS) or [{}]
    shown = {lever.concrete.key: chosen[0].get(lever.slider.field, lever.slider.value) for lever in levers}
    return {
        lever.concrete.key: lever.scale.read(float(shown[lever.concrete.key]))
        for lever in levers
        if shown[lever.concrete.key] != lever.slider.value
    }


def _put_back() -> None:
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
