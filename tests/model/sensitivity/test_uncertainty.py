"""Ends of the tornado are direct runs, and on either side of a flip point the answer is another."""

from __future__ import annotations

import numpy as np
import pytest

from model import load_network, network_names, project
from model.errors import BallastError
from model.gains.ledger import ledger_of
from model.parameters.assumptions.chance import SPREAD
from model.scenario.scenario import Scenario
from model.sensitivity.flip_points import flip_points
from model.sensitivity.uncertainty import Arm, Question, tornado

PAYMENT = {"burn_share": 0.5}


def question(name: str = "payment", outcome: str = "price", years: float = 4) -> Question:
    changes = {"payment": PAYMENT, "textbook": {"burn_share": 0.7}}.get(name, {"emission_scale": 0.6})
    return Question(Scenario(load_network(name), changes), outcome, years=years)


# ---- tornado ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", network_names())
def test_ends_of_the_tornado_are_direct_runs_with_that_assumption(name: str) -> None:
    asked = question(name, years=2)
    found = tornado(asked)
    assert found.bars
    for bar in (*found.bars[:3], found.bars[-1]):
        for value, effect in ((bar.low, bar.effect_low), (bar.high, bar.effect_high)):
            run = project(name, changes=asked.scenario.changes, assumptions={bar.key: value}, years=2)
            price = run.values("price")[:, -1]
            assert effect == pytest.approx(price[1] / price[0] - 1, rel=1e-9, abs=1e-13, nan_ok=True), bar.key
    price = project(name, changes=asked.scenario.changes, years=2).values("price")[:, -1]
    assert found.effect == pytest.approx(price[1] / price[0] - 1, rel=1e-9)


def test_the_tornado_covers_every_assumption_a_reader_may_judge_largest_first() -> None:
    found = tornado(question())
    asked = set(found.question.asked)
    assert {bar.key for bar in found.bars} | set(found.without_effect) == asked
    assert "outside_price_ratio" in found.without_effect
    assert not any(concrete.declared.group == SPREAD for concrete in found.question.asked.values())
    assert not any(concrete.declared.shown == "hidden" for concrete in found.question.asked.values())
    swings = [bar.swing for bar in found.bars]
    assert swings == sorted(swings, reverse=True)
    assert found.frame["key"].to_list() == [bar.key for bar in found.bars]
    assert found.bars[0].label.lower() in found.sentence.lower()
    assert found.judgement_calls == load_network("payment").judgement_calls


def test_a_scenario_without_changes_does_nothing_under_any_assumption() -> None:
    asked = Question(Scenario(load_network("payment")), years=1)
    found = tornado(asked)
    assert found.effect == 0
    assert found.bars == ()
    assert "No assumption changes" in found.sentence
    assert "does not change" in flip_points(asked).sentence


def test_an_assumption_of_the_scenario_is_where_the_tornado_starts() -> None:
    scenario = Scenario(load_network("payment"), PAYMENT, assumptions={"demand_growth": 0.02})
    found = tornado(Question(scenario, years=1))
    bar = next(bar for bar in found.bars if bar.key == "demand_growth")
    assert bar.now == 0.02
    run = project("payment", changes=PAYMENT, assumptions={"demand_growth": 0.02}, years=1).values("price")[:, -1]
    assert bar.effect_now == pytest.approx(run[1] / run[0] - 1, rel=1e-9)


def test_proposals_are_left_out_of_the_baseline_of_every_arm() -> None:
    scenario = Scenario(load_network("internet-computer@2026-02"), proposals=["icp-mission-70"])
    asked = Question(scenario, "supply", years=2)
    before, after = asked.values([Arm(), Arm({"exit_speed": 3.0})])
    run = project(scenario.network, proposals=["icp-mission-70"], years=2).values("supply")[:, -1]
    assert (before[0], after[0]) == pytest.approx((run[0], run[1]), rel=1e-12)
    assert after[1] != before[1]


def test_a_world_that_stops_at_an_end_is_no_number_and_comes_first() -> None:
    scenario = Scenario(load_network("textbook"), {"fiat_indexed_mint": 2.0})
    found = tornado(Question(scenario, years=25))
    stopped = [bar for bar in found.bars if np.isnan([bar.effect_low, bar.effect_high]).any()]
    assert stopped
    assert stopped[0] is found.bars[0]
    assert found.frame["effect_low"].null_count() + found.frame["effect_high"].null_count() >= 1
    assert "the run stops" in found.sentence


def test_a_share_is_compared_in_percentage_points_and_a_gain_in_dollars() -> None:
    rate = question(outcome="net_emission_rate", years=1)
    assert rate.compared == "difference"
    assert rate.effect_words(0.012) == "+1.2 percentage points"
    assert rate.effect_words(-0.0002) == "less than −0.1 percentage points"
    gain = Question(rate.scenario, lambda run: ledger_of(run).gain("users"), years=1, noun="the gain of users")
    assert gain.compared == "difference"
    run = project("payment", changes=PAYMENT, years=1)
    users = ledger_of(run).gain("users")
    assert gain.differences([Arm()])[0] == pytest.approx(users[1] - users[0], rel=1e-9)
    assert "the gain of users" in tornado(gain).sentence


def test_an_outcome_that_does_not_exist_is_refused() -> None:
    with pytest.raises(BallastError, match="no variable 'prize'"):
        question(outcome="prize")


# ---- flip points --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "outcome", "years"),
    [("payment", "price", 10.0), ("textbook", "price", 10.0), ("internet-computer", "price", 10.0),
     ("bittensor", "price", 10.0), ("payment", "provider_margin", 4.0)],
)  # fmt: skip
def test_on_either_side_of_a_flip_point_a_direct_run_gives_another_answer(
    name: str, outcome: str, years: float
) -> None:
    asked = question(name, outcome, years)
    found = flip_points(asked)
    assert found.points
    for point in found.points:
        span = 1e-4 * max(abs(point.value), abs(point.now), 1e-3)
        away = span if point.side == "above" else -span
        answers = []
        for value in (point.value - away, point.value + away):
            changes = {**asked.scenario.changes, **({point.key: value} if point.kind == "lever" else {})}
            assumed = {point.key: value} if point.kind == "assumption" else {}
            end = project(name, changes=changes, assumptions=assumed, years=years).values(outcome)[:, -1]
            answers.append(float(end[1] - end[0]))
        assert answers[0] * found.effect > 0 > answers[1] * found.effect, point.key
        assert point.effect_near * point.effect_far < 0
        assert (point.value < point.now) == (point.side == "below")
        if not point.jumps:
            assert abs(point.effect_near) < 1e-3 * abs(found.effect)


def test_a_flip_point_is_told_with_its_value_and_what_is_assumed() -> None:
    found = flip_points(question(years=10))
    point = next(point for point in found.points if point.key == "cost_trend")
    assert point.value < 0
    assert point.sentence.startswith("It would stop raising the token price if unit cost rose more than ")
    assert point.sentence.endswith("(assumed: 0% a year).")
    assert found.sentence == found.points[0].sentence
    assert found.frame["sentence"].to_list() == [p.sentence for p in found.points]


def test_no_value_in_its_usual_range_is_an_answer() -> None:
    """Emission without any answer of anybody: half of it always leaves less supply."""
    asked = Question(Scenario(load_network("textbook"), {"emission_scale": 0.5}), "issued", years=1)
    found = flip_points(asked)
    assert found.points == ()
    assert found.sentence.startswith("No value in its usual range turns the sign of the effect on")
    assert f"{len(found.tried)} assumptions and levers" in found.sentence


def test_a_lever_that_is_the_only_change_is_not_told_to_turn_at_todays_value() -> None:
    found = flip_points(question("textbook", years=10))
    assert found.effect > 0
    assert all(point.kind == "assumption" or point.value > 0.5 for point in found.points)
    assert "burn_share" in found.tried
    without = flip_points(question("textbook", years=2), levers=False)
    assert "burn_share" not in without.tried


def test_a_lever_beyond_what_its_payer_has_is_not_tried() -> None:
    scenario = Scenario(load_network("payment"), {"burn_share": 0.3, "emission_scale": 0.9}, funded_by="stakers")
    found = flip_points(Question(scenario, years=1))
    assert {"burn_share", "emission_scale"} <= set(found.tried)


def test_a_run_that_stops_has_no_sign_to_turn() -> None:
    scenario = Scenario(load_network("textbook"), {"fiat_indexed_mint": 14.0, "burn_share": 0.1})
    assert "stops before the horizon" in flip_points(Question(scenario, years=40)).sentence
