"""Locked tokens: what has not vested yet, and what unlocks in a step."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import sympy
from sympy import Expr, Max, Min, Piecewise

from model.equations.declaration import Equation
from model.equations.limits import TINY
from model.vocabulary import Vocabulary

_equation = partial(Equation, stage="given")


def _locked(m: Vocabulary, bucket: str, t: Expr) -> Expr:
    """Share of a bucket still locked at time t, all of it at the start; the cliff has a relative tolerance."""
    p = m.parameter
    cliff = p("vesting_cliff", bucket=bucket)
    lump = p("vesting_cliff_share", bucket=bucket)
    passed = Min(Max((t - cliff) / p("vesting_years", bucket=bucket), 0), 1)
    after = 1 - lump - (1 - lump) * passed
    begins = Max(cliff * (1 - sympy.Float(1e-12)), TINY)
    return Piecewise((sympy.Integer(1), t < begins), (after, True))


def vesting(m: Vocabulary) -> Iterator[Equation]:
    """Unlocks by differences of what is still locked, so that they add up to the bucket exactly."""
    v, step = m.variable, m.step_length
    for bucket in m.structure.buckets:
        start = m.initial("locked", bucket=bucket)
        yield _equation(
            "E22",
            "Locked tokens",
            "What has not vested yet: all of it before the cliff, then evenly less.",
            v("locked", bucket=bucket),
            start * _locked(m, bucket, m.time),
            index=bucket,
        )
        yield _equation(
            "E22",
            "Unlocks",
            "Unlocks are the fall of locked tokens over the step.",
            v("unlock", bucket=bucket),
            start * (_locked(m, bucket, m.time) - _locked(m, bucket, m.time + step)) / step,
            index=bucket,
        )
