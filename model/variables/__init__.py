"""Everything the model computes, declared once: name, symbol, label, unit and what it is, in the order of a period."""

from __future__ import annotations

from model.variables.chance import CHANCE
from model.variables.declaration import Variable
from model.variables.flows import FLOWS
from model.variables.gains import GAINS
from model.variables.given import GIVEN
from model.variables.market import MARKET
from model.variables.production import PRODUCTION
from model.variables.providers import PROVIDERS
from model.variables.report import REPORT
from model.variables.staking import STAKING
from model.variables.states import STATES
from model.variables.stocks import STOCKS

__all__ = ["REPORTED", "VARIABLES", "Variable", "variables_by_word"]

VARIABLES: tuple[Variable, ...] = (
    *STATES,
    *CHANCE,
    *GIVEN,
    *PRODUCTION,
    *FLOWS,
    *STAKING,
    *PROVIDERS,
    *STOCKS,
    *MARKET,
    *REPORT,
    *GAINS,
)

variables_by_word: dict[str, Variable] = {variable.word: variable for variable in VARIABLES}

REPORTED = (
    "supply", "float_supply", "staked", "locked", "treasury", "treasury_fiat", "issued", "burned",
    "price", "capacity", "quality", "revenue", "emission", "burn", "net_emission", "net_emission_rate", "staking_ratio",
    "staking_yield", "provider_margin", "revenue_gap", "market_cap",
)  # fmt: skip
"""Words of the variables that every network reports; a role's or stream's column carries the word too."""
