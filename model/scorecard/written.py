"""The scorecard to take away: as a section of an impact statement, as a document of its own, and as JSON."""

from __future__ import annotations

import json
import math
from typing import Any

from model.exports.document import Block, Bullets, Document, Link, Paragraph, Section, Table
from model.scenario.scenario import Scenario
from model.scorecard.card import Scorecard
from model.scorecard.flags import Flag
from model.scorecard.moved import moved
from model.scorecard.points import Point
from model.scorecard.quantity import EVIDENCE, Quantity
from model.scorecard.thresholds import LADDERS, LIMITS
from model.version import VERSION
from model.words.assumption_words import assumption_line, judgement_calls, moved_assumptions

LEAD = (
    "Six points, each from 0 to 4. A point is as good as its weakest quantity, the whole as good as its weakest point; "
    "nothing is averaged. What was not found is unknown and has no score."
)


def section(before: Scorecard, after: Scorecard) -> Section:
    """For an impact statement: both scorecards in a table, and which flags would be raised."""
    head = ["Point", "Today", "Proposed", "Evidence", "Held down by"]
    rows = [
        [b.title, a.score_words, b.score_words, b.evidence, b.because]
        for a, b in zip(before.points, after.points, strict=True)
    ]
    told = [f"Raised: {flag.title.lower()}. {flag.told}." for flag in after.raised]
    blocks: list[Block] = [
        Paragraph(LEAD),
        Paragraph(after.headline),
        Paragraph(moved(before, after).sentence),
        Table(head, rows),
    ]
    return Section("How sound: the six-point scorecard", [*blocks, Bullets(told)] if told else blocks)


def document(card: Scorecard, link: str, terms: str, scenario: Scenario) -> Document:
    """One scorecard with every quantity, source and threshold, and the assumptions of the scenario it is of."""
    network = card.network
    top: list[Block] = [
        Paragraph(card.headline),
        Paragraph(LEAD),
        Paragraph(f"{terms} Figures of {network.as_of.isoformat()}."),
        Paragraph(assumption_line(scenario)),
        *([Bullets(moved_assumptions(scenario))] if moved_assumptions(scenario) else []),
        Paragraph(Link("Open this in Ballast", link)),
    ]
    if card.thresholds.moved:
        top.append(Paragraph(f"Thresholds moved by the reader: {', '.join(card.thresholds.moved)}."))
    sections = [_point_section(point) for point in card.points]
    flags = [[flag.title, flag.state, flag.told, flag.base_rate.words, _cited(flag)] for flag in card.flags]
    sections.append(Section("Flags", [Table(["Flag", "State", "Why", "How common", "Source of that"], flags)]))
    calls = judgement_calls([scenario])
    sections.append(Section("The calls of judgement that matter most", [Bullets(calls)] if calls else []))
    sections.append(Section("Evidence", [Bullets([f"{level}: {words}" for level, words in EVIDENCE.items()])]))
    return Document(f"Scorecard of {network.title}", top, sections)


def _cited(flag: Flag) -> str:
    source = flag.base_rate.source
    return f"{source.title}, {source.date} ({flag.base_rate.grade})" if source else "none"


def _point_section(point: Point) -> Section:
    head = ["Quantity", "Value", "Score", "Thresholds for 1 to 4", "Evidence", "Date", "Grade", "Source"]
    rows = []
    for row in point.quantities:
        found = row.quantity
        cuts = ", ".join(f"{cut:g}" for cut in row.ladder.cuts) if row.ladder else "shown, not scored"
        score = "unknown" if row.ladder and row.score is None else "" if row.score is None else str(row.score)
        source = found.source or found.note
        rows.append([found.label, found.words, score, cuts, found.evidence, found.date, found.grade, source])
    blocks: list[Block] = [Paragraph(f"{point.topic.asks} {point.because[:1].upper() + point.because[1:]}.")]
    if point.raises:
        blocks.append(Bullets(point.raises))
    return Section(f"{point.title}: {point.score_words}", [*blocks, Table(head, rows)])


# ---- JSON ---------------------------------------------------------------------------------------------
def as_json(before: Scorecard, after: Scorecard, link: str, terms: str, scenario: Scenario) -> str:
    """Both scorecards with what they were scored by; unknown is null."""
    network = after.network
    whole = {
        "made_with": f"Ballast, model {VERSION}",
        "link": link,
        "terms": terms,
        "network": network.identity,
        "title": network.title,
        "as_of": network.as_of.isoformat(),
        "non_default_assumptions": moved_assumptions(scenario),
        "judgement_calls": judgement_calls([scenario]),
        "rule": LEAD,
        "thresholds": {
            "cuts": {ladder.key: list(after.thresholds.ladder(ladder.key).cuts) for ladder in LADDERS},
            "flags": {limit.key: after.thresholds.limit(limit.key) for limit in LIMITS},
            "moved": list(after.thresholds.moved),
        },
        "baseline": _card(before),
        "scenario": _card(after),
        "moves": moved(before, after).sentence,
    }
    return json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _card(card: Scorecard) -> dict[str, Any]:
    return {
        "headline": card.headline,
        "weakest": [point.key for point in card.weakest],
        "points": [
            {
                "key": point.key,
                "title": point.title,
                "score": point.score,
                "evidence": point.evidence,
                "because": point.because,
                "raises": list(point.raises),
                "quantities": [{**_quantity(row.quantity), "score": row.score} for row in point.quantities],
            }
            for point in card.points
        ],
        "flags": [
            {
                "key": flag.key,
                "title": flag.title,
                "state": flag.state,
                "told": flag.told,
                "evidence": flag.evidence,
                "base_rate": flag.base_rate.words,
                "base_rate_source": _cited(flag),
            }
            for flag in card.flags
        ],
    }


def _quantity(found: Quantity) -> dict[str, Any]:
    value = found.value if found.value is not None and math.isfinite(found.value) else None
    return {
        "key": found.key,
        "label": found.label,
        "value": value,
        "words": found.words,
        "unit": found.unit,
        "evidence": found.evidence,
        "source": found.source,
        "link": found.link,
        "date": found.date,
        "grade": found.grade,
        "definition": found.definition,
        "note": found.note,
    }
