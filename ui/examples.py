"""Ready changes that the first page offers to open, each a scenario of one network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from model import Scenario, load_network
from ui.link import OPENING_NETWORK, Moment


@dataclass(frozen=True)
class Example:
    """One thing to open: what the link says, and what it opens."""

    title: str
    network: str
    changes: tuple[tuple[str, float], ...] = ()
    payer: str | None = None

    @property
    def moment(self) -> Moment:
        """What is on screen after opening it."""
        return _moment(self)


@lru_cache(maxsize=32)
def _moment(example: Example) -> Moment:
    return Moment(Scenario(load_network(example.network), dict(example.changes), example.payer))


PROPOSALS = (
    Example("Burn 20% of revenue, paid by providers", "governance", (("burn_share", 0.2),), "providers"),
    Example("Halve emission", "staking", (("emission_scale", 0.5),)),
    Example("Pay stakers 10% more of revenue", OPENING_NETWORK, (("staker_fee_share", 0.2),), "providers"),
)
"""Proposals to preview."""

NETWORKS = (Example("Payment network", OPENING_NETWORK), Example("Render, on published figures", "render"))
"""Networks to try the levers on."""
