"""Levers: what a governance vote can change, a file for each subject.

How the world behaves belongs in assumptions.
"""

from __future__ import annotations

from model.parameters.declaration import Parameter
from model.parameters.levers.any_schedule import ANY_SCHEDULE
from model.parameters.levers.emission_split import EMISSION_SPLIT
from model.parameters.levers.inflation import INFLATION
from model.parameters.levers.merit import MERIT
from model.parameters.levers.revenue import REVENUE
from model.parameters.levers.schedule import SCHEDULE
from model.parameters.levers.staking import STAKING
from model.parameters.levers.treasury import TREASURY
from model.parameters.levers.unlocks import UNLOCKS

LEVERS: tuple[Parameter, ...] = (
    *REVENUE,
    *SCHEDULE,
    *INFLATION,
    *ANY_SCHEDULE,
    *EMISSION_SPLIT,
    *STAKING,
    *TREASURY,
    *UNLOCKS,
    *MERIT,
)
"""In the order in which a reader meets them: money first, then new tokens, then what is held."""
