"""Levers beside any schedule: its floor, what is minted again, what is recycled, and how stake steers it."""

from __future__ import annotations

from functools import partial

from model.parameters.declaration import Parameter, share, token_flow, zones
from model.parameters.sources import COSMOS_MINT, HIP_20, SPECIFICATION, SUBTENSOR

_lever = partial(Parameter, kind="lever", group="Issuance")
_share = partial(share, kind="lever", group="Issuance")
_token_flow = partial(token_flow, kind="lever", group="Issuance")
_goal_bonded = partial(_lever, source=COSMOS_MINT, module="goal-bonded")
"""Part of the goal-bonded multiplier on the schedule."""

ANY_SCHEDULE: tuple[Parameter, ...] = (
    _token_flow(
        word="tail_emission",
        symbol=r"M_{tail}",
        label="Tail emission",
        what="The level below which scheduled emission does not fall.",
        enters="Emission is the larger of schedule and tail.",
        why_range="From none to today's whole emission.",
        source=SPECIFICATION,
    ),
    _token_flow(
        word="net_emission_cap",
        symbol=r"\bar B",
        label="Net-emission cap",
        what="Burned tokens up to this many a year are minted again and paid out with the schedule.",
        enters="Burn flows into a pool, at most this fast, and the pool is paid out as emission.",
        why_range="Helium re-mints up to 1% of its early emission.",
        source=HIP_20,
        module="net-emission",
    ),
    _lever(
        word="remint_speed",
        symbol=r"\kappa_E",
        label="Re-mint speed",
        unit="1/yr",
        what="How fast the pool of burned tokens is minted again.",
        enters="The share of the pool that is paid out each step.",
        why_range="HIP-20 pays 1/336 of the pool each half-hour epoch: the pool lasts a week, 52.18 a year.",
        default=52.18,
        minimum=0.01,
        maximum=1000,
        usual_minimum=1,
        usual_maximum=104,
        step=1,
        format="per-year",
        source=HIP_20,
        module="net-emission",
    ),
    _share(
        word="emission_recycled_share",
        symbol=r"\beta_x",
        label="Recycled provider emission",
        what="The part of provider emission that is not paid and not counted as issued.",
        enters="Lowers what providers receive, what circulates and what halvings count.",
        why_range="On Bittensor 53 of 95 subnets recycled all miner emission in November 2025.",
        default=0.0,
        usual_maximum=0.9,
        zones=zones((0, "none"), (0.005, "part"), (0.5, "most")),
        source=SUBTENSOR,
    ),
    _goal_bonded(
        word="goal_bonded_response",
        symbol=r"g_m",
        label="Response to the goal of bonded tokens",
        unit="multiples of the schedule per year",
        what="How fast emission rises above the schedule while less than the goal is staked, and falls while more is.",
        enters="Scales the yearly change of the multiplier on the schedule; at 0 the schedule stands as it is.",
        why_range="Cosmos moves inflation by 0.13 a year, which is 4.33 times the 3% of Fetch.ai.",
        default=0.0,
        minimum=0,
        maximum=100,
        usual_minimum=0,
        usual_maximum=5,
        step=0.1,
        zones=zones((0, "none"), (0.01, "slow"), (1, "as fast as Cosmos or faster")),
    ),
    _goal_bonded(
        word="goal_bonded_ratio",
        symbol=r"\sigma_m",
        label="Goal of bonded tokens",
        unit="share of supply",
        what="The part of supply that emission is steered to have staked.",
        enters="Emission rises above the schedule while less than this is bonded.",
        why_range="Cosmos 67%, Livepeer 50%.",
        default=0.67,
        minimum=0.01,
        maximum=1,
        usual_minimum=0.3,
        usual_maximum=0.8,
        step=0.01,
        format="percent",
    ),
    _goal_bonded(
        word="goal_bonded_floor",
        symbol=r"m_{min}",
        label="Least multiple of the schedule",
        unit="times the schedule",
        what="How far goal-bonded emission may fall below the schedule.",
        enters="Clips the multiplier from below.",
        why_range="Cosmos never goes below 7% a year, 0.35 of its highest rate.",
        default=0.0,
        minimum=0,
        maximum=10,
        usual_minimum=0,
        usual_maximum=1,
        step=0.05,
    ),
    _goal_bonded(
        word="goal_bonded_cap",
        symbol=r"m_{max}",
        label="Largest multiple of the schedule",
        unit="times the schedule",
        what="How far goal-bonded emission may rise above the schedule.",
        enters="Clips the multiplier from above.",
        why_range="20% a year, the cap of Cosmos, is 6.7 times the 3% of Fetch.ai.",
        default=10.0,
        minimum=0,
        maximum=100,
        usual_minimum=1,
        usual_maximum=10,
        step=0.1,
    ),
)
