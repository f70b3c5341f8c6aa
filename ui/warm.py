"""Makes the other networks ready while the first visitor reads the first page."""

from __future__ import annotations

import os
import threading

import streamlit as st

from model.warm import warm_in_background

DELAY_SECONDS = 8.0
"""The first page comes first: symbolic work would take its processor time."""


@st.cache_resource(show_spinner=False)
def warm_once() -> threading.Timer:
    """Start once per server; every later call finds it started. BALLAST_WARM=off leaves it out."""
    timer = threading.Timer(DELAY_SECONDS, warm_in_background)
    timer.daemon = True
    if os.environ.get("BALLAST_WARM") != "off":
        timer.start()
    return timer
