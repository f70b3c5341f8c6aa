"""Flows of all worlds and their sums over the steps that each world completes."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from model.engine.results import Run
from model.engine.worlds import Floats
from model.gains.groups import Group

_TOKENS_IN_USD = {"slashed_value": "slashed", "rebate_value": "user_emission"}
"""Flows of tokens that are counted at today's price."""


class Flows:
    """Flows of all worlds and their weighted sums over the steps that each world completes."""

    def __init__(self, run: Run, discount_rate: float) -> None:
        self.run = run
        worlds = run.paths.worlds
        steps, stopped = worlds.steps, run.paths.stopped[:, None]
        # The step in which a world stops has no end that could be valued.
        self.counted: npt.NDArray[np.bool_] = (stopped < 0) | (np.arange(steps) < stopped - 1)
        self.stops = np.flatnonzero(run.paths.stopped >= 0)
        self.weight = np.exp(-discount_rate * run.times[:steps])
        self.step_length = worlds.step_length

    def prepare(self, groups: tuple[Group, ...]) -> None:
        """Compute every column that will be read in one pass."""
        names = [n.lstrip("-") for g in groups for n in (*g.revenue, *g.tokens, *g.cost)]
        names = [_TOKENS_IN_USD.get(name, name) for name in names]
        self.run.compute(dict.fromkeys([*names, "real_surplus", "minted_value", "burned_value", "locked"]))

    def column(self, name: str) -> Floats:
        """Shape (worlds, steps + 1): one column, USD a year."""
        if name in _TOKENS_IN_USD:
            return self.run.values(_TOKENS_IN_USD[name]) * self.run.values("price")
        return self.run.values(name)

    def combined(self, names: tuple[str, ...]) -> Floats | None:
        """Sum of columns, those with a leading "-" subtracted; None where there are none."""
        result: Floats | None = None
        for name in names:
            values = self.column(name.lstrip("-"))
            signed = -values if name.startswith("-") else values
            result = signed if result is None else result + signed
        return result

    def total(self, yearly: Floats) -> Floats:
        """Shape (worlds,): a flow a year over the horizon."""
        return self._summed(yearly[:, :-1]) * self.step_length

    def _summed(self, *factors: Floats) -> Floats:
        """Shape (worlds,): weighted sum over counted steps of a product of arrays of shape (worlds, steps)."""
        letters = ",".join(["ws"] * len(factors))
        total = np.einsum(f"{letters},s->w", *factors, self.weight)
        if len(self.stops):
            counted = self.counted[self.stops]
            parts = [np.where(counted, factor[self.stops], 0.0) for factor in factors]
            total[self.stops] = np.einsum(f"{letters},s->w", *parts, self.weight)
        return np.asarray(total)

    @cached_property
    def _supply(self) -> Floats:
        """Shape (worlds, steps + 1): all tokens at every step."""
        names = ["float_supply", "treasury", "locked"]
        if "staked" in self.run.system.state_names:
            names.append("staked")
        return np.asarray(sum(self.run.values(name) for name in names))

    @cached_property
    def _value_changes(self) -> Floats:
        """Shape (worlds, steps): change of market value over each step, from prices and stocks alone."""
        return np.diff(self.run.values("price") * self._supply, axis=1)

    @cached_property
    def _changes(self) -> tuple[Floats, Floats, Floats]:
        """Per token held at the end of the step: change of market value, dilution, gain by burn."""
        step, held = self.step_length, np.maximum(self._supply[:, 1:], 1e-300)
        minted, burned = self.run.values("minted_value")[:, :-1], self.run.values("burned_value")[:, :-1]
        return self._value_changes / held, -step * minted / held, step * burned / held

    @cached_property
    def market_cap_change(self) -> Floats:
        """Shape (worlds,): change of market value over the horizon."""
        return self._summed(self._value_changes)

    def revaluation(self, held: str) -> Floats:
        """Shape (3, worlds): valuation, dilution and burn gain on what a group holds at the end of each step."""
        tokens = self.run.values(held)[:, 1:]
        return np.stack([self._summed(tokens, change) for change in self._changes])

    def start_wealth(self, groups: tuple[Group, ...]) -> Floats:
        """Shape (groups, worlds): what each group holds on the first day."""
        price = self.run.values("price")[:, 0]
        rows = []
        for group in groups:
            tokens = self.run.values(group.held)[:, 0] * price if group.held else np.zeros(len(price))
            rows.append(tokens + (self.run.values("treasury_fiat")[:, 0] if group.key == "treasury" else 0.0))
        return np.stack(rows)
