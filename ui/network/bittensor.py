"""The Bittensor bench: subnets' shares, Yuma consensus, alpha and pool, revenue gap, and the way into the economy."""

from __future__ import annotations

from collections.abc import Callable

from ui.link import Moment
from ui.network.bench_fields import bench_tabs
from ui.network.bittensor_economy import economy_part
from ui.network.bittensor_gap import gap_part
from ui.network.bittensor_pool import pool_part
from ui.network.bittensor_shares import shares_part
from ui.network.bittensor_vote import vote_part
from ui.network.bittensor_yuma import yuma_part

PARTS: dict[str, Callable[[Moment], None]] = {
    "Subnet shares": shares_part,
    "Yuma consensus": yuma_part,
    "Alpha and pool": pool_part,
    "Emission and revenue": gap_part,
    "Decisions": vote_part,
    "Economy": economy_part,
}


def bench(moment: Moment) -> None:
    """All parts of the bench in tabs; only the open one is computed."""
    for tab, part in zip(bench_tabs("bittensor", list(PARTS)), PARTS.values(), strict=True):
        if tab.open:
            with tab:
                part(moment)
