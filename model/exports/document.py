"""A short document of sections, written as Markdown for a forum or as HTML for a page of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from ipaddress import ip_address
from urllib.parse import urlparse


@dataclass(frozen=True)
class Link:
    """Words that lead to an address; an empty address leaves the words."""

    text: str
    address: str

    @property
    def is_local(self) -> bool:
        """Whether the address is one of the machine itself, so that it opens nowhere else."""
        host = urlparse(self.address).hostname or ""
        try:
            return host == "localhost" or host.endswith(".localhost") or ip_address(host).is_loopback
        except ValueError:
            return False


Words = str | Link


@dataclass(frozen=True)
class Paragraph:
    """One paragraph."""

    text: Words


@dataclass(frozen=True)
class Bullets:
    """A list without order."""

    items: Sequence[Words]


@dataclass(frozen=True)
class Table:
    """Rows of plain text; the first cell of a row names it."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Code:
    """Text that is shown letter by letter."""

    text: str
    language: str = ""


Block = Paragraph | Bullets | Table | Code


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it."""

    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Document:
    """A title, what stands above the first heading, and sections; empty sections are left out."""

    title: str
    top: Sequence[Block]
    sections: Sequence[Section]

    def markdown(self) -> str:
        """The document in the Markdown that forums read."""
        parts = [f"# {_md(self.title)}", *map(_md_block, self.top)]
        for section in self.sections:
            if section.blocks:
                parts += [f"## {_md(section.title)}", *map(_md_block, section.blocks)]
        return "\n\n".join(parts) + "\n"

    def html(self) -> str:
        """The same as the body of a page; every text is escaped."""
        return "\n".join(self.html_around_charts())

    def html_around_charts(self) -> tuple[str, str]:
        """The body in two: title, top and first section, and everything that can wait until charts were seen."""
        first = html_of([Section("", self.top), *self.sections[:1]])
        return f"<h1>{escape(self.title)}</h1>\n{first}", html_of(self.sections[1:])


def html_of(sections: Sequence[Section]) -> str:
    """Sections as HTML, each under its heading where it has one; every text is escaped."""
    parts: list[str] = []
    for section in sections:
        if section.blocks and section.title:
            parts.append(f"<h2>{escape(section.title)}</h2>")
        parts += map(_html_block, section.blocks)
    return "\n".join(parts)


# ---- Markdown -----------------------------------------------------------------------------------------
_MEANT_IN_MARKDOWN = "\\`*_[]<>|"


def _md(text: str) -> str:
    """Text that shows as it is, on one line."""
    line = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in _MEANT_IN_MARKDOWN else letter for letter in line)


def _md_words(words: Words) -> str:
    if isinstance(words, str):
        return _md(words)
    address = words.address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
    return f"[{_md(words.text)}]({address})" if address else _md(words.text)


def _md_block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return _md_words(block.text)
    if isinstance(block, Bullets):
        return "\n".join(f"- {_md_words(item)}" for item in block.items)
    if isinstance(block, Code):
        fence = "```"
        return f"{fence}{block.language}\n{block.text.replace(fence, '')}\n{fence}"
    lines = [block.head, ["---"] * len(block.head), *block.rows]
    return "\n".join("| " + " | ".join(cell if cell == "---" else _md(cell) for cell in line) + " |" for line in lines)


# ---- HTML ---------------------------------------------------------------------------------------------
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def _escaped(text: str) -> str:
    """Text without markup, in which no date is broken across lines."""
    return _DAY.sub(lambda day: f'<span class="day">{day[0]}</span>', escape(text))


def _html_words(words: Words) -> str:
    if isinstance(words, str):
        return _escaped(words)
    if not words.address.startswith(("https://", "http://")):
        return _escaped(words.text)
    return f'<a href="{escape(words.address)}" rel="noreferrer">{_escaped(words.text)}</a>'


def _html_block(block: Block) -> str:
    if isinstance(block, Paragraph):
        return f"<p>{_html_words(block.text)}</p>"
    if isinstance(block, Bullets):
        return "<ul>" + "".join(f"<li>{_html_words(item)}</li>" for item in block.items) + "</ul>"
    if isinstance(block, Code):
        return f"<pre><code>{escape(block.text)}</code></pre>"
    return html_table(block.head, block.rows)


def html_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table whose cells name their column, for a phone on which each row is a card."""
    top = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{_escaped(row[0])}</th>'
        + "".join(
            f'<td data-label="{escape(name)}">{_escaped(cell)}</td>'
            for name, cell in zip(head[1:], row[1:], strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
