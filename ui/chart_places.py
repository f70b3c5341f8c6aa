"""The charts of the Sandbox: how many there are, and which stands where; both in the link."""

from __future__ import annotations

import streamlit as st

from model.system import System
from ui import keys
from ui.link import Moment
from ui.page_fields import PageField, choice
from ui.panels import DEFAULT_SLOTS, HEIGHT, choices, default_slots, panel
from ui.pick import pick

MOST = len(DEFAULT_SLOTS)
LAYOUTS = {
    1: ("One chart", keys.ONE_CHART, ":material/crop_landscape:"),
    2: ("Two charts", keys.TWO_CHARTS, ":material/view_column_2:"),
    MOST: ("Four charts", keys.FOUR_CHARTS, ":material/grid_view:"),
}
HEIGHTS = {1: 440, 2: 360, MOST: HEIGHT}
"""Pixels of a chart by how many there are."""
LAYOUT = choice("sandbox.layout", [str(count) for count in LAYOUTS], str(MOST))


def _chart(place: int, system: System) -> PageField[str]:
    return choice(f"sandbox.chart.{place + 1}", list(choices(system)), default_slots(system)[place])


def fields(system: System) -> list[PageField[str]]:
    """Everything that a link may say about the charts on this network."""
    return [LAYOUT, *(_chart(place, system) for place in range(MOST))]


def placed(system: System) -> list[str]:
    """Keys of the charts on screen, first place first."""
    return [_chart(place, system).value() for place in range(int(LAYOUT.value()))]


def layout_buttons() -> None:
    """One, two or four charts, each with its key; the present one is greyed out."""
    shown = int(LAYOUT.value())
    for count, (label, key, icon) in LAYOUTS.items():
        st.button(
            label, key=f"layout-{count}", icon=icon, shortcut=key.press, disabled=count == shown,
            on_click=LAYOUT.set, args=(str(count),),
        )  # fmt: skip


def draw_places(moment: Moment, before: Moment | None) -> None:
    """The charts in their grid, each under its title, which is a choice of charts."""
    system = moment.scenario.system
    shown = placed(system)
    grid = st.grid(columns=len(shown) if len(shown) < MOST else "auto", min_column_width=340, gap="medium")
    for place, chart in enumerate(shown):
        with grid.cell(), st.container(key=f"panel-{place}"):
            keep = _chart(place, system).set
            pick(f"Chart {place + 1}", choices(system), chart, keep, key=f"slot-{place}", quiet=True)
            panel(f"slot-chart-{place}", chart, moment, before, height=HEIGHTS[len(shown)])
