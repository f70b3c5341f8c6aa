"""Sentences beside the picture of burn = mint whose levers are dragged in the browser."""

from __future__ import annotations

from collections.abc import Mapping

from model.parameters import parameter_keys
from model.rest.report import RestReport
from model.rest.rest_words import usd
from model.words.text import sentence_case
from model.words.value_words import change_words


def held_sentence(report: RestReport, payer: str, *, baseline_follows: bool) -> str:
    """What answers to the sliders and what does not."""
    held = (
        "capacity, quality and supply"
        if not report.scenario.structure.uses("staking")
        else ("capacity, quality, stake and supply")
    )
    text = (
        f"Drag the sliders under the picture: mint, burn and their crossing answer at once. {sentence_case(held)} stay "
        "as they are today while you drag, because they answer only as time passes; the rest of the page shows the "
        "settings in force."
    )
    if payer == "users":
        text += " Users pay for the burn, so the slider moves the surcharge on top of the service price."
    if not baseline_follows:
        text += " The dashed baseline follows other equations and stands still."
    return text


def tried_sentence(report: RestReport, tried: Mapping[str, float]) -> str:
    """What is tried in the picture and where burn would meet mint; `tried` has parameters in their own unit."""
    if not tried:
        return "Nothing is dragged: the picture shows the settings in force."
    keys, near = parameter_keys(report.scenario.structure), report.rest.today["price"]
    moved = [change_words(keys[key], report.scenario.values[key], value) for key, value in tried.items()]
    crossing = report.today_flows.tried(tried).crossing(near)
    there = "burn would not meet mint at any price" if crossing is None else f"burn would meet mint at {usd(crossing)}"
    as_set = report.crossing_today
    before = f"with the settings in force {'it does not' if as_set is None else f'at {usd(as_set)}'}"
    return f"Tried in the picture: {'; '.join(moved)}. With everything else as today {there}; {before}."
