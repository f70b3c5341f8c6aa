"""A rest point that exists is not always reached: where the way of today's network ends, and up to which setting."""

from __future__ import annotations

import numpy as np
import pytest

from model import Scenario, equilibrium, load_network, project
from model.equilibrium import rest_of
from model.rest.headline import headline
from model.rest.reach_sentences import falls_sentence, reached_words, way_sentence
from model.rest.reached import ended, reached
from model.rest.report import RestReport
from model.words.apart_sentences import apart_sentence
from model.words.rest_sentences import rest_sentence, stability_sentence

AT_REST = ("textbook", "textbook-roles", "textbook-merit")
HELD = {"demand_growth": 0.0}
"""What the payment network needs besides, so that a projection has no trend."""


def report(changes: dict[str, float] | None = None, name: str = "payment", **assumptions: float) -> RestReport:
    return RestReport(Scenario(load_network(name), changes or {}, None, assumptions))


def simulated(burn_share: float, years: int = 100) -> np.ndarray:
    """Capacity on the way of the payment network without trends, over its first day's."""
    run = project("payment", changes={"burn_share": burn_share}, assumptions=HELD, years=years)
    capacity: np.ndarray = run.values("capacity")[1] / run.values("capacity")[1, 0]
    return capacity


@pytest.mark.parametrize("name", AT_REST)
def test_a_network_that_starts_at_a_stable_rest_point_has_reached_it_on_the_first_day(name: str) -> None:
    rest = equilibrium(name)
    assert rest.stable_point is not None
    assert rest.stable_point.stable
    assert rest.reached is not None
    assert rest.reached.there
    assert rest.reached.date == load_network(name).as_of


@pytest.mark.parametrize(("burn_share", "there"), [(0.2, True), (0.65, True), (0.7, False), (0.75, False)])
def test_the_answer_is_what_the_simulation_does(burn_share: float, there: bool) -> None:
    """A newcomer found it on screen: at 75% burn a price 37.7% higher was promised, and everybody left."""
    found = report({"burn_share": burn_share})
    assert found.point is not None
    assert found.point.stable
    assert found.reached is not None
    assert found.reached.there == there
    assert found.reached.fails != there
    assert (simulated(burn_share)[-1] > 0.2) == there


def test_a_collapse_is_dated_when_the_way_crosses_the_tipping_line() -> None:
    found = report({"burn_share": 0.75})
    assert found.reached is not None
    assert found.reached.date is not None
    assert not found.reached.starts_below
    start = load_network("payment").as_of
    years = (found.reached.date - start).days / 365.25
    assert found.plane is not None
    line = found.plane.tipping_line
    assert line is not None
    long = found.long_run
    at = np.searchsorted([day.toordinal() for day in long.dates], found.reached.date.toordinal())
    needed = np.interp(np.log(long.values["capacity"]), np.log(line.capacity), line.quality)
    above = long.values["quality"] >= needed
    assert above[: at - 1].all()
    assert not above[at:].any()
    assert 0 < years < found.reached.years


def test_a_network_that_starts_below_the_line_is_told_so() -> None:
    lower = equilibrium("textbook").points[1]
    there = {name: lower.state[name] for name in ("float_supply", "staked", "price", "quality", "treasury")}
    low = {**there, "capacity": 0.8 * lower.capacity}
    rest = rest_of(Scenario(load_network("textbook"), initial=low))
    assert rest.reached is not None
    assert rest.reached.end == "collapse"
    assert rest.reached.starts_below
    assert rest.reached.date == load_network("textbook").as_of
    assert "starts below the tipping line" in rest_sentence(rest)


def test_without_a_rest_point_or_for_another_day_nothing_is_answered() -> None:
    assert equilibrium("payment", changes={"burn_share": 0.8}).reached is None
    assert equilibrium("staking").reached is None
    later = equilibrium("payment", at=load_network("payment").as_of.replace(year=2028))
    assert later.found
    assert later.reached is None


def test_a_way_of_centuries_is_under_way_and_not_called_a_failure() -> None:
    found = report({"burn_share": 0.002})
    assert found.reached is not None
    assert found.reached.end == "under way"
    assert not found.reached.fails
    assert "would come to rest" in headline(found)
    assert "still on the way" in way_sentence(found)


def test_a_way_may_end_at_another_point() -> None:
    """Judged alone: no shipped network has two points that attract."""
    upper, lower = equilibrium("textbook").points
    other = equilibrium("textbook", assumptions={"demand_scale": 7.0}).points[0]
    path = {name: np.full(50, getattr(other, name)) for name in ("price", "revenue", "capacity", "quality")}
    assert ended(path, (upper, other, lower)) == "another rest point"
    assert ended(path, ()) is None
    stopped = reached(path, lambda step: load_network("textbook").as_of, 40, (upper, lower), "hyper-inflation")
    assert stopped is not None
    assert stopped.end == "collapse"
    assert stopped.stopped


# ---- how far settings may go ----------------------------------------------------------------------------
@pytest.mark.slow
def test_today_s_network_gets_there_up_to_the_limit_and_no_further() -> None:
    found = report()
    assert found.burn_reach is not None
    assert found.burn_peak is not None
    limit = found.burn_reach.setting
    assert limit < (found.burn_peak.tipping_share or 0)
    assert simulated(limit - 0.005, 200)[-1] > 0.2
    assert simulated(limit + 0.005, 200)[-1] < 0.05
    beyond = report({"burn_share": 0.75}).burn_reach
    assert beyond is not None
    assert beyond.setting == pytest.approx(limit, abs=1e-3)


@pytest.mark.slow
def test_falls_of_pay_and_demand_have_limits_on_the_way_below_those_of_existence() -> None:
    found = report({"burn_share": 0.65})
    assert found.fall_reach is not None
    assert max(found.fall_reach) < found.rest.distance_to_tipping
    scale = load_network("payment").values["demand_scale"]
    for shift, there in ((-0.002, True), (0.002, False)):
        fallen = report({"burn_share": 0.65}, demand_scale=scale * (1 - found.fall_reach[1] - shift))
        assert fallen.point is not None
        assert fallen.reached is not None
        assert fallen.reached.there == there
    assert "tips on the way" in falls_sentence(found)


# ---- in words -------------------------------------------------------------------------------------------
def test_a_point_that_is_not_reached_is_promised_nowhere() -> None:
    found = report({"burn_share": 0.75})
    for said in (headline(found), rest_sentence(found.rest), way_sentence(found)):
        assert "not get there" in said
        assert "Dec 2029" in said
        assert "come to rest at" not in said
        assert "drawn to" not in said
    assert stability_sentence(found.rest).startswith("For a network that stood there")
    assert found.reached is not None
    assert reached_words(found.reached) == "no"


def test_supply_that_grows_has_no_time_in_which_it_is_burned() -> None:
    for name, assumptions in (("render", {}), ("payment", {"demand_scale": 2e7})):
        found = report(None, name, **assumptions)
        assert found.rest.net_rate > 0
        assert "half of the float" not in headline(found)
        assert "more is minted than burned: supply grows by" in headline(found)
    shrinking = report({"burn_share": 0.8})
    assert shrinking.rest.net_rate < 0
    assert "half of the float would be burned" in headline(shrinking)


def test_the_reason_stands_where_a_run_and_the_rest_point_differ_in_direction() -> None:
    scenario = Scenario(load_network("payment"))
    run = project("payment", years=10)
    said = apart_sentence(rest_of(scenario), run, scenario)
    assert "demand grows 15% a year, while a rest point holds it as today" in said
    still = Scenario(load_network("textbook"))
    assert apart_sentence(rest_of(still), project("textbook", years=10), still) == ""
    growing = Scenario(load_network("render"))
    assert "capacity at" in apart_sentence(rest_of(growing), project("render", years=10), growing)
