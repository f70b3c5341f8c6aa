"""The tables of the Bittensor bench: their columns, the rows with which they open, and what the rules read of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.errors import BallastError
from model.networks.bittensor.economy import PUBLISHED_GAPS, Gap
from model.networks.bittensor.locks import KINDS, Lock
from model.networks.bittensor.pool_trades import Side
from model.networks.bittensor.rules import Subnets
from model.networks.bittensor.snapshot import SUBNETS, daily_tao
from model.networks.bittensor.yuma_bench import YumaCase
from model.networks.inputs import Floats
from model.networks.tables import Cell, Row, TableColumn, TableForm

YES, NO = "yes", "no"
MOST_FLOW = 1e9

# ---- subnets --------------------------------------------------------------------------------------------------------
SUBNET_FORM = TableForm(
    "bittensor-subnets",
    (
        TableColumn("subnet", "Subnet", is_word=True),
        TableColumn("price", "Moving price, TAO"),
        TableColumn("burn", "Withheld from miners, share", high=1),
        TableColumn("alpha", "Alpha issued"),
        TableColumn("user_flow", "Users' flow, TAO a day", low=-MOST_FLOW, high=MOST_FLOW),
        TableColumn("protocol_flow", "Protocol's flow, TAO a day", low=-MOST_FLOW, high=MOST_FLOW),
        TableColumn("quality", "Quality of work, share", high=1),
        TableColumn("enabled", "Emission on", choices=(YES, NO)),
    ),
)

_EXAMPLE_FLOWS = (400, 250, -150, 120, 300, 200, 20, -80, 60, 90, -200, 150)
"""TAO a day that users would put in, net: invented, nobody publishes them beside the snapshot."""

SUBNET_NOTE = (
    "Price, burn and alpha are those of 8 July 2026. The protocol's flow is derived: the published share of 3,600 TAO "
    "a day, before sales of root. Users' flows are invented examples. Quality is assumed: one less what is withheld "
    "from miners."
)


def snapshot_rows() -> list[dict[str, Cell]]:
    """The published subnets as the table opens with them."""
    return [
        {
            "subnet": own.name,
            "price": own.price,
            "burn": own.burn,
            "alpha": own.alpha_issued,
            "user_flow": float(flow),
            "protocol_flow": round(daily_tao(own.share), 3),
            "quality": round(1 - own.burn, 4),
            "enabled": YES,
        }
        for own, flow in zip(SUBNETS, _EXAMPLE_FLOWS, strict=True)
    ]


def column(rows: Sequence[Row], key: str) -> Floats:
    """Numbers of one column."""
    return np.array([float(row[key]) for row in rows], dtype=np.float64)


def subnets_of(rows: Sequence[Row]) -> Subnets:
    """What the rules read of the table."""
    return Subnets(
        names=tuple(str(row["subnet"]) for row in rows),
        price=column(rows, "price"),
        burn=column(rows, "burn"),
        alpha=column(rows, "alpha"),
        user_flow=column(rows, "user_flow"),
        protocol_flow=column(rows, "protocol_flow"),
        enabled=np.array([row["enabled"] == YES for row in rows], dtype=bool),
    )


MOVING_BAR = (("Large", 6.0), ("Second", 2.2), ("Third", 1.0), ("Fourth", 1.0))
"""Four subnets and their prices: under the gate by mass at 0.805 a higher price lowers the second one's share."""

MOVING_BAR_MASS = 0.805


def moving_bar() -> Subnets:
    """The example of the gate by mass in which a higher price lowers a share."""
    prices = np.array([price for _, price in MOVING_BAR])
    none = np.zeros(len(MOVING_BAR))
    switched_on = np.ones(len(MOVING_BAR), dtype=bool)
    return Subnets(tuple(name for name, _ in MOVING_BAR), prices, none, none, none, none, switched_on)


def moving_bar_rows(factor: float = 1.0) -> list[dict[str, Cell]]:
    """The same four as rows of the table, the second one's price multiplied."""
    plain: dict[str, Cell] = {
        "burn": 0.0, "alpha": 0.0, "user_flow": 0.0, "protocol_flow": 0.0, "quality": 1.0, "enabled": YES,
    }  # fmt: skip
    return [
        {"subnet": name, "price": round(price * factor, 6) if name == MOVING_BAR[1][0] else price, **plain}
        for name, price in MOVING_BAR
    ]


# ---- consensus ------------------------------------------------------------------------------------------------------
MOST_MINERS = 16
MOST_VALIDATORS = 64

MINER_FORM = TableForm(
    "bittensor-miners",
    (TableColumn("miner", "Miner", is_word=True), TableColumn("quality", "Quality", choices=("high", "low"))),
)


def weights_form(miners: int) -> TableForm:
    """The table of validators with one column of weights for each miner."""
    weights = (TableColumn(f"weight_{place}", f"On miner {place}", high=1e9) for place in range(1, miners + 1))
    return TableForm(
        "bittensor-weights",
        (
            TableColumn("validator", "Validator", is_word=True),
            TableColumn("stake", "Stake"),
            TableColumn("copies", "Copies", choices=(YES, NO)),
            *weights,
        ),
    )


def weight_rows(case: YumaCase, miners: int) -> list[dict[str, Cell]]:
    """Validators of an example; miners beyond its own start without weight."""
    rows = []
    for name, stake, copies, weights in case.validators:
        row: dict[str, Cell] = {"validator": name, "stake": float(stake), "copies": YES if copies else NO}
        own = (*weights, *(0.0,) * miners)[:miners]
        rows.append(row | {f"weight_{place}": weight for place, weight in enumerate(own, start=1)})
    return rows


def miner_rows(case: YumaCase, miners: int) -> list[dict[str, Cell]]:
    """Miners of an example with their quality; those beyond its own are of low quality."""
    own = (*case.miners, *((f"Miner {place}", False) for place in range(len(case.miners) + 1, miners + 1)))
    return [{"miner": name, "quality": "high" if high else "low"} for name, high in own[:miners]]


def stake_and_weights(rows: Sequence[Row], miners: int) -> tuple[Floats, Floats, list[bool]]:
    """Stake, weights (validators x miners) and who copies.

    Raises
    ------
    BallastError
        Where there is no validator, or more than 64.
    """
    if not 1 <= len(rows) <= MOST_VALIDATORS:
        raise BallastError(
            f"the table has {len(rows)} validators", where="weights", allowed=f"1 to {MOST_VALIDATORS}", todo="add one"
        )
    weights = np.array([[float(row[f"weight_{place}"]) for place in range(1, miners + 1)] for row in rows])
    return column(rows, "stake"), weights, [row["copies"] == YES for row in rows]


# ---- pool -----------------------------------------------------------------------------------------------------------
TRADE_FORM = TableForm(
    "bittensor-trades",
    (
        TableColumn("side", "Side", choices=("buy", "sell")),
        TableColumn("amount", "Paid in: TAO of a purchase, alpha of a sale", high=1e9),
    ),
)
TRADE_ROWS: tuple[dict[str, Cell], ...] = (
    {"side": "buy", "amount": 1000.0},
    {"side": "buy", "amount": 10000.0},
    {"side": "sell", "amount": 100000.0},
)
MOST_TRADES = 50


def trades_of(rows: Sequence[Row]) -> list[tuple[Side, float]]:
    """Trades of the table, the first fifty."""
    return [("buy" if row["side"] == "buy" else "sell", float(row["amount"])) for row in rows[:MOST_TRADES]]


# ---- emission against revenue ---------------------------------------------------------------------------------------
GAP_FORM = TableForm(
    "bittensor-revenue",
    (
        TableColumn("subnet", "Subnet", is_word=True),
        TableColumn("emission", "Emission, USD a year", high=1e12),
        TableColumn("revenue", "Revenue, USD a year", high=1e12),
    ),
)


def gap_rows() -> list[dict[str, Cell]]:
    """Gaps as published."""
    return [
        {"subnet": own.gap.name, "emission": own.gap.emission, "revenue": own.gap.revenue} for own in PUBLISHED_GAPS
    ]


def gaps_of(rows: Sequence[Row]) -> tuple[Gap, ...]:
    """Gaps of the table."""
    return tuple(Gap(str(row["subnet"]), float(row["emission"]), float(row["revenue"])) for row in rows)


# ---- locks ----------------------------------------------------------------------------------------------------------
LOCK_FORM = TableForm(
    "bittensor-locks",
    (
        TableColumn("hotkey", "Hotkey", is_word=True),
        TableColumn("alpha", "Alpha locked", high=21e6),
        TableColumn("kind", "Kind of lock", choices=KINDS),
        TableColumn("days", "Days since", high=36_500),
    ),
)
LOCK_ROWS: tuple[dict[str, Cell], ...] = (
    {"hotkey": "Owner", "alpha": 60_000.0, "kind": "owner", "days": 0.0},
    {"hotkey": "Challenger", "alpha": 400_000.0, "kind": "perpetual", "days": 0.0},
    {"hotkey": "Short lock", "alpha": 150_000.0, "kind": "decaying", "days": 30.0},
)
"""Locks that are invented: nobody publishes them."""


def locks_of(rows: Sequence[Row]) -> tuple[Lock, ...]:
    """Locks of the table."""
    kinds = {kind: kind for kind in KINDS}
    return tuple(
        Lock(str(row["hotkey"]), float(row["alpha"]), kinds[row["kind"]], float(row["days"]))  # type: ignore[index]
        for row in rows
    )
