"""Goals: read, written, counted."""

import datetime as dt

import numpy as np
import pytest

from model import Run, load_network, project
from model.errors import BallastError
from model.tuning.goals import CAPACITY, EMISSION, PROVIDERS, Chance, Goal, all_met


@pytest.fixture(scope="module")
def run() -> Run:
    return project(load_network("payment"), changes={"burn_share": 0.5}, years=3, draws=64, seed=3)


def test_a_goal_reads_back_from_its_link() -> None:
    for goal in (PROVIDERS, EMISSION, CAPACITY, Goal("capacity.compute", "at_most", -0.125, 1 / 3, "throughout", 1.0)):
        assert Goal.from_text(goal.to_text()) == goal


@pytest.mark.parametrize(
    "text",
    ["", "price", "price~above~1~on~3~0.9", "price~at_least~nan~on~3~0.9", "price~at_least~1~on~0~0.9",
     "price~at_least~1~on~3~1.1", "price~at_least~one~on~3~0.9", "price~at_least~1~sometimes~3~0.9", "~~~~~"],
)  # fmt: skip
def test_a_goal_that_cannot_be_read_is_told_in_one_sentence(text: str) -> None:
    with pytest.raises(BallastError) as told:
        Goal.from_text(text)
    assert str(told.value).count("\n") == 0
    assert "at_least~0~average~3~0.9" in str(told.value)


def test_a_goal_says_what_when_and_in_how_many(run: Run) -> None:
    start = dt.date(2026, 11, 1)
    assert PROVIDERS.sentence(run.system, start) == (
        "Provider margin at least 0% on average to Nov 2029, in 90% of futures or more"
    )
    assert "at most 3% a year in Nov 2029" in EMISSION.sentence(run.system, start)
    assert "index at least 50 (today 100) all the way to Nov 2031" in CAPACITY.sentence(run.system, start)


def test_a_goal_is_held_against_what_the_run_shows(run: Run) -> None:
    margin = run.values("provider_margin")
    last = run.values("net_emission_rate")[:, -1]
    index = 100 * run.values("capacity") / run.values("capacity")[0, 0]
    assert np.allclose(PROVIDERS.compared(run), margin[:, 1:].mean(axis=1))
    assert np.array_equal(EMISSION.met(run), last <= EMISSION.value)
    floor = Goal("capacity", "at_least", 95.0, 2.0, "throughout")
    assert np.array_equal(floor.met(run), (index[:, (run.times > 0) & (run.times <= 2.01)] >= 95.0).all(axis=1))
    assert 0 < np.count_nonzero(floor.met(run)) < 128
    both = all_met((PROVIDERS, floor), run)
    assert np.array_equal(both, PROVIDERS.met(run) & floor.met(run))


def test_counts_of_a_world_are_those_of_its_futures(run: Run) -> None:
    found = EMISSION.chance(run, "baseline")
    assert found.futures == 64
    assert found.count == np.count_nonzero(run.values("net_emission_rate")[:64, -1] <= EMISSION.value)


def test_a_stopped_future_reaches_no_goal() -> None:
    values = np.array([1.0, np.nan, -1.0])
    assert Goal("price", "at_least", 0.0, 1.0).holds(values).tolist() == [True, False, False]
    assert Goal("price", "at_most", 0.0, 1.0).holds(values).tolist() == [False, False, True]


def test_wilsons_interval_is_the_published_one() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I: 81 of 263 gives 0.2553 to 0.3662 by Wilson's method.
    low, high = Chance(81, 263).interval
    assert (low, high) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert Chance(0, 20).interval[0] == 0
    assert Chance(0, 20).interval[1] == pytest.approx(0.1611, abs=5e-5)


def test_a_goal_beyond_the_run_or_the_network_is_refused(run: Run) -> None:
    with pytest.raises(BallastError, match="lengthen the horizon"):
        CAPACITY.met(run)
    with pytest.raises(BallastError, match="no 'happiness'"):
        Goal("happiness", "at_least", 1.0, 1.0).met(run)
