"""Launcher: the same app with everything imported and compiled before the first visitor, and compressed answers.

`streamlit run app.py` works alone; `make app` runs this file.
"""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

OPENS_ON = ("payment", "render")
"""Networks that are ready before the first visitor; the others follow in the background."""


@asynccontextmanager
async def ready(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Import and compile what the first pages need, then leave it out of garbage collection."""
    import ui.panels  # noqa: F401
    from model.warm import warm

    warm(OPENS_ON)
    gc.collect()
    gc.freeze()
    yield {}


app = st.App("app.py", lifespan=ready, middleware=[Middleware(GZipMiddleware, minimum_size=1024)])
