"""The boxes and tables in which founders type a design, and the design that they make together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from model.design.design import Design, design_of
from model.networks.tables import Cell, Row, TableColumn, TableForm
from model.presets.allocation import EARNED, GROUPS

PERCENT: Mapping[str, str] = {
    "staked_percent": "staked_share",
    "staker_fee_percent": "staker_fee_share",
    "treasury_fee_percent": "treasury_fee_share",
    "staker_emission_percent": "staker_emission_share",
    "treasury_emission_percent": "treasury_emission_share",
    "demand_growth_percent": "demand_growth",
}
"""Boxes typed in percent, with the share of the design that each is."""

MILLIONS: Mapping[str, str] = {"supply_millions": "supply", "emission_millions": "emission"}
"""Boxes typed in millions of tokens."""

HOLDERS = tuple(group for group in GROUPS if group != EARNED)
"""Groups that a bucket may belong to; what is earned after launch is the emission."""

_TITLE = TableColumn("title", "Title", is_word=True)
_PERCENT_OF = {
    "burn_percent": "burn_share",
    "share_percent": "share",
    "free_percent": "tge_share",
}
"""Columns typed in percent, with the share of the design that each is."""

ROLES = TableForm(
    "roles",
    (
        _TITLE,
        TableColumn("cost", "Cost, USD/year", low=1.0, is_amount=True),
        TableColumn("fee_weight", "Fee weight", high=1e6, fresh=1.0),
        TableColumn("emission_weight", "Emission weight", high=1e6, fresh=1.0),
    ),
)
STREAMS = TableForm(
    "streams",
    (
        _TITLE,
        TableColumn("revenue", "Revenue, USD/year", low=1.0, is_amount=True),
        TableColumn("burn_percent", "Burned %", high=100.0, fresh=0.0),
    ),
)
BUCKETS = TableForm(
    "buckets",
    (
        _TITLE,
        TableColumn("group", "Holders", choices=HOLDERS, fresh="community"),
        TableColumn("share_percent", "Share %", high=100.0),
        TableColumn("free_percent", "Free %", high=100.0, fresh=0.0),
        TableColumn("cliff_months", "Cliff mo", high=600.0, fresh=0.0),
        TableColumn("vesting_months", "Vest mo", high=600.0, fresh=0.0),
    ),
)


def boxes_of(design: Design) -> dict[str, Any]:
    """What the boxes say for a design, in the units in which they are typed."""
    found: dict[str, Any] = {name: getattr(design, name) for name in ("title", "token", "archetype", "launch", "price")}
    found |= {box: _in_percent(getattr(design, name)) for box, name in PERCENT.items()}
    return found | {box: getattr(design, name) / 1e6 for box, name in MILLIONS.items()}


def rows_of(form: TableForm, design: Design) -> list[dict[str, Cell]]:
    """What one of the tables says for a design."""
    rows = []
    for part in getattr(design, form.name):
        said = part.model_dump()
        rows.append({k: _in_percent(said[_PERCENT_OF[k]]) if k in _PERCENT_OF else said[k] for k in form.keys})
    return rows


def design_from(boxes: Mapping[str, Any], tables: Mapping[str, Iterable[Row]]) -> Design:
    """The design of what stands in the boxes and tables.

    Raises
    ------
    PresetError
        With one sentence about the first thing that does not fit.
    """
    fields: dict[str, Any] = {}
    for box, value in boxes.items():
        if box in PERCENT:
            fields[PERCENT[box]] = value / 100
        elif box in MILLIONS:
            fields[MILLIONS[box]] = value * 1e6
        else:
            fields[box] = value
    for name, rows in tables.items():
        fields[name] = [
            {_PERCENT_OF.get(k, k): float(cell) / 100 if k in _PERCENT_OF else cell for k, cell in row.items()}
            for row in rows
        ]
    return design_of(fields)


def _in_percent(share: float) -> float:
    return round(100 * share, 9)
