"""One block of one subnet: its alpha, what each cap lets into its pool, who receives the rest, and prices to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from model.networks.bittensor.alpha_split import TAO_WEIGHT, AlphaSplit, root_proportion, split_alpha
from model.networks.bittensor.emission import BLOCKS_PER_DAY, RAO, block_emission, blocks_to_halving
from model.networks.bittensor.injection import INJECTION_RULES, InjectionRule, injection_cap, moving_price, subnet_terms
from model.networks.bittensor.snapshot import ISSUANCE_TAO, PUBLISHED_ON, ROOT_TAO
from model.networks.inputs import numbers

RULE_WORDS: Mapping[InjectionRule, str] = {
    "alpha": "alpha emission",
    "alpha-and-tao": "the lower of alpha emission and the block's TAO",
    "root-proportion": "root proportion times alpha emission",
}
"""What each cap on injected alpha is, in words."""


@dataclass(frozen=True)
class SubnetBlock:
    """What a block does for one subnet; amounts in whole coins.

    Attributes
    ----------
    tao, alpha
        TAO of the block for this subnet, and alpha minted for its participants.
    root_share
        Root proportion.
    cap, tao_in, alpha_in, chain_buy
        Most alpha that may be put in, what is put in, and the TAO beyond it that buys alpha.
    """

    tao: float
    alpha: float
    root_share: float
    cap: float
    tao_in: float
    alpha_in: float
    chain_buy: float


@dataclass(frozen=True)
class SubnetInput:
    """A subnet as a block finds it: share of TAO, price in TAO, alpha issued, and TAO on root and issued."""

    share: float
    price: float
    alpha_issued: float
    root_tao: float = ROOT_TAO
    issuance: float = ISSUANCE_TAO

    def __post_init__(self) -> None:
        numbers("share of emission", self.share, low=0, high=1)
        for name in ("price", "alpha_issued", "root_tao", "issuance"):
            numbers(name.replace("_", " "), getattr(self, name), low=0)

    @property
    def root_share(self) -> float:
        """Root proportion of this subnet."""
        return float(root_proportion(self.root_tao, float(TAO_WEIGHT), self.alpha_issued))

    @property
    def alpha_rao(self) -> int:
        """Alpha that the next block mints for participants, in rao."""
        return block_emission(round(self.alpha_issued * RAO))

    @property
    def tao_rao(self) -> int:
        """TAO that the next block mints for all subnets, in rao."""
        return block_emission(round(self.issuance * RAO))


def block_under(rule: InjectionRule, own: SubnetInput) -> SubnetBlock:
    """What one block does for the subnet under one cap on injected alpha."""
    alpha, minted = own.alpha_rao, own.tao_rao
    cap = injection_cap(rule, alpha_emission=alpha, tao_block_emission=minted, root_proportion=own.root_share)
    terms = subnet_terms(minted * own.share, own.price, alpha, cap)
    amounts = (cap, terms.tao_in, terms.alpha_in, terms.excess_tao)
    return SubnetBlock(minted * own.share / RAO, alpha / RAO, own.root_share, *(float(part) / RAO for part in amounts))


def blocks_by_rule(own: SubnetInput) -> dict[InjectionRule, SubnetBlock]:
    """The block under every cap that the chain has had."""
    return {rule: block_under(rule, own) for rule in INJECTION_RULES}


def root_is_paid(price_sum: float) -> bool:
    """Whether root receives its part of alpha: where all subnets' moving prices add up to more than 1 TAO."""
    return price_sum > 1


def alpha_split(own: SubnetInput, *, root_is_paid: bool) -> AlphaSplit:
    """Who receives the block's alpha, in rao."""
    return split_alpha(own.alpha_rao, own.root_share, root_is_paid=root_is_paid)


def moving_price_path(start: float, price: float, age_days: float, days: Sequence[int]) -> list[float]:
    """Moving price on each of the days if the price in the pool stood at `price`; taken in steps of a day.

    Parameters
    ----------
    start
        Moving price today, TAO.
    price
        Price in the pool from today on, TAO.
    age_days
        Days since the subnet started: a young one's moving price is slower.
    days
        Days from today, in ascending order.
    """
    found, current, reached = [], start, 0
    for day in days:
        for step in range(reached, day):
            blocks = (age_days + step) * BLOCKS_PER_DAY
            current = float(moving_price(current, price, blocks, updates=BLOCKS_PER_DAY))
        reached = day
        found.append(current)
    return found


def days_to_half(path: Sequence[float], days: Sequence[int], start: float, price: float) -> int | None:
    """First of the days on which the moving price has gone half of its way; None where it does not within them."""
    way = price - start
    return next((day for day, now in zip(days, path, strict=True) if way and (now - start) / way >= 0.5), None)


def next_halving(recycled_share: float, issuance: float = ISSUANCE_TAO, on: str = PUBLISHED_ON) -> date | None:
    """Day of the next halving from an issuance in TAO on a day, if this share of emission is recycled."""
    blocks = blocks_to_halving(round(issuance * RAO), recycled_share=recycled_share)
    return None if blocks is None else date.fromisoformat(on) + timedelta(days=blocks / BLOCKS_PER_DAY)
