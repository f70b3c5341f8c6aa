"""How sure an answer is: what each assumption does to the difference that a scenario makes, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl

from model.engine.assembly import scenario_worlds
from model.engine.results import Run
from model.engine.stepper import run as run_worlds
from model.engine.worlds import Floats
from model.errors import UnknownKeyError
from model.outcomes import measures
from model.parameters import ParameterKey, parameter_keys
from model.parameters.assumptions.chance import SPREAD
from model.presets.usual_range import usual_range
from model.projection import StepName, step_plan
from model.scenario.scenario import Scenario
from model.sensitivity.attribution import Outcome
from model.words.text import percent, percentage_points, quantity
from model.words.value_words import lowered, value_words

Comparison = Literal["relative", "difference", "level"]


@dataclass(frozen=True)
class Arm:
    """Values that differ from the scenario at hand: assumptions hold in both worlds, changes in the scenario alone."""

    assumptions: Mapping[str, float] = field(default_factory=dict)
    changes: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of a scenario again and again, under other assumptions.

    Attributes
    ----------
    outcome
        A column at the end of the horizon, or a function of a run that gives one number per world.
    comparison
        "relative" (scenario over baseline, less one), "difference", or "level" (the scenario's own value); by default
        relative for a column that is no share, else the difference.
    noun
        What the outcome is called inside a sentence; by default the label of the column.
    written
        How a result is written; by default as a signed difference in the outcome's unit.
    turns
        What would become of a positive and of a negative result at its flip point, as the beginning of a sentence; by
        default that the scenario would stop raising or lowering the outcome.
    """

    scenario: Scenario
    outcome: Outcome = "price"
    years: float = 10
    step: StepName = "week"
    comparison: Comparison | None = None
    noun: str = ""
    written: Callable[[float], str] | None = None
    turns: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if isinstance(self.outcome, str) and self.outcome not in self.scenario.system.columns:
            raise UnknownKeyError(
                f"there is no variable {self.outcome[:60]!r}",
                where="outcome",
                allowed=", ".join(measures(self.scenario.system)),
            )

    @cached_property
    def name(self) -> str:
        """The outcome inside a sentence."""
        if self.noun or not isinstance(self.outcome, str):
            return self.noun or "the result"
        offered = measures(self.scenario.system)
        return "the " + lowered(offered[self.outcome].label if self.outcome in offered else self.outcome)

    @cached_property
    def is_share(self) -> bool:
        """Whether the outcome is a share, so that differences are percentage points."""
        offered = measures(self.scenario.system)
        return isinstance(self.outcome, str) and self.outcome in offered and offered[self.outcome].percent

    @cached_property
    def compared(self) -> Comparison:
        """How the two worlds are compared."""
        if self.comparison is not None:
            return self.comparison
        return "relative" if isinstance(self.outcome, str) and not self.is_share else "difference"

    @cached_property
    def asked(self) -> dict[str, ParameterKey]:
        """Assumptions of the network in use that a single path reads and a reader may judge."""
        keys = parameter_keys(self.scenario.structure)
        return {
            key: concrete
            for key, concrete in keys.items()
            if concrete.declared.kind == "assumption"
            and concrete.declared.shown != "hidden"
            and concrete.declared.group != SPREAD
        }

    def values(self, arms: Sequence[Arm]) -> tuple[Floats, Floats]:
        """Outcome in the baseline and in the scenario under each arm, shape (arms,) each; all are worlds of one run."""
        pairs = [pair for arm in arms for pair in self.pair(arm)]
        length, steps, _ = step_plan(self.scenario.network, self.years, self.step)
        labels = [str(i) for i in range(len(pairs))]
        worlds = scenario_worlds(pairs, labels, step_length=length, steps=steps)
        read = self.read(Run(run_worlds(worlds), start=self.scenario.network.as_of, draws=np.zeros(worlds.count)))
        return read[1::2], read[2::2]

    def read(self, run: Run) -> Floats:
        """Shape (rows of the run,): the outcome of each."""
        return run.values(self.outcome)[:, -1] if isinstance(self.outcome, str) else np.asarray(self.outcome(run))

    def differences(self, arms: Sequence[Arm]) -> Floats:
        """Shape (arms,): what the scenario does to the outcome under each arm; NaN where a world stops."""
        return self.effects(*self.values(arms))

    def effects(self, before: Floats, after: Floats) -> Floats:
        """What the scenario does, from the outcomes of both worlds; arrays of one shape."""
        if self.compared == "level":
            return np.asarray(after)
        if self.compared == "difference":
            return np.asarray(after - before)
        with np.errstate(all="ignore"):
            return np.asarray(np.where(after == before, 0.0, after / before - 1))

    def pair(self, arm: Arm) -> tuple[Scenario, Scenario]:
        """Baseline and scenario of an arm; both name the same proposals, so both build on the same past."""
        full = replace(
            self.scenario,
            assumptions={**self.scenario.assumptions, **arm.assumptions},
            changes={**self.scenario.changes, **arm.changes},
        )
        provisions = {f"{p.name}:{provision.id}" for p in full.stacked for provision in p.provisions}
        return replace(full, changes={}, events=(), without=full.without | provisions), full

    def now(self, key: str) -> float:
        """Value of a parameter in the scenario at hand; an assumption's is the baseline's too."""
        kind = parameter_keys(self.scenario.structure)[key].declared.kind
        return (self.scenario.today if kind == "assumption" else self.scenario.values)[key]

    def effect_words(self, value: float) -> str:
        """A difference as a reader sees it, with its sign."""
        if np.isnan(value):
            return "not known, since the run stops,"
        if self.written is not None:
            return self.written(value)
        sign = "+" if value > 0 else "\u2212" if value < 0 else ""
        if self.compared == "relative" or self.is_share:
            size = percent(abs(value)) if self.compared == "relative" else percentage_points(value)
            return size.replace("less than ", f"less than {sign}") if size.startswith("less") else sign + size
        return sign + quantity(abs(value), "")

    def turned(self, effect: float) -> str:
        """What would no longer be so beyond a flip point."""
        if self.turns is not None:
            return self.turns[0 if effect > 0 else 1]
        return f"It would stop {'raising' if effect > 0 else 'lowering'} {self.name}"


# ---- tornado ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Bar:
    """One assumption at the ends of its usual range.

    Attributes
    ----------
    now, low, high
        Values of the assumption.
    effect_now, effect_low, effect_high
        What the scenario does to the outcome at each; NaN where a world stops.
    """

    key: str
    label: str
    now: float
    low: float
    high: float
    low_words: str
    high_words: str
    effect_now: float
    effect_low: float
    effect_high: float

    @property
    def swing(self) -> float:
        """Largest less smallest effect; infinite where a world stops at an end."""
        ends = (self.effect_low, self.effect_high, self.effect_now)
        return float("inf") if np.isnan(ends).any() else max(ends) - min(ends)


@dataclass(frozen=True, eq=False)
class Tornado:
    """Every assumption, the one that matters most first; those that change nothing are counted, not listed.

    Attributes
    ----------
    effect
        What the scenario does under the assumptions as they are.
    without_effect
        Assumptions that leave the difference as it is, by key.
    """

    question: Question
    effect: float
    bars: tuple[Bar, ...]
    without_effect: tuple[str, ...]

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Columns key, label, now, low, high, low_words, high_words, effect_now, effect_low, effect_high, swing."""
        names = ("key", "label", "now", "low", "high", "low_words", "high_words")
        effects = ("effect_now", "effect_low", "effect_high", "swing")
        columns = {name: [getattr(bar, name) for bar in self.bars] for name in (*names, *effects)}
        texts = dict.fromkeys(("key", "label", "low_words", "high_words"), pl.String)
        return pl.DataFrame(columns, schema_overrides=texts).with_columns(pl.col(effects).fill_nan(None))

    @property
    def judgement_calls(self) -> tuple[str, ...]:
        """The judgement calls that the network names."""
        return self.question.scenario.network.judgement_calls

    @property
    def sentence(self) -> str:
        """What matters most, and what it does."""
        if not self.bars:
            what = "" if self.question.compared == "level" else "what the scenario does to "
            return f"No assumption changes {what}{self.question.name}."
        first, words = self.bars[0], self.question.effect_words
        what = "" if self.question.compared == "level" else "the effect on "
        return (
            f"What matters most is {lowered(first.label)}: {what}{self.question.name} is "
            f"{words(first.effect_now)} now, {words(first.effect_low)} at {first.low_words} and "
            f"{words(first.effect_high)} at {first.high_words}."
        )


def tornado(question: Question) -> Tornado:
    """Put each assumption to the low and the high end of its usual range, one at a time, in one run."""
    ends = {key: usual_range(question.scenario.network, concrete) for key, concrete in question.asked.items()}
    arms = [Arm()]
    arms += [Arm({key: value}) for key, ends_of in ends.items() for value in (ends_of.low, ends_of.high)]
    effects = question.differences(arms)
    bars, still = [], []
    for i, (key, ends_of) in enumerate(ends.items()):
        low, high = float(effects[1 + 2 * i]), float(effects[2 + 2 * i])
        concrete = question.asked[key]
        bar = Bar(
            key, concrete.label, question.now(key), ends_of.low, ends_of.high,
            value_words(concrete, ends_of.low), value_words(concrete, ends_of.high), float(effects[0]), low, high,
        )  # fmt: skip
        if bar.swing <= 1e-9 * max(abs(bar.effect_now), 1e-12):
            still.append(key)
        else:
            bars.append(bar)
    bars.sort(key=lambda bar: -bar.swing)
    return Tornado(question, float(effects[0]), tuple(bars), tuple(still))
