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
        """The weakest known point, the number of flags and of unknown points, in a sentence."""
        if not self.weakest:
            lead = f"No point of {self.network.title} can be scored"
        else:
            titles = [point.title.lower() for point in self.weakest]
            named = " and ".join([", ".join(titles[:-1]), titles[-1]] if len(titles) > 1 else titles)
            which = "point is" if len(self.weakest) == 1 else "points are"
            each = "" if len(self.weakest) == 1 else " each"
            lead = (
                f"The weakest known {which} {named}, {self.weakest[0].score} of {BEST}{each}"
                if len(self.weakest) < len(self.points)
                else f"Every point has {self.weakest[0].score} of {BEST}"
            )
        flags, unknown = len(self.raised), len(self.unknown)
        raised = f"{flags or 'no'} {'flag is' if flags < 2 else 'flags are'} raised"
        untold = f"; {len(self.untold)} cannot be told" if self.untold else ""
        points = f"{unknown} of {len(self.points)} points {'is' if unknown == 1 else 'are'} unknown"
        if unknown and self.weakest:  # a lowest score among few known points says less
            lead = f"{points[:1].upper()}{points[1:]}; {lead[:1].lower()}{lead[1:]}"
        return f"{lead}; {raised}{untold}."


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
