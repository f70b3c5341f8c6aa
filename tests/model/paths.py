"""Runs of bare worlds, the engines that step them, and whether tokens are conserved on their paths."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from model.engine.results import Run
from model.engine.stepper import Paths
from model.engine.worlds import Floats

BOTH = pytest.mark.parametrize("engine", ["kernel", "polars"])
DAY_ONE = dt.date(2026, 1, 1)


def result_of(paths: Paths) -> Run:
    return Run(paths, start=DAY_ONE, draws=[0] * paths.worlds.count)


def identity_error(result: Run) -> Floats:
    """Supply in buckets against supply by accounting, relative to the largest supply so far."""
    supply, accounted = result.values("supply"), result.values("supply_accounted")
    return np.abs(supply - accounted) / np.maximum.accumulate(supply, axis=1)
