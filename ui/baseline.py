"""Whether charts over time draw the baseline: one choice for all pages, in the link."""

from __future__ import annotations

import streamlit as st

from ui.keys import BASELINE
from ui.page_fields import flag

SHOWN = flag("show.baseline", default=True)


def baseline_button() -> None:
    """Hide or show it; sentences and tables go on naming it."""
    shown = SHOWN.value()
    st.button(
        "Hide baseline" if shown else "Show baseline", key="baseline", shortcut=BASELINE.press,
        icon=":material/visibility_off:" if shown else ":material/visibility:", on_click=SHOWN.set, args=(not shown,),
        help="The dashed line of today's rules, in all charts over time. Sentences and tables keep it.",
    )  # fmt: skip
