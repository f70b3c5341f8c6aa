"""Levers on staking: what is slashed and where it goes."""

from __future__ import annotations

from functools import partial

from model.parameters.declaration import Parameter, share, zones
from model.parameters.sources import COSMOS_MINT

_lever = partial(Parameter, kind="lever", group="Staking", module="staking")
_share = partial(share, kind="lever", group="Staking", module="staking")

STAKING: tuple[Parameter, ...] = (
    _lever(
        word="slashing_rate",
        symbol=r"\delta_s",
        label="Slashing rate",
        unit="1/yr",
        what="The part of staked tokens lost to penalties each year.",
        enters="Lowers the staking yield and the stake.",
        why_range="Live networks slash well under 1% a year.",
        default=0.0,
        minimum=0,
        maximum=1,
        usual_minimum=0,
        usual_maximum=0.05,
        step=0.001,
        format="percent",
        zones=zones((0, "none"), (0.0005, "typical"), (0.02, "severe")),
        source=COSMOS_MINT,
    ),
    _share(
        word="slashed_burn_share",
        symbol=r"\zeta_b",
        label="Burned part of slashed stake",
        what="The part of slashed stake that is burned; the rest goes to the treasury.",
        enters="Adds to the burn.",
        why_range="Chains burn all of it or move all of it.",
        default=1.0,
        usual_maximum=1,
        step=0.05,
        source=COSMOS_MINT,
    ),
)
