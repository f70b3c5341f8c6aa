"""Rest points of one set of values: one scalar equation in revenue, whatever the number of roles (section 16.2)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

import numpy as np
from scipy.optimize import brentq

from model.engine.evaluator import Environment, value_of
from model.engine.worlds import Floats, Integers
from model.rest.derivation import rest_capacity
from model.rest.merit_theory import rest_share
from model.rest.prices import RestPrices

GRID = 900
"""Points at which the scalar equation is scanned before roots are bracketed."""

POINTS, ROUNDS = 33, 6
"""A bracket is narrowed by so many points at once; so many times for the smallest gap, which then is known to 1e-8."""

CLOSER, BENT, NARROW = 4, 4.0, 1e-9
"""How often the scan is looked at closer, where the gap bends by a quarter of its height, and down to which width."""

LOWEST = -32.0
"""The scan starts at e^-32 of the largest revenue possible."""


REMNANT = 0.1
"""Share of revenue at full quality below which what fixed pay alone keeps going is no network."""


class RestProblem(RestPrices):
    """The scalar equation: the revenue that a state brings must be the revenue it was made with; and its roots."""

    def state_at(
        self, revenue: Floats, price: Floats | None = None, paid: Mapping[str, Floats] | None = None
    ) -> Environment:
        """Everything at a trial revenue when income pays its cost, quality has settled and burn equals mint.

        `price` is that of `revenue` where it is known already. `paid` gives by role the part of its income that
        it still receives (1 where left out); what is kept from it goes to nobody.
        """
        revenue = np.atleast_1d(np.asarray(revenue, dtype=float))
        v, shape = self.system.vocabulary.variable, self.structure
        price = self.price_at(revenue) if price is None else price
        env = self._flows(revenue, price)
        if self.nominal_emission is None:
            env[v("nominal_emission")] = self.nominal_at(revenue, price)
        order = [r for r in shape.roles if r == shape.scoring_role]
        order += [r for r in shape.roles if r != shape.scoring_role]
        for role in order:
            if role in shape.merit_roles:
                env[v("high_quality_share", role=role)] = self._merit_share(role, env)
            self.evaluator.get(v("income", role=role), env)
            for symbol in rest_capacity(self.system, role).free_symbols:
                self.evaluator.get(symbol, env)
            with np.errstate(all="ignore"):
                paid_for = value_of(rest_capacity(self.system, role), env)
                env[v("capacity", role=role)] = paid_for * (paid or {}).get(role, 1.0)
                env[v("role_quality", role=role)] = self.evaluator.get(v("quality_target", role=role), env)
        return env

    def _merit_share(self, role: str, env: Environment) -> Floats:
        m = self.system.vocabulary
        contrast = self.evaluator.get(m.variable("contrast"), env)
        return rest_share(
            env[m.parameter("merit_weight", role=role)],
            contrast,
            env[m.parameter("cost_ratio", role=role)],
            env[m.parameter("activity_inflation", role=role)],
        )

    def revenue_given_back(self, env: Environment) -> Floats:
        """Revenue that the state at a trial revenue would bring."""
        v = self.system.vocabulary.variable
        fresh = dict(env)
        for stream in self.structure.streams:
            fresh.pop(v("stream_revenue", stream=stream), None)
        fresh.pop(v("revenue"), None)
        brought: Floats = self.evaluator.get(v("revenue"), fresh)
        return brought

    def gap(self, log_revenue: Floats) -> Floats:
        """[E34] as a difference: ln R minus ln of the revenue its state brings; zero at a rest point."""
        log_revenue = np.atleast_1d(np.asarray(log_revenue, dtype=float))
        brought = self.revenue_given_back(self.state_at(np.exp(log_revenue)))
        with np.errstate(all="ignore"):
            return log_revenue - np.log(np.maximum(brought, 1e-300))

    @cached_property
    def largest_log_revenue(self) -> float:
        """ln of revenue at full quality and today's price list."""
        v = self.system.vocabulary.variable
        env = dict(self.base)
        env[v("price")] = self.values.get("pricing_reference", 1.0)
        total = sum(
            float(self.evaluator.get(v("list_price", stream=j), env))
            * float(self.evaluator.get(v("full_quality_demand", stream=j), env))
            for j in self.structure.streams
        )
        return float(np.log(total)) if total > 0 else -np.inf

    @cached_property
    def scan(self) -> tuple[Floats, Floats]:
        """Grid of ln R and the gap on it."""
        top = self.largest_log_revenue + (12.0 if self.token_priced else 8.0)
        grid = np.linspace(self.largest_log_revenue + LOWEST, top, GRID)
        return grid, self.gap(grid)

    @cached_property
    def pays_without_a_price(self) -> bool:
        """Whether fees and fiat-indexed pay would hold a network whose revenue burns less than such pay mints.

        No price holds there, so it is no rest point; providers are not what is missing.
        """
        grid, _ = self.scan
        lost = grid[np.isnan(self.price_at(np.exp(grid))) & (grid > self.largest_log_revenue + np.log(REMNANT))]
        if not len(lost):
            return False
        state = self.state_at(np.exp(lost), np.full_like(lost, 1e-12))
        return bool(np.any(np.log(np.maximum(self.revenue_given_back(state), 1e-300)) >= lost))

    def _one(self, log_revenue: float) -> float:
        return float(self.gap(np.array([log_revenue]))[0])

    @cached_property
    def minimum(self) -> tuple[float, float]:
        """Where the gap is smallest and how small; its exponential is the margin to the fold [E35, E41]."""
        grid, gap = self.scan
        if not np.any(np.isfinite(gap)):
            return (float("nan"), float("nan"))
        best = int(np.nanargmin(gap))
        where, depth = float(grid[best]), float(gap[best])
        low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
        for _ in range(ROUNDS):
            points = np.linspace(low, high, POINTS)
            found = self.gap(points)
            best = int(np.argmin(np.where(np.isfinite(found), found, np.inf)))
            if found[best] < depth:
                where, depth = float(points[best]), float(found[best])
            low, high = points[max(best - 1, 0)], points[min(best + 1, POINTS - 1)]
        return where, depth

    def _seen_closer(self, grid: Floats, gap: Floats) -> tuple[Floats, Floats]:
        """Grid and gap with further points wherever the gap bends enough to cross zero twice between two of them.

        Pay for merit scored by validators leaves kinks where a role turns all low or all high in quality, and a pair of
        rest points may lie between two points of the scan (section 16.6).
        """
        for _ in range(CLOSER):
            bend = np.zeros_like(gap)
            along = (grid[1:-1] - grid[:-2]) / (grid[2:] - grid[:-2])
            bend[1:-1] = np.abs(gap[1:-1] - gap[:-2] - along * (gap[2:] - gap[:-2]))
            with np.errstate(invalid="ignore"):
                height = np.minimum(np.abs(gap[:-1]), np.abs(gap[1:]))
                hides = ((gap[:-1] > 0) == (gap[1:] > 0)) & (height <= BENT * np.fmax(bend[:-1], bend[1:]))
            places = np.flatnonzero(hides & (np.diff(grid) > NARROW))
            if not len(places):
                break
            points = np.linspace(grid[places], grid[places + 1], POINTS, axis=1)[:, 1:-1].reshape(-1)
            grid = np.concatenate([grid, points])
            order = np.argsort(grid, kind="stable")
            grid, gap = grid[order], np.concatenate([gap, self.gap(points)])[order]
        return grid, gap

    def roots(self) -> list[float]:
        """ln R of every rest point, lowest first."""
        if not np.isfinite(self.largest_log_revenue):
            return []
        grid, gap = self.scan
        if not np.any(gap[np.isfinite(gap)] < 0):
            where, depth = self.minimum
            if np.isfinite(depth) and depth < 0:
                grid = np.insert(grid, np.searchsorted(grid, where), where)
                gap = self.gap(grid)
        if self.structure.merit_roles and self.structure.scoring_role is not None:
            grid, gap = self._seen_closer(grid, gap)
        crossed = _crossings(gap)
        if not len(crossed):
            return []
        # All brackets are narrowed together: one call for many points costs hardly more than one for one.
        points = np.linspace(grid[crossed], grid[crossed + 1], POINTS, axis=1)
        inside = self.gap(points.reshape(-1)).reshape(points.shape)
        found = []
        for x, values in zip(points, inside, strict=True):
            for i in _crossings(values):
                found.append(float(brentq(self._one, x[i], x[i + 1], xtol=1e-14, rtol=1e-15)))
        return found


def _crossings(gap: Floats) -> Integers:
    """Places after which the gap changes its sign without a jump."""
    a, b = gap[:-1], gap[1:]
    with np.errstate(invalid="ignore"):
        crosses = np.isfinite(a) & np.isfinite(b) & ((a > 0) != (b > 0)) & (np.abs(a - b) <= 5)
    return np.flatnonzero(crosses)
