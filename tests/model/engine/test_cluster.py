"""Sweeps in other processes: the how-to guide runs as written, and a Dask cluster gives the numbers of one thread."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from dask.distributed import Client, LocalCluster

from model import project, sweep

ROOT = Path(__file__).resolve().parents[3]
GUIDE = ROOT / "docs" / "how-to" / "sweep-on-a-cluster.md"
BLOCKS = re.findall(r"```python\n(.*?)```", GUIDE.read_text(encoding="utf-8"), flags=re.DOTALL)

TOLD = ("Providers cannot pay for this", "emission_scale")
"""What each script of the guide prints, in part."""

CLUSTER: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}


@pytest.mark.slow
@pytest.mark.parametrize(("script", "told"), list(zip(BLOCKS, TOLD, strict=True)), ids=["processes", "dask"])
def test_scripts_of_the_guide_run_as_they_are_written(script: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "guide.py"
    path.write_text(script, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert told in done.stdout


@pytest.mark.slow
def test_a_dask_cluster_gives_the_numbers_of_one_thread() -> None:
    over = {"burn_share": [0.1, 0.3, 0.9], "demand_growth": [0.0, 0.2]}
    how: dict[str, Any] = {"years": 1, "seed": 3}
    maps: dict[str, Any] = {"draws": 400, "outputs": ["price", "capacity"], **how}
    summaries: dict[str, Any] = {"draws": 1200, "keep": "summary", "outputs": ["price"], **how}
    with (
        LocalCluster(**CLUSTER) as cluster,  # type: ignore[no-untyped-call]  # Dask ships no types
        Client(cluster) as client,  # type: ignore[no-untyped-call]
    ):
        executor = client.get_executor()
        there = sweep("payment", over, executor=executor, **maps)
        seen = [progress.done for progress in there]
        summary = project("payment", executor=executor, **summaries).values("price")
    here = sweep("payment", over, **maps)
    assert seen[-1] == 6 * 400
    assert len(seen) == 3
    for name in ("price", "capacity"):
        assert there.table(name).equals(here.table(name))
        np.testing.assert_array_equal(there.result().values(name), here.result().values(name))
    np.testing.assert_array_equal(summary, project("payment", **summaries).values("price"))
