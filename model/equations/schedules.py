"""Emission families: each is one SymPy expression of time, issuance, supply or stake."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import sympy
from sympy import Expr, Max, Min, Piecewise, floor

from model.equations.declaration import Equation
from model.equations.limits import TINY
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="flows")

EDGE = sympy.Float(1e-12)
"""Relative tolerance at which a threshold counts as reached."""

HALVINGS = 24
"""Halvings by issuance that are told apart; after them emission is below a ten-millionth of its base."""


def _constant(m: Vocabulary) -> Expr:
    return m.parameter("emission_rate")


def _time_halving(m: Vocabulary) -> Expr:
    periods = (m.time + m.parameter("schedule_age")) / m.parameter("halving_years")
    return m.parameter("emission_rate") * sympy.Rational(1, 2) ** floor(periods * (1 + EDGE))


def _supply_halving(m: Vocabulary) -> Expr:
    """Half as much each time half of the remaining cap has been issued; never past the cap."""
    issued, cap = m.variable("issued"), m.parameter("maximum_supply")
    level = m.parameter("emission_rate")
    for order in range(1, HALVINGS + 1):
        threshold = cap * (1 - sympy.Rational(1, 2**order))
        level = level * Piecewise((sympy.Rational(1, 2), issued >= threshold * (1 - EDGE)), (sympy.Integer(1), True))
    return Min(level, Max(cap - issued, 0) / m.step_length)


def _exponential(m: Vocabulary) -> Expr:
    return m.parameter("emission_rate") * sympy.exp(-m.parameter("emission_decay") * m.time)


def _table(m: Vocabulary) -> Expr:
    """Published years first, then a constant factor a year until the cap is used up."""
    years = m.structure.table_years
    values = [m.parameter("emission_table", year=year) for year in range(1, years + 1)]
    factor = m.parameter("emission_table_factor")
    age = m.time + m.parameter("schedule_age")
    year = floor(age * (1 + EDGE))
    after = year - (years - 1)
    later = values[-1] * factor**after
    listed_sum = sympy.Add(*values)
    before_later = listed_sum + values[-1] * factor * (1 - factor ** Max(after - 1, 0)) / (1 - factor)
    left = Max(m.parameter("emission_table_cap") - before_later, 0)
    pieces = [(value, age * (1 + EDGE) < index + 1) for index, value in enumerate(values)]
    return Piecewise(*pieces, (Min(later, left), True))


def _percentage(m: Vocabulary) -> Expr:
    return m.parameter("inflation_rate") * m.variable("supply")


def _declining_percentage(m: Vocabulary) -> Expr:
    """A share of supply that falls along a parabola to its last rate (voting rewards of Internet Computer)."""
    left = Max(1 - (m.time + m.parameter("schedule_age")) / m.parameter("inflation_decline_years"), 0)
    rate = m.parameter("inflation_rate") + m.parameter("inflation_premium") * left**2
    return rate * m.variable("supply")


def _target_bonded(m: Vocabulary) -> Expr:
    return m.variable("inflation") * m.variable("supply")


def _square_root(m: Vocabulary) -> Expr:
    return m.parameter("square_root_coefficient") * sympy.sqrt(m.variable("staked"))


_FAMILIES = {
    "constant": (_constant, "The same number of tokens every year."),
    "time-halving": (_time_halving, "Half as much after each halving period."),
    "supply-halving": (_supply_halving, "Half as much each time half of the remaining cap has been issued."),
    "exponential": (_exponential, "Falls by a constant rate."),
    "table": (_table, "A published table by year, then a constant yearly factor until the cap is used up."),
    "percentage": (_percentage, "A fixed share of supply."),
    "declining-percentage": (_declining_percentage, "A share of supply that falls along a parabola to its last rate."),
    "target-bonded": (_target_bonded, "A share of supply that rises while too little is bonded."),
    "target-bonded-step": (
        _target_bonded,
        "A share of supply that moves in fixed steps around a bonded target.",
    ),
    "square-root-stake": (_square_root, "Proportional to the square root of the stake."),
}


def schedule(m: Vocabulary) -> Iterator[Equation]:
    """The schedule of the structure, and the inflation rate where it moves by itself."""
    family, sentence = _FAMILIES[m.structure.emission]
    yield _equation(
        "E7",
        "Emission by the schedule",
        sentence,
        m.variable("scheduled_emission"),
        family(m),
        source="Ballast economics specification, section 4",
    )
    if m.structure.emission.startswith("target-bonded"):
        yield _inflation(m)


def _bonded(m: Vocabulary) -> Expr:
    """Stake over supply."""
    return m.variable("staked") / Max(m.variable("supply"), TINY)


def _inflation(m: Vocabulary) -> Equation:
    """The rate moves toward its bonded target, by response or in fixed steps."""
    p, rate, bonded = m.parameter, m.variable("inflation"), _bonded(m)
    target = p("target_bonded_ratio")
    if m.structure.emission == "target-bonded":
        change = p("inflation_response") * (1 - bonded / target)
        sentence = "Inflation rises while less than the target is bonded."
    else:
        change = p("inflation_step") * Piecewise(
            (sympy.Integer(1), bonded < target),
            (sympy.Integer(-1), bonded > target),
            (sympy.Integer(0), True),
        )
        sentence = "Inflation moves by a fixed step toward its bonded target and never settles."
    return _equation(
        "E25",
        "Inflation rate",
        sentence,
        m.following("inflation"),
        Min(Max(rate + m.step_length * change, p("inflation_floor")), p("inflation_cap")),
        source="Cosmos x/mint; Livepeer Minter.setInflation",
    )


def goal_bonded(m: Vocabulary) -> Iterator[Equation]:
    """A multiplier on the schedule that rises while less than a goal is bonded."""
    if not m.structure.uses("goal-bonded"):
        return
    p, swing = m.parameter, m.variable("emission_swing")
    change = p("goal_bonded_response") * (1 - _bonded(m) / p("goal_bonded_ratio"))
    yield _equation(
        "E25",
        "Emission above the schedule",
        "Emission rises above the schedule while less than the goal is bonded, and falls while more is.",
        m.following("emission_swing"),
        Min(Max(swing + m.step_length * change, p("goal_bonded_floor") - 1), p("goal_bonded_cap") - 1),
        source="Cosmos x/mint, as a multiplier on the network's own schedule",
    )


def net_emission(m: Vocabulary) -> Iterator[Equation]:
    """Burn up to a cap is minted again (Helium HIP-20)."""
    if not m.structure.uses("net-emission"):
        return
    v, step = m.variable, m.step_length
    closed = m.closing(m.parameter("remint_speed"))
    yield _equation(
        "E26",
        "Re-minted burn",
        "The pool of burned tokens is paid out over time.",
        v("reminted"),
        closed * v("remint_pool") / step,
        source="Helium HIP-20",
    )
    yield _equation(
        "E26",
        "Pool of burned tokens",
        "Burn fills the pool up to the cap, re-minting empties it.",
        m.following("remint_pool"),
        v("remint_pool") * (1 - closed) + step * Min(v("burn"), m.parameter("net_emission_cap")),
        source="Helium HIP-20",
    )
