"""Numbers to take away: one long table with what it means, as CSV, Parquet and JSON."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from model.engine.kept import MedianRun
from model.engine.results import Run
from model.exports.impact import NOT_A_FORECAST, Terms
from model.outcomes import FLOW_COLUMNS, date_at, measures
from model.scenario.scenario import Scenario
from model.version import VERSION
from model.words.assumption_words import judgement_calls, moved_assumptions, not_modelled
from model.words.scenario_words import name_of, source_of

FIELDS = ("world", "date", "variable", "unit", "value", "p05", "p95")
"""Columns of the table: `value` is the median over futures, p05 and p95 hold nine of ten, null on a single path."""


def exported(run: Run) -> list[str]:
    """Variables of the table: everything that charts offer, and flows of tokens."""
    return list(dict.fromkeys(name for name in (*measures(run.system), *FLOW_COLUMNS) if name in run.system.columns))


def table(run: Run, worlds: Iterable[str] = ()) -> pl.DataFrame:
    """Every shown variable of worlds (by default all) at every kept step, in the units of the model."""
    names = exported(run)
    run.compute(names)
    dates = [date_at(run, step) for step in range(len(run.at))]
    frames = []
    for world in worlds or run.worlds:
        row = run.worlds.index(world)
        for name in names:
            data: dict[str, Any] = {"date": dates, "value": run.values(name)[row]}
            if isinstance(run, MedianRun):
                data["p05"], data["p95"] = run.band(name, world)
            else:
                data["p05"] = data["p95"] = [None] * len(dates)
            meant = {"world": world, "variable": name, "unit": run.units[name]}
            frame = pl.DataFrame(data, schema_overrides={"p05": pl.Float64, "p95": pl.Float64})
            frames.append(frame.with_columns(pl.lit(text).alias(key) for key, text in meant.items()))
    numbers = pl.col("value", "p05", "p95")
    return pl.concat(frames).select(FIELDS).with_columns(pl.when(numbers.is_finite()).then(numbers))


def metadata(scenarios: Sequence[Scenario], terms: Terms, letters: Sequence[str] = ("scenario",)) -> dict[str, Any]:
    """What the table means: version, link, settings, units, and what each world assumes and changes."""
    return {
        "made_with": f"Ballast, model {VERSION}",
        "model_version": VERSION,
        "link": terms.link,
        "note": NOT_A_FORECAST,
        "years": terms.years,
        "futures": terms.futures,
        "seed": terms.seed if terms.futures else None,
        "value_is": "median over futures" if terms.futures else "single path without shocks",
        "worlds": {letter: _described(s) for letter, s in zip(letters, scenarios, strict=True)},
        "judgement_calls": judgement_calls(scenarios),
        "not_modelled": not_modelled(scenarios),
    }


def _described(scenario: Scenario) -> dict[str, Any]:
    return {
        "name": name_of(scenario),
        "source": source_of(scenario),
        "network": scenario.network.identity,
        "first_day": scenario.network.as_of.isoformat(),
        "link": scenario.to_link(),
        "proposals": [part.name for part in scenario.stacked],
        "changes": dict(scenario.changes),
        "funded_by": scenario.funded_by,
        "start": scenario.start.isoformat() if scenario.start else None,
        "phase_in_years": scenario.phase_in_years,
        "switched_off": sorted(scenario.without),
        "non_default_assumptions": moved_assumptions(scenario),
    }


def with_units(meant: dict[str, Any], frame: pl.DataFrame) -> dict[str, Any]:
    """Metadata with the unit of each variable of a table."""
    units = dict(frame.select("variable", "unit").unique(maintain_order=True).iter_rows())
    return {**meant, "units": units}


def as_csv(frame: pl.DataFrame, meant: dict[str, Any]) -> bytes:
    """The table under lines that begin with "#" and say what it means, one key each."""
    lines = [f"# {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in with_units(meant, frame).items()]
    return ("\n".join(lines) + "\n" + frame.write_csv(float_precision=None)).encode()


def as_parquet(frame: pl.DataFrame, meant: dict[str, Any]) -> bytes:
    """The table as a Parquet file whose own metadata say what it means, each key as JSON."""
    buffer = io.BytesIO()
    told = {key: json.dumps(value, ensure_ascii=False) for key, value in with_units(meant, frame).items()}
    frame.write_parquet(buffer, metadata=told)
    return buffer.getvalue()


def as_json(frame: pl.DataFrame, meant: dict[str, Any]) -> bytes:
    """Metadata and the table column by column; dates as text, missing values as null."""
    written = frame.with_columns(pl.col("date").dt.to_string("%Y-%m-%d"))
    whole = {"metadata": with_units(meant, frame), "columns": written.to_dict(as_series=False)}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False).encode()
