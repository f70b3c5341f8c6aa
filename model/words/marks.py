"""Dates worth a rule on a chart: steps of the emission schedule, its end, supply events, stresses, a change's start."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from model.engine.results import Run
from model.scenario.changes import days_of
from model.scenario.scenario import Scenario
from model.words.text import month

JUMP = 0.02
"""A change of scheduled emission from one step to the next by more than this is a step of the schedule."""


LONGEST = 18
"""Characters of a provision's title beside its rule: longer words would run into the next rule's."""

LONGEST_STRESS = 26
"""The same for a stress, of which fewer stand on a chart."""

LARGE = 0.1
"""Steps from this size on carry a label on every chart."""


@dataclass(frozen=True)
class Mark:
    """One date and what happens on it.

    Attributes
    ----------
    kind
        "schedule", "end", "event", "stress" or "change".
    large
        Whether it is worth a label on every chart; small steps of a table are marked where emission is drawn.
    """

    date: dt.date
    label: str
    kind: str
    large: bool = True


MOST_LABELS = 4
"""Labels beside the rules of one chart; of more of them, numbers stand there and a line under the chart says them."""


def labelled(found: Sequence[Mark]) -> tuple[list[tuple[dt.date, str]], str]:
    """Dates with what stands beside each rule, and a line that says what numbers mean; "" where words have room."""
    named = [mark for mark in found if mark.large]
    if sum(mark.kind != "schedule" for mark in named) <= MOST_LABELS:  # steps of a schedule stand apart by themselves
        return [(mark.date, mark.label if mark.large else "") for mark in found], ""
    number = {id(mark): str(place) for place, mark in enumerate(named, start=1)}
    said = "; ".join(f"{number[id(mark)]} {mark.label} ({month(mark.date)})" for mark in named)
    return [(mark.date, number.get(id(mark), "")) for mark in found], f"Rules: {said}."


_STEP_WORDS = {
    "time-halving": "Halving",
    "supply-halving": "Halving",
    "table": "Table step",
}


def schedule_marks(run: Run, world: int = 0) -> tuple[Mark, ...]:
    """Steps and end of the emission schedule in one world of a run; none for schedules that move smoothly."""
    word = _STEP_WORDS.get(run.system.structure.emission)
    if word is None:
        return ()
    path = run.values("scheduled_emission")[world]
    before, after = path[:-1], path[1:]
    with np.errstate(all="ignore"):
        change = np.where(before > 0, after / before - 1, 0.0)
    marks = []
    for step in np.flatnonzero(np.abs(change) > JUMP):
        date = run.start + dt.timedelta(days=round(float(run.times[step + 1]) * 365.25))
        if after[step] == 0:
            marks.append(Mark(date, "Cap reached", "end"))
        else:
            label = f"{word}: {100 * change[step]:+.3g}%".replace("-", "\u2212")
            marks.append(Mark(date, label, "schedule", bool(abs(change[step]) >= LARGE)))
    return tuple(marks)


def event_marks(scenario: Scenario, run: Run) -> tuple[Mark, ...]:
    """Decided supply events and the start of the changes, where they lie within the horizon."""
    end = run.dates[-1]
    marks = [
        Mark(event.date, event.title or "Supply event", "event")
        for event in (*scenario.baseline_events, *scenario.own_events)
        if run.start <= event.date <= end
    ]
    marks += [mark for mark in (*_stressed(scenario), *_starts(scenario)) if run.start < mark.date <= end]
    if scenario.start is not None and run.start < scenario.start <= end and not scenario.is_empty:
        marks.append(Mark(scenario.start, "Changes take effect", "change"))
    return tuple(marks)


def _stressed(scenario: Scenario) -> list[Mark]:
    """First day of each stress, named after it; supply events of a stress have marks of their own."""
    found = []
    for part in scenario.stresses:
        switched_on = [p for p in part.provisions if f"{part.name}:{p.id}" not in scenario.without]
        days = [provision.start for provision in switched_on if provision.start is not None]
        events = {event.date for provision in switched_on for event in provision.events}
        if days and min(days) not in events:
            found.append(Mark(min(days), textwrap.shorten(part.title, LONGEST_STRESS, placeholder="…"), "stress"))
    return found


def _starts(scenario: Scenario) -> list[Mark]:
    """First days of provisions: one mark a day, named after its provision, or counted where several begin."""
    begun: dict[dt.date, list[str]] = {}
    for layer in scenario.layers:
        day = days_of(scenario, layer)[0]
        if layer.provision is not None and day is not None:
            begun.setdefault(day, []).append(layer.provision.title)
    return [
        Mark(
            day,
            textwrap.shorten(titles[0], LONGEST, placeholder="…")
            if len(titles) == 1
            else f"{len(titles)} provisions start",
            "change",
        )
        for day, titles in begun.items()
    ]


def marks(scenario: Scenario, run: Run) -> tuple[Mark, ...]:
    """All marks of a scenario, earliest first."""
    return tuple(sorted((*schedule_marks(run, 1), *event_marks(scenario, run)), key=lambda mark: mark.date))
