"""Levers on locked tokens: when they unlock."""

from __future__ import annotations

from functools import partial

from model.parameters.declaration import Parameter, share
from model.parameters.sources import SPECIFICATION

_lever = partial(Parameter, kind="lever", group="Unlocks", scope="bucket", module="vesting")
_share = partial(share, kind="lever", group="Unlocks", scope="bucket", module="vesting")

UNLOCKS: tuple[Parameter, ...] = (
    _lever(
        word="vesting_cliff",
        symbol=r"t_{cliff,i}",
        label="Vesting cliff",
        unit="years",
        what="Time from the start until locked tokens begin to unlock.",
        enters="Unlocks are zero before it.",
        why_range="Cliffs under twelve months are a known red flag.",
        default=0.0,
        minimum=0,
        maximum=50,
        usual_minimum=0,
        usual_maximum=4,
        step=0.25,
        format="years",
        source=SPECIFICATION,
    ),
    _lever(
        word="vesting_years",
        symbol=r"T_{v,i}",
        label="Vesting duration",
        unit="years",
        what="Time over which locked tokens unlock evenly after the cliff.",
        enters="Sets the yearly unlock into the float.",
        why_range="Two to four years are usual.",
        default=4.0,
        minimum=0.02,
        maximum=100,
        usual_minimum=0.5,
        usual_maximum=8,
        step=0.25,
        format="years",
        source=SPECIFICATION,
    ),
    _share(
        word="vesting_cliff_share",
        symbol=r"\ell_{i}",
        label="Unlocked at the cliff",
        what="The part of a bucket that unlocks at once when the cliff is reached.",
        enters="A lump in the first unlock.",
        why_range="Often none, sometimes a quarter.",
        default=0.0,
        usual_maximum=0.5,
        step=0.05,
        source=SPECIFICATION,
    ),
)
