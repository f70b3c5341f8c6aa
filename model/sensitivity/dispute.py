"""Two people and one proposal: which of their assumptions explains most of the difference in what they expect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from model.engine.worlds import Floats
from model.errors import UnknownKeyError
from model.sensitivity.shapley import ORDERS, masks_of, sampled_orders, sampled_shares, shapley_values
from model.sensitivity.uncertainty import Question
from model.sensitivity.variations import Variations
from model.validation import check_number
from model.words.text import percent
from model.words.value_words import lowered, value_words

EXACT_UP_TO = 10
"""Up to this many disputed assumptions every mixture of both views is run; beyond, orders are sampled."""

ALIKE = 1e-9
"""Answers closer than this part of the larger one are one answer."""


@dataclass(frozen=True, eq=False)
class Dispute:
    """Two views of one scenario.

    Attributes
    ----------
    keys, labels
        Assumptions on which they differ, the one that explains most first.
    one, two
        Shape (keys,): what each holds.
    expected_one, expected_two
        What follows: the effect, or the level where the question asks for that.
    shares
        Shape (keys,): they sum to `expected_two - expected_one` (Shapley values; for many keys, of sampled orders).
    """

    question: Question
    keys: tuple[str, ...]
    labels: tuple[str, ...]
    one: Floats
    two: Floats
    expected_one: float
    expected_two: float
    shares: Floats

    @property
    def total(self) -> float:
        """Second less first answer."""
        return self.expected_two - self.expected_one

    @cached_property
    def frame(self) -> pl.DataFrame:
        """Columns key, label, first, second, share: the disputed assumptions in words, and what each explains."""
        asked = self.question.asked
        rows = range(len(self.keys))
        return pl.DataFrame(
            {
                "key": list(self.keys),
                "label": list(self.labels),
                "first": [value_words(asked[self.keys[i]], float(self.one[i])) for i in rows],
                "second": [value_words(asked[self.keys[i]], float(self.two[i])) for i in rows],
                "share": self.shares,
            },
            schema_overrides=dict.fromkeys(("key", "label", "first", "second"), pl.String),
        )

    @property
    def sentence(self) -> str:
        """Both answers, and the one assumption that explains most of the difference."""
        words, name = self.question.effect_words, self.question.name
        what = name if self.question.compared == "level" else f"the effect on {name}"
        if not self.keys:
            return "Both hold the same assumptions, so there is nothing to explain."
        both = (
            f"The first view leads to {words(self.expected_one)} for {what}, the second to {words(self.expected_two)}"
        )
        if not np.isfinite(self.total):
            return f"{both}: with such an end there is no difference to divide."
        if abs(self.total) <= ALIKE * max(abs(self.expected_one), abs(self.expected_two), 1e-12):
            return f"{both}: what they dispute makes no difference to it."
        row = self.frame.row(0, named=True)
        part = float(self.shares[0] / self.total)
        values = f"{lowered(row['label'])} ({row['first']} against {row['second']})"
        if part > 1:
            return (
                f"{both}. {values[:1].upper()}{values[1:]} alone would make more than the difference; others pull back."
            )
        return f"{both}. Most of the difference comes from {values}: {percent(part, 2)} of it."


def dispute(question: Question, one: Mapping[str, float], two: Mapping[str, float]) -> Dispute:
    """Compare two views of the assumptions of one scenario.

    Parameters
    ----------
    one, two
        Values by contract key of `question.asked`; what a view does not name is as the scenario has it.

    Raises
    ------
    BallastError
        For a key that is no assumption of the network, or a value out of range.
    """
    asked = question.asked
    for key in (*one, *two):
        if key not in asked:
            raise UnknownKeyError(
                f"{key[:60]!r} is no assumption that can be disputed here", where="dispute", allowed=", ".join(asked)
            )
    views = [{key: check_number(asked[key], v.get(key, question.now(key))) for key in (*one, *two)} for v in (one, two)]
    keys = tuple(key for key in views[0] if views[0][key] != views[1][key])
    first, second = (np.array([view[key] for key in keys]) for view in views)
    shared = {key: value for key, value in views[0].items() if key not in keys}
    shares, ends = _divided(question, keys, first, second, shared)
    order = np.argsort(-np.abs(np.nan_to_num(shares)), kind="stable")
    return Dispute(
        question,
        tuple(keys[i] for i in order),
        tuple(asked[keys[i]].label for i in order),
        first[order],
        second[order],
        *ends,
        shares[order],
    )


def _divided(
    question: Question, keys: tuple[str, ...], first: Floats, second: Floats, shared: Mapping[str, float]
) -> tuple[Floats, tuple[float, float]]:
    """Shares of the keys and both answers; every mixture of the two views is one point of one run."""
    count = len(keys)
    orders = None if count <= EXACT_UP_TO else sampled_orders(count, ORDERS, 0)
    masks = list(range(1 << count)) if orders is None else sorted(masks_of(orders))
    bits = np.array([[(mask >> i) & 1 for i in range(count)] for mask in masks], dtype=bool).reshape(len(masks), count)
    mixed = np.where(bits, second, first)
    points = {key: mixed[:, i] for i, key in enumerate(keys)}
    points |= {key: np.full(len(masks), value) for key, value in shared.items()}
    if not points:
        points = {next(iter(question.asked)): np.array([question.now(next(iter(question.asked)))])}
    effects = Variations(question, list(points)).effects(points)
    table = dict(zip(masks, map(float, effects), strict=True))
    ends = table[0], table[(1 << count) - 1]
    if orders is None:
        return shapley_values([table[mask] for mask in masks]) if count else np.empty(0), ends
    return sampled_shares(orders, table)[0], ends
