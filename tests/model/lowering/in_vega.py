"""Evaluate Vega expressions with Vega itself, without a browser."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import unescape
from typing import Any

import vl_convert

MARK = "\u2063"
"""Stands around what a chart writes for a test, so that it is found among axes and labels."""


def written_by(spec: Mapping[str, Any]) -> list[Any]:
    """What the text marks of a Vega-Lite specification write, read as JSON, in the order of their rows."""
    quiet = {**spec, "config": {"aria": False}}  # a label for screen readers would repeat every text
    picture = vl_convert.vegalite_to_svg(json.dumps(quiet))
    return [json.loads(unescape(part)) for part in picture.split(MARK)[1::2]]


def as_json(expression: str) -> str:
    """Expression that writes a number with all its digits, and null where it is not finite."""
    return f"(isFinite({expression}) ? '' + ({expression}) : 'null')"


def value_in_vega(expressions: Sequence[str], row: Mapping[str, float]) -> list[float | None]:
    """Value of each expression over one row; None where it is not finite."""
    steps = [{"calculate": as_json(text), "as": f"result_{place}"} for place, text in enumerate(expressions)]
    listed = " + ',' + ".join(f"datum.result_{place}" for place in range(len(expressions)))
    (found,) = written_by(
        {
            "data": {"values": [dict(row)]},
            "transform": [*steps, {"calculate": f"'{MARK}[' + {listed} + ']{MARK}'", "as": "said"}],
            "mark": {"type": "text", "limit": 0},
            "encoding": {"text": {"field": "said", "type": "nominal"}},
        }
    )
    return list(found)
