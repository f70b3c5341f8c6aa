"""Dots that a vintage had not seen are full, those it had are hollow, in the order of the data."""

from __future__ import annotations

import polars as pl
import vl_convert

from charts.backcasts import SIDES, backcast_chart


def test_fullness_follows_what_the_vintage_had_seen() -> None:
    rows = pl.DataFrame({"label": list("cab"), "error": [0.1, -0.2, 0.3], "side": list(SIDES)})
    spec = {**backcast_chart(3, widest=0.3), "datasets": {"main": rows.to_dicts()}}
    drawn = vl_convert.vegalite_to_scenegraph(spec, allowed_base_urls=[])
    dots = _items(drawn, "symbol")
    assert [dot.get("fillOpacity") for dot in dots] == [1, 0.4, 0]
    heights = [dot["y"] for dot in dots]
    assert heights == sorted(heights)


def _items(node: object, marktype: str) -> list[dict[str, float]]:
    """Items of all marks of a type in a drawing."""
    if isinstance(node, list):
        return [item for part in node for item in _items(part, marktype)]
    if not isinstance(node, dict):
        return []
    if node.get("marktype") == marktype:
        return list(node["items"])
    return [item for part in node.values() for item in _items(part, marktype)]
