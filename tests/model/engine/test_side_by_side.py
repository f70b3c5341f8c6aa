"""Worlds stepped apart and remembered are the worlds of one run."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from model import Scenario, load_network, load_proposal, project
from model.engine.kept import MedianRun, drawn_steps
from model.engine.side_by_side import HELD, _memory, fingerprint, side_by_side

NAMES = ("supply", "price", "capacity", "net_emission_rate", "collapsed")


@pytest.mark.parametrize(
    "scenario",
    [
        Scenario(load_network("render"), {"emission_scale": 0.5}),
        Scenario(load_network("payment"), {"burn_share": 0.8}),
        Scenario(load_network("internet-computer@2026-02"), proposals=(load_proposal("icp-mission-70"),)),
    ],
    ids=["render", "payment", "mission-70"],
)
def test_worlds_stepped_apart_are_those_of_one_run(scenario: Scenario) -> None:
    apart = side_by_side(scenario, years=3, draws=12, seed=5)
    whole = project(
        scenario.network, changes=scenario.changes, proposals=scenario.proposals, years=3, draws=12, seed=5
    ).thinned(drawn_steps(157))
    assert np.array_equal(apart.at, whole.at)
    assert apart.labels == whole.labels
    assert np.array_equal(apart.draws, whole.draws)
    for name in NAMES:
        assert np.array_equal(apart.values(name), whole.values(name), equal_nan=True), name
    for name in NAMES:
        medians = (MedianRun(lambda: apart).values(name), MedianRun(lambda: whole).values(name))
        assert np.array_equal(*medians, equal_nan=True), name


def test_a_baseline_that_no_lever_moves_is_taken_from_memory() -> None:
    network = load_network("render")
    first = side_by_side(Scenario(network, {"emission_scale": 0.5}), years=2, draws=3, seed=1)
    second = side_by_side(Scenario(network, {"emission_scale": 0.7}), years=2, draws=3, seed=1)
    assert first.parts[0] is second.parts[0]
    assert first.parts[1] is not second.parts[1]


def test_a_scenario_that_changes_nothing_is_its_baseline() -> None:
    found = side_by_side(Scenario(load_network("render")), years=2, draws=3, seed=1)
    assert found.parts[0] is found.parts[1]
    assert found.labels == ("baseline",) * 3 + ("scenario",) * 3


def test_another_seed_assumption_stock_or_horizon_is_another_world() -> None:
    network = load_network("payment")
    base = Scenario(network)
    worlds = [
        side_by_side(base, years=2, draws=3, seed=1),
        side_by_side(base, years=2, draws=3, seed=2),
        side_by_side(base, years=2, draws=4, seed=1),
        side_by_side(base, years=3, draws=3, seed=1),
        side_by_side(Scenario(network, assumptions={"demand_growth": 0.2}), years=2, draws=3, seed=1),
        side_by_side(Scenario(network, initial={"price": 4.0}), years=2, draws=3, seed=1),
    ]
    keys = {fingerprint(run.parts[0].paths.worlds, len(run.parts[0].labels), place) for place, run in enumerate(worlds)}
    assert len({id(run.parts[0]) for run in worlds}) == len(worlds) == len(keys)


def test_memory_is_bounded() -> None:
    network = load_network("payment")
    for place in range(HELD + 5):
        side_by_side(Scenario(network, {"emission_scale": 0.5 + place / 100}), years=1, draws=2, seed=3)
    assert len(_memory) <= HELD


def test_what_adds_up_every_step_is_stepped_again_when_asked_for() -> None:
    network = load_network("render")
    found = side_by_side(Scenario(network, {"emission_scale": 0.5}), years=2, draws=2, seed=1)
    whole = project(network, changes={"emission_scale": 0.5}, years=2, draws=2, seed=1).thinned(found.at)
    for name in ("issued", "treasury_fiat", "burned"):
        assert np.array_equal(found.values(name), whole.values(name)), name


def test_a_column_is_there_for_others_only_once_its_bands_are() -> None:
    median = MedianRun(lambda: project("payment", years=1, draws=10))
    seen: list[bool] = []

    class Watched(dict[str, Any]):
        def __setitem__(self, name: str, values: Any) -> None:
            seen.append(_has_bands(median, name))
            super().__setitem__(name, values)

    median._columns = Watched()
    median.compute(["supply", "price"])
    assert seen == [True, True]


def _has_bands(median: MedianRun, name: str) -> bool:
    return all(("band", label, name) in median._derived for label in median.labels)
