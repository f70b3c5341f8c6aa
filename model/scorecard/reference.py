"""The scorecard's thresholds, limits and base rates as a reference document."""

from __future__ import annotations

from collections.abc import Iterator

from model.scorecard.flags import BASE_RATES, NO_COUNT, TITLES
from model.scorecard.points import TOPICS
from model.scorecard.quantity import EVIDENCE
from model.scorecard.thresholds import LADDERS, LIMIT_BY_KEY
from model.scorecard.written import LEAD

_UNITS = {"share": "share", "points": "a year", "yes": "0 no, 1 yes", "count": "number"}


def scorecard_document(generated: str) -> str:
    """All of it; `generated` says where the file comes from."""
    lines = ["# Scorecard", "", generated, "", LEAD, "", *_evidence()]
    for topic in TOPICS:
        lines += [f"## {topic.title}", "", topic.asks, "", *_ladders(topic.key)]
    return "\n".join([*lines, *_flags()]).rstrip() + "\n"


def _evidence() -> Iterator[str]:
    yield from (f"- **{level}**: {words}." for level, words in EVIDENCE.items())
    yield ""


def _ladders(point: str) -> Iterator[str]:
    yield "| Quantity | Unit | For 1 | For 2 | For 3 | For 4 | Needed for a score | Line from |"
    yield "|---|---|--:|--:|--:|--:|---|---|"
    for ladder in LADDERS:
        if ladder.point == point:
            sign = "≥" if ladder.higher else "≤"
            cuts = " | ".join(f"{sign} {cut:g}" for cut in ladder.cuts)
            needed = "yes" if ladder.needed else "no"
            crowded = f"; above {ladder.crowded:g} at most 3" if ladder.crowded else ""
            unit = _UNITS.get(ladder.unit, ladder.unit)
            name = f"{ladder.label} (`scorecard.{ladder.key}`)"
            yield f"| {name} | {unit} | {cuts} | {needed} | {ladder.basis}{crowded} |"
    yield ""


def _flags() -> Iterator[str]:
    yield from ("## Flags", "", "| Flag | Raised | How common | Source of that |", "|---|---|---|---|")
    for key, title in TITLES.items():
        limit, rate = LIMIT_BY_KEY.get(key), BASE_RATES.get(key, NO_COUNT)
        raised = f"{limit.label.lower()} {limit.value:g} (`scorecard.flag_{key}`)" if limit else "as its name says"
        source = f"[{rate.source.title}]({rate.source.link}), {rate.source.date}, {rate.grade}" if rate.source else ""
        yield f"| {title} | {raised} | {rate.words} | {source} |"
