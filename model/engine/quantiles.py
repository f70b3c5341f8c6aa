"""Quantiles over futures, per date; a future without a value (its run has stopped) is left out and counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import polars as pl
import polars.selectors as cs

from model.engine.worlds import Floats, Integers

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)


def column_of_level(level: float) -> str:
    """Name of a quantile's column: "p05" for 0.05."""
    return f"p{round(level * 100):02d}"


def quantiles(values: Floats, levels: Sequence[float] = LEVELS) -> Floats:
    """Quantiles by linear interpolation between the sorted values.

    Parameters
    ----------
    values
        Shape (futures, dates); NaN where a future has no value.

    Returns
    -------
    ndarray
        Shape (levels, dates); NaN on dates where no future has a value.
    """
    ordered = np.sort(np.ascontiguousarray(values.T), axis=1)  # NaN comes last
    last = np.full(len(ordered), ordered.shape[1] - 1)
    if np.any(np.isnan(ordered[:, -1:])):
        last = np.count_nonzero(~np.isnan(ordered), axis=1) - 1
    rows = np.arange(len(ordered))
    found = np.full((len(levels), len(ordered)), np.nan)
    for i, level in enumerate(levels):
        place = level * last
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, last)
        low, high = ordered[rows, np.maximum(below, 0)], ordered[rows, np.maximum(above, 0)]
        found[i] = np.where(last >= 0, low + (place - below) * (high - low), np.nan)
    return found


def rows_of(labels: Sequence[str]) -> dict[str, Integers]:
    """Rows of each world, by label, in the order in which labels first occur."""
    found: dict[str, list[int]] = {}
    for row, label in enumerate(labels):
        found.setdefault(label, []).append(row)
    return {label: np.array(rows) for label, rows in found.items()}


def contiguous(values: Floats, rows: Integers) -> Floats:
    """Some rows of an array, without a copy where they stand together."""
    first, last = int(rows[0]), int(rows[-1])
    return values[first : last + 1] if last - first + 1 == len(rows) else values[rows]


def _summarise(values: Floats) -> dict[str, Floats]:
    some = np.count_nonzero(~np.isnan(values), axis=0)
    mean = np.nansum(values, axis=0) / np.where(some > 0, some, np.nan)
    found = dict(zip(map(column_of_level, LEVELS), quantiles(values), strict=True))
    return {"futures": some.astype(float), "mean": mean, **found}


def summary_frame(
    values: Callable[[str], Floats], labels: Sequence[str], dates: Sequence[dt.date], names: Sequence[str]
) -> pl.DataFrame:
    """Long frame: world, date, variable, futures, mean and quantiles.

    Parameters
    ----------
    values
        Gives shape (worlds, dates) for a name.
    labels
        Shape (worlds,): futures of one world carry its label.
    """
    groups = rows_of(labels)
    parts = [(label, name) for label in groups for name in names]

    def one(part: tuple[str, str]) -> dict[str, Floats]:
        label, name = part
        return _summarise(contiguous(values(name), groups[label]))

    with ThreadPoolExecutor(max_workers=2) as pool:
        made = list(pool.map(one, parts))
    length = len(dates)
    world_names, variables = pl.Enum(list(groups)), pl.Enum(list(names))
    return pl.DataFrame(
        {
            "world": pl.Series(np.repeat([label for label, _ in parts], length)).cast(world_names),
            "date": pl.Series(list(dates) * len(parts), dtype=pl.Date),
            "variable": pl.Series(np.repeat([name for _, name in parts], length)).cast(variables),
            "futures": np.concatenate([part["futures"] for part in made]).astype(np.int32),
            **{key: np.concatenate([part[key] for part in made]) for key in made[0] if key != "futures"},
        }
    ).with_columns(cs.float().fill_nan(None))
