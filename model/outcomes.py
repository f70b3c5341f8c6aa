"""What a run came to: the quantities people ask for, at a date and over time, baseline beside scenario."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl

from model.engine.kept import MedianRun, drawn_steps
from model.engine.results import Run
from model.engine.worlds import Floats, Integers
from model.equations.fundamental import ENDLESS, GAUGES
from model.structure import Structure
from model.system import System
from model.variables import Variable
from model.words.text import change, duration, number, percent, quantity, share_change

MEASURED = (
    "supply",
    "price",
    "net_emission_rate",
    "burn_mint_ratio",
    "staking_ratio",
    "staking_yield",
    "real_staking_yield",
    "capacity",
    "quality",
    "revenue",
    "provider_margin",
    "role_margin",
    "revenue_gap",
    "treasury",
    "treasury_fiat",
    "float_supply",
    "locked",
    "utilisation",
    "user_price",
    *GAUGES,
)
"""Variables that charts and key figures offer, in that order; a role's or stream's column follows its network's."""

INDEXED = frozenset({"price", "capacity"})
"""Shown as an index of the first day: a price in currency needs its assumptions, units of capacity mean little."""

KEY_FIGURES = ("supply", "price", "net_emission_rate", "capacity", "provider_margin", "real_staking_yield")
"""The strip above the charts; the last one needs staking and gives way to the revenue gap without it."""

FLOW_COLUMNS = ("emission", "burn", "net_emission", "net_emission_rate")
"""What the chart of minted and burned tokens reads."""

_IN_WORDS = {
    "USD": "$",
    "USD/yr": "$ a year",
    "tokens/yr": "tokens a year",
    "USD per unit of service": "$ per unit of service",
    "ratio": "",
    "units of capacity": "units",
}


_OF_A_RATIO = {"revenue_gap": "$ of tokens per $ of revenue", "burn_mint_ratio": "burned per token minted"}


@dataclass(frozen=True)
class Measure:
    """One quantity as it is shown.

    Attributes
    ----------
    column
        Name in the run.
    label, what
        From the declaration of the variable, with the role or stream where there are several.
    unit
        On the axis.
    percent
        Whether values are shares, written as percentages.
    indexed
        Whether values are shown with the first day as 100.
    """

    column: str
    label: str
    what: str
    unit: str
    percent: bool
    indexed: bool

    @property
    def title(self) -> str:
        """Label that says how the value is to be read."""
        return f"{self.label} index" if self.indexed else self.label

    @property
    def help(self) -> str:
        """What it is, and how an index is to be read."""
        return f"{self.what} The first day is 100." if self.indexed else self.what

    def brief(self, value: float) -> str:
        """A value for the strip of key figures: what its unit is a ratio of is left to the label's card."""
        return self.write(value).partition(" of ")[0]

    def write(self, value: float, digits: int = 3) -> str:
        """A value as a reader sees it, with its unit."""
        if self.percent:
            return percent(value, digits) + (" a year" if self.unit.endswith("a year") else "")
        if self.indexed:
            return number(value, digits)
        if self.unit == "years":
            return duration(value)
        return quantity(value, self.unit, digits)

    def compare(self, new: float, old: float) -> str:
        """A difference in words: percentage points for shares, percent for everything else."""
        return share_change(new, old) if self.percent else change(new, old)


@dataclass(frozen=True)
class Outcome:
    """One measure at one date in both worlds."""

    measure: Measure
    date: dt.date
    baseline: float
    scenario: float

    @property
    def change(self) -> str:
        """Scenario against baseline in words."""
        return self.measure.compare(self.scenario, self.baseline)


def measure_of(variable: Variable, column: str, shape: Structure) -> Measure:
    """How a column of a run is shown."""
    index = column.partition(".")[2]
    place = shape.called(index) if index else ""
    is_percent = variable.format == "percent"
    indexed = variable.word in INDEXED
    unit = _OF_A_RATIO.get(variable.word) or _IN_WORDS.get(variable.unit, variable.unit)
    if is_percent:
        unit = "percent a year" if variable.unit == "1/yr" else f"percent of {_whole(variable)}"
    if indexed:
        unit = "index, today = 100"
    label = variable.label.removesuffix(" of a role").removesuffix(" of a stream") if place else variable.label
    return Measure(column, f"{label} ({place})" if place else label, variable.what, unit, is_percent, indexed)


def _whole(variable: Variable) -> str:
    """What a share is a share of, where its declaration says so."""
    told = variable.unit.removeprefix("share").removeprefix(" of ").strip()
    named = {"staking_ratio": "float and stake", "quality": "full service", "role_quality": "full service"}
    return told or named.get(variable.word, "the whole")


@lru_cache(maxsize=128)
def measures(system: System) -> dict[str, Measure]:
    """Everything a chart can show of one system, by column; what the system does not have is no chart."""
    declared = system.vocabulary.variables
    found: dict[str, Measure] = {}
    nothing = {*system.absent, *(GAUGES if system.structure.emission in ENDLESS else ())}
    shown = [column for column in system.columns if column not in nothing and column in declared]
    for word in MEASURED:
        for column in shown:
            if column.partition(".")[0] == word:
                found[column] = measure_of(declared[column], column, system.structure)
    return found


def prepare(run: Run) -> Run:
    """Compute everything the page will ask for in one pass, which costs no more than one column does."""
    wanted = [*measures(run.system), "emission", "burn", "burn_clipped", "burn_wanted", "net_emission", "revenue"]
    run.select(list(dict.fromkeys(name for name in wanted if name in run.system.columns)))
    return run


def series(run: Run, measure: Measure) -> Floats:
    """Shape (worlds, steps + 1): values as shown."""
    return run.values(measure.column) * _scale(run, measure)


def _scale(run: Run, measure: Measure) -> float:
    """An index has 100 on the first day."""
    return 100 / float(run.values(measure.column)[0, 0]) if measure.indexed else 1.0


def last_step(run: Run) -> int:
    """Index of the last step that the run has values for."""
    return len(run.at) - 1


def date_at(run: Run, step: int) -> dt.date:
    """Date of a step."""
    return run.start + dt.timedelta(days=round(float(run.times[step]) * 365.25))


def dates_at(run: Run, steps: Sequence[int] | Integers) -> pl.Series:
    """Dates of steps."""
    days = np.rint(run.times[steps] * 365.25).astype("timedelta64[D]")
    return pl.Series("date", np.datetime64(run.start, "D") + days)


def outcome(run: Run, measure: Measure, step: int | None = None) -> Outcome:
    """Both worlds at a step, by default the last; worlds are the first two of the run."""
    at = last_step(run) if step is None else step
    values = series(run, measure)
    return Outcome(measure, date_at(run, at), float(values[0, at]), float(values[1, at]))


def key_measures(system: System) -> list[Measure]:
    """Measures of the strip above the charts."""
    offered = measures(system)
    chosen = [word for word in KEY_FIGURES if word in offered]
    if not system.structure.uses("staking"):
        chosen = [word for word in chosen if word != "real_staking_yield"] + ["revenue_gap"]
    return [offered[word] for word in chosen]


def key_figures(run: Run) -> list[Outcome]:
    """The strip above the charts, at the end of the horizon."""
    return [outcome(run, measure) for measure in key_measures(run.system)]


def shown_steps(run: Run) -> list[int]:
    """A few evenly spaced steps, the first and the last among them."""
    return [int(step) for step in drawn_steps(last_step(run))]


def paths(run: Run, measure: Measure, before: Run | None = None) -> pl.DataFrame:
    """Columns date, series (baseline, scenario, previous) and value, for the trajectory chart.

    `before` is the run of the state before the last change; its scenario becomes the faint line.
    """
    steps = shown_steps(run)
    drawn: list[tuple[str, Floats]] = [(name, series(run, measure)[row]) for row, name in enumerate(_WORLDS)]
    if before is not None and measure.column in before.system.columns and last_step(before) == last_step(run):
        drawn.append(("previous", series(before, measure)[1]))
    return pl.DataFrame(
        {
            "date": dates_at(run, steps * len(drawn)),
            "series": _named(tuple(name for name, _ in drawn), len(steps)),
            "value": np.concatenate([values[steps] for _, values in drawn]),
        },
        nan_to_null=True,
    )


_WORLDS = ("baseline", "scenario")


@lru_cache(maxsize=32)
def _named(names: tuple[str, ...], length: int) -> pl.Series:
    """Each name so many times, one after the other."""
    return pl.Series(np.repeat(names, length)).cast(pl.Enum(["baseline", "scenario", "previous"]))


def band(run: MedianRun, measure: Measure) -> pl.DataFrame:
    """Columns date, low and high: nine of ten futures of the scenario lie between them."""
    low, high = run.band(measure.column, "scenario") * (_scale(run, measure))
    return pl.DataFrame({"date": dates_at(run, range(len(run.at))), "low": low, "high": high}, nan_to_null=True)


def ends(run: MedianRun, measure: Measure) -> Floats:
    """Shape (2,): between these two nine of ten futures of the scenario lie on the last day; NaN where none does."""
    return np.asarray(run.band(measure.column, "scenario")[:, -1] * _scale(run, measure))


def flows(run: Run) -> pl.DataFrame:
    """Columns date, mint, burn, net (scenario) and baseline_net, in tokens a year."""
    steps = shown_steps(run)
    minted, burned, net = (run.values(name) for name in ("emission", "burn", "net_emission"))
    return pl.DataFrame(
        {
            "date": dates_at(run, steps),
            "mint": minted[1][steps],
            "burn": burned[1][steps],
            "net": net[1][steps],
            "baseline_net": net[0][steps],
        },
        nan_to_null=True,
    )


def runs_out_in(run: Run, world: int) -> float | None:
    """Years until the treasury can pay nothing more; None where it lasts or has no budget."""
    if not run.system.structure.uses("treasury-budget"):
        return None
    tokens, currency = run.values("treasury")[world], run.values("treasury_fiat")[world]
    value = tokens * run.values("price")[world] + currency
    if not value[0] > 0:
        return None
    empty = np.flatnonzero(value <= 1e-3 * value[0])
    return float(run.times[empty[0]]) if len(empty) else None
