"""Assumptions about chance: how far modelled futures spread (section 19.8)."""

from __future__ import annotations

from functools import partial

from model.parameters.declaration import Parameter
from model.parameters.sources import JUDGEMENT_ON_CHANCE

SPREAD = "Spread of futures"

SOURCES_OF_CHANCE = frozenset(
    {"demand_volatility", "demand_jump_rate", "cost_volatility", "holdings_volatility", "price_volatility"}
)
"""Where all of these are zero every future is the expected path; the textbooks have none of them."""

_assumption = partial(Parameter, kind="assumption", group=SPREAD, source=JUDGEMENT_ON_CHANCE)
_spread = partial(_assumption, minimum=0, usual_minimum=0)
"""How far something wanders: none, or more."""

CHANCE: tuple[Parameter, ...] = (
    _spread(
        word="demand_volatility",
        symbol=r"s_A",
        label="Volatility of demand",
        unit="share of demand, per root year",
        what="How far demand wanders from its trend: the yearly standard deviation of its logarithm.",
        enters="Scales the demand shock of each step; all streams share it.",
        why_range="A third a year is a calm young market; use of Render tripled in 2024.",
        default=0.35,
        maximum=3,
        usual_maximum=0.8,
        step=0.05,
        format="percent",
        shown="main",
    ),
    _spread(
        word="demand_jump_rate",
        symbol=r"\lambda_J",
        label="Demand jumps",
        unit="jumps/yr",
        what="How often demand jumps at once: a large user comes or leaves, a rival opens.",
        enters="Mean number of jumps a year (Poisson).",
        why_range="None to twice a year; once in two years by default.",
        default=0.5,
        maximum=12,
        usual_maximum=2,
        step=0.1,
        format="per-year",
    ),
    _spread(
        word="demand_jump_size",
        symbol=r"s_J",
        label="Size of a demand jump",
        unit="share of demand",
        what="Standard deviation of the logarithm of one jump.",
        enters="Scales each jump; jumps are one on average.",
        why_range="A quarter by default, a half for networks with few large users.",
        default=0.25,
        maximum=2,
        usual_maximum=0.6,
        step=0.05,
        format="percent",
    ),
    _spread(
        word="cost_volatility",
        symbol=r"s_{c,i}",
        label="Volatility of unit cost",
        unit="share of unit cost, per root year",
        what="How far the unit cost swings around its trend: the yearly standard deviation of its logarithm.",
        enters="Scales the cost shock of each step; each role has its own shocks.",
        why_range="H100 rent fell from about 9 to 1.70 USD an hour in two years and rose 40% in half a year after.",
        default=0.35,
        maximum=3,
        usual_maximum=0.8,
        step=0.05,
        format="percent",
        scope="role",
        shown="main",
    ),
    _spread(
        word="cost_reversion",
        symbol=r"\kappa_{c,i}",
        label="Return of unit cost to its trend",
        unit="1/yr",
        what="How fast the unit cost comes back to its trend after a swing.",
        enters="The share of a swing that fades within a step.",
        why_range="One a year: half of a swing is gone after eight months.",
        default=1.0,
        maximum=26,
        usual_maximum=4,
        step=0.1,
        format="per-year",
        scope="role",
    ),
    _spread(
        word="holdings_volatility",
        symbol=r"s_z",
        label="Volatility of speculative holdings",
        unit="share of speculative holdings, per root year",
        what="How far the speculative bid swings: the yearly standard deviation of its logarithm.",
        enters="Scales the shock of the speculative bid; it fades by the reversion of holdings.",
        why_range="Crypto markets swing by 60 to 120% a year.",
        default=0.8,
        maximum=5,
        usual_maximum=1.5,
        step=0.05,
        format="percent",
        shown="main",
    ),
    _spread(
        word="price_volatility",
        symbol=r"s_P",
        label="Noise of the price",
        unit="share of price, per root year",
        what="Price moves that no quantity of the model explains: their yearly standard deviation.",
        enters="Added to each step of the log price; one on average.",
        why_range="Half of what such tokens show, because demand and holdings move the price besides.",
        default=0.5,
        maximum=5,
        usual_maximum=1.2,
        step=0.05,
        format="percent",
    ),
    _assumption(
        word="demand_holdings_correlation",
        symbol=r"\rho_{Az}",
        label="Correlation of demand and holdings",
        unit="correlation",
        what="How closely the speculative bid follows news about demand.",
        enters="The part of the demand shock that also moves the speculative bid.",
        why_range="Speculators look at use, and at much else.",
        default=0.4,
        minimum=-1,
        maximum=1,
        usual_minimum=0,
        usual_maximum=0.8,
        step=0.1,
    ),
)
