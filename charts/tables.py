"""The table twin of a chart: the same numbers in the shape a reader expects."""

from __future__ import annotations

import polars as pl


def twin(frame: pl.DataFrame) -> pl.DataFrame:
    """Chart data as a table: long series become columns, with scenario minus baseline beside them.

    A frame with date, series and value becomes one row per date; any other frame is returned as it is.
    """
    if not {"date", "series", "value"} <= set(frame.columns):
        return frame
    wide = frame.with_columns(pl.col("series").cast(pl.String)).pivot("series", index="date", values="value")
    names = [name for name in ("baseline", "scenario", "previous") if name in wide.columns]
    wide = wide.select("date", *names)
    if not {"baseline", "scenario"} <= set(names):
        return wide
    gap = pl.col("scenario") - pl.col("baseline")
    relative = pl.when(pl.col("baseline") != 0).then(100 * gap / pl.col("baseline").abs())
    return wide.with_columns(gap.alias("difference"), relative.alias("difference, %"))
