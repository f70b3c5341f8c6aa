"""Cells of a map are direct runs, and its contour divides the signs."""

import numpy as np
import pytest

from model import Scenario, load_network, project
from model.errors import BallastError
from model.sensitivity.contour import sign_change
from model.sensitivity.maps import OutcomeMap, map_keys
from model.sensitivity.stress_questions import asked, counted_sentence, what_is_moved
from model.sensitivity.uncertainty import Arm
from model.tuning.goals import Chance, Goal

PAYMENT = load_network("payment")
STRESSED = Scenario(PAYMENT, {"emission_scale": 0.6}, stress=["demand-halves"])


def test_a_cell_is_the_median_of_direct_runs_in_the_same_futures() -> None:
    found = OutcomeMap(STRESSED, "price", "burn_share", "demand_growth", years=2, cells=3, draws=8, seed=7)
    assert [p.done for p in found][-1] > 0
    result = found.result()
    at = (2, 1)
    changes = {**STRESSED.changes, "burn_share": float(result.x.values[1])}
    assumed = {"demand_growth": float(result.y.values[2])}
    run = project(PAYMENT, changes=changes, assumptions=assumed, stress=STRESSED.stress, years=2, draws=8, seed=7)
    price = run.values("price")[:, -1].reshape(2, 8)
    assert result.values[at] == pytest.approx(float(np.median(price[1] / price[0] - 1)), rel=1e-9)
    assert "token price would be above zero" in result.sentence
    assert result.frame.height == 9
    assert result.cell(float(result.x.values[1]), float(result.y.values[2])) == at


def test_a_map_of_a_goal_counts_its_futures() -> None:
    goal = Goal("net_emission_rate", "at_most", 0.03, 2.0, "on", 0.8)
    result = OutcomeMap(STRESSED, goal, "burn_share", "demand_growth", cells=3, draws=8, seed=7).result()
    changes = {**STRESSED.changes, "burn_share": float(result.x.values[1])}
    assumed = {"demand_growth": float(result.y.values[0])}
    run = project(PAYMENT, changes=changes, assumptions=assumed, stress=STRESSED.stress, years=2, draws=8, seed=7)
    assert result.values[0, 1] == pytest.approx(goal.chance(run).share - 0.8)
    assert "at least 80% of futures would hold the goal" in result.sentence


def test_settings_that_nobody_can_pay_for_say_so() -> None:
    result = OutcomeMap(
        Scenario(PAYMENT), "price", "burn_share", "staker_fee_share", years=1, cells=3, draws=0
    ).result()
    assert result.reasons
    row, column = next(iter(result.reasons))
    assert np.isnan(result.values[row, column])
    assert result.reasons[row, column] in result.frame["told"].to_list()


def test_two_assumptions_without_a_proposal_map_the_level() -> None:
    result = OutcomeMap(Scenario(PAYMENT), "price", "unit_cost", "demand_growth", years=2, cells=3, draws=0).result()
    direct = asked(Scenario(PAYMENT), "price", 2).differences(
        [Arm({"unit_cost": float(result.x.values[0]), "demand_growth": float(result.y.values[2])})]
    )
    assert result.values[2, 0] == pytest.approx(float(direct[0]), rel=1e-9)


def test_sides_are_different_parameters_that_a_reader_may_set() -> None:
    offered = map_keys(Scenario(PAYMENT))
    assert {"burn_share", "demand_growth", "speculative_holdings"} <= set(offered)
    assert "reference_unit_cost" not in offered
    for x, y in (("burn_share", "burn_share"), ("burn_share", "reference_unit_cost")):
        with pytest.raises(BallastError):
            OutcomeMap(Scenario(PAYMENT), "price", x, y)


def test_the_contour_lies_where_the_sign_changes() -> None:
    x, y = np.linspace(-2, 2, 21), np.linspace(-2, 2, 21)
    values = x[None, :] ** 2 + y[:, None] ** 2 - 1.03
    pieces = sign_change(x, y, values)
    radius = np.hypot(pieces[:, [0, 2]], pieces[:, [1, 3]])
    assert len(pieces) > 20
    assert np.abs(radius - 1.03**0.5).max() < 0.02
    # The line is closed: each end is met by another one.
    ends = np.round(pieces.reshape(-1, 2), 9)
    assert set(np.unique(ends, axis=0, return_counts=True)[1].tolist()) == {2}
    assert len(sign_change(x, y, np.where(values < 0, np.nan, values))) == 0


def test_counts_are_told_with_what_they_are_compared_with() -> None:
    goal = Goal("provider_margin", "at_least", 0.0, 3.0, "average")
    told = counted_sentence(goal, STRESSED, Chance(410, 500), Chance(330, 500), Chance(500, 500))
    assert told == (
        "In 41 of 50 modelled futures provider margin would be at least 0% on average to Nov 2029; without the "
        "changes, in 33 of 50; without the stress, in all 50."
    )
    assert what_is_moved(Scenario(PAYMENT)) == ""
    assert what_is_moved(Scenario(PAYMENT, {"burn_share": 0.3}, proposals=["buyback-and-burn"])) == (
        "the proposal and the changes"
    )


def test_a_single_path_holds_a_goal_or_not_and_counts_nothing() -> None:
    goal = Goal("provider_margin", "at_least", 0.0, 3.0, "average")
    told = counted_sentence(goal, STRESSED, Chance(0, 1), Chance(1, 1), None)
    assert "On the single path the goal would not hold" in told
    assert "without the changes it would hold" in told
    assert "50" not in told
