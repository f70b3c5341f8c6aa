"""Networks that the first page offers to open as they are, each by a link."""

from __future__ import annotations

from dataclasses import dataclass

from model import VERSION
from ui.link import OPENING_NETWORK, SEED


@dataclass(frozen=True)
class Example:
    """One thing to open: what the link says, and what it opens."""

    title: str
    network: str

    @property
    def query(self) -> dict[str, str]:
        """Fields of the link, written without loading the network."""
        return {"v": VERSION, "network": self.network, "seed": str(SEED)}


NETWORKS = (Example("Payment network", OPENING_NETWORK), Example("Render, on published figures", "render"))
"""Networks to try the levers on."""
