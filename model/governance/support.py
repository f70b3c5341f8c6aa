"""How those who vote would vote: yes more often where the simulated proposal pays, by kind of holder."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from scipy.special import expit, logit

from model.engine.worlds import Floats
from model.errors import OutOfRangeError
from model.governance.behaviour import Nodes, normal_nodes
from model.governance.holders import GROUPS, Holders, ledger_key

SELF_INTEREST = 1.0
"""Logits of a yes per `SCALE` of gain; assumed."""

SCALE = 0.05
"""Gain of 5% of what a group has is one unit: the outer band of the table of gains; assumed."""

FARTHEST = 4.0
"""Units of gain beyond which support does not move further: nobody is certain."""

SHOCKS = (0.0, 0.5, 1.0)
"""Standard deviations of the common shock to support across which a chance is given as a band; assumed."""


@dataclass(frozen=True)
class Support:
    """How those who vote would vote.

    Attributes
    ----------
    gains
        By kind of holder: simulated gain relative to what the kind has; a kind without one is moved by nothing.
    self_interest
        How strongly a gain moves a vote (kappa); 0 leaves the shares set by hand.
    lean
        By kind of holder: share of yes among its votes before any gain; one half where nothing is set.
    common_shock
        Standard deviation on the logit scale of what moves everybody at once.
    abstain
        Share of the votes cast that abstain, where the rule has abstentions.
    veto
        Share of the votes against that veto, where the rule has vetoes.
    """

    gains: Mapping[str, float] = field(default_factory=dict)
    self_interest: float = SELF_INTEREST
    lean: Mapping[str, float] = field(default_factory=dict)
    common_shock: float = 0.5
    abstain: float = 0.0
    veto: float = 0.0

    def __post_init__(self) -> None:
        bounds = (("self_interest", 0.0, 20.0), ("common_shock", 0.0, 3.0), ("abstain", 0.0, 1.0), ("veto", 0.0, 1.0))
        for name, low, high in bounds:
            value = getattr(self, name)
            if not low <= value <= high:
                raise OutOfRangeError(
                    f"{name.replace('_', ' ')} is {value}", where="support", allowed=f"{low:g} to {high:g}"
                )
        for group, share in self.lean.items():
            if group not in GROUPS or not 0 <= share <= 1:
                raise OutOfRangeError(f"the yes share of {group[:40]} is {share}", where="support", allowed="0 to 1")

    @property
    def nodes(self) -> Nodes:
        """Values of the common shock with their weights."""
        return normal_nodes(self.common_shock)

    def logits_by_group(self) -> Floats:
        """Logits of a yes by kind of holder without the shock, in the order of `GROUPS`; shape (kinds,)."""
        return np.array([self._logit(group) for group in GROUPS])

    def _logit(self, group: str) -> float:
        lean = float(logit(self.lean.get(group, 0.5)))
        if math.isinf(lean):
            return lean
        gain = self.gains.get(group, 0.0)
        units = min(max(gain / SCALE, -FARTHEST), FARTHEST)
        return lean + self.self_interest * units

    def logits(self, holders: Holders) -> Floats:
        """Logits of a yes for every holder; shape (holders,)."""
        return np.asarray(self.logits_by_group()[holders.groups])

    def yes_share(self, group: str) -> float:
        """Share of yes among the votes of a kind on average over the shock."""
        nodes = self.nodes
        return float(expit(self._logit(group) + nodes.values) @ nodes.weights)


def gains_by_group(summary: pl.DataFrame) -> dict[str, float]:
    """Relative gain of every kind of holder that a table of gains counts.

    Parameters
    ----------
    summary
        Columns group and difference (USD), and relative (to what the group has) or base (USD); a group with nothing in
        the baseline counts as one unit of gain or loss, and without either column every group does.
    """
    found = {row["group"]: row for row in summary.iter_rows(named=True)}
    gains = {}
    for group in GROUPS:
        key = ledger_key(group, found)
        if key is None:
            continue
        row = found[key]
        relative = row.get("relative")
        if relative is None and row.get("base"):
            relative = row["difference"] / row["base"]
        gains[group] = SCALE * float(np.sign(row["difference"])) if relative is None else float(relative)
    return gains
