"""What one page of the gallery holds before it is HTML, and how its words go together with those of the app."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from charts.pictures import Picture
from model.exports.document import Block, Link, Paragraph, Section

YEARS = 10


@dataclass(frozen=True, eq=False)
class Page:
    """One page.

    Attributes
    ----------
    above, below
        Words before and after the charts.
    pictures
        Charts in the order in which they are read.
    link
        Address that opens the same in the app, or only its query where no app was named.
    """

    title: str
    above: Sequence[Section]
    pictures: Sequence[Picture]
    below: Sequence[Section]
    link: str


def link_to(app: str, page: str, query: Mapping[str, str]) -> str:
    """Address of a page of the app with a query; without an app the query alone."""
    return f"{app}/{page}?{urlencode(query)}" if app else f"?{urlencode(query)}"


def without_bare_links(section: Section) -> Section:
    """Where no app was named a link has nowhere to lead: its query is said to be one, or nothing stands there."""
    return replace(section, blocks=[kept for block in section.blocks for kept in _kept(block)])


def _kept(block: Block) -> list[Block]:
    if not isinstance(block, Paragraph) or not isinstance(block.text, Link) or not block.text.address.startswith("?"):
        return [block]
    if block.text.text != block.text.address:
        return []
    return [Paragraph(f"Link, to be put behind the address of an app: {block.text.address}")]
