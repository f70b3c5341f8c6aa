"""How the economy works, in SymPy: a file for each part of a period, listed here in the order of one period."""

from __future__ import annotations

from model.equations.burning import burning
from model.equations.declaration import Equation
from model.equations.gains import gains
from model.equations.given import given
from model.equations.market import market
from model.equations.minting import minting
from model.equations.production import production
from model.equations.providers import providers
from model.equations.report import report
from model.equations.schedules import goal_bonded, net_emission, schedule
from model.equations.staking import staking
from model.equations.stocks import stocks
from model.equations.vesting import vesting
from model.vocabulary import Vocabulary

__all__ = ["Equation", "all_equations"]


def all_equations(m: Vocabulary) -> tuple[Equation, ...]:
    """Every equation of a structure, in the order of one period.

    What chance draws before a period begins stands in `model.equations.chance`: without futures nothing does.
    """
    return (
        # The week begins: costs, demand and the speculative bid of the date, and what vests.
        *given(m),
        *vesting(m),
        # Users buy the service.
        *production(m),
        # Tokens are minted, stakers look at their yield, tokens are burned.
        *schedule(m),
        *net_emission(m),
        *goal_bonded(m),
        *minting(m),
        *staking(m),
        *burning(m),
        # Providers are paid and decide.
        *providers(m),
        # Tokens are counted, and the market prices the float.
        *stocks(m),
        *market(m),
        # Nothing depends on these: ratios and yields, and who gains.
        *report(m),
        *gains(m),
    )
