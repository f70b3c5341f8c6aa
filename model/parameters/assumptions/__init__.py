"""Assumptions: how the world behaves, a file for each subject.

What a vote can change belongs in levers.
"""

from __future__ import annotations

from model.parameters.assumptions.chance import CHANCE
from model.parameters.assumptions.demand import DEMAND
from model.parameters.assumptions.market import MARKET
from model.parameters.assumptions.providers import PROVIDERS
from model.parameters.assumptions.quality import QUALITY
from model.parameters.assumptions.schedule import SCHEDULE
from model.parameters.assumptions.scoring import SCORING
from model.parameters.assumptions.stakers import STAKERS
from model.parameters.declaration import Parameter

ASSUMPTIONS: tuple[Parameter, ...] = (
    *SCHEDULE,
    *DEMAND,
    *PROVIDERS,
    *QUALITY,
    *MARKET,
    *STAKERS,
    *SCORING,
    *CHANCE,
)
"""In the order of the reference: facts of the schedule, then users, providers, the market, stakers, and chance."""
