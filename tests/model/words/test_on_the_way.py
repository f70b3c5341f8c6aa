"""A comparison of the last day says where the way there differs more."""

from __future__ import annotations

import numpy as np

from model import load_network, load_proposal, project
from model.outcomes import measures, outcome
from model.words.on_the_way import on_the_way, widest


def test_mission_70_tells_of_the_years_in_which_node_providers_would_be_below_cost() -> None:
    run = project(load_network("internet-computer@2026-02"), proposals=[load_proposal("icp-mission-70")], years=10)
    told = on_the_way(run)
    measure = measures(run.system)["provider_margin"]
    step = widest(run, measure)
    assert step is not None
    lowest = outcome(run, measure, step)
    assert lowest.scenario < 0 < lowest.baseline
    assert "provider margin would be" in told
    assert measure.write(lowest.scenario) in told
    assert told.index("On the way there") == 0


def test_an_empty_change_has_nothing_to_tell_on_the_way() -> None:
    assert on_the_way(project(load_network("payment"), years=3)) == ""


def test_nothing_is_told_where_the_last_day_tells_it_all() -> None:
    run = project(load_network("payment"), proposals=[load_proposal("buyback-and-burn")], years=10)
    assert on_the_way(run) == ""
    price = run.values("price")
    gaps = np.abs(price[1] / price[0] - 1)
    assert gaps[-1] > 0.02
    assert gaps.max() <= 2 * gaps[-1]
