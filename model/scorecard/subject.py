"""What a scorecard looks at: one world of a scenario, its first year, its futures, its rule and its papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from model.governance import RULES, VotingRule
from model.presets.allocation import Allocation, Bucket
from model.presets.network import Figure, Network
from model.scenario.scenario import Scenario
from model.scorecard.first_year import FirstYear
from model.scorecard.gap_futures import GapFutures
from model.scorecard.quantity import Quantity, Unit, evidence_of

_FIRMEST = ("primary", "secondary", "derived", "assumed", "invented")


@dataclass(frozen=True)
class Subject:
    """One world of a scenario.

    Attributes
    ----------
    world
        0 is the baseline, 1 the scenario.
    futures
        What the projection rests on, in words ("500 modelled futures of seed 7").
    capture
        Part of what a proposal gives to those who gain that goes to its affiliates; None where no list of affiliates
        was declared.
    proposed
        Whether anything is proposed at all.
    """

    scenario: Scenario
    world: int
    year: FirstYear
    gap: GapFutures
    futures: str
    capture: float | None = None
    proposed: bool = False

    @property
    def network(self) -> Network:
        """The network."""
        return self.scenario.network

    @cached_property
    def values(self) -> dict[str, float]:
        """Parameters of this world in full force."""
        return self.scenario.values if self.world else self.scenario.baseline_values

    @cached_property
    def rule(self) -> VotingRule | None:
        """How the network decides, where that is on file."""
        return RULES.get(self.network.voting_rule)

    def figure(self, key: str) -> Figure | None:
        """A figure of the preset by its key."""
        return next((figure for figure in self.network.figures if figure.key == key), None)

    # ---- evidence ---------------------------------------------------------------------------------------
    def figures(self, words: Iterable[str]) -> list[Figure]:
        """Figures of the preset whose key is, begins or ends with one of some words, and that the model reads."""
        wanted = set(words)
        read = [figure for figure in self.network.figures if figure.part != "context"]
        return [f for f in read if wanted & {f.key, f.key.partition(".")[0], f.key.rpartition(".")[2]}]

    def calculated(
        self, key: str, label: str, value: float | None, unit: Unit, of: Iterable[str], *, definition: str,
        modelled: bool = False, note: str = "",
    ) -> Quantity:  # fmt: skip
        """A quantity that the model calculates from figures named by `of`; `modelled` rests on futures too."""
        found = self.figures(of)
        grades = tuple(figure.grade for figure in found)
        worst = max(grades, key=_FIRMEST.index) if grades else "assumed"
        moved = set(self.scenario.assumptions) | {f"initial.{name}" for name in self.scenario.initial}
        level = "assumed" if modelled or moved else evidence_of(grades)
        named = list(dict.fromkeys(figure.source.title for figure in found))
        told = f"Model, {self.futures}, from: " if modelled else "Calculated from: "
        return Quantity(
            key, label, value, unit, level, told + "; ".join(named), min((f.date for f in found), default=""),
            "assumed" if level == "assumed" and worst in ("primary", "secondary", "derived") else worst,
            definition=definition, note=note,
        )  # fmt: skip

    # ---- who was given what -----------------------------------------------------------------------------
    @cached_property
    def allocation(self) -> Allocation | None:
        """How the first supply was divided; buckets that the model releases follow the levers of this world."""
        declared = self.network.allocation
        own = self.scenario.structure.buckets
        if declared is not None:
            return declared.replaced(self._levered(b) if b.name in own else b for b in declared.buckets)
        return self._of_the_model() if own else None

    def _levered(self, bucket: Bucket) -> Bucket:
        values, name = self.values, bucket.name
        return replace(
            bucket,
            cliff_months=12 * values[f"{name}.vesting_cliff"],
            vesting_months=12 * values[f"{name}.vesting_years"],
        )

    def _of_the_model(self) -> Allocation:
        """What is locked on the network's date, and everything else as free."""
        supply = self.year.supply
        figures = {f.key: f for f in self.network.figures if f.key.partition(".")[0] == "locked"}
        first = next(iter(figures.values()), self.network.figures[0])
        locked = {name: self.scenario.stocks[f"locked.{name}"] / supply for name in self.scenario.structure.buckets}
        evidence = {"source": first.source, "date": first.date, "grade": first.grade}
        buckets = [
            self._levered(Bucket(name, self.scenario.structure.called(name), "team", share, tge_share=0.0, **evidence))  # type: ignore[arg-type]
            for name, share in locked.items()
            if share > 0
        ]
        rest = Bucket("rest", "everybody else", "public", 1 - sum(locked.values()), tge_share=1.0, **evidence)  # type: ignore[arg-type]
        return Allocation(
            self.network.as_of, supply, "tokens on the network's date", first.source, first.date, first.grade,
            (*buckets, rest),
        )  # fmt: skip


Measure = Callable[[Subject], list[Quantity]]
"""Quantities of one point; what does not apply is left out, what was not found stands as missing."""
