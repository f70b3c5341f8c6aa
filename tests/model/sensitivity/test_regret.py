"""Regret tables and disputes are direct runs, and what they name is what explains them."""

import numpy as np
import pytest

from model import Scenario, load_network, load_proposal, load_stress, project
from model.errors import BallastError
from model.sensitivity.dispute import dispute
from model.sensitivity.flip_points import flip_points
from model.sensitivity.goal_questions import goal_question
from model.sensitivity.regret import NO_STRESS, SWITCHED_ON, TODAY, Regrets, RegretTable, options_of
from model.sensitivity.uncertainty import Arm, Question, tornado
from model.tuning.goals import Goal

PAYMENT = load_network("payment")
FLOOR = Goal("capacity", "at_least", 90.0, 2.0, "throughout", 0.9)
STRESSES = [load_stress(name) for name in ("demand-halves", "gpu-cost-doubles", "accuracy-falls")]
SCENARIO = Scenario(PAYMENT, {"emission_scale": 0.5}, proposals=["buyback-and-burn"])


@pytest.fixture(scope="module")
def table() -> Regrets:
    asked = RegretTable(SCENARIO, options_of(SCENARIO), STRESSES, FLOOR, draws=32, seed=7)
    steps = list(asked)
    assert [step.done for step in steps] == [1, 2, 3, 4]
    return asked.result()


def test_every_cell_of_a_regret_table_is_a_direct_run(table: Regrets) -> None:
    assert table.options == (TODAY, "The scenario on screen", load_proposal("buyback-and-burn").title)
    assert table.stresses == (NO_STRESS, "Demand halves", "Hardware costs twice as much for a year")
    run = project(
        PAYMENT,
        changes=SCENARIO.changes,
        proposals=SCENARIO.stacked,
        stress=["demand-halves"],
        years=2,
        draws=32,
        seed=7,
    )
    assert table.met[1, 1] == FLOOR.chance(run, "scenario").count
    assert table.met[0, 1] == FLOOR.chance(run, "baseline").count
    assert table.middle[1, 1] == pytest.approx(float(np.median(FLOOR.compared(run)[32:])), rel=1e-9)


def test_a_stress_that_cannot_be_laid_is_left_out_with_its_reason(table: Regrets) -> None:
    assert len(table.left_out) == 1
    assert "“Scoring gets less accurate” is left out: this network has nothing" in table.left_out[0]


def test_the_worst_case_of_an_option_is_named_with_its_cause(table: Regrets) -> None:
    assert np.all(table.regret >= 0)
    assert np.all(table.regret.min(axis=0) == 0)
    for option in range(len(table.options)):
        assert table.met[option, table.worst(option)] == table.met[option].min()
    assert "Hardware costs twice as much" in table.worst_sentence(0)
    assert table.options[table.safest] in table.sentence
    assert table.frame.height == 9


def test_a_scenario_without_changes_offers_nothing_beside_todays_rules() -> None:
    assert options_of(Scenario(PAYMENT)) == {}


def test_what_is_switched_on_is_a_world_of_its_own_beside_one_without_any_stress() -> None:
    stressed = Scenario(PAYMENT, stress=["demand-halves", "gpu-cost-doubles"])
    asked = RegretTable(stressed, {}, STRESSES[:2], FLOOR, draws=32, seed=7)
    assert [step.done for step in asked] == [1, 2, 3, 4]
    found = asked.result()
    assert found.stresses == (NO_STRESS, SWITCHED_ON, *(part.title for part in STRESSES[:2]))
    for column, on in enumerate(([], ["demand-halves", "gpu-cost-doubles"], ["demand-halves"], ["gpu-cost-doubles"])):
        run = project(PAYMENT, stress=on, years=2, draws=32, seed=7)
        assert found.met[0, column] == FLOOR.chance(run).count
    assert found.met[0, 0] > found.met[0, 1]
    assert "every option" not in found.sentence


# ---- disputes ---------------------------------------------------------------------------------------------
QUESTION = Question(Scenario(PAYMENT, {"burn_share": 0.5}), "price", 5)


def test_both_ends_of_a_dispute_are_direct_runs_and_shares_add_up() -> None:
    one, two = {"demand_growth": 0.3, "unit_cost": 40e6}, {"demand_growth": 0.0, "quality_steepness": 2.5}
    found = dispute(QUESTION, one, two)
    ends = QUESTION.differences([Arm(one), Arm(two)])
    assert (found.expected_one, found.expected_two) == pytest.approx(tuple(ends), rel=1e-9)
    assert found.shares.sum() == pytest.approx(found.total, rel=1e-9)
    assert set(found.keys) == {"demand_growth", "unit_cost", "quality_steepness"}
    assert np.all(np.diff(np.abs(found.shares)) <= 0)
    assert found.labels[0].lower() in found.sentence.lower()


def test_the_assumption_that_makes_the_difference_is_the_one_that_is_named() -> None:
    """One disputed assumption moves the answer, two others do not."""
    idle = {"outside_price_ratio": 3.0, "staking_speed": 3.0}
    found = dispute(
        QUESTION, {"demand_growth": 0.3, **idle}, {"demand_growth": 0.05, **idle, "outside_price_ratio": 9.0}
    )
    assert found.keys[0] == "demand_growth"
    assert found.shares[0] == pytest.approx(found.total, rel=1e-6)
    assert (
        "Most of the difference comes from demand growth (30% a year against 5% a year): 100% of it" in found.sentence
    )


def test_eleven_disputed_assumptions_are_divided_by_sampled_orders() -> None:
    keys = [key for key in QUESTION.asked if key != "outside_price_ratio"][:11]
    found = dispute(QUESTION, {}, {key: QUESTION.now(key) * 0.9 + 0.01 for key in keys})
    assert len(found.keys) == 11
    assert found.shares.sum() == pytest.approx(found.total, rel=1e-9)


def test_views_that_agree_leave_nothing_to_explain_and_unknown_keys_are_refused() -> None:
    assert "nothing to explain" in dispute(QUESTION, {}, {"demand_growth": QUESTION.now("demand_growth")}).sentence
    with pytest.raises(BallastError, match="no assumption that can be disputed"):
        dispute(QUESTION, {"burn_share": 0.1}, {})


# ---- goals as questions -----------------------------------------------------------------------------------
def test_the_flip_point_of_a_goal_divides_reached_from_missed() -> None:
    scenario = Scenario(PAYMENT, {"burn_share": 0.5})
    asked = goal_question(Goal("net_emission_rate", "at_most", 0.02, 4.0), scenario)
    found = flip_points(asked)
    assert found.points
    for point in found.points[:3]:
        assumed = {point.key: point.near} if point.kind == "assumption" else {}
        beyond = {point.key: point.far} if point.kind == "assumption" else {}
        near, far = asked.differences([Arm(assumed, {} if assumed else {point.key: point.near}),
                                       Arm(beyond, {} if beyond else {point.key: point.far})])  # fmt: skip
        assert near * far < 0
        assert point.sentence.startswith("The goal would ")
    assert "goal" in tornado(asked).sentence
