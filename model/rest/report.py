"""Everything a reader wants to know about where one scenario rests, each part computed when somebody asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from model.equilibrium import Rest, rest_of
from model.rest.long_run import LongRun, long_run
from model.rest.merit_theory import MeritThresholds
from model.rest.plane_curves import PlaneCurves, plane_curves
from model.rest.point import RestPoint, nudges
from model.rest.price_curves import PriceFlows, flows_at_rest, flows_today
from model.rest.reach_limits import EDGE, Furthest, Reach, burn_reach, demand_reach, payout_reach
from model.rest.reached import Reached
from model.rest.residuals import Residual, residuals
from model.rest.roots import RestProblem
from model.rest.state import frozen_values
from model.rest.thresholds import (
    BurnPeak,
    EmissionLimits,
    best_split,
    burn_peak,
    emission_limits,
    merit_thresholds,
    role_margins,
)
from model.scenario.scenario import Scenario
from model.validation import fee_share_keys


@dataclass(frozen=True)
class PlanePoint:
    """A marked point of the capacity-quality plane: units of capacity, quality as a share."""

    capacity: float
    quality: float
    kind: str
    label: str


@dataclass(frozen=True)
class Elasticity:
    """How a rest point answers one quantity: percent for one percent more.

    Attributes
    ----------
    name
        Key of the quantity; burn shares name who pays behind a colon.
    long_run, medium_run
        Per outcome; the medium run holds the float where it is. Empty where it cannot be computed.
    """

    name: str
    long_run: dict[str, float]
    medium_run: dict[str, float]


class RestReport:
    """One scenario with its changes in full force."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    @cached_property
    def rest(self) -> Rest:
        """Rest points and their kind."""
        return rest_of(self.scenario)

    @property
    def point(self) -> RestPoint | None:
        """The rest point that attracts."""
        return self.rest.stable_point

    def value_of(self, key: str) -> float:
        """A parameter, or a variable at the stable point where it has a value there, else as it is today; else NaN."""
        if key in self.scenario.values:
            return self.scenario.values[key]
        if self.point is not None and key in self.point.state:
            return self.point.state[key]
        return self.rest.today.get(key, float("nan"))

    # ---- burn and mint against the price --------------------------------------------------------------
    @cached_property
    def today_flows(self) -> PriceFlows:
        """Mint and burn at any price, with the network as it stands on the first day."""
        return flows_today(self.scenario, self.rest.today)

    @cached_property
    def rest_flows(self) -> PriceFlows | None:
        """The same with capacity, quality and stake as they would be at rest."""
        return None if self.point is None else flows_at_rest(self.point)

    @cached_property
    def crossing_today(self) -> float | None:
        """Price at which today's revenue would burn what is minted, USD/token."""
        return self.today_flows.crossing(self.rest.today["price"])

    # ---- capacity and quality -------------------------------------------------------------------------
    @cached_property
    def float_is_held(self) -> bool:
        """Whether the plane can only be drawn for today's float, because no price balances burn and mint."""
        return self.rest.problem is None or plane_curves(self.rest.problem) is None

    @cached_property
    def held_problem(self) -> RestProblem:
        """The medium run: the same network with the float held where it is today."""
        today = self.rest.today
        return RestProblem(
            self.scenario.structure,
            frozen_values(self.scenario.values, 0.0),
            self.scenario.network.step_length,
            today["nominal_emission"],
            fixed_float=today["float_supply"],
        )

    @cached_property
    def held_point(self) -> RestPoint | None:
        """Where capacity and quality would settle while the float stays as it is today."""
        roots = self.held_problem.roots()
        top = RestPoint(self.held_problem, roots[-1]) if roots else None
        return top if top is not None and top.stable_by_criterion else None

    @property
    def plane_problem(self) -> RestProblem:
        """The scalar equation whose curves the plane shows: at rest, or with today's float."""
        found = self.rest.problem
        return self.held_problem if found is None or self.float_is_held else found

    @cached_property
    def plane_rests(self) -> tuple[RestPoint, ...]:
        """Points at which the curves of the plane meet, highest revenue first."""
        if self.plane_problem is self.rest.problem:
            return self.rest.points
        return tuple(RestPoint(self.plane_problem, root) for root in reversed(self.plane_problem.roots()))

    @cached_property
    def plane(self) -> PlaneCurves | None:
        """Curves of the plane, with the tipping line where there is a tipping point."""
        tipping = next((point for point in self.plane_rests if not point.stable_by_criterion), None)
        return plane_curves(self.plane_problem, tipping)

    @cached_property
    def plane_points(self) -> tuple[PlanePoint, ...]:
        """Rest points of the plane with their words, collapse included."""
        found = [
            PlanePoint(point.capacity, point.quality, "stable", "Holds" if self.float_is_held else "Stable")
            if point.stable_by_criterion
            else PlanePoint(point.capacity, point.quality, "tipping", "Tipping point")
            for point in self.plane_rests
        ]
        if self.plane is not None and self.plane.collapses and len(self.plane.supported.capacity):
            lowest = int(np.argmin(self.plane.supported.capacity))
            found.append(PlanePoint(float(self.plane.supported.capacity[lowest]), 0.0, "collapse", "Collapse"))
        return tuple(found)

    # ---- the way there --------------------------------------------------------------------------------
    @cached_property
    def long_run(self) -> LongRun:
        """The simulated way with all trends stopped."""
        return self.rest.way or long_run(self.scenario, self.rest)

    @property
    def reached(self) -> Reached | None:
        """Whether that way ends at the rest point that attracts; None without one."""
        return self.rest.reached

    @cached_property
    def residuals(self) -> tuple[Residual, ...]:
        """Both sides of every condition at the stable rest point; empty without one."""
        return () if self.point is None else residuals(self.point)

    # ---- what moves it --------------------------------------------------------------------------------
    @cached_property
    def elasticities(self) -> tuple[Elasticity, ...]:
        """Every quantity that moves the stable rest point; empty without one."""
        if self.point is None:
            return ()
        long, medium = self.point.elasticities, self.point.medium_run_elasticities
        return tuple(
            Elasticity(name, long.get(name, {}), medium.get(name, {}))
            for name in nudges(self.point.problem)
            if name in long or name in medium
        )

    # ---- how far it may go ----------------------------------------------------------------------------
    @cached_property
    def payers(self) -> tuple[str, ...]:
        """Receivers of revenue who could pay for a higher burn share of the largest stream, providers first."""
        shape, values = self.scenario.structure, self.scenario.values
        return tuple(
            payer
            for payer in ("providers", "stakers", "treasury")
            if any(values[key] > 0 for stream in shape.streams for key in fee_share_keys(shape, stream)[payer])
        )

    @cached_property
    def burn_peak(self) -> BurnPeak | None:
        """Rest price against the burn share, paid by the first receiver that has something to give."""
        if self.rest.problem is None or not self.payers:
            return None
        return burn_peak(self.rest.problem, payer=self.payers[0])

    @cached_property
    def _reach(self) -> Reach | None:
        return None if self.rest.problem is None else Reach(self.scenario, self.rest.problem)

    @cached_property
    def burn_reach(self) -> Furthest | None:
        """Burn share of that curve up to which today's network gets to the rest point; None where it never does."""
        if self.burn_peak is None or self._reach is None:
            return None
        return burn_reach(self._reach, self.burn_peak)

    @cached_property
    def fall_reach(self) -> tuple[float, float] | None:
        """Lasting falls of all payouts, and of demand, after which today's network still gets there; None without."""
        distance = self.rest.distance_to_tipping
        if self._reach is None or self.point is None or not 0 < distance < 1:
            return None
        inside = distance * (1 - EDGE)
        found = payout_reach(self._reach, inside), demand_reach(self._reach, inside)
        return None if found[0] is None or found[1] is None else (found[0].setting, found[1].setting)

    @cached_property
    def emission_limits(self) -> EmissionLimits | None:
        """How fast emission may fall."""
        return None if self.point is None else emission_limits(self.point)

    @cached_property
    def role_margins(self) -> dict[str, float]:
        """Share by which each role's payout alone may fall before the network tips."""
        return {} if self.point is None else role_margins(self.point)

    @cached_property
    def best_split(self) -> dict[str, float] | None:
        """Emission shares of roles at which the same payout brings most revenue."""
        return None if self.point is None else best_split(self.point)

    @cached_property
    def merit(self) -> dict[str, MeritThresholds]:
        """Thresholds of pay for merit by role."""
        return {} if self.point is None else merit_thresholds(self.point)

    @cached_property
    def leaves_first(self) -> str | None:
        """The role that shrinks fastest when the price falls; None where no role is paid in tokens."""
        if self.point is None:
            return None
        roles = self.point.by_role
        first = max(roles, key=lambda role: roles[role].exit_index)
        return first if roles[first].exit_index > 0 else None
