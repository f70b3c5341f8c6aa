"""A comparison of the last day says where the way there differs more."""

from __future__ import annotations

import numpy as np

from model import load_network, load_proposal, project
from model.outcomes import measures
from model.words.on_the_way import on_the_way, over_the_year, widest, yearly


def test_mission_70_tells_of_the_years_in_which_node_providers_would_be_below_cost() -> None:
    run = project(load_network("internet-computer@2026-02"), proposals=[load_proposal("icp-mission-70")], years=10)
    told = on_the_way(run)
    measure = measures(run.system)["provider_margin"]
    step = widest(run, measure)
    assert step is not None
    lowest = over_the_year(run, measure, step)
    assert lowest.scenario < 0 < lowest.baseline
    assert "provider margin would be" in told
    assert measure.write(lowest.scenario) in told
    assert told.index("On the way there") == 0


def test_the_way_is_told_by_means_over_a_year_so_that_one_step_alone_is_not_told() -> None:
    run = project(load_network("render@2025-12"), proposals=[load_proposal("render-rnp-023")], years=10)
    measure = measures(run.system)["provider_margin"]
    values, means = run.values("provider_margin")[:2], yearly(run, measure)
    steps = np.flatnonzero(run.times >= 1)
    assert np.isnan(means[:, : steps[0]]).all()
    for step in (steps[0], steps[-1]):
        inside = (run.times > run.times[step] - 1) & (run.times <= run.times[step])
        np.testing.assert_allclose(means[:, step], values[:, inside].mean(axis=1))
    peak = float(np.nanmax(np.abs(values[1] - values[0])))
    assert float(np.nanmax(np.abs(means[1] - means[0]))) < 0.8 * peak
    assert measure.write(float(values[1][np.nanargmax(np.abs(values[1] - values[0]))])) not in on_the_way(run)


def test_an_empty_change_has_nothing_to_tell_on_the_way() -> None:
    assert on_the_way(project(load_network("payment"), years=3)) == ""


def test_nothing_is_told_where_the_last_day_tells_it_all() -> None:
    run = project(load_network("payment"), proposals=[load_proposal("buyback-and-burn")], years=10)
    assert on_the_way(run) == ""
    price = run.values("price")
    gaps = np.abs(price[1] / price[0] - 1)
    assert gaps[-1] > 0.02
    assert gaps.max() <= 2 * gaps[-1]
