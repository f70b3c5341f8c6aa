"""Where an answer turns: the value of an assumption or lever at which the difference a scenario makes is zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from model.engine.worlds import Floats
from model.errors import ShareError
from model.parameters import ParameterKey, parameter_keys
from model.presets.usual_range import usual_range
from model.sensitivity.uncertainty import Arm, Question
from model.words.value_words import lowered, value_words

GRID = 9
"""Values tried over a usual range before brackets are narrowed."""

INSIDE = 15
"""Values tried inside each bracket per round."""

ROUNDS = 6
"""Rounds of narrowing: each leaves a sixteenth, together a ten-millionth of a grid step."""


@dataclass(frozen=True)
class FlipPoint:
    """One value at which the difference changes its sign.

    Attributes
    ----------
    kind
        "assumption" or "lever".
    now, value
        Of the parameter: as it is, and where the sign turns.
    side
        "below" or "above": where the answer is another.
    near, far
        Values closest to it that were tried, on the side of `now` and beyond.
    effect_near, effect_far
        The difference at both: of opposite sign.
    jumps
        Whether the difference jumps over zero instead of passing through it.
    sentence
        In words.
    """

    key: str
    label: str
    kind: str
    now: float
    value: float
    side: str
    near: float
    far: float
    effect_near: float
    effect_far: float
    jumps: bool
    sentence: str


@dataclass(frozen=True, eq=False)
class FlipPoints:
    """All values that turn the answer.

    Attributes
    ----------
    effect
        The difference as things are.
    points
        At most two per parameter, the nearest on either side; those closest to now in terms of the usual range first.
    tried
        Keys that were searched.
    """

    question: Question
    effect: float
    points: tuple[FlipPoint, ...]
    tried: tuple[str, ...]

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Columns key, label, kind, now, value, side, effect_near, effect_far, jumps, sentence."""
        names = ("key", "label", "kind", "now", "value", "side", "effect_near", "effect_far", "jumps", "sentence")
        texts = dict.fromkeys(("key", "label", "kind", "side", "sentence"), pl.String())
        schema: dict[str, pl.DataType] = dict.fromkeys(names, pl.Float64()) | texts | {"jumps": pl.Boolean()}
        return pl.DataFrame({name: [getattr(p, name) for p in self.points] for name in names}, schema=schema)

    @property
    def sentence(self) -> str:
        """The nearest value that turns the answer, or that none does."""
        if self.effect == 0:
            return f"The scenario does not change {self.question.name}, so nothing can turn its sign."
        if np.isnan(self.effect):
            return "The run stops before the horizon, so there is no difference whose sign could turn."
        if not self.points:
            what = "" if self.question.compared == "level" else "the effect on "
            return (
                f"No value in its usual range turns the sign of {what}{self.question.name}: "
                f"{len(self.tried)} assumptions and levers were tried, one at a time."
            )
        return self.points[0].sentence


@dataclass(frozen=True)
class _Searched:
    """One parameter and the values between which its flip points are looked for."""

    key: str
    concrete: ParameterKey
    now: float
    grid: tuple[float, ...]

    @property
    def is_lever(self) -> bool:
        return self.concrete.declared.kind == "lever"

    def arm(self, value: float) -> Arm:
        return Arm(changes={self.key: value}) if self.is_lever else Arm({self.key: value})


@dataclass(frozen=True)
class _Bracket:
    """Two neighbouring values with differences of opposite sign; `near` is on the side of now."""

    searched: _Searched
    near: float
    far: float
    effect_near: float
    effect_far: float


def flip_points(question: Question, *, levers: bool = True) -> FlipPoints:
    """Solve for every value that turns the sign of the difference, one parameter at a time.

    A grid over each usual range brackets sign changes, and brackets are narrowed together, batch by batch. A sign
    that turns twice between two neighbouring values of the grid is not seen.

    Parameters
    ----------
    levers
        Whether hand-made changes are searched too; a lever that is the only change is searched on the side of today's
        value on which it is now, since the difference is zero at today's value anyway.
    """
    effect = float(question.differences([Arm()])[0])
    searched = [_searched(question, key, concrete) for key, concrete in question.asked.items()]
    if levers:
        searched += _levers(question)
    keys = tuple(s.key for s in searched)
    if effect == 0 or np.isnan(effect):
        return FlipPoints(question, effect, (), keys)
    brackets = _brackets(question, searched, effect)
    for _ in range(ROUNDS):
        if brackets:
            brackets = _narrowed(question, brackets)
    points = [_point(question, bracket, effect) for bracket in brackets]
    span = {s.key: s.grid[-1] - s.grid[0] for s in searched if len(s.grid) > 1}
    points.sort(key=lambda p: abs(p.value - p.now) / span[p.key])
    return FlipPoints(question, effect, tuple(points), keys)


def _searched(question: Question, key: str, concrete: ParameterKey) -> _Searched:
    ends, now = usual_range(question.scenario.network, concrete), question.now(key)
    values = {*map(float, np.linspace(ends.low, ends.high, GRID)), now}
    return _Searched(key, concrete, now, tuple(sorted(values)))


def _levers(question: Question) -> list[_Searched]:
    """Hand-made changes of one parameter each, at values that somebody can pay for."""
    scenario, found = question.scenario, []
    keys = parameter_keys(scenario.structure)
    alone = len(scenario.changes) == 1 and not scenario.stacked and not scenario.events
    for key in scenario.changes:
        if key not in keys:
            continue
        searched = _searched(question, key, keys[key])
        before = scenario.baseline_values[key]
        grid = [value for value in searched.grid if not alone or (value - before) * (searched.now - before) > 0]
        found.append(_Searched(key, keys[key], searched.now, tuple(v for v in grid if _is_paid_for(question, key, v))))
    return found


def _is_paid_for(question: Question, key: str, value: float) -> bool:
    try:
        question.pair(Arm(changes={key: value}))
    except ShareError:
        return False
    return True


def _brackets(question: Question, searched: Sequence[_Searched], effect: float) -> list[_Bracket]:
    """Neighbouring grid values between which the sign changes: the nearest on either side of now."""
    arms = [s.arm(value) for s in searched for value in s.grid]
    effects = iter(question.differences(arms)) if arms else iter(())
    found = []
    for s in searched:
        values = np.array(s.grid)
        results = np.array([next(effects) for _ in s.grid])
        below, above = values <= s.now, values >= s.now
        for side in (slice(None, None, -1), slice(None)):
            chosen = below if side.step == -1 else above
            bracket = _first_change(s, values[chosen][side], results[chosen][side], effect)
            if bracket is not None:
                found.append(bracket)
    return found


def _first_change(searched: _Searched, values: Floats, effects: Floats, effect: float) -> _Bracket | None:
    """The first neighbours of opposite sign, walking away from now; a stop ends the walk."""
    sign = np.sign(effect)
    for i in range(len(values) - 1):
        if np.isnan(effects[i : i + 2]).any():
            return None
        if np.sign(effects[i]) == sign and np.sign(effects[i + 1]) == -sign:
            return _Bracket(searched, *map(float, (*values[i : i + 2], *effects[i : i + 2])))
    return None


def _narrowed(question: Question, brackets: Sequence[_Bracket]) -> list[_Bracket]:
    """Each bracket cut to the sixteenth in which the sign changes."""
    inner = [np.linspace(b.near, b.far, INSIDE + 2) for b in brackets]
    arms = [b.searched.arm(float(v)) for b, values in zip(brackets, inner, strict=True) for v in values[1:-1]]
    effects = question.differences(arms).reshape(len(brackets), INSIDE)
    found = []
    for bracket, values, row in zip(brackets, inner, effects, strict=True):
        whole = np.array([bracket.effect_near, *row, bracket.effect_far])
        found.append(_first_change(bracket.searched, values, whole, bracket.effect_near) or bracket)
    return found


def _point(question: Question, b: _Bracket, effect: float) -> FlipPoint:
    """The value inside a narrow bracket at which a straight line between its ends is zero."""
    s = b.searched
    value = b.near + (b.far - b.near) * b.effect_near / (b.effect_near - b.effect_far)
    side = "below" if b.far < b.near else "above"
    jumps = abs(b.effect_near - b.effect_far) > 1e-3 * abs(effect)
    return FlipPoint(
        s.key, s.concrete.label, "lever" if s.is_lever else "assumption", s.now, value, side, b.near, b.far,
        b.effect_near, b.effect_far, jumps, _sentence(question, s, value, side, effect),
    )  # fmt: skip


_RATES = {
    "demand_growth": ("demand{place}", "grew", "fell"),
    "holdings_growth": ("speculative holdings", "grew", "fell"),
    "cost_trend": ("unit cost{place}", "fell", "rose"),
}
"""Assumptions that are rates of change: what moves, and the verbs of a positive and of a negative rate."""


def _condition(concrete: ParameterKey, value: float, side: str) -> str:
    """When the answer is another: "demand grew less than 3.1% a year"."""
    if concrete.declared.word not in _RATES:
        return f"{lowered(concrete.label)} were {side} {value_words(concrete, value)}"
    what, up, down = _RATES[concrete.declared.word]
    place = f" for {concrete.place}" if concrete.place else ""
    less = (side == "below") == (value >= 0)
    verb = up if value >= 0 else down
    return f"{what.format(place=place)} {verb} {'less' if less else 'more'} than {value_words(concrete, abs(value))}"


def _sentence(question: Question, searched: _Searched, value: float, side: str, effect: float) -> str:
    """What would turn the answer: "It would stop raising the token price if demand grew less than 3.1% a year"."""
    concrete = searched.concrete
    told = "set" if searched.is_lever else "assumed"
    return f"{question.turned(effect)} if {_condition(concrete, value, side)} ({told}: {_as_it_is(searched)})."


def _as_it_is(searched: _Searched) -> str:
    """The value at hand; of a rate with its direction, because the condition may name the other one."""
    concrete, now = searched.concrete, searched.now
    if concrete.declared.word not in _RATES or not now:
        return value_words(concrete, now)
    return f"it {_RATES[concrete.declared.word][1 if now > 0 else 2]} {value_words(concrete, abs(now))}"
