"""Number boxes of the Bittensor bench, which keep what was typed while another tab or page is open."""

from __future__ import annotations

import streamlit as st

WIDTH = 190


def typed(
    label: str,
    low: float,
    high: float,
    value: float,
    step: float,
    key: str,
    *,
    width: int = WIDTH,
    decimals: int = 2,
    help: str | None = None,
) -> float:
    """A number between `low` and `high`, shown with so many decimals; `help` is the box's own explanation."""
    found = st.number_input(
        label, float(low), float(high), float(value), float(step), format=f"%.{decimals}f", key=key, help=help,
        persist_state="session", width=width,
    )  # fmt: skip
    return float(found)


def counted(
    label: str, low: int, high: int, value: int, key: str, *, width: int = WIDTH, help: str | None = None
) -> int:
    """A whole number between `low` and `high`."""
    return int(st.number_input(label, low, high, value, key=key, help=help, persist_state="session", width=width))
