"""The same box for a comparison."""

from __future__ import annotations

import streamlit as st

from model.comparison.rows import Column
from model.outcomes import Measure
from ui import state
from ui.compare import slots
from ui.compare.exports import package_of_comparison
from ui.exports import address_of
from ui.take_away import offer


def take_comparison_away(shown: list[Column], measure: Measure) -> None:
    """Everything on the Compare page, in every form."""
    link = address_of(st.context.url or "", slots.comparison_query())
    offer(lambda: package_of_comparison(shown, measure, state.now(), link))
