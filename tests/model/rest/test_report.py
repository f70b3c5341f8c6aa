"""What the Equilibrium page shows: curves that cross where the model says, residuals, long run, sentences."""

from __future__ import annotations

import re

import numpy as np
import pytest

from model import Scenario, load_network
from model.rest.agreement_sentences import agreement_sentence
from model.rest.curve_sentences import crossing_sentence, plane_sentence
from model.rest.elasticity_sentences import elasticity_sentences
from model.rest.headline import clock_note, headline
from model.rest.long_run import frozen
from model.rest.plane_curves import plane_curves
from model.rest.price_curves import price_range
from model.rest.report import RestReport
from model.rest.threshold_sentences import (
    break_even_sentences,
    burn_peak_sentence,
    emission_sentences,
    merit_sentences,
    role_sentences,
)
from model.words.text import percent

WITH_POINT = ("textbook", "textbook-roles", "textbook-merit", "payment", "revenue-share")
NO_BURN = ("staking", "governance")


def report(name: str, changes: dict[str, float] | None = None, **assumptions: float) -> RestReport:
    return RestReport(Scenario(load_network(name), changes or {}, None, assumptions))


@pytest.mark.parametrize("name", WITH_POINT)
def test_burn_and_mint_cross_at_the_burn_mint_price_today_and_at_the_rest_price_at_rest(name: str) -> None:
    found = report(name)
    assert found.point is not None
    assert found.rest_flows is not None
    assert found.crossing_today == pytest.approx(found.rest.today["burn_mint_price"], rel=1e-9)
    assert found.rest_flows.crossing(found.point.price) == pytest.approx(found.point.price, rel=1e-9)


def test_at_todays_price_the_curves_are_todays_flows() -> None:
    found = report("payment")
    mint, burn = found.today_flows(np.array([found.rest.today["price"]]))
    assert mint[0] == pytest.approx(found.rest.today["emission"])
    assert burn[0] == pytest.approx(found.rest.today["burn"])


def test_with_slashing_the_curves_still_cross_at_the_rest_price() -> None:
    for key in ("slashing_rate", "slashed_burn_share"):
        assert key in load_network("staking").values
    found = report("textbook", {"slashing_rate": 0.02, "slashed_burn_share": 0.5})
    assert found.point is not None
    assert found.rest_flows is not None
    assert found.rest_flows.crossing(found.point.price) == pytest.approx(found.point.price, rel=1e-6)


@pytest.mark.parametrize("name", NO_BURN)
def test_a_network_that_burns_nothing_has_no_crossing_and_says_so(name: str) -> None:
    found = report(name)
    assert found.crossing_today is None
    assert "burns nothing" in headline(found)
    assert "only one line" in crossing_sentence(found, at_rest=False)
    assert found.float_is_held
    assert found.plane is not None


def test_every_marked_price_lies_inside_the_range() -> None:
    prices = price_range([0.02, 3.0])
    assert prices[0] < 0.02 < 3.0 < prices[-1]
    assert np.log10(prices[0]) == pytest.approx(round(np.log10(prices[0])))


@pytest.mark.parametrize("name", WITH_POINT)
def test_the_curves_of_the_plane_meet_at_the_rest_points(name: str) -> None:
    found = report(name)
    assert found.plane is not None
    for point in found.rest.points:
        supported = np.interp(
            np.log(point.capacity), np.log(found.plane.supported.capacity), found.plane.supported.quality
        )
        assert supported == pytest.approx(point.quality, abs=2e-3)
        wanted = np.interp(
            np.log(point.capacity), np.log(found.plane.free_entry.capacity), found.plane.free_entry.quality
        )
        assert wanted == pytest.approx(point.quality, abs=2e-3)


def test_the_quality_curve_of_one_role_is_the_declared_one() -> None:
    found = report("textbook")
    assert found.plane is not None
    capacity, quality = found.plane.supported.capacity, found.plane.supported.quality
    assert quality == pytest.approx(capacity**2 / (capacity**2 + 1.5**2))


def test_the_tipping_line_runs_through_the_tipping_point_from_high_quality_to_low() -> None:
    found = report("textbook")
    assert found.plane is not None
    line, tipping = found.plane.tipping_line, found.rest.tipping_point
    assert line is not None
    assert tipping is not None
    assert np.min(np.abs(line.capacity - tipping.capacity) + np.abs(line.quality - tipping.quality)) < 1e-9
    assert np.all(np.diff(line.quality) < 0)
    assert np.all(np.diff(line.capacity) > 0)


def test_without_a_rest_point_the_free_entry_curve_stays_above_the_quality_curve() -> None:
    found = report("payment", demand_scale=2e7)
    assert found.point is None
    assert found.rest.problem is not None
    curves = plane_curves(found.rest.problem)
    assert curves is not None
    inside = curves.free_entry.capacity >= curves.supported.capacity.min()
    capacity, quality = curves.free_entry.capacity[inside], curves.free_entry.quality[inside]
    assert np.all(quality > np.interp(np.log(capacity), np.log(curves.supported.capacity), curves.supported.quality))
    assert "no point of rest" in headline(found)
    assert "do not meet" in plane_sentence(found)


@pytest.mark.parametrize("name", WITH_POINT)
def test_every_condition_holds_at_the_rest_point(name: str) -> None:
    rows = report(name).residuals
    assert len(rows) >= 8
    assert [row.name for row in rows if not row.holds] == []
    assert all(row.number for row in rows)


@pytest.mark.parametrize("name", ["textbook", "textbook-roles", "textbook-merit"])
def test_the_simulation_ends_at_the_rest_point_from_elsewhere(name: str) -> None:
    found = report(name, {"burn_share": 0.45})
    assert all(abs(gap) < 1e-3 for gap in found.long_run.gaps.values())
    assert "agree" in agreement_sentence(found, "price")


def test_a_half_life_of_centuries_is_simulated_for_three_hundred_years_and_the_gap_is_told() -> None:
    found = report("payment", {"burn_share": 0.002})
    assert found.long_run.years == 300
    assert "still on its way" in agreement_sentence(found, "price")
    assert "not a forecast" in clock_note(found)


def test_an_emission_schedule_is_frozen_in_the_long_run() -> None:
    found = report("render")
    assert found.long_run.years == 300
    assert found.long_run.values["price"][0] == pytest.approx(found.rest.today["price"])
    structure, values = frozen(found.scenario)
    assert structure.emission == "constant"
    assert values["emission_rate"] == pytest.approx(found.rest.today["nominal_emission"])


@pytest.mark.parametrize("name", [*WITH_POINT, *NO_BURN, "render"])
def test_an_equilibrium_is_never_told_without_its_clock(name: str) -> None:
    said = headline(report(name))
    assert any(word in said for word in ("years", "months", "weeks", "a year"))
    assert "should" not in said


@pytest.mark.parametrize("name", [*WITH_POINT, *NO_BURN, "render"])
@pytest.mark.parametrize("changes", [{}, {"emission_scale": 0.0}, {"emission_scale": 1.3}])
def test_sentences_are_finished_neutral_and_free_of_missing_numbers(name: str, changes: dict[str, float]) -> None:
    found = report(name, changes)
    said = [
        headline(found), plane_sentence(found), crossing_sentence(found, at_rest=False),
        agreement_sentence(found, "price"),
        *elasticity_sentences(found), *break_even_sentences(found), *emission_sentences(found), *merit_sentences(found),
    ]  # fmt: skip
    for sentence in said:
        assert sentence.endswith(".")
        assert not re.search(r"\bnan\b|not known|None|\bshould\b|  ", sentence)


def test_accuracy_below_the_cost_ratio_is_told_as_a_race_to_the_bottom() -> None:
    found = report("textbook-merit", scoring_contrast=0.3)
    (said,) = merit_sentences(found)
    assert "66.7%" in said
    assert "no merit weight helps" in said
    assert "race to the bottom" in said


def test_the_bottleneck_and_who_leaves_first_are_named() -> None:
    said = " ".join(role_sentences(report("textbook-roles")))
    assert "One more point of payout to data" in said
    assert "model makers would leave first" in said


def test_the_three_limits_of_the_burn_share_are_told_apart() -> None:
    found = report("payment")
    said, peak = burn_peak_sentence(found), found.burn_peak
    assert peak is not None
    assert peak.tipping_share is not None
    assert found.burn_reach is not None
    assert found.burn_reach.setting < (peak.peak_share or 0) < peak.tipping_share
    assert f"highest at a burn share of {percent(peak.peak_share)}" in said
    assert f"a rest point exists up to {percent(peak.tipping_share)}" in said
    assert f"today's network gets there up to {percent(found.burn_reach.setting)}" in said
    assert "that highest price is not reached" in said
