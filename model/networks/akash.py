"""Akash's burn-mint design: AKT is burned for credits worth a dollar, and credits are paid out in AKT at settlement.

Source: github.com/akash-network/AEP spec/aep-76/README.md (2026-03-23, live since mainnet 17). Its formula for the
change of supply is printed with the opposite sign of its examples; the examples' sign is used here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from model.networks.inputs import Floats, Number, Numbers, numbers, positive, shaped

WARN_BELOW, HALT_BELOW = 0.95, 0.90
"""Collateral ratios below which new credits are slowed, and stopped."""

SPREAD = 0.0025
"""Initial spread between the prices at which credits are made and paid out; not part of the examples."""


def burn_for_credits(usd: Numbers, price: Numbers) -> float | Floats:
    """AKT that goes into the vault for credits worth so many USD, at a price in USD per AKT."""
    return shaped(numbers("credits", usd, low=0) / positive("price", price))


@dataclass(frozen=True)
class CreditSettlement:
    """How a provider is paid, in AKT.

    Attributes
    ----------
    paid, from_vault, minted
        To the provider in all; out of AKT burned before; newly minted because the vault was short.
    vault_after
        What the vault holds afterwards.
    """

    paid: float
    from_vault: float
    minted: float
    vault_after: float


def settle_credits(usd: Number, price: Number, vault: Number) -> CreditSettlement:
    """Pay out credits worth so many USD at a price in USD per AKT, from the vault's AKT first."""
    paid = float(burn_for_credits(usd, price))
    held = float(numbers("vault", vault, low=0))
    used = min(paid, held)
    return CreditSettlement(paid, used, paid - used, held - used)


def supply_change(usd: Numbers, price_mint: Numbers, price_settle: Numbers) -> float | Floats:
    """Change of AKT supply from top-up to settlement: USD / price at settlement - USD / price at top-up."""
    return shaped(np.asarray(burn_for_credits(usd, price_settle)) - burn_for_credits(usd, price_mint))


def collateral_ratio(vault: Numbers, price: Numbers, outstanding: Numbers) -> float | Floats:
    """Value of the vault over outstanding credits: AKT x USD per AKT / USD."""
    return shaped(numbers("vault", vault, low=0) * positive("price", price) / positive("credits", outstanding))


def breaker(ratio: Number) -> Literal["normal", "warn", "halt"]:
    """State of the circuit breaker at a collateral ratio: slowed below 0.95, no new credits below 0.90."""
    value = float(numbers("collateral ratio", ratio, low=0))
    return "halt" if value < HALT_BELOW else "warn" if value < WARN_BELOW else "normal"
