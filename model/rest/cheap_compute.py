"""Cheaper compute at rest: the sign from the rule of section 7, a halving solved anew, both in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from model.rest.point import RestPoint, nudged
from model.words.text import number, percent

HALF = 0.5


@dataclass(frozen=True)
class CheapCompute:
    """What a lasting fall of all unit costs does to the rest price.

    Attributes
    ----------
    pass_through, demand_elasticity, feedback
        theta, eps (of streams weighted by their revenue) and e at the rest point.
    one_percent
        Percent that the rest price moves when unit costs fall by one percent.
    solved
        Rest price at half the unit cost over the rest price now; None where no rest point is left.
    carried_on
        The same if the answer to one percent were simply carried on.
    """

    pass_through: float
    demand_elasticity: float
    feedback: float
    one_percent: float
    solved: float | None
    carried_on: float

    @property
    def rule(self) -> float:
        """theta (eps - 1) + e: above zero where cheaper compute raises the rest price (section 7)."""
        return self.pass_through * (self.demand_elasticity - 1) + self.feedback

    @property
    def sentences(self) -> tuple[str, str]:
        """The rule with its numbers, and the halving."""
        sign = "raises" if self.rule > 0 else "lowers"
        why = "what users buy more outweighs what they pay less" if self.rule > 0 else "users save more than they buy"
        rule = (
            f"1% cheaper compute {sign} the rest price by {number(abs(self.one_percent))}%: {why}, since pass-through "
            f"{number(self.pass_through)} times (elasticity {number(self.demand_elasticity)} less 1) plus the feedback "
            f"through quality {number(self.feedback)} is {number(self.rule)}, {'above' if self.rule > 0 else 'below'} "
            "zero."
        )
        if self.solved is None:
            return rule, "At half the cost, solved anew, no point of rest is left."
        halved = (
            f"At half the cost, solved anew, the rest price would be {_moved(self.solved)}; carrying the 1% on would "
            f"say {_moved(self.carried_on)}."
        )
        return rule, halved


def _moved(ratio: float) -> str:
    return f"{percent(abs(ratio - 1))} {'higher' if ratio > 1 else 'lower'}"


def cheap_compute(point: RestPoint) -> CheapCompute | None:
    """The answer of one rest point; None where no unit cost moves it."""
    moved = point.elasticities.get("unit_cost")
    cheaper = nudged(point.problem, "unit_cost", HALF)
    if moved is None or cheaper is None:
        return None
    roots = cheaper.roots()
    solved = RestPoint(cheaper, roots[-1]).price / point.price if roots else None
    values = point.problem.values
    return CheapCompute(
        values["cost_pass_through"],
        _demand_elasticity(point),
        point.quality_feedback,
        -moved["price"],
        solved,
        float(np.power(HALF, moved["price"])),
    )


def _demand_elasticity(point: RestPoint) -> float:
    """Price elasticity of demand, of all streams by their revenue at the rest point."""
    shape, values = point.problem.structure, point.problem.values
    shares = point.problem.stream_shares()
    whole = sum(shares.values())
    return float(sum(share / whole * values[shape.key("demand_elasticity", stream=s)] for s, share in shares.items()))
