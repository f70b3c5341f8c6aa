"""One vote before it is held: the rule, the list and how each holder may vote under the common shocks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy.special import expit

from model.engine.worlds import Floats, Integers
from model.governance.holders import Holders
from model.governance.linear_rules import LinearRule, electorate_tokens, linear_rule
from model.governance.rules import VotingRule
from model.governance.support import Support
from model.governance.turnout import Turnout, voting_chance
from model.governance.votes import OPTIONS

AWAY = len(OPTIONS)
"""Place of staying away, behind the four options."""


@dataclass(frozen=True, eq=False)
class OneVote:
    """What every holder may do in one vote.

    Attributes
    ----------
    forced
        Holders, by place, of whom it is known what they do: place in `OPTIONS`, or `AWAY`.
    extra
        Shape (4,): votes from outside the list that are cast for sure, in whole units.
    """

    rule: VotingRule
    holders: Holders
    turnout: Turnout
    support: Support
    forced: Mapping[int, int]
    extra: Integers

    @cached_property
    def linear(self) -> LinearRule:
        """Conditions of the rule for this list."""
        return linear_rule(self.rule, self.holders, veto=self._veto > 0 or bool(self.extra[3]))

    @property
    def _abstain(self) -> float:
        return self.support.abstain if "abstain" in self.rule.options else 0.0

    @property
    def _veto(self) -> float:
        return self.support.veto if "veto" in self.rule.options else 0.0

    @cached_property
    def options(self) -> tuple[int, ...]:
        """Places of what anybody would do: options with votes, and staying away."""
        forced = set(self.forced.values())
        used = (True, True, self._abstain > 0 or 2 in forced, self._veto > 0 or 3 in forced)
        return (*(place for place in range(AWAY) if used[place]), AWAY)

    @cached_property
    def _turnout_logits(self) -> Floats:
        return self.turnout.calibrated(self.holders, electorate_tokens(self.rule, self.holders))

    @cached_property
    def _support_logits(self) -> Floats:
        return self.support.logits(self.holders)

    def chances(self, turnout_shock: float, support_shock: float) -> Floats:
        """Chance of each option for each holder at one value of the shocks; shape (holders, 5), rows add up to 1."""
        votes = voting_chance(self._turnout_logits, turnout_shock)
        yes = expit(self._support_logits + support_shock)
        found = np.stack([*self._split(votes, yes), 1 - votes], axis=1)
        for place, option in self.forced.items():
            found[place] = 0.0
            found[place, option] = 1.0
        return found

    def edges(self, turnout_shocks: Floats, support_shocks: Floats) -> tuple[Floats, ...]:
        """Numbers below which a uniform one means an option or one before it; four of shape (votes, holders).

        Staying away comes last, so that a ballot is the same whoever else turns up.
        """
        votes = expit(self._turnout_logits + turnout_shocks[:, None])
        yes = expit(self._support_logits + support_shocks[:, None])
        parts = self._split(votes, yes)
        for place, option in self.forced.items():
            for column, part in enumerate(parts):
                part[:, place] = float(column == option)
        for before, part in pairwise(parts):
            part += before
        return parts

    def _split(self, votes: Floats, yes: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """Chances of the four options from chances of voting and of a yes, all of one shape."""
        decided = votes * (1 - self._abstain)
        agreed = decided * yes
        against = decided - agreed
        return agreed, against * (1 - self._veto), votes * self._abstain, against * self._veto

    def shocks(self) -> Iterator[tuple[float, float, float]]:
        """Every pair of values of the two shocks with its weight: (turnout, support, weight)."""
        for u, first in zip(self.turnout.nodes.values, self.turnout.nodes.weights, strict=True):
            for v, second in zip(self.support.nodes.values, self.support.nodes.weights, strict=True):
                yield float(u), float(v), float(first * second)


def one_vote(
    rule: VotingRule,
    holders: Holders,
    turnout: Turnout,
    support: Support,
    *,
    forced: Mapping[int, int] | None = None,
    extra: Integers | None = None,
) -> OneVote:
    """A vote before it is held; see `OneVote`."""
    nothing = np.zeros(len(OPTIONS), dtype=np.int64)
    return OneVote(rule, holders, turnout, support, dict(forced or {}), nothing if extra is None else extra)
