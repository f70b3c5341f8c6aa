"""Writes the gallery into a folder: shared files, one page after the other, the index last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from gallery.cards import KINDS, Card
from gallery.template import SCRIPT, STYLE, index_html, page_html, script, style
from model.errors import LinkError, OutOfRangeError

_ADDRESS = re.compile(r"https?://[\w.:\[\]-]+(/[\w./~-]*)?")


def checked_app(address: str) -> str:
    """Address of an app without a slash at its end; "" stays "".

    Raises
    ------
    LinkError
        For anything but the beginning of a web address.
    """
    if address and not _ADDRESS.fullmatch(address):
        raise LinkError(
            f"{address[:80]!r} is no address of an app",
            where="SITE_APP",
            allowed="an address such as https://ballast.example",
            todo="leave it out for pages without links into an app",
        )
    return address.rstrip("/")


def write_site(folder: Path, cards: Sequence[Card], *, app: str = "", date: str) -> Iterator[Card]:
    """Write shared files, every page and the index; gives each card before its page is computed.

    Pages of an earlier run that no card asks for any more are removed.

    Raises
    ------
    OutOfRangeError
        Where the folder holds something else, so that nothing of somebody's is mixed with pages.
    """
    _check(folder)
    for name, text in ((SCRIPT, script()), (STYLE, style())):
        _write(folder / name, text)
    for card in cards:
        yield card
        _write(folder / card.path, page_html(card.make(app), date))
    _write(folder / "index.html", index_html(cards, date))
    wanted = {folder / card.path for card in cards}
    for kind in KINDS:
        for old in set((folder / kind).glob("*.html")) - wanted:
            old.unlink()


def _check(folder: Path) -> None:
    ours = {"index.html", "assets", *KINDS}
    others = sorted(path.name for path in folder.glob("*") if path.name not in ours) if folder.exists() else []
    if others:
        raise OutOfRangeError(
            f"the folder holds {others[0]!r}, which the gallery did not write",
            where=folder.name,
            allowed="a new folder, an empty one or that of an earlier gallery",
            todo="name another folder with --out",
        )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
