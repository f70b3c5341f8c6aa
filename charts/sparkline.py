"""The smallest picture of a path: one line against a dashed level, as HTML that asks for no file of its own."""

from __future__ import annotations

import html
from collections.abc import Sequence

from charts.roles import ROLES

LEAST_REACH = 0.05
"""Half of the height is at least this part of the level, so that a tiny move looks tiny."""


def sparkline(years: Sequence[float], ratios: Sequence[float], told: str) -> str:
    """The level 1 dashed, the path drawn; styled boxes, because that is what every page takes in place.

    Parameters
    ----------
    years, ratios
        The path from year 0 on; ratios to the level.
    told
        What it shows, for those who do not see it.
    """
    reach = max(LEAST_REACH, *(abs(ratio - 1) for ratio in ratios))
    across = [100 * year / years[-1] for year in years]
    down = [50 - 42 * (ratio - 1) / reach for ratio in ratios]
    upper = [f"{x:.1f}% calc({y:.1f}% - 1px)" for x, y in zip(across, down, strict=True)]
    lower = [f"{x:.1f}% calc({y:.1f}% + 1px)" for x, y in zip(across, down, strict=True)]
    line = ", ".join([*upper, *reversed(lower)])
    base, drawn = ROLES["baseline"], ROLES["scenario"]
    return (
        f'<div role="img" aria-label="{html.escape(told)}" '
        'style="position:relative;width:88px;height:32px">'
        '<div style="position:absolute;left:0;right:0;top:50%;'
        f'border-top:1.5px dashed light-dark({base.light},{base.dark})"></div>'
        f'<div style="position:absolute;inset:0;background:light-dark({drawn.light},{drawn.dark});'
        f'clip-path:polygon({line})"></div></div>'
    )
