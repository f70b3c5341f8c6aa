"""The strip of key figures: value, change against the baseline, direction as a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True)
class Kpi:
    """One key figure, already written out: `value` with its unit, `change` in words such as "3.1% lower"."""

    label: str
    value: str
    change: str = ""
    help: str | None = None


def kpi_strip(kpis: Sequence[Kpi], *, key: str = "main", against: str = "vs baseline", least: int = 140) -> None:
    """Row of key figures, two per row on a phone; direction is a word, never colour or arrow alone.

    `least` is the narrowest that one may be, in pixels.
    """
    with st.container(key=f"kpi-{key}"):
        grid = st.grid(columns=max(1, len(kpis)), min_column_width=least, gap="small")
    for kpi in kpis:
        with grid.cell(), st.container(gap=None):
            st.metric(kpi.label, kpi.value, help=kpi.help)
            # Not the metric's own delta: that one cuts long words short and leans on colour.
            if kpi.change:
                st.markdown(f"{kpi.change} {against}")
