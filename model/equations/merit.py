"""Pay for merit inside a role: units of high and low quality compete for its income (section 16.6)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sympy import Expr, Max, Min

from model.equations.capacity import growth_factor, low_quality_cost
from model.equations.declaration import Equation
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="providers", source="Ballast economics specification, section 16.6")


def contrast(m: Vocabulary) -> Iterator[Equation]:
    """How well scores tell quality apart: validators' quality times the best contrast."""
    if not m.structure.merit_roles:
        return
    scale: Expr = m.parameter("scoring_contrast")
    if m.structure.scoring_role is not None:
        scale = scale * m.variable("role_quality", role=m.structure.scoring_role)
    yield _equation(
        "E49",
        "Scoring contrast",
        "Weak validators tell high from low quality less well.",
        m.variable("contrast"),
        scale,
    )


def merit_pay(m: Vocabulary, role: str) -> Iterator[Equation]:
    """Pay of a high- and of a low-quality unit, relative to the role's average."""
    if role not in m.structure.merit_roles:
        return
    p, v = m.parameter, m.variable
    share, vs = v("high_quality_share", role=role), v("contrast")
    weight, spam = p("merit_weight", role=role), p("activity_inflation", role=role)
    activity = share + spam * (1 - share)
    scored = 1 + vs * (2 * share - 1)
    yield _equation(
        "E44",
        "Pay of a high-quality unit",
        "Part by activity, part by score.",
        v("high_pay", role=role),
        (1 - weight) / activity + weight * (1 + vs) / scored,
        index=role,
    )
    yield _equation(
        "E44",
        "Pay of a low-quality unit",
        "Inflated activity earns activity pay; a low score earns little.",
        v("low_pay", role=role),
        (1 - weight) * spam / activity + weight * (1 - vs) / scored,
        index=role,
    )


def merit_entry(m: Vocabulary, role: str) -> Iterator[Equation]:
    """Both kinds of unit enter and leave by their own margin."""
    p, v = m.parameter, m.variable
    share, capacity, income = v("high_quality_share", role=role), v("capacity", role=role), v("income", role=role)
    required = 1 + p("required_margin", role=role)
    high_margin = v("high_pay", role=role) * income / (v("cost", role=role) * required * capacity)
    low_margin = v("low_pay", role=role) * income / (low_quality_cost(m, role) * required * capacity)
    high = share * capacity * growth_factor(m, role, high_margin)
    low = (1 - share) * capacity * growth_factor(m, role, low_margin)
    yield _equation(
        "E45",
        "Entry and exit by quality",
        "High- and low-quality units each follow their own margin.",
        m.following("capacity", role=role),
        high + low,
        index=role,
    )
    seed = p("entrant_share")
    yield _equation(
        "E45",
        "Share of high-quality units",
        "What entry and exit leave, with a seed of either kind.",
        m.following("high_quality_share", role=role),
        Min(Max(high / (high + low), seed), 1 - seed),
        index=role,
    )


def merit_quality_target(m: Vocabulary, role: str) -> Expr:
    """Quality that capacity supports, diluted by low-quality units."""
    p, v = m.parameter, m.variable
    capacity, steepness = v("capacity", role=role), p("quality_steepness", role=role)
    half = v("half_quality_point", role=role)
    if role not in m.structure.merit_roles:
        return 1 / (1 + (half / capacity) ** steepness)
    mix = v("high_quality_share", role=role)
    mix = mix + p("low_quality_level", role=role) * (1 - mix)
    mode = p("quality_mode", role=role)
    effective = capacity * mix ** (1 - mode)
    return mix**mode / (1 + (half / effective) ** steepness)
