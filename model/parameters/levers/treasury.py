"""Levers on the treasury: what it spends, and what it buys back."""

from __future__ import annotations

from functools import partial

from model.parameters.declaration import Parameter, share, zones
from model.parameters.sources import SPECIFICATION

_lever = partial(Parameter, kind="lever", group="Treasury")
_share = partial(share, kind="lever", group="Treasury")

TREASURY: tuple[Parameter, ...] = (
    _lever(
        word="treasury_spend_rate",
        symbol="g_T",
        label="Treasury spend rate",
        unit="1/yr",
        what="The part of the token treasury that is spent into the float each year.",
        enters="Moves tokens from treasury to float.",
        why_range="Most published budgets lie between 5 and 40% a year.",
        default=0.0,
        minimum=0,
        maximum=12,
        usual_minimum=0,
        usual_maximum=0.5,
        step=0.01,
        format="percent",
        zones=zones((0, "none"), (0.005, "slow"), (0.2, "fast")),
        source=SPECIFICATION,
        shown="main",
    ),
    _lever(
        word="treasury_budget",
        symbol="g_B",
        label="Treasury budget",
        unit="USD/yr",
        what="What the treasury spends in currency terms each year: from its currency first, then from tokens.",
        enters="Drains treasury currency, then sells treasury tokens into the float, until both are gone.",
        why_range="From nothing to half of revenue.",
        default=0.0,
        minimum=0,
        maximum=1e15,
        usual_minimum=0,
        usual_maximum=0.5,
        step=0.02,
        format="usd",
        source=SPECIFICATION,
        scale="revenue",
        module="treasury-budget",
        shown="main",
    ),
    _share(
        word="buyback_share",
        symbol=r"k_{i}",
        label="Revenue bought back into the treasury",
        what="The part of every dollar of revenue with which the treasury buys tokens and keeps them.",
        enters="It is taken out of what the treasury receives of revenue, never more than that, and moves tokens from "
        "the float into the treasury.",
        why_range="A quarter of revenue is what dYdX voted for in March 2025.",
        default=0.0,
        usual_maximum=0.5,
        zones=zones((0, "none"), (0.005, "light"), (0.15, "typical of buybacks"), (0.4, "heavy")),
        source=SPECIFICATION,
        scope="stream",
        module="buyback",
    ),
)
