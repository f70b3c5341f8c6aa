"""Small preset files that tests write, in the form of the files under presets/."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

Value = float | str | Sequence[str]

OBSERVED: Mapping[str, float] = {
    "price": 1.0,
    "float_supply": 100.0,
    "revenue": 10.0,
    "quality": 0.9,
    "revenue_linked_share": 0.5,
    "utilisation": 0.5,
}
PARAMETERS: Mapping[str, float] = {
    "burn_share": 0.5,
    "provider_fee_share": 0.5,
    "provider_emission_share": 1.0,
    "holdings_growth": 0.0,
}


def _text(value: Value) -> str:
    return repr(float(value)) if isinstance(value, int | float) else json.dumps(value)


def _table(name: str, entries: Mapping[str, Value]) -> list[str]:
    return [f"[{name}]", *(f"{key} = {_text(value)}" for key, value in entries.items()), ""]


def preset_text(
    observed: Mapping[str, float] | None = None,
    parameters: Mapping[str, float] | None = None,
    structure: Mapping[str, Value] | None = None,
    steps_per_year: float = 365.25 / 7,
) -> str:
    """A whole file: the small network above, with some figures in place of its own."""
    own = parameters or {}
    replaced = {"burn_share", "provider_fee_share"} if any(key.endswith("burn_share") for key in own) else set()
    kept = {key: value for key, value in PARAMETERS.items() if key not in replaced}
    lines = [
        'name = "small"',
        'title = "Small network"',
        'kind = "archetype"',
        'summary = "Written by a test."',
        "as_of = 2026-01-01",
        f"steps_per_year = {steps_per_year!r}",
        'default_source = "test"',
        'default_grade = "invented"',
        "",
        *_table("sources.test", {"title": "Written by a test", "date": "2026-01"}),
        *_table("structure", {"modules": [], **(structure or {})}),
        *_table("observed", {**OBSERVED, **(observed or {})}),
        *_table("parameters", {**kept, **own}),
    ]
    return "\n".join(lines)


def write_preset(
    folder: Path,
    observed: Mapping[str, float] | None = None,
    parameters: Mapping[str, float] | None = None,
    structure: Mapping[str, Value] | None = None,
    steps_per_year: float = 365.25 / 7,
    name: str = "small",
) -> Path:
    """Write such a file and say where it is."""
    path = folder / f"{name}.toml"
    path.write_text(preset_text(observed, parameters, structure, steps_per_year), encoding="utf-8")
    return path
