"""Figures in the prose of the documents: each is what the code says, is printed by code beside it, or is no figure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.load import VISITORS
from model import load_network
from model.engine.batches import ROWS
from model.parameters import parameters_by_word
from model.rest.long_run import HORIZONS
from model.sensitivity.maps import DRAWS
from model.spread import DOTS
from model.version import VERSION
from model.words.text import TOLERANCE, percent
from tests.documents import PAGES, ROOT, prose
from tests.workshop.test_crowd import PEOPLE
from ui.compare.slots import LETTERS
from ui.embed.links import FRAME_HEIGHT, PHONE_HEIGHT, WIDEST
from ui.vote.outcome import EIGHT
from workshop.kit import BURN_SHARES, clock_time
from workshop.limits import NAME, PARTICIPANTS, ROOM_DAYS
from workshop.run_sheet import PLANS, run_sheet
from workshop.throttle import BUCKETS

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spelled(count: int) -> str:
    """A whole number in words, up to ten and from twenty to ninety-nine: 33 -> "thirty-three"."""
    if count < len(_ONES):
        return _ONES[count]
    tens, ones = _TENS[count // 10 - 2], count % 10
    return f"{tens}-{_ONES[ones]}" if ones else tens


_LENGTHS = "{}, {} or {} minutes".format(*PLANS)
_PROVIDERS = load_network("payment").values["provider_fee_share"]
_SEED = parameters_by_word["entrant_share"].default

FACTS = [
    ("docs/changelog.md", f"{spelled(DOTS)} dots by default"),
    ("docs/changelog.md", f"goals counted in {spelled(DRAWS)} futures"),
    ("docs/changelog.md", f"Up to {spelled(len(LETTERS))} scenarios beside the baseline"),
    ("docs/changelog.md", f"run sheet of {_LENGTHS}"),
    ("docs/changelog.md", f"## {VERSION} (2026-11)"),
    (
        "docs/explanation/merit.md",
        f"keeps {spelled(round(100 * _SEED))} percent of either kind",
    ),
    ("docs/how-to/add-a-voting-rule.md", f"except the {spelled(len(EIGHT))} that the page"),
    ("docs/how-to/deploy.md", f"{spelled(PEOPLE)} people predicting at the same moment are a test"),
    ("docs/how-to/deploy.md", f"next room is opened | {ROOM_DAYS} |"),
    (
        "docs/how-to/deploy.md",
        f"{spelled(BUCKETS['code'][0].tries)} wrong codes at once, and one more every "
        f"{spelled(round(BUCKETS['code'][0].seconds_each))} seconds",
    ),
    ("docs/how-to/embed-in-a-forum.md", f"to {WIDEST} pixels across. It is about {FRAME_HEIGHT} pixels high"),
    ("docs/how-to/embed-in-a-forum.md", f"up to {PHONE_HEIGHT:,} on a phone"),
    ("docs/how-to/sweep-on-a-cluster.md", f"batches of a {'thousand' if ROWS == 1000 else ROWS} worlds"),
    ("docs/how-to/sweep-on-a-cluster.md", f"a burn share of 90% where providers have {percent(_PROVIDERS)} to give"),
    ("docs/how-to/use-from-a-notebook.md", f'"under way" after {HORIZONS[-1]} years'),
    ("docs/workshop/README.md", f"A room of ten to {spelled(PEOPLE)} people"),
    ("docs/workshop/README.md", f"{spelled(min(PLANS))} to {spelled(max(PLANS))} minutes"),
    ("docs/workshop/README.md", f"after {spelled(ROOM_DAYS)} days without use"),
    ("docs/workshop/debrief.md", f"three for {spelled(min(PLANS))} minutes, five for {spelled(max(PLANS))}"),
    ("docs/workshop/faq.md", f"Less than {percent(TOLERANCE)} of the baseline"),
    ("docs/workshop/faq.md", f"after {spelled(ROOM_DAYS)} days without use"),
    ("docs/workshop/faq.md", f"Up to {PARTICIPANTS}. Above {spelled(PEOPLE)}"),
    ("docs/workshop/guide.md", f"number of rounds, {_LENGTHS}"),
    ("docs/workshop/lesson-plan.md", f"({max(PLANS)} minutes)"),
    ("docs/workshop/lesson-plan.md", "burn share from {} to {}".format(*map(percent, BURN_SHARES[:2]))),
    ("docs/workshop/proposal-form.md", f"({NAME} characters)"),
]
"""Page and what it says, with figures from where they are declared."""

SAID = {
    "CONTRIBUTING.md": [],
    "README.md": ["Debian 12", "Python 3.11"],
    "docs/changelog.md": ["Render of November 2023", "## 0.1 (2026-11)"],
    "docs/explanation/ledger.md": ["More than half of the sum is the last bar", "equation E55", "2008", "chapter 12"],
    "docs/explanation/live-drag.md": ["With Streamlit 1.67.0, Altair 6.3.0 and Chromium 156", "(November 2026)"],
    "docs/explanation/merit.md": ["(1978)"],
    "docs/explanation/one-equation.md": ["HIP-20", "RNP-001", "no third"],
    "docs/explanation/stability.md": ["(1974)"],
    "docs/how-to/add-a-parameter-or-an-equation.md": ["the third that no token"],
    "docs/how-to/add-a-proposal-or-a-stress.md": ["internet-computer@2026-02"],
    "docs/how-to/add-a-voting-rule.md": ['"0.334" or "1/3"'],
    "docs/how-to/deploy.md": ["some dozens of people", "port 8501", "PostgreSQL 15", "Debian 12"],
    "docs/how-to/embed-in-a-forum.md": ["A card is made for 360"],
    "docs/how-to/host-the-gallery.md": ["over ten years"],
    "docs/how-to/sweep-on-a-cluster.md": ["Linux up to Python 3.13", "thousands of futures"],
    "docs/how-to/take-results-away.md": ["p05, p95", "weights 400 and 600"],
    "docs/tutorial.md": ["Debian 12", "Python 3.11", "Mission 70", "This one burns 30% of revenue", "July 2027",
                         "a share above 1"],
    "docs/workshop/README.md": ["the last ten minutes"],
    "docs/workshop/faq.md": ["add up to 100%", "a threshold above half", "Twenty stakers"],
    "docs/workshop/guide.md": [*(f"Script for {minutes} minutes" for minutes in PLANS), "ten minutes are short",
                               "*Third round*"],
    "docs/workshop/lesson-plan.md": ["of 15 to 30 from the age of about 16", "90 minutes: 15 by hand, 70",
                                     "in the room, 5 spare", "(15 minutes, before", "(5 minutes, on the board)",
                                     "round 1"],
    "docs/workshop/roles/core-team.md": ["in ten years"],
    "docs/workshop/roles/staker.md": ["Ten per cent of a supply that grows by ten"],
    "docs/workshop/roles/treasury-council.md": ["Half of last year's grants"],
    "docs/workshop/slides.md": ["Ten slides at most"],
}  # fmt: skip
"""Numbers that measure nothing: names, dates, years of a source, examples, and what a guide asks people to do."""

NUMBER = re.compile(
    r"\d|\b(ten|eleven|twelve|\w+teen|half|third|quarter|dozens?|hundreds?|thousands?|millions?|billions?|(twent|thirt|fort|fift|sixt"
    r"|sevent|eight|ninet)y(-\w+)?)\b",
    re.IGNORECASE,
)
GENERATED = ("Written by `make", "Generated from the declarations")
"""So begins a document that a command writes; a test of its own holds it to that command."""

BY_HAND = [page for page in PAGES if not any(mark in page.read_text(encoding="utf-8")[:400] for mark in GENERATED)]


@pytest.mark.parametrize(("page", "says"), FACTS, ids=[says for _, says in FACTS])
def test_a_document_says_what_is_declared(page: str, says: str) -> None:
    assert says in words_of(ROOT / page)


@pytest.mark.parametrize("page", BY_HAND, ids=[str(page.relative_to(ROOT)) for page in BY_HAND])
def test_no_document_has_a_figure_that_nothing_holds(page: Path) -> None:
    """Print it with a block of code, declare it in FACTS, say in SAID that it measures nothing, or leave it out."""
    name = str(page.relative_to(ROOT))
    known = [says for where, says in FACTS if where == name] + SAID.get(name, [])
    text = re.sub(r"\$\$?[^$]+\$\$?", "", words_of(page))
    for says in sorted(known, key=len, reverse=True):
        text = text.replace(says, "")
    loose = [text[max(0, found.start() - 40) : found.end() + 40] for found in NUMBER.finditer(text)]
    assert loose == []


def words_of(page: Path) -> str:
    """The prose of a page; moments of a script are held elsewhere."""
    return re.sub(r"\*\d+:\d\d\*", "", prose(page.read_text(encoding="utf-8")))


def test_nothing_is_excused_that_no_document_says() -> None:
    for name, said in SAID.items():
        text = words_of(ROOT / name)
        assert [says for says in said if says not in text] == [], name


@pytest.mark.parametrize("minutes", list(PLANS))
def test_what_the_facilitator_says_is_said_when_a_beat_begins(minutes: int) -> None:
    guide = (ROOT / "docs" / "workshop" / "guide.md").read_text(encoding="utf-8")
    script = guide.partition(f"## Script for {minutes} minutes")[2].partition("\n## ")[0]
    begins, past = set(), 0
    for step in run_sheet(minutes, PLANS[minutes].usual_rounds):
        begins.add(clock_time(past))
        past += step.seconds
    assert set(re.findall(r"^> \*(\d+:\d\d)\*", script, re.MULTILINE)) <= begins


def test_more_people_were_measured_than_a_server_is_said_to_carry() -> None:
    assert "some dozens of people" in words_of(ROOT / "docs" / "how-to" / "deploy.md")
    assert VISITORS >= 24
