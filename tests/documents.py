"""How a document is read: its blocks in order, what a block prints, and whether that is what was printed."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").rglob("*.md")])

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SAVED = re.compile(r"[Ss]ave it as\s+`([\w./-]+)`")
_NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?")

DIGITS = 1e-3
"""Figures agree when they are this close, relatively, or are the same to the last digit shown."""


@dataclass(frozen=True)
class Block:
    """One block of code, with the words between it and the block before.

    Attributes
    ----------
    language
        "python", "sh", "toml", "text"; empty where none is named.
    code
        What stands inside.
    before
        The prose above it, back to the block before.
    shows
        The ```text block that follows, which is what the code prints; empty where none does.
    """

    language: str
    code: str
    before: str
    shows: str = ""

    @property
    def saved_as(self) -> str:
        """The file that the prose asks to save the block as; empty where it does not."""
        found: list[str] = _SAVED.findall(self.before)
        return found[-1] if found else ""


def blocks(text: str) -> Iterator[Block]:
    """Blocks of a document in order; a text block belongs to the code before it."""
    found = list(_BLOCK.finditer(text))
    ends = [0, *(match.end() for match in found)]
    for place, match in enumerate(found):
        language, code = match.groups()
        following = found[place + 1].groups() if place + 1 < len(found) else ("", "")
        shows = following[1] if following[0] == "text" and language != "text" else ""
        yield Block(language, code, text[ends[place] : match.start()], shows)


def alike(shown: str, printed: str) -> bool:
    """Whether a document shows what was printed: words to the letter, spaces apart, figures as far as they matter."""
    if _NUMBER.sub("#", shown).split() != _NUMBER.sub("#", printed).split():
        return False
    pairs = zip(_NUMBER.findall(shown), _NUMBER.findall(printed), strict=True)
    return all(_same(one, other) for one, other in pairs)


def _same(shown: str, printed: str) -> bool:
    one, other = (float(text.replace(",", "").replace("−", "-")) for text in (shown, printed))
    decimals = len(shown.partition("e")[0].partition(".")[2])
    return math.isclose(one, other, rel_tol=DIGITS, abs_tol=0.51 * 10.0**-decimals if decimals else 0)


def prose(text: str) -> str:
    """What a reader reads as words: no code, no generated part, no address, no number of a list."""
    text = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"<!-- ([\w-]+) -->.*?<!-- end of \1 -->", "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", re.sub(r"\]\([^)]*\)|<https?:[^>]*>", "]", text))
    return " ".join(re.sub(r"^(\d+\. |#+ \d+\. )", "", text, flags=re.MULTILINE).split())
