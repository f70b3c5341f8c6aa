"""Levers on pay for merit inside a role."""

from __future__ import annotations

from functools import partial

from model.parameters.declaration import Parameter, share, zones
from model.parameters.sources import SPECIFICATION

_share = partial(share, kind="lever", group="Pay for merit", scope="merit-role", module="merit")

MERIT: tuple[Parameter, ...] = (
    _share(
        word="merit_weight",
        symbol=r"mw_{i}",
        label="Weight of merit in pay",
        what="The part of a role's pay that follows scored quality; the rest follows activity.",
        enters="Mixes activity pay and merit pay inside the role.",
        why_range="Activity pay alone is 0; Bittensor's subnets aim at 1.",
        default=0.5,
        usual_maximum=1,
        zones=zones((0, "activity only"), (0.01, "mixed"), (0.6, "mostly merit"), (0.95, "merit only")),
        source=SPECIFICATION,
        shown="main",
    ),
)
