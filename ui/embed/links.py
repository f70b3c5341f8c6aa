"""Addresses of a card: the card itself, the page behind it, and the HTML that puts the card into another page."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode, urlsplit

import streamlit as st

from model.scenario.scenario import Scenario
from ui.link import KEPT, Moment

FRAME_HEIGHT, PHONE_HEIGHT = 920, 1250
"""Pixels that a card takes as wide as a forum's post, and on a phone; a longer one scrolls inside its frame."""
WIDEST = 900
"""Pixels that a card takes across at most."""


def root_of(page_url: str) -> str:
    """Address of the app without the name of the page, ending in a slash."""
    parts = urlsplit(page_url)
    base = str(st.get_option("server.baseUrlPath") or "").strip("/")
    folder, _, last = parts.path.rpartition("/")
    if last and last == base.rpartition("/")[2]:
        folder = parts.path
    return f"{parts.scheme}://{parts.netloc}{folder.rstrip('/')}/"


def has_something_proposed(scenario: Scenario) -> bool:
    """Whether the Proposal page has anything to tell about it."""
    return bool(scenario.stacked or scenario.changes or scenario.events)


def full_page(page_url: str, fields: Mapping[str, str], *, proposed: bool) -> str:
    """The page that says more than the card: Proposal where something is proposed, else Sandbox."""
    kept = {key: text for key, text in fields.items() if key not in KEPT}
    return f"{root_of(page_url)}{'proposal' if proposed else 'sandbox'}?{urlencode(kept)}"


def card_link(page_url: str, moment: Moment, chart: str) -> str:
    """The card alone, without the frame of the app."""
    page = "proposal" if has_something_proposed(moment.scenario) else "sandbox"
    fields = {"embed": "true", "view": "embed", "chart": chart, **moment.settings}
    return f"{root_of(page_url)}{page}?{urlencode(fields)}"


def frame(link: str, title: str) -> str:
    """HTML that shows a card inside a page; the browser loads it when a reader scrolls to it.

    The height is an attribute, for sites that drop styles, and as a style grows on narrow screens.
    """
    height = f"clamp({FRAME_HEIGHT}px, {PHONE_HEIGHT + 310}px - 90vw, {PHONE_HEIGHT}px)"
    return (
        f'<iframe src="{escape(link)}" title="{escape(title)}: what it would change, computed with Ballast" '
        f'loading="lazy" width="100%" height="{FRAME_HEIGHT}" style="height: {height}; max-width: {WIDEST}px; '
        f'border: 1px solid #8793A3; border-radius: 8px"></iframe>'
    )
