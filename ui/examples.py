"""Ready changes that the first page offers to open, each a link to one network."""

from __future__ import annotations

from dataclasses import dataclass

from model import VERSION
from ui.link import OPENING_NETWORK


@dataclass(frozen=True)
class Example:
    """One thing to open: what the link says, and what it opens."""

    title: str
    network: str
    changes: tuple[tuple[str, float], ...] = ()
    payer: str = ""

    @property
    def query(self) -> dict[str, str]:
        """Fields of the link, written without loading the network."""
        fields = {"v": VERSION, "network": self.network, **{key: f"{value:g}" for key, value in self.changes}}
        return {**fields, "funded_by": self.payer} if self.payer else fields


PROPOSALS = (
    Example("Burn 20% of revenue, paid by providers", "governance", (("burn_share", 0.2),), "providers"),
    Example("Halve emission", "staking", (("emission_scale", 0.5),)),
    Example(
        "Pay stakers 20% of revenue, paid by providers", OPENING_NETWORK, (("staker_fee_share", 0.2),), "providers"
    ),
)
"""Proposals to preview."""

NETWORKS = (Example("Payment network", OPENING_NETWORK), Example("Render, on published figures", "render"))
"""Networks to try the levers on."""
