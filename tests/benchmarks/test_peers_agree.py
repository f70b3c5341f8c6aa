"""The burn-mint economy written by hand gives the numbers of the declared equations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from benchmarks import burn_mint as economy
from benchmarks.cases import (
    BURN,
    CHANGED_AT,
    NETWORK,
    ONE,
    START,
    STEP_LENGTH,
    STEPS,
    Case,
    DatedCase,
    burn_shares,
    two_levers,
)
from benchmarks.compiled_loop import DATED, loop
from benchmarks.numpy_batch import batch
from benchmarks.peer_process import period, prepared
from model.engine.stepper import run
from model.engine.worlds import Floats

PROMISED = 1e-9
CASES = [ONE, Case("9 runs", burn_shares(9)), Case("4 x 4", two_levers(4))]
ORDER = [NETWORK.system.state_names.index(name) for name in economy.STATES]


def by_kernel(case: Case | DatedCase) -> Floats:
    return run(case.worlds(), "kernel").states[ORDER]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_numpy_batch_gives_the_paths_of_the_kernel(case: Case) -> None:
    found = batch(case.parameters, START, STEPS, STEP_LENGTH).transpose(0, 2, 1)
    np.testing.assert_allclose(found, by_kernel(case), rtol=PROMISED)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_compiled_loop_gives_the_paths_of_the_kernel(case: Case) -> None:
    np.testing.assert_allclose(loop(case.parameters, START, STEPS, STEP_LENGTH), by_kernel(case), rtol=PROMISED)


@pytest.mark.parametrize("runs", [1, 9])
def test_the_compiled_loop_reads_dated_inputs_as_the_kernel_does(runs: int) -> None:
    case = DatedCase("dated", runs)
    found = loop(ONE.parameters, START, STEPS, STEP_LENGTH, case.paths())
    np.testing.assert_allclose(found, by_kernel(case), rtol=PROMISED)


@pytest.mark.parametrize("case", [ONE, Case("3 runs", burn_shares(3))], ids=lambda case: case.title)
def test_the_week_that_peers_run_gives_the_path_of_the_kernel(case: Case) -> None:
    lists: dict[str, Any] = {key: np.asarray(value).tolist() for key, value in case.parameters.items()}
    parameters = prepared(lists, STEP_LENGTH)
    for number in range(case.runs):
        own = {key: values[number if len(values) > 1 else 0] for key, values in parameters.items()}
        state: Mapping[str, float] = dict(START)
        for _ in range(STEPS):
            state = period(own, 0, [], dict(state))
        expected = dict(zip(economy.STATES, by_kernel(case)[:, number, -1], strict=True))
        assert state == pytest.approx(expected, rel=PROMISED)


def test_every_case_moves_every_state_and_runs_differ() -> None:
    for case in CASES:
        states = by_kernel(case)
        assert ((np.ptp(states, axis=2) / states[:, :, 0]).max(axis=1) > 0.01).all()
        if case.runs > 1:
            differs = np.ptp(states[:, :, -1], axis=1) > 0
            assert differs[[name != "treasury" for name in economy.STATES]].all()


def test_the_dated_case_differs_from_the_plain_one_in_shocks_and_after_its_date() -> None:
    case = DatedCase("dated", 2)
    moved = case.paths()
    assert (np.ptp(moved[:-2], axis=2) > 0).all()
    burn = moved[DATED.index("burn_share")]
    assert (burn[:, :CHANGED_AT] == BURN).all()
    assert (burn[:, CHANGED_AT:] < BURN).all()
