"""Bittensor's main network as published for 8 July 2026: its twelve largest subnets, issuance and stake on root."""

from __future__ import annotations

from dataclasses import dataclass

from model.networks.bittensor.emission import BLOCKS_PER_DAY, RAO
from model.networks.bittensor.shares import price_shares
from model.networks.published import Published

PUBLISHED_ON = "2026-07-08"
SOURCE = "Bittensor website, emission snapshot of the main network (taomarketcap.com and the chain itself)"
LINK = "https://github.com/RaoFoundation/subtensor"

ISSUANCE_TAO = 11_100_766.877818994
"""TAO issued on chain."""

ROOT_TAO = 5_374_581.7
"""TAO staked on root."""

BLOCK_EMISSION_TAO = 0.5
"""TAO minted by a block."""

STORED_TOTAL = 0.39625
"""Sum of price x (1 - burn) over all subnets with emission switched on, by which the chain divided."""


@dataclass(frozen=True)
class SnapshotSubnet:
    """One subnet as published.

    Attributes
    ----------
    number, name
        Of the subnet.
    spot, price
        Price in the pool and its moving average, TAO per alpha.
    burn
        Share of miners' pay that was withheld.
    tao_in, alpha_in, alpha_out
        Reserves of the pool, and alpha outside of it.
    share
        Share of the block's TAO as published.
    """

    number: int
    name: str
    spot: float
    price: float
    burn: float
    tao_in: float
    alpha_in: float
    alpha_out: float
    share: float

    @property
    def alpha_issued(self) -> float:
        """Alpha in the pool and outside."""
        return self.alpha_in + self.alpha_out


SUBNETS = (
    SnapshotSubnet(64, "Chutes", 0.072102, 0.072286, 0.0, 198988.71, 2759827.89, 2856519.66, 0.182424),
    SnapshotSubnet(120, "Affine", 0.056117, 0.055983, 0.0, 78441.44, 1397809.15, 2270005.06, 0.141281),
    SnapshotSubnet(4, "Targon", 0.054146, 0.05436, 0.5057, 131662.34, 2431632.87, 3201815.16, 0.067811),
    SnapshotSubnet(51, "lium.io", 0.052853, 0.052677, 0.2646, 117433.52, 2221903.93, 3088579.47, 0.097762),
    SnapshotSubnet(116, "Memo", 0.050456, 0.054405, 0.0, 4169.0, 82626.23, 397234.66, 0.137298),
    SnapshotSubnet(107, "Minos", 0.049685, 0.050977, 0.0, 12570.91, 253009.78, 1138810.42, 0.128647),
    SnapshotSubnet(95, "Actual", 0.047114, 0.047571, 1.0, 28836.85, 612063.81, 2506271.86, 0.0),
    SnapshotSubnet(44, "Score", 0.038289, 0.038547, 0.2424, 64995.55, 1697501.73, 3677515.8, 0.073698),
    SnapshotSubnet(9, "iota", 0.033581, 0.033636, 0.88, 60387.91, 1798289.0, 3715764.4, 0.010186),
    SnapshotSubnet(15, "ORO", 0.032336, 0.032448, 0.0, 10285.4, 318079.98, 1126057.23, 0.081887),
    SnapshotSubnet(8, "Vanta", 0.030126, 0.030149, 0.9657, 80876.76, 2684601.87, 2792927.62, 0.00261),
    SnapshotSubnet(97, "Albedo", 0.027816, 0.030272, 0.0, 8712.92, 313234.21, 731120.65, 0.076396),
)

ROUNDING = 5e-6
"""How far a share can lie from the published one: the stored total has five decimals."""


def reproduced(total: float = STORED_TOTAL) -> tuple[float, ...]:
    """Shares of the snapshot from its prices and burns, over the stored total of all enabled subnets."""
    weights = [own.price * (1 - min(own.burn, 1.0)) for own in SUBNETS]
    listed = price_shares([own.price for own in SUBNETS], [own.burn for own in SUBNETS])
    return tuple(float(share) * sum(weights) / total for share in listed)


def daily_tao(share: float) -> float:
    """TAO a day of a subnet with this share, at the emission of the snapshot."""
    return share * BLOCK_EMISSION_TAO * BLOCKS_PER_DAY


def issuance_rao() -> int:
    """Issuance of the snapshot in rao."""
    return round(ISSUANCE_TAO * RAO)


PUBLISHED = (
    Published("TAO issued on chain", ISSUANCE_TAO, "TAO", PUBLISHED_ON, SOURCE, "primary", LINK),
    Published("TAO staked on root", ROOT_TAO, "TAO", PUBLISHED_ON, SOURCE, "primary", LINK),
    Published("Emission of a block", BLOCK_EMISSION_TAO, "TAO", PUBLISHED_ON, SOURCE, "primary", LINK),
    Published("Sum of moving prices", 1.4037, "TAO", PUBLISHED_ON, SOURCE, "primary", LINK),
    Published(
        "Sum of price x (1 - burn) over subnets with emission on", STORED_TOTAL, "TAO", PUBLISHED_ON,
        "Read off the published shares, prices and burns of the same snapshot", "derived", LINK,
    ),
)  # fmt: skip
"""The snapshot beside its subnets."""
