"""Who turns up: the chance that each holder votes, larger ones more often, with a common shock to everybody at once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from model.engine.worlds import Floats
from model.errors import OutOfRangeError
from model.governance.behaviour import Nodes, normal_nodes
from model.governance.holders import GROUPS, Holders
from model.words.text import percent

COMMON_SHOCK = 0.46
"""Standard deviation of the common shock on the logit scale: half the width between logits of the quartiles 4.0% and
7.3% of turnout in 21 votes of Uniswap to August 2022, over 0.6745 (specification, 3.2; computed, three of the 21 drew
less than 1%)."""

WHALE_EFFECT = 0.3
"""Logits of turnout per unit of the logarithm of stake; assumed: that large holders vote more often is observed, how
much more is not."""

LEAST, MOST = 1e-4, 0.995
"""Expected turnout of those who may vote that can be asked for."""

USUAL = {
    "token": (0.05, 0.02, 0.10, "Uniswap, 21 votes to Aug 2022: median 5.98% of supply; Falk et al. 2407.10945: 3-8%"),
    "delegated": (
        0.30,
        0.20,
        0.40,
        "Feichtinger et al. 2302.12125, through secondary notes: 21-39% of delegated power",
    ),
    "validator": (0.50, 0.40, 0.65, "assumed: not checked at a source"),
    "seats": (0.85, 0.70, 1.00, "assumed: not checked at a source"),
}
"""Usual turnout of the electorate, its range and where it comes from, by how votes are held."""

USUAL_UNDER: Mapping[str, tuple[float, float, float, str]] = {
    "render_rnp": (
        0.20, 0.15, 0.35,
        "derived: each RNP that passed reached its quorum of 15% of supply (RNP-000), so at least so many voted; how "
        "many more was not found",
    ),
}  # fmt: skip
"""The same by rule, where votes of record under that rule say more than what is usual elsewhere."""


@dataclass(frozen=True)
class Turnout:
    """How many turn up, and who.

    Attributes
    ----------
    expected
        Stake-weighted turnout on average, of the whole electorate that the rule measures by.
    whale_effect
        Logits per unit of the logarithm of stake; 0 lets everybody turn up alike.
    common_shock
        Standard deviation on the logit scale of what moves everybody at once; 0 understates risk, since many
        independent holders average out.
    group_shift
        Logits by kind of holder.
    """

    expected: float = 0.05
    whale_effect: float = WHALE_EFFECT
    common_shock: float = COMMON_SHOCK
    group_shift: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, low, high in (("expected", 0.0, 1.0), ("whale_effect", 0.0, 3.0), ("common_shock", 0.0, 3.0)):
            value = getattr(self, name)
            if not low <= value <= high:
                raise OutOfRangeError(
                    f"{name.replace('_', ' ')} is {value}", where="turnout", allowed=f"{low:g} to {high:g}"
                )

    @property
    def nodes(self) -> Nodes:
        """Values of the common shock with their weights."""
        return normal_nodes(self.common_shock)

    def calibrated(self, holders: Holders, electorate: float) -> Floats:
        """Logits of turning up without the shock, such that expected turnout is `expected` of `electorate`.

        Parameters
        ----------
        electorate
            Stake of the body that the rule measures by, in the unit of the stakes.

        Returns
        -------
        ndarray
            Shape (holders,); minus infinity for those who may not vote.

        Raises
        ------
        OutOfRangeError
            When those who may vote could not reach the turnout: the message says how much they have.
        """
        logits = np.full(holders.count, -np.inf)
        may = holders.voting
        wanted = self.expected * electorate / holders.eligible if holders.eligible else math.inf
        if wanted > MOST:
            share = holders.eligible / electorate
            raise OutOfRangeError(
                f"turnout cannot be {percent(self.expected)} of the electorate: those who may vote have "
                f"{percent(share)} of it",
                where="turnout",
                allowed=f"up to {percent(MOST * share)}",
                todo="lower the turnout or let more kinds of holders vote",
            )
        slope = self._slope(holders)[may]
        if self.expected:
            logits[may] = slope + _intercept(slope, holders.stakes[may], max(wanted, LEAST), self.nodes)
        return logits

    def _slope(self, holders: Holders) -> Floats:
        """What tells holders apart before the intercept; shape (holders,)."""
        may = holders.stakes[holders.voting]
        middle = float(np.median(may)) if may.size else 1.0
        shift = np.array([float(self.group_shift.get(name, 0.0)) for name in GROUPS])
        return np.asarray(self.whale_effect * np.log(holders.stakes / middle) + shift[holders.groups])


def _intercept(slope: Floats, stakes: Floats, wanted: float, nodes: Nodes) -> float:
    """Logit that makes expected stake-weighted turnout what is wanted, the shock averaged out."""

    def away(intercept: float) -> float:
        turned = expit(slope[:, None] + intercept + nodes.values)
        return float(stakes @ turned @ nodes.weights / stakes.sum()) - wanted

    reach = float(np.abs(slope).max()) + 20.0 + 5.0 * float(np.abs(nodes.values).max())
    return float(brentq(away, -reach, reach, xtol=1e-9))


def voting_chance(logits: Floats, shock: float) -> Floats:
    """Chance of turning up at one value of the shock; shape (holders,)."""
    return np.asarray(expit(logits + shock))
