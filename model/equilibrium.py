"""Where a scenario would come to rest, of which kind that is, and how long it would take (sections 5, 6, 17.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from inspect import signature
from typing import Any

import numpy as np

from model.engine.assembly import scenario_worlds
from model.engine.results import Run
from model.engine.stepper import run
from model.errors import OutOfRangeError
from model.presets.network import Network
from model.projection import project, step_plan
from model.proposals.proposal import Proposal
from model.rest.long_run import LongRun, long_run
from model.rest.point import RestPoint, distance_to_tipping
from model.rest.reached import Reached
from model.rest.roots import RestProblem
from model.rest.state import frozen_emission, frozen_values
from model.scenario.arguments import described, scenario_of
from model.scenario.changes import notes_of
from model.scenario.keys import unknown_key
from model.scenario.scenario import Scenario
from model.structure import READS_THE_SUPPLY
from model.supply_events import SupplyEvent
from model.validation import as_date
from model.words.text import duration, grows, percent, quantity

_READ_ON_DATE = (
    "revenue_gap",
    "net_emission_rate",
    "burn_mint_price",
    "burn",
    "burn_wanted",
    "emission",
    "revenue",
    "fiat_indexed",
    "half_life_years",
)
"""What every answer reads; other variables of the date are computed when somebody asks."""


class OnDate(Mapping[str, float]):
    """Every variable of one world at one step, by name."""

    def __init__(self, run: Run, row: int, step: int) -> None:
        self._run, self._row, self._step = run, row, step

    def __getitem__(self, name: str) -> float:
        if name not in self._run.system.columns:
            raise KeyError(name)
        return float(self._run.values(name)[self._row, self._step])

    def __iter__(self) -> Iterator[str]:
        return iter(self._run.system.columns)

    def __len__(self) -> int:
        return len(self._run.system.columns)


@dataclass(frozen=True, repr=False)
class Rest:
    """Answer of `equilibrium`.

    Attributes
    ----------
    kind
        "anchor" (emission frozen at its value on the date), "balanced-growth" (no fixed supply), "terminal" (emission
        has ended) or "none".
    found, reason
        Whether there is such a state; the reason in a sentence, also where there is none.
    points
        Rest points, highest revenue first.
    problem
        What was solved; None where no scalar equation applies.
    net_rate
        Net emission over supply on the date, 1/yr.
    break_even_burn_share, break_even_price, break_even_revenue
        At which burn would equal mint on the date, everything else as it is: share (above 1 where all of revenue would
        not do), USD/token, USD/yr; None where none would.
    notes
        Where two parts of the scenario set the same key: the later one holds.
    distance_to_tipping
        Share by which payouts may fall (negative: by which they fall short).
    scenario
        Whose first day was asked for; None where it was another day, or the baseline.
    """

    kind: str
    found: bool
    reason: str
    points: tuple[RestPoint, ...] = ()
    problem: RestProblem | None = None
    net_rate: float = 0.0
    break_even_burn_share: float | None = None
    break_even_price: float | None = None
    break_even_revenue: float | None = None
    distance_to_tipping: float = float("nan")
    today: Mapping[str, float] = field(default_factory=dict, repr=False)
    scenario: Scenario | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        points = "".join(f"\n  {point!r}" for point in self.points)
        return f"Rest({self.kind}: {self.reason}{points})"

    @property
    def stable_point(self) -> RestPoint | None:
        """The highest rest point that attracts."""
        return next((point for point in self.points if point.stable_by_criterion), None)

    @property
    def tipping_point(self) -> RestPoint | None:
        """The highest rest point that repels: below it the network collapses."""
        return next((point for point in self.points if not point.stable_by_criterion), None)

    @cached_property
    def way(self) -> LongRun | None:
        """The simulated way from the first day's stocks with every trend stopped; None for another day."""
        return None if self.scenario is None else long_run(self.scenario, self)

    @property
    def reached(self) -> Reached | None:
        """Whether that way ends at the stable point; None without one, or for another day."""
        return None if self.stable_point is None or self.way is None else self.way.reached


@described
def equilibrium(
    network: Network | str,
    proposals: Sequence[Proposal | str] = (),
    changes: Mapping[str, float] | None = None,
    funded_by: str | None = None,
    assumptions: Mapping[str, float] | None = None,
    initial: Mapping[str, float] | None = None,
    stress: Sequence[Proposal | str] = (),
    *,
    at: dt.date | str | None = None,
    without: Iterable[str] = (),
    start: dt.date | None = None,
    phase_in_years: float = 0.0,
    events: Sequence[SupplyEvent] = (),
    **stepping: Any,
) -> Rest:
    """Find where a scenario would come to rest.

    Parameters
    ----------
    {scenario}
    {by_hand}
    at
        Date, or its ISO text, at which emission, demand, cost and the speculative bid are frozen; None is the first
        day.
    stepping
        Other arguments of `project`, such as horizon, step and draws, may be given and do not matter here.

    Raises
    ------
    BallastError
        For wrong input. "No equilibrium" is an answer with a reason, never an exception.
    """
    for name in stepping:
        if name not in _ARGUMENTS:
            raise unknown_key(name, "arguments", _ARGUMENTS)
    scenario = scenario_of(
        network, proposals, changes, funded_by, assumptions, initial, stress, without,
        start=start, phase_in_years=phase_in_years, events=events,
    )  # fmt: skip
    return rest_of(scenario, at=at)


_ARGUMENTS = (*signature(project).parameters, "at")


def rest_of(scenario: Scenario, *, at: dt.date | str | None = None, baseline: bool = False) -> Rest:
    """The same for a scenario, or for its baseline; without a date everything that lasts is in force at once."""
    day = None if at is None else as_date(at, "at")
    if day is None:
        scenario = replace(scenario, at_once=True)
    values = scenario.baseline_values if baseline else scenario.values
    today, stocks, years = _on_date(scenario, day, baseline)
    frozen = frozen_values(values, years)
    gap = today["revenue_gap"]
    shared: dict[str, Any] = {
        "net_rate": today["net_emission_rate"],
        "break_even_burn_share": gap if np.isfinite(gap) else None,
        "break_even_price": _positive(today["burn_mint_price"]),
        "break_even_revenue": _break_even_revenue(today),
        "today": today,
        "scenario": None if day is not None or baseline else scenario,
        "notes": notes_of(scenario),
    }
    known = _without_equation(scenario, today)
    if known is not None:
        return Rest(*known, **shared)
    nominal = frozen_emission(scenario.structure, frozen, stocks, scenario.network.step_length)
    has_ended = nominal is not None and nominal <= 0
    if scenario.structure.uses("net-emission") and nominal is not None:
        nominal += frozen["net_emission_cap"]
    if nominal is not None and nominal <= 0:
        return Rest(*_without_schedule(today), **shared)
    problem = RestProblem(scenario.structure, frozen, scenario.network.step_length, nominal)
    points = tuple(RestPoint(problem, root) for root in reversed(problem.roots()))
    distance = distance_to_tipping(problem)
    if points:
        kind = "terminal" if scenario.structure.uses("net-emission") and has_ended else "anchor"
        reason = _why_found(points, kind)
    else:
        kind, reason = "none", _why_none(problem, distance, today)
    return Rest(kind, bool(points), reason, points, problem=problem, distance_to_tipping=distance, **shared)


def _without_equation(scenario: Scenario, today: Mapping[str, float]) -> tuple[str, bool, str] | None:
    """Kind, whether it is found, and reason, where that is told without solving anything; None where it is not."""
    if not today["burn"] > 0 and not today["burn_wanted"] > 0:
        title = scenario.network.title
        reason = f"{title} burns nothing, so there is no burn-mint point: supply changes by what is minted."
        return "none", False, reason
    if scenario.structure.emission in READS_THE_SUPPLY:
        reason = (
            "Emission is a share of supply, so no supply is a rest point; on this date supply "
            f"{grows(today['net_emission_rate'])}."
        )
        return "balanced-growth", True, reason
    return None


def _without_schedule(today: Mapping[str, float]) -> tuple[str, bool, str]:
    """The same where the schedule mints nothing: supply shrinks, unless pay fixed in dollars mints more than burns."""
    if not today["fiat_indexed"] > 0:
        return "terminal", True, "Nothing is minted any more: supply only shrinks, at the burn rate of the float."
    if today["burn_wanted"] * today["price"] > today["fiat_indexed"]:
        return (
            "terminal",
            True,
            (
                "Only fiat-indexed pay is minted any more, and revenue burns more than that: supply only shrinks, at "
                "the rate of what is burned beyond it."
            ),
        )
    return (
        "none",
        False,
        (
            "Only fiat-indexed pay is minted any more, and it is worth more than today's revenue burns, so no price "
            "holds: every fall of the price mints more tokens."
        ),
    )


def _positive(value: float) -> float | None:
    return float(value) if np.isfinite(value) and value > 0 else None


def _break_even_revenue(today: Mapping[str, float]) -> float | None:
    """Revenue at which today's burn shares would burn what is minted, at today's price."""
    burned = today["burn_wanted"] * today["price"]
    if not burned > 0 or not today["revenue"] > 0:
        return None
    return float(today["price"] * today["emission"] * today["revenue"] / burned)


def _on_date(scenario: Scenario, at: dt.date | None, baseline: bool) -> tuple[OnDate, dict[str, float], float]:
    """Every variable on the date, the stocks then, and years since the start."""
    network = scenario.network
    years = 0.0 if at is None else (at - network.as_of).days / 365.25
    if not 0 <= years <= 100:
        raise OutOfRangeError(
            f"{at} is outside what can be projected",
            where="at",
            allowed=f"{network.as_of} to a hundred years later",
        )
    length, steps, _ = step_plan(network, max(years, network.step_length), "week")
    step = round(years / length)
    worlds = scenario_worlds([scenario], ["scenario"], step_length=length, steps=max(steps, step, 1))
    result = Run(run(worlds), start=network.as_of, draws=[0, 0])
    row = 0 if baseline else 1
    result.compute(_READ_ON_DATE)
    today = OnDate(result, row, step)
    known = [name for name in scenario.system.initial_keys if name in scenario.system.columns]
    first = worlds.initial
    stocks = {name: today[name] if step else float(first[name][row]) for name in known}
    return today, stocks, step * length


def _why_none(problem: RestProblem, distance: float, today: Mapping[str, float]) -> str:
    top = np.array([np.exp(problem.largest_log_revenue)])
    if np.isnan(problem.price_at(top)[0]):
        return (
            "Fiat-indexed pay is worth more than revenue could burn, so no price holds: every fall of the price mints "
            "more tokens."
        )
    if problem.pays_without_a_price:
        return (
            "Fiat-indexed pay is worth more than what is burned at every size that providers would hold, so no price "
            "holds: every fall of the price mints more tokens. Revenue at full quality could burn it, but quality "
            "would stay below that."
        )
    clock = _meanwhile(today)
    if np.isfinite(distance) and distance < 0:
        return (
            "Providers would earn less than they require at every size, so capacity leaves and quality falls until "
            f"nothing is left; demand or payouts {percent(-distance)} higher would be the least that holds." + clock
        )
    return "Providers would earn less than they require at every size, so the network would collapse." + clock


def _meanwhile(today: Mapping[str, float]) -> str:
    """What supply does at today's figures: a half-life only where it really shrinks."""
    half_life = today["half_life_years"]
    if today["net_emission_rate"] > 0:
        return f" At today's figures more is minted than burned: supply {grows(today['net_emission_rate'])}."
    if half_life > 0 and np.isfinite(half_life):
        return f" At today's burn, half of the float would be burned in about {duration(half_life)}."
    return ""


def _why_found(points: Sequence[RestPoint], kind: str) -> str:
    stable = [point for point in points if point.stable_by_criterion]
    if not stable:
        return "The only state in which nothing moves is a tipping point: the network moves away from it."
    clock = stable[0].half_life_years
    years = "" if clock is None else f", half of the way there in about {duration(clock)}"
    lead = "After emission has ended" if kind == "terminal" else "With emission frozen at its value on this date"
    return f"{lead} there is a rest point at a price of {quantity(stable[0].price, '$')}{years}."
