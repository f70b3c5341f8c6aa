"""What a run came to: measures, key figures, drawn paths."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from model import Run, load_network, network_names, project
from model.engine.kept import POINTS
from model.outcomes import INDEXED, MEASURED, flows, key_figures, measures, outcome, paths, runs_out_in, series
from model.parameters import parameter_keys
from model.presets.usual_range import usual_range


@pytest.fixture(scope="module")
def burned() -> Run:
    return project("payment", changes={"burn_share": 0.4}, years=5)


@pytest.mark.parametrize("name", network_names())
def test_every_measured_word_is_a_variable_and_every_network_has_six_key_figures(name: str) -> None:
    run = project(name, years=1)
    declared = run.system.vocabulary.variables
    assert {declared[column].word for column in measures(run.system)} <= {*MEASURED, "role_quality", "stream_revenue"}
    assert len(key_figures(run)) == 6


def test_a_network_without_stakers_or_locked_tokens_reports_none_of_them_and_offers_no_chart_of_them() -> None:
    run = project("render", years=0.1)
    for name in ("staked", "staking_ratio", "staking_yield", "locked"):
        assert np.array_equal(run.values(name), np.zeros_like(run.values("price")))
        assert name in run.frame.columns
        assert name not in measures(run.system)
    assert "staking_ratio" in measures(project("payment", years=0.1).system)


@pytest.mark.parametrize("name", network_names())
def test_an_empty_change_is_exactly_unchanged_in_every_measure(name: str) -> None:
    run = project(name, years=2)
    for measure in measures(run.system).values():
        assert outcome(run, measure).change in ("unchanged", "not known")
        values = series(run, measure)
        assert np.array_equal(values[0], values[1], equal_nan=True)


def test_an_index_starts_at_a_hundred_and_keeps_ratios(burned: Run) -> None:
    for word in INDEXED:
        measure = measures(burned.system)[word]
        values = series(burned, measure)
        assert values[0, 0] == pytest.approx(100)
        raw = burned.values(word)
        assert values[1, -1] / values[0, -1] == pytest.approx(raw[1, -1] / raw[0, -1])


def test_a_share_differs_in_percentage_points_and_an_amount_in_percent(burned: Run) -> None:
    offered = measures(burned.system)
    assert outcome(burned, offered["net_emission_rate"]).change.endswith("percentage points lower")
    assert outcome(burned, offered["supply"]).change.endswith("% lower")


def test_a_few_points_are_drawn_and_the_ends_are_exact(burned: Run) -> None:
    measure = measures(burned.system)["supply"]
    frame = paths(burned, measure)
    drawn = frame.filter(pl.col("series").cast(pl.String) == "scenario")["value"]
    values = burned.values("supply")[1]
    assert POINTS / 2 < len(drawn) < 2 * POINTS
    assert (drawn[0], drawn[-1]) == (values[0], values[-1])


def test_the_faint_line_is_the_scenario_of_the_run_before(burned: Run) -> None:
    before = project("payment", changes={"burn_share": 0.3}, years=5)
    measure = measures(burned.system)["supply"]
    frame = paths(burned, measure, before)
    faint = frame.filter(pl.col("series").cast(pl.String) == "previous")["value"]
    assert faint[-1] == before.values("supply")[1, -1]


def test_a_run_over_other_years_is_not_drawn_beside_this_one(burned: Run) -> None:
    other = project("payment", years=1)
    assert "previous" not in paths(burned, measures(burned.system)["supply"], other)["series"].cast(pl.String).to_list()


def test_the_net_flow_is_what_is_minted_less_what_is_burned(burned: Run) -> None:
    frame = flows(burned)
    assert np.allclose(frame["mint"] - frame["burn"], frame["net"])


def test_a_budget_empties_a_treasury_at_a_date_and_without_one_it_lasts() -> None:
    run = project("governance", years=10)
    years = runs_out_in(run, 0)
    assert years is not None
    assert 0 < years < 10
    assert runs_out_in(project("payment", years=1), 0) is None


@pytest.mark.parametrize("name", network_names())
def test_every_usual_range_holds_its_network_s_own_size_and_is_in_order(name: str) -> None:
    network = load_network(name)
    for concrete in parameter_keys(network.structure).values():
        usual = usual_range(network, concrete)
        assert concrete.declared.minimum <= usual.low < usual.high <= concrete.declared.maximum
        assert usual.step > 0
        if concrete.declared.scale == "value":
            assert usual.contains(usual.base)
