"""Goals: what a reader wants to hold, by when and in what share of futures, and in how many futures it does."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from scipy import stats

from model.engine.results import Run
from model.engine.worlds import Floats, Integers
from model.errors import LinkError, OutOfRangeError, UnknownKeyError
from model.outcomes import Measure, measures
from model.scenario.links import number_text
from model.spread import DOTS
from model.system import System
from model.words.text import month, percent
from model.words.value_words import lowered

Comparison = Literal["at_least", "at_most"]
When = Literal["on", "throughout", "average"]

COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
TIMES: tuple[When, ...] = get_args(When)
COMPARISON_WORDS: dict[Comparison, str] = {"at_least": "at least", "at_most": "at most"}
WHEN_WORDS: dict[When, str] = {"on": "on that day", "throughout": "all the way", "average": "on average"}

LONGEST_YEARS = 100.0
MOST_GOALS = 6
"""Goals that one page asks at a time."""
_BETWEEN = "~"
"""Between the parts of a goal in a link: no part holds it, and an address may."""

Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Goal:
    """One thing that should hold, declared once for every page that asks for it.

    Attributes
    ----------
    variable
        Column of a run ("provider_margin", "capacity.compute"); one of `measures` of the network.
    comparison
        "at_least" or "at_most".
    value
        Compared with the variable as it is shown: a share for percentages (0.02 is 2%), an index with 100 on the first
        day for price and capacity, else the variable's own unit.
    years
        Years after the first day: when it is looked at, or until when.
    when
        "on" that day, "throughout" all kept days after the first up to it, or on "average" over them.
    share
        Of the futures in which it has to hold, above zero and at most one.

    Raises
    ------
    OutOfRangeError, UnknownKeyError
        For what no goal can say; whether the network has the variable is asked by `measure_of`.
    """

    variable: str
    comparison: Comparison
    value: float
    years: float
    when: When = "on"
    share: float = 0.9

    def __post_init__(self) -> None:
        if self.comparison not in COMPARISONS:
            raise UnknownKeyError(
                f"{str(self.comparison)[:30]!r} is no comparison", where="goal", allowed=", ".join(COMPARISONS)
            )
        if self.when not in TIMES:
            raise UnknownKeyError(f"{str(self.when)[:30]!r} is no time", where="goal", allowed=", ".join(TIMES))
        if not math.isfinite(self.value):
            raise OutOfRangeError("the goal has no number to compare with", where="goal", allowed="a number")
        if not 0 < self.years <= LONGEST_YEARS:
            raise OutOfRangeError(
                f"the goal looks {number_text(self.years)} years ahead",
                where="goal",
                allowed=f"more than 0 and up to {LONGEST_YEARS:g} years",
            )
        if not 0 < self.share <= 1:
            raise OutOfRangeError(
                f"the goal holds in a share of {number_text(self.share)} of futures",
                where="goal",
                allowed="more than 0 and at most 1",
            )

    # ---- link -----------------------------------------------------------------------------------------
    def to_text(self) -> str:
        """The goal in a link: "provider_margin~at_least~0~average~3~0.9"."""
        numbers = (number_text(self.value), self.when, number_text(self.years), number_text(self.share))
        return _BETWEEN.join((self.variable, self.comparison, *numbers))

    @classmethod
    def from_text(cls, text: str, *, where: str = "goal") -> Goal:
        """Read what `to_text` wrote.

        Raises
        ------
        LinkError
            For anything else.
        """
        parts = text.split(_BETWEEN)
        try:
            variable, comparison, value, when, years, share = parts
            return cls(variable[:80], comparison, float(value), float(years), when, float(share))  # type: ignore[arg-type]
        except ValueError as problem:
            told = f": {problem}" if isinstance(problem, OutOfRangeError | UnknownKeyError) else ""
            raise LinkError(
                f"{text[:60]!r} is not a goal{told}".rstrip("."),
                where=where,
                allowed=f"a text such as {PROVIDERS.to_text()}",
                todo="set it again on the page",
            ) from None

    # ---- words ----------------------------------------------------------------------------------------
    def measure(self, system: System) -> Measure:
        """How its variable is shown.

        Raises
        ------
        UnknownKeyError
            Where the network has no such variable.
        """
        offered = measures(system)
        if self.variable not in offered:
            raise UnknownKeyError(
                f"this network has no {self.variable[:60]!r} to set a goal for",
                where="goal",
                allowed=", ".join(offered),
            )
        return offered[self.variable]

    def date(self, start: dt.date) -> dt.date:
        """The day it looks at, or looks up to."""
        return start + dt.timedelta(days=round(self.years * 365.25))

    def condition(self, system: System, start: dt.date) -> str:
        """What has to hold, inside a sentence: "net emission rate at most 2% a year in Nov 2029"."""
        return self._told(system, start, "")

    def clause(self, system: System, start: dt.date) -> str:
        """The same with its verb: "net emission rate would be at most 2% a year in Nov 2029"."""
        return self._told(system, start, "would be ")

    def _told(self, system: System, start: dt.date, verb: str) -> str:
        measure = self.measure(system)
        title = lowered(measure.title)
        when = month(self.date(start))
        time = {"on": f"in {when}", "throughout": f"all the way to {when}", "average": f"on average to {when}"}
        today = " (today 100)" if measure.indexed else ""
        compared = f"{verb}{COMPARISON_WORDS[self.comparison]} {measure.write(self.value)}{today}"
        return f"{title} {compared} {time[self.when]}"

    def sentence(self, system: System, start: dt.date) -> str:
        """The goal as a line: "Provider margin at least 0% on average to Nov 2029, in 90% of futures or more"."""
        condition = self.condition(system, start)
        share = "all futures" if self.share == 1 else f"{percent(self.share)} of futures or more"
        return f"{condition[:1].upper()}{condition[1:]}, in {share}"

    # ---- runs -----------------------------------------------------------------------------------------
    def days(self, start: dt.date, each: float = 0.25) -> list[dt.date]:
        """Days that a run which keeps only some has to keep: the last, or every `each` years up to it."""
        if self.when == "on":
            return [self.date(start)]
        times = [*np.arange(each, self.years - each / 4, each), self.years]
        return [start + dt.timedelta(days=round(float(t) * 365.25)) for t in times]

    def compared(self, run: Run) -> Floats:
        """Shape (rows of the run,): the number that is held against `value`; NaN where the run has stopped.

        "throughout" gives the worst of the kept days, "average" their mean; the first day, on which nothing has
        happened yet, does not count.

        Raises
        ------
        OutOfRangeError
            Where the run ends before the goal.
        """
        scale, chosen = self._scale(run), self._steps(run)
        values = run.values(self.variable)[:, chosen] * scale
        if self.when == "average":
            return np.asarray(values.mean(axis=1))
        # NaN wins: a future that has stopped does not reach the goal.
        return np.asarray(values.min(axis=1) if self.comparison == "at_least" else values.max(axis=1))

    def _scale(self, run: Run) -> float:
        indexed = self.measure(run.system).indexed
        return 100 / float(run.values(self.variable)[0, 0]) if indexed else 1.0

    def _steps(self, run: Run) -> Integers:
        """Kept steps that count."""
        slack = run.step_length / 2
        if run.times[-1] < self.years - max(slack, 0.02):
            raise OutOfRangeError(
                f"the goal looks {number_text(self.years)} years ahead, further than the run",
                where="goal",
                allowed=f"up to {number_text(float(run.times[-1]))} years",
                todo="lengthen the horizon",
            )
        if self.when == "on":
            return np.array([int(np.argmin(np.abs(run.times - self.years)))])
        return np.flatnonzero((run.times > 0) & (run.times <= self.years + slack))

    def holds(self, values: Floats) -> Truths:
        """Whether numbers of `compared` reach the goal, up to rounding; NaN does not."""
        slack = 1e-9 * max(1.0, abs(self.value))
        return np.asarray(
            values >= self.value - slack if self.comparison == "at_least" else values <= self.value + slack
        )

    def met(self, run: Run) -> Truths:
        """Shape (rows of the run,): whether each future of each world reaches it."""
        return self.holds(self.compared(run))

    def distance(self, values: Floats) -> Floats:
        """How far beyond the goal numbers of `compared` are: above zero where it is reached."""
        return np.asarray(values - self.value if self.comparison == "at_least" else self.value - values)

    def chance(self, run: Run, world: str = "scenario") -> Chance:
        """In how many futures of a world it holds."""
        rows = np.array([label == world for label in run.labels])
        found = self.met(run)[rows]
        return Chance(int(np.count_nonzero(found)), len(found))


@dataclass(frozen=True)
class Chance:
    """In how many modelled futures something holds.

    Attributes
    ----------
    count, futures
        Futures in which it holds, and all.
    """

    count: int
    futures: int

    @property
    def share(self) -> float:
        """Part of the futures."""
        return self.count / self.futures

    @property
    def dots(self) -> int:
        """Of fifty."""
        return round(DOTS * self.share)

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's interval of the chance at 95%: how far this many independent draws could be off."""
        found = stats.binomtest(self.count, self.futures).proportion_ci(0.95, method="wilson")
        return float(found.low), float(found.high)

    @property
    def of_fifty(self) -> str:
        """Dots in words: "41 of 50"; "all 50" only where it holds in every future."""
        if self.count == self.futures:
            return f"all {DOTS}"
        return f"{min(self.dots, DOTS - 1)} of {DOTS}"

    @property
    def words(self) -> str:
        """Share with its interval: "82% (78% to 85%)"."""
        low, high = self.interval
        return f"{percent(self.share)} ({percent(low)} to {percent(high)})"


PROVIDERS = Goal("provider_margin", "at_least", 0.0, 3.0, "average", 0.9)
EMISSION = Goal("net_emission_rate", "at_most", 0.03, 3.0, "on", 0.8)
CAPACITY = Goal("capacity", "at_least", 50.0, 5.0, "throughout", 0.9)
TREASURY = Goal("treasury", "at_least", 1.0, 3.0, "throughout", 0.95)

TUNED = (
    Goal("provider_margin", "at_least", 0.0, 5.0, "average", 0.5),
    Goal("net_emission_rate", "at_most", 0.03, 5.0, "on", 0.5),
    Goal("capacity", "at_least", 70.0, 5.0, "on", 0.5),
)
"""Goals that a search for settings begins with: within reach of most networks, in half of futures."""


def all_met(goals: Sequence[Goal], run: Run) -> Truths:
    """Shape (rows of the run,): futures that reach every goal together."""
    together = np.ones(len(run.labels), dtype=bool)
    for goal in goals:
        together &= goal.met(run)
    return together
