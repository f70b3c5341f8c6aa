"""The map of the Stress page: two parameters, one answer, and a cell that opens in the Sandbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
import polars as pl
import streamlit as st

from charts.layers import Format
from charts.sign_map import CELL, sign_map
from model import BallastError, Scenario
from model.sensitivity.maps import CELLS, DRAWS, MapFound, OutcomeMap, Side, map_keys
from model.words.scenario_words import source_line
from model.words.value_words import lowered
from ui.chart import show_chart
from ui.link import Moment
from ui.long_work import worked_out
from ui.page_fields import PageField, put
from ui.pick import pick
from ui.stress.fields import MAP_AT, MAP_X, MAP_Y, asked_for
from ui.stress.matters import outcome_picker
from ui.stress.runs import key_of
from ui.text import as_markdown

CHART = "stress-map"


def map_part(moment: Moment) -> None:
    """Choose both sides; click a cell, or choose its values, and open it in the Sandbox."""
    outcome_picker(moment, "map")
    sides = _sides(moment.scenario)
    if sides is None:
        return
    x, y = sides
    what = asked_for(moment.scenario)
    found = worked_out(
        key_of(moment, "map", what, x, y),
        partial(OutcomeMap, moment.scenario, what, x, y, years=moment.years, draws=DRAWS, seed=moment.seed),
        name="map",
        what=f"{CELLS * CELLS} cells in {DRAWS} futures each",
    )
    if found is not None:
        _draw(found, moment)
        _chosen(found, moment)


def _turn(side: PageField[str], key: str) -> None:
    """Another parameter on one side; the cell that was chosen belongs to the old map."""
    put({side: key, MAP_AT: ()})


def _sides(scenario: Scenario) -> tuple[str, str] | None:
    offered = map_keys(scenario)
    titles = {key: f"{concrete.label} ({concrete.declared.kind})" for key, concrete in offered.items()}
    fields: tuple[tuple[str, PageField[str]], ...] = (("Across", MAP_X), ("Up", MAP_Y))
    chosen: list[str] = []
    with st.container(horizontal=True, gap="small"):
        for title, field in fields:
            current = field.value() if field.value() in offered else _default(offered, chosen, field.default)
            chosen.append(pick(title, titles, current, partial(_turn, field), key=f"pick-{field.key}"))
    if chosen[0] == chosen[1]:
        st.info("Both sides are the same parameter: choose another one for one of them.", icon=":material/info:")
        return None
    return chosen[0], chosen[1]


def _default(offered: Mapping[str, object], taken: list[str], word: str) -> str:
    """On a network with several streams or roles, the first key of the same word."""
    same = [key for key in offered if key.rpartition(".")[2] == word and key not in taken]
    return same[0] if same else next(key for key in offered if key not in taken)


# ---- drawing --------------------------------------------------------------------------------------------
def _draw(found: MapFound, moment: Moment) -> None:
    frames = {"main": cells(found), "contour": _pieces(found), "points": _points(found)}
    start = moment.scenario.network.as_of
    goal = found.goal.sentence(moment.scenario.system, start) if found.goal else ""
    what = f"share of futures less what is asked. Goal: {goal}" if goal else "median of futures"
    counted = f"{found.draws} futures a cell" if found.draws else "the single path"
    if moment.futures and found.draws:
        counted += f" (further up {moment.futures}: the two may differ by a few percentage points)"
    show_chart(
        sign_map(_title(found.x), _title(found.y), x_fmt=_fmt(found.x), y_fmt=_fmt(found.y)),
        frames,
        key=CHART,
        sentence=as_markdown(found.sentence),
        alt=f"Map of {found.x.concrete.label} and {found.y.concrete.label}. {found.sentence}",
        unit="the units named in each row",
        source=as_markdown(
            f"{source_line(moment.scenario)} {what[:1].upper()}{what[1:]}, in {counted}. Blue: zero or above; brown "
            f"with a minus sign: below zero; the stronger, the further from it; {_crosses(found)}the line: where the "
            "sign changes. Each side covers the usual range of its parameter."
        ),
        table=found.frame.select("x_words", "y_words", "told"),
        on_select=partial(_clicked, found),
    )


def _title(side: Side) -> str:
    unit = side.concrete.declared.unit
    return f"{side.concrete.label} ({'percent' if _fmt(side) == 'percent' else unit})"


def _fmt(side: Side) -> Format:
    return "percent" if side.concrete.declared.format == "percent" else "number"


def cells(found: MapFound) -> pl.DataFrame:
    """One row per cell with its edges, side and strength."""
    half_x, half_y = (0.5 * float(side.values[1] - side.values[0]) for side in (found.x, found.y))
    values = found.frame["value"].to_numpy()
    finite = np.isfinite(values)
    # Half of the cells further from zero than the middle one are drawn full: one far cell must not pale the rest.
    middle = float(np.quantile(np.abs(values[finite]), 0.75)) if finite.any() else 1.0
    sides = np.where(~finite, "none", np.where(values < 0, "below", "above"))
    strength = np.where(finite, np.clip(np.abs(values) / (middle or 1.0), 0, 1), 0.0)
    return found.frame.with_columns(
        (pl.col("x") - half_x).alias("x0"), (pl.col("x") + half_x).alias("x1"),
        (pl.col("y") - half_y).alias("y0"), (pl.col("y") + half_y).alias("y1"),
        pl.Series("side", sides), pl.Series("strength", strength),
    )  # fmt: skip


def _pieces(found: MapFound) -> pl.DataFrame:
    return pl.DataFrame(found.contour, schema=dict.fromkeys(("x", "y", "x1", "y1"), pl.Float64), orient="row")


def _points(found: MapFound) -> pl.DataFrame:
    """The values at hand where they lie on the map, and the chosen cell."""
    rows = []
    inside = all(side.values[0] <= side.now <= side.values[-1] for side in (found.x, found.y))
    if inside:
        rows.append((found.x.now, found.y.now, "Now"))
    at = chosen_cell(found)
    if at is not None:
        rows.append((float(found.x.values[at[1]]), float(found.y.values[at[0]]), "Chosen"))
    return pl.DataFrame(rows, schema={"x": pl.Float64, "y": pl.Float64, "label": pl.String}, orient="row")


# ---- the chosen cell ------------------------------------------------------------------------------------
def chosen_cell(found: MapFound) -> tuple[int, int] | None:
    """Row and column of the cell in the link; None where none of this map is chosen."""
    at = dict(MAP_AT.value())
    if set(at) != {found.x.key, found.y.key}:
        return None
    return found.cell(at[found.x.key], at[found.y.key])


def _choose(found: MapFound, x: float, y: float) -> None:
    row, column = found.cell(x, y)
    MAP_AT.set(((found.x.key, _short(found.x.values[column])), (found.y.key, _short(found.y.values[row]))))


def _short(value: float) -> float:
    """A value as a link writes it: 0.24 instead of 0.24000000000000005."""
    return float(f"{value:.12g}")


def _clicked(found: MapFound) -> None:
    """A click on a cell chooses it; a click beside the map leaves what was chosen."""
    clicked = st.session_state[CHART]["selection"].get(CELL) or []
    if clicked:
        _choose(found, float(clicked[0]["x"]), float(clicked[0]["y"]))


def _chosen(found: MapFound, moment: Moment) -> None:
    """Both values as lists, for the keyboard, what the cell says, and the way to the Sandbox."""
    at = chosen_cell(found) or found.cell(found.x.now, found.y.now)
    st.markdown("**Open a cell in the Sandbox.** Click it on the map, or choose its values here.")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for side, place, key in ((found.x, at[1], "map-cell-x"), (found.y, at[0], "map-cell-y")):
            st.session_state[key] = place
            st.selectbox(
                side.concrete.label, list(range(len(side.values))), key=key, on_change=partial(_picked, found),
                format_func=partial(_value_words, side), width=240,
            )  # fmt: skip
    row, column = at
    told = found.reasons.get((row, column)) or found.words(float(found.values[row, column]))
    words = [
        f"{lowered(side.concrete.label)} at {side.words(float(side.values[i]))}"
        for side, i in ((found.x, column), (found.y, row))
    ]
    st.markdown(as_markdown(f"With {' and '.join(words)}: {told}."))
    try:
        query = moment_of(moment, found, at).query
    except BallastError as problem:
        st.markdown(as_markdown(str(problem)))
        return
    st.page_link("pages/sandbox.py", label="Load this cell in the Sandbox", icon=":material/tune:", query_params=query)


def _value_words(side: Side, place: int) -> str:
    return side.words(float(side.values[place]))


def _picked(found: MapFound) -> None:
    row, column = int(st.session_state["map-cell-y"]), int(st.session_state["map-cell-x"])
    _choose(found, float(found.x.values[column]), float(found.y.values[row]))


def _crosses(found: MapFound) -> str:
    """What a cross stands for, where there is one, with the reason of the first."""
    if np.isfinite(found.values).all():
        return ""
    if not found.reasons:
        return "a cross: no number, because every run stops there; "
    first = lowered(next(iter(found.reasons.values()))).rstrip(".")
    return f"a cross: no number, because these two values do not go together (at the first: {first}); "


def moment_of(moment: Moment, found: MapFound, at: tuple[int, int]) -> Moment:
    """What is on screen with the two values of a cell.

    Raises
    ------
    BallastError
        Where nobody can pay for it.
    """
    scenario = moment.scenario
    parts = {"lever": dict(scenario.changes), "assumption": dict(scenario.assumptions)}
    for side, place in ((found.x, at[1]), (found.y, at[0])):
        parts[side.concrete.declared.kind][side.key] = _short(side.values[place])
    return replace(moment, scenario=replace(scenario, changes=parts["lever"], assumptions=parts["assumption"]))
