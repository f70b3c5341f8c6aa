"""First point: how deeply the use of the network takes up its token."""

from __future__ import annotations

import math

from model.scorecard.quantity import Quantity
from model.scorecard.subject import Subject

READ = ("revenue_linked_share", "price", "float_supply", "revenue", "burn_share")


def utility(subject: Subject) -> list[Quantity]:
    """Sinks, the response of token demand to use, and what part of demand is not there for new tokens."""
    year = subject.year
    sinks = ", ".join(year.sinks) or "none had any volume"
    demand = year.demand
    whole = demand + year.staked_for_rewards
    response = year.demand_response if math.isfinite(year.demand_response) else None
    return [
        subject.calculated(
            "sinks", "Ways in which use takes up tokens", len(year.sinks), "count", READ,
            definition="counted: burned for use, bought back from revenue, held in order to pay, staked for a share "
            "of revenue, each with volume in the first year",
            note=sinks[:1].upper() + sinks[1:],
        ),
        subject.calculated(
            "elasticity", "Token demand per use", response, "ratio", READ,
            definition="percent of token demand (dollars held, and bought for use within a year) per percent of use, "
            "by a tenth more use in the model",
        ),
        subject.calculated(
            "not_for_rewards", "Demand that is not staked for new tokens",
            demand / whole if whole > 0 else None, "share", (*READ, "staked"),
            definition="token demand over itself and the stake, in the part of the stake that new tokens pay for",
        ),
        subject.calculated(
            "bought", "Bought for use over token demand", year.bought / demand if demand > 0 else None, "share", READ,
            definition="tokens burned or bought back within the first year over token demand, in dollars",
        ),
    ]  # fmt: skip
