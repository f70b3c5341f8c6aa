"""The scorecard of a scenario beside that of its baseline: weakest point, flags and unknowns, never an average."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from model.engine.kept import MedianRun
from model.engine.results import Run
from model.presets.network import Network
from model.scenario.scenario import Scenario
from model.scorecard.first_year import first_years
from model.scorecard.flags import Flag, flags_of
from model.scorecard.gap_futures import gap_futures
from model.scorecard.points import TOPICS, Point, scored_point
from model.scorecard.quantity import Quantity
from model.scorecard.subject import Subject
from model.scorecard.thresholds import BEST, USUAL, Thresholds

STALE_DAYS = 180
"""A preset older than this is called stale."""


@dataclass(frozen=True)
class Measured:
    """Everything that was measured of one world, before anything is scored.

    Attributes
    ----------
    quantities
        By point, in the order of the page.
    """

    subject: Subject
    quantities: tuple[tuple[Quantity, ...], ...]

    def scored(self, thresholds: Thresholds = USUAL, capture: float | None = None) -> Scorecard:
        """The scorecard by some thresholds; `capture` is the part that declared affiliates would take."""
        subject = replace(self.subject, capture=capture)
        points = tuple(
            scored_point(topic, rows, thresholds) for topic, rows in zip(TOPICS, self.quantities, strict=True)
        )
        by_key = {quantity.key: quantity for rows in self.quantities for quantity in rows}
        return Scorecard(subject, points, flags_of(subject, by_key, thresholds), thresholds)


@dataclass(frozen=True)
class Scorecard:
    """Six points and the flags of one world."""

    subject: Subject
    points: tuple[Point, ...]
    flags: tuple[Flag, ...]
    thresholds: Thresholds

    @property
    def network(self) -> Network:
        """The network that it is about."""
        return self.subject.network

    @property
    def weakest(self) -> tuple[Point, ...]:
        """The known points with the lowest score; none where all are unknown."""
        known = [point.score for point in self.points if point.score is not None]
        return tuple(point for point in self.points if known and point.score == min(known))

    @property
    def unknown(self) -> tuple[Point, ...]:
        """Points without a score."""
        return tuple(point for point in self.points if point.score is None)

    @property
    def raised(self) -> tuple[Flag, ...]:
        """Flags that are raised."""
        return tuple(flag for flag in self.flags if flag.state == "raised")

    @property
    def untold(self) -> tuple[Flag, ...]:
        """Flags that cannot be told."""
        return tuple(flag for flag in self.flags if flag.state == "unknown")

    def point(self, key: str) -> Point:
        """One point by its key."""
        return next(point for point in self.points if point.key == key)

    def flag(self, key: str) -> Flag | None:
        """One flag by its key; None where it does not apply."""
        return next((flag for flag in self.flags if flag.key == key), None)

    @property
    def headline(self) -> str:
        """Points without a score, the lowest of the others, flags that are raised and flags without a figure."""
        return f"{self._points_words} {self._flags_words}"

    @property
    def _points_words(self) -> str:
        unknown, count = len(self.unknown), len(self.points)
        if not self.weakest:
            return f"No point of {self.network.title} has a score, because figures that it needs were not found."
        score = self.weakest[0].score
        if not unknown and len(self.weakest) == count:
            return f"Each of {count} points has {score} of {BEST}."
        titles = [point.title.lower() for point in self.weakest]
        named = " and ".join([", ".join(titles[:-1]), titles[-1]] if len(titles) > 1 else titles)
        each = "" if len(titles) == 1 else " each"
        if not unknown:
            return f"The lowest of {count} points: {named}, {score} of {BEST}{each}."
        have, need = ("has", "it needs") if unknown == 1 else ("have", "they need")
        # A lowest score among few known points says less.
        return (
            f"{unknown} of {count} points {have} no score, because a figure that {need} was not found; the lowest of "
            f"the others: {named}, {score} of {BEST}{each}."
        )

    @property
    def _flags_words(self) -> str:
        flags, untold = len(self.raised), len(self.untold)
        raised = f"{flags or 'No'} {'flag is' if flags < 2 else 'flags are'} raised"
        if not untold:
            return f"{raised}."
        others = f"{untold} {'flag' if untold == 1 else 'flags'}"
        return f"{raised}; for {others} no figure was found that would tell."


def is_stale(network: Network, today: dt.date) -> bool:
    """Whether the figures of a real network are older than 180 days."""
    return network.kind == "real" and (today - network.as_of).days > STALE_DAYS


def measured(scenario: Scenario, run: Run, *, seed: int = 0) -> tuple[Measured, Measured]:
    """Baseline and scenario.

    Parameters
    ----------
    run
        Worlds "baseline" and "scenario" over the horizon: medians of futures, or the single path.
    seed
        Of the futures, to name them.
    """
    years, gaps = first_years(scenario), gap_futures(run)
    count = run.sampled_futures if isinstance(run, MedianRun) else max(run.futures, 1)
    told = f"{count} modelled futures of seed {seed}" if count > 1 else "the single path without shocks"
    found = []
    for world in (0, 1):
        subject = Subject(scenario, world, years[world], gaps[world], told, proposed=not scenario.is_empty)
        found.append(Measured(subject, tuple(tuple(topic.measure(subject)) for topic in TOPICS)))
    return found[0], found[1]
