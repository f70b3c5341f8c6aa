"""Render the gallery: `python -m gallery` or `make site`."""

from __future__ import annotations

import argparse
import datetime as dt
import logging
import sys
import time
from pathlib import Path

from gallery.cards import all_cards
from gallery.site import checked_app, write_site
from model.errors import BallastError


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m gallery", description="Every network and proposal as web pages.")
    parser.add_argument("--out", type=Path, default=Path("_site"), help="folder to write into")
    parser.add_argument("--app", default="", help="address of an app that pages link into, such as https://...")
    parser.add_argument("--date", default="", help="date on every page, by default today's (YYYY-MM-DD)")
    parser.add_argument("--only", default="", help="render only names that contain this")
    return parser.parse_args()


def _date(text: str) -> str:
    if not text:
        return dt.date.today().isoformat()
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        raise BallastError(f"{text[:20]!r} is no date", where="--date", allowed="YYYY-MM-DD") from None


def main() -> int:
    """Write all pages and say how far it is; 1 where something cannot be."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # pieces of the app warn that no page is served
    asked, begun = _arguments(), time.monotonic()
    try:
        app, date = checked_app(asked.app), _date(asked.date)
        cards = [card for card in all_cards() if asked.only in card.name]
        paging = time.monotonic()
        for done, card in enumerate(write_site(asked.out, cards, app=app, date=date)):
            left = (time.monotonic() - paging) / done * (len(cards) - done) if done else 0.0
            told = f", about {left:.0f} seconds left" if done else ""
            _say(f"{done + 1} of {len(cards)}: {card.path}{told}")
    except BallastError as problem:
        _say(str(problem))
        return 1
    _say(f"{len(cards)} pages in {asked.out}/index.html after {time.monotonic() - begun:.0f} seconds")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
