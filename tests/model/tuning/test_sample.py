"""Settings that hold every goal: the sample, the robust zone, the nearest setting, the trade-off, what binds."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from model import Scenario, load_network, load_proposal, project, sweep
from model.errors import BallastError
from model.presets.usual_range import usual_range
from model.sweeps.grid import points_of
from model.tuning.answer import TuneWork
from model.tuning.goals import Goal
from model.tuning.lever_box import LeverBox, LeverRange, box_of, first_levers, movable, usual_ends
from model.tuning.nearest_setting import nearest
from model.tuning.robust_zone import Limits, densest, fresh, robust_zone
from model.tuning.sample import Sampled, TuneQuestion, Tuning, as_scenario, evaluate
from model.tuning.sentences import follows_sentence, nearest_sentence
from model.tuning.trade_off import front
from model.words.text import percent

NETWORK = load_network("payment")
GOALS = (
    Goal("provider_margin", "at_least", 0.0, 3.0, "average", 0.5),
    Goal("net_emission_rate", "at_most", 0.04, 3.0, "on", 0.5),
)


def question(**more: object) -> TuneQuestion:
    scenario = Scenario(NETWORK)
    keys = ("burn_share", "emission_scale", "provider_emission_share")
    box = box_of(scenario, {key: usual_ends(scenario, key) for key in keys})
    return replace(TuneQuestion(scenario, box, GOALS, draws=8), **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sample() -> Sampled:
    asked = question()
    return Tuning(asked, asked.box.settings(256, seed=1)).result()


# ---- points and boxes -----------------------------------------------------------------------------------
def test_a_point_of_a_list_has_the_numbers_of_the_same_scenario() -> None:
    points = points_of(NETWORK, {"burn_share": [0.1, 0.45, 0.45], "emission_scale": [0.5, 1.5, 0.5]})
    table = sweep(NETWORK, points, years=1, draws=3, seed=5, outputs=["price"]).table("price")
    for row in table.iter_rows(named=True):
        changes = {key: row[key] for key in ("burn_share", "emission_scale")}
        run = project(NETWORK, changes=changes, years=1, draws=3, seed=5, keep="summary")
        summary = run.summary(["price"])
        assert row["value"] == pytest.approx(summary.filter(summary["world"] == "scenario")["p50"][-1], rel=1e-12)


def test_keys_of_a_list_of_points_have_as_many_values_each() -> None:
    with pytest.raises(BallastError, match="different numbers of values"):
        points_of(NETWORK, {"burn_share": [0.1, 0.2], "emission_scale": [1.0]})


def test_sobol_settings_fill_the_box_evenly_and_never_leave_it() -> None:
    box = question().box
    settings = box.settings(256, seed=3)
    assert box.within(settings).all()
    halves = (settings < (box.lows + box.highs) / 2).mean(axis=0)
    assert halves == pytest.approx(np.full(3, 0.5))
    assert not np.array_equal(settings, box.settings(256, seed=4))


@pytest.mark.parametrize("name", ["payment", "staking", "render", "bittensor", "internet-computer", "fetch"])
def test_the_usual_ends_of_a_lever_can_be_paid_for_and_hold_what_is_in_force(name: str) -> None:
    scenario = Scenario(load_network(name))
    for key in first_levers(scenario, 6):
        low, high = usual_ends(scenario, key)
        assert low <= scenario.values[key] <= high
        for end in (low, high):
            Scenario(scenario.network, {key: end})


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ({}, "0 levers may move"),
        ({"burn_share": (0.4, 0.4)}, "a low end below the high end"),
        ({"burn_share": (0.6, 0.1)}, "a low end below the high end"),
        ({"burn_share": (0.0, 1.4)}, "140%"),
        ({"demand_growth": (0.0, 0.1)}, "is no lever here"),
        ({"burn_share": (0.0, float("nan"))}, "burn"),
    ],
)
def test_a_box_that_cannot_be_is_refused_in_a_sentence(ends: dict[str, tuple[float, float]], told: str) -> None:
    with pytest.raises(BallastError) as refused:
        box_of(Scenario(NETWORK), ends)
    assert told in str(refused.value)


def test_switches_are_no_levers_that_move_between_two_ends() -> None:
    for concrete in movable(Scenario(NETWORK)).values():
        assert concrete.declared.format != "switch"


# ---- the sample -----------------------------------------------------------------------------------------
def test_a_setting_is_judged_as_the_scenario_alone_would_be(sample: Sampled) -> None:
    row = int(np.flatnonzero(sample.met)[0])
    scenario = as_scenario(sample.question, sample.settings[row])
    run = project(NETWORK, changes=scenario.changes, years=3, draws=8, seed=sample.question.seed)
    for number, goal in enumerate(GOALS):
        if goal.when == "on":
            assert goal.chance(run).share == pytest.approx(sample.chances[row, number])
    assert 0.05 < sample.share < 0.95


def test_progress_only_grows_and_ends_at_the_whole() -> None:
    asked = question(draws=2)
    seen = [progress.done for progress in Tuning(asked, asked.box.settings(512, seed=1))]
    assert all(later >= earlier for earlier, later in pairwise(seen))
    assert seen[-1] == 512


def test_settings_judged_in_parts_or_at_once_are_alike(sample: Sampled) -> None:
    part = evaluate(sample.question, sample.settings[100:120])
    np.testing.assert_array_equal(part.chances, sample.chances[100:120])


def test_a_setting_that_nobody_can_pay_for_holds_no_goal() -> None:
    asked = question()
    wide = replace(asked, box=LeverBox((LeverRange("burn_share", 0.0, 1.0),)))
    found = evaluate(wide, np.array([[0.2], [1.0]]))
    assert found.feasible.tolist() == [True, False]
    assert not found.met[1]
    assert found.reasons[1]
    assert "cannot pay" in found.reasons[1]


def test_a_proposal_stays_in_force_under_every_setting() -> None:
    scenario = Scenario(NETWORK, proposals=[load_proposal("net-emission-cap")])
    asked = replace(question(draws=2), scenario=scenario)
    setting = asked.box.settings(2, seed=1)[0]
    assert as_scenario(asked, setting).stacked == scenario.stacked
    assert not np.allclose(evaluate(asked, setting).middles, evaluate(question(draws=2), setting).middles)


def test_the_goal_that_binds_is_the_one_whose_loss_adds_most_settings(sample: Sampled) -> None:
    alone = [sample.holds[:, 1].sum(), sample.holds[:, 0].sum()]
    assert sample.binding == int(np.argmax(alone))


# ---- the zone -------------------------------------------------------------------------------------------
def test_the_zone_of_a_known_box_is_that_box() -> None:
    settings = np.random.default_rng(0).random((2_000, 4))
    met = (settings[:, 0] > 0.3) & (settings[:, 0] < 0.7) & (settings[:, 2] < 0.5)
    found = densest(settings, met, Limits(np.zeros(4), np.ones(4)), 0.95)
    assert found is not None
    assert found.lows == pytest.approx([0.3, 0, 0, 0], abs=0.03)
    assert found.highs == pytest.approx([0.7, 1, 0.5, 1], abs=0.03)


def test_there_is_no_zone_where_nothing_holds() -> None:
    settings = np.random.default_rng(0).random((200, 2))
    assert densest(settings, np.zeros(200, dtype=bool), Limits(np.zeros(2), np.ones(2)), 0.9) is None


def test_a_robust_zone_sampled_again_holds_its_stated_share_within_the_error_of_sampling(sample: Sampled) -> None:
    zone = robust_zone(sample, 0.85)
    assert zone is not None
    assert zone.limited
    _, shares = fresh(sample.question, zone.box, again=40)
    error = np.hypot(zone.error, shares.std(ddof=1) / np.sqrt(len(shares)))
    assert abs(shares.mean() - zone.share) <= 3 * max(error, 0.02)
    assert zone.share > sample.share + 0.2


# ---- nearest, front -------------------------------------------------------------------------------------
def test_the_nearest_setting_moves_one_lever_where_one_is_enough_and_no_further_than_it_takes() -> None:
    asked = question(goals=(Goal("net_emission_rate", "at_most", 0.02, 3.0, "on", 0.5),))
    found = nearest(evaluate(asked, asked.box.settings(64, seed=1)))
    assert found is not None
    assert len(found.moved) == 1
    assert evaluate(asked, found.setting).met[0]
    lever = list(asked.box.keys).index(found.moved[0])
    step = usual_range(asked.scenario.network, movable(asked.scenario)[found.moved[0]]).step
    assert found.setting[lever] / step == pytest.approx(round(found.setting[lever] / step), abs=1e-6)
    back = found.setting.copy()
    back[lever] += step * np.sign(found.today[lever] - found.setting[lever])
    assert not evaluate(asked, back).met[0]


def test_what_a_setting_takes_from_others_is_told() -> None:
    asked = question()
    moved = as_scenario(asked, [0.5 if key == "burn_share" else asked.scenario.values[key] for key in asked.box.keys])
    told = follows_sentence(moved)
    assert "share of revenue at" in told
    assert "instead of" in told
    assert follows_sentence(asked.scenario) == ""


def test_what_holds_today_is_told_with_the_goal_that_is_closest_to_failing() -> None:
    asked = question(goals=(Goal("capacity", "at_least", 1.0, 3.0, "on", 0.5), replace(GOALS[0], share=0.8)))
    answer = TuneWork(asked, 16).result()
    told = nearest_sentence(answer)
    assert told.startswith("Nothing would have to move")
    chance = answer.today.chances[0, 1]
    assert f"in {percent(float(chance))} of futures" in told
    assert chance < answer.today.chances[0, 0]


def test_nothing_moves_where_every_goal_holds_today() -> None:
    asked = question(goals=(Goal("capacity", "at_least", 1.0, 3.0, "on", 0.5),))
    found = nearest(evaluate(asked, asked.box.settings(16, seed=1)))
    assert found is not None
    assert found.moved == ()
    assert found.distance == 0


def test_no_setting_is_nearest_where_none_holds() -> None:
    asked = question(goals=(Goal("capacity", "at_least", 10_000.0, 3.0, "on", 0.5),))
    assert nearest(evaluate(asked, asked.box.settings(16, seed=1))) is None


def test_nothing_on_the_front_is_beaten_in_both_goals(sample: Sampled) -> None:
    rows = front(sample, 0, 1)
    wanted = np.column_stack([goal.distance(sample.middles[:, n]) for n, goal in enumerate(GOALS)])
    for row in range(len(wanted)):
        beaten = (wanted >= wanted[row]).all(axis=1) & (wanted > wanted[row]).any(axis=1)
        assert (row in rows) == (not beaten.any())
