"""Chance of passing: three ways agree, more yes never hurts, and only proportions count."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import multivariate_normal

from model.errors import BallastError
from model.governance import RULES, Votes, tally
from model.governance.behaviour import normal_nodes
from model.governance.bivariate import both_below
from model.governance.chance import chance, chance_of_passing, chances_over_lists
from model.governance.holders import UNITS, Bucket, Plan, holders_from
from model.governance.linear_rules import OUTCOMES, electorate_tokens, linear_rule, room
from model.governance.one_vote import AWAY, one_vote
from model.governance.pivotal import own_pivotality, turning_coalition, yes_needed
from model.governance.stake_shapes import Shape
from model.governance.support import Support
from model.governance.tally import Reason
from model.governance.turnout import Turnout
from model.governance.votes import OPTIONS

LINEAR = sorted(name for name, rule in RULES.items() if rule.power != "quadratic" and rule.members is None)
LIST = holders_from(np.arange(1.0, 9.0) ** 2, ["passive"] * 5 + ["stakers"] * 3)
MANY = Plan((Bucket("passive", 7e6, 300), Bucket("stakers", 3e6, 100)))


@settings(max_examples=80, deadline=None)
@given(name=st.sampled_from(LINEAR), cuts=st.lists(st.integers(0, 1000), min_size=4, max_size=4))
def test_many_counts_at_once_are_decided_as_one_by_one(name: str, cuts: list[int]) -> None:
    rule = RULES[name]
    counts = np.diff([0, *sorted(cuts)])
    cast = np.where([option in rule.options for option in OPTIONS], counts, 0)
    linear = linear_rule(rule, holders_from([1e6]))
    decided = OUTCOMES[int(linear.decide(cast * (UNITS // 1000)))]
    told = tally(rule, Votes.of(dict(zip(OPTIONS, (int(count) * 1000 for count in cast), strict=True)), 1_000_000))
    lapsed = told.reason == Reason.EXPIRED
    assert decided == (Reason.FAIL_THRESHOLD if lapsed else told.reason)


@pytest.mark.parametrize("name", ["openzeppelin", "compound_bravo", "nns", "cosmos"])
def test_counting_every_combination_agrees_with_simulation(name: str) -> None:
    holders = holders_from(LIST.stakes * 5000, LIST.group_names())
    turnout, support = Turnout(0.4), Support(lean={"passive": 0.6, "stakers": 0.45}, common_shock=0.5)
    exact = chance_of_passing(RULES[name], holders, turnout=turnout, support=support)
    dice = chance_of_passing(RULES[name], holders, turnout=turnout, support=support, method="simulated")
    assert exact.chance.method == "counted"
    assert abs(exact.passing - dice.passing) < 3 * max(dice.error, 1e-4)
    if RULES[name].early_fail is None:  # an early rejection is not told apart from a missed quorum
        assert abs(exact.chance.quorum - dice.chance.quorum) < 0.012


@pytest.mark.parametrize("name", ["openzeppelin", "nns"])
def test_the_normal_body_agrees_with_simulation_on_a_long_list(name: str) -> None:
    holders = MANY.draw(5)
    turnout, support = Turnout(0.08), Support(lean={"passive": 0.55}, common_shock=0.5)
    found = chance_of_passing(RULES[name], holders, turnout=turnout, support=support)
    dice = chance_of_passing(RULES[name], holders, turnout=turnout, support=support, method="simulated", times=6000)
    assert found.chance.method == "solved"
    assert abs(found.passing - dice.passing) < 3 * dice.error
    parts = found.chance
    assert parts.passing + parts.quorum + parts.threshold + parts.veto == pytest.approx(1.0)


def test_five_values_of_a_shock_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    few = Plan((Bucket("passive", 7e6, 60), Bucket("stakers", 3e6, 20))).draw(3)
    turnout, support = Turnout(0.1), Support(lean={"passive": 0.55}, common_shock=0.5)
    found = chance_of_passing(RULES["nns"], few, turnout=turnout, support=support).passing
    for module in ("turnout", "support"):
        monkeypatch.setattr(f"model.governance.{module}.normal_nodes", lambda deviation: normal_nodes(deviation, 15))
    finer = chance_of_passing(RULES["nns"], few, turnout=turnout, support=support).passing
    assert found == pytest.approx(finer, abs=1e-3)


def test_two_normal_numbers_agree_with_an_independent_library() -> None:
    for correlation in (-0.9, -0.3, 0.0, 0.5, 0.99):
        points = np.array([[-1.0, 0.5], [0.0, 0.0], [2.0, -0.3], [0.0, 1.2], [-2.0, -2.0]])
        known = multivariate_normal(cov=[[1.0, correlation], [correlation, 1.0]]).cdf(points)
        np.testing.assert_allclose(both_below(points[:, 0], points[:, 1], correlation), known, atol=2e-5)


@pytest.mark.parametrize("name", ["compound_bravo", "cosmos", "livepeer_treasury", "openzeppelin", "nns", "atomone"])
def test_more_yes_never_lowers_the_chance(name: str) -> None:
    turnout = Turnout(0.3)
    found = [
        chance_of_passing(
            RULES[name],
            MANY.draw(2),
            turnout=turnout,
            support=Support(lean={"passive": share, "stakers": share}),
            times=400,
        ).passing
        for share in (0.2, 0.5, 0.8)
    ]
    assert all(later >= before - 1e-9 for before, later in pairwise(found))


def test_only_proportions_count_under_a_rule_of_shares() -> None:
    list_one = MANY.draw(3)
    list_two = holders_from(list_one.stakes * 1024, list_one.group_names(), list_one.voting)
    support = Support(lean={"passive": 0.55}, common_shock=0.5)
    for name in ("openzeppelin", "nns"):
        chances = [
            chance_of_passing(RULES[name], holders, turnout=0.08, support=support).passing
            for holders in (list_one, list_two)
        ]
        assert chances[0] == pytest.approx(chances[1], abs=1e-9)
    bravo = [
        chance_of_passing(RULES["compound_bravo"], holders, turnout=0.03, support=0.9).passing
        for holders in (list_one, list_two)
    ]
    assert bravo[1] > bravo[0] + 0.1


def test_expected_turnout_is_what_was_asked_for_with_whales_and_a_shock() -> None:
    holders = MANY.draw(4)
    for whale_effect in (0.0, 0.3, 1.0):
        vote = one_vote(RULES["openzeppelin"], holders, Turnout(0.06, whale_effect), Support())
        turned = sum(weight * (holders.stakes @ (1 - vote.chances(u, v)[:, AWAY])) for u, v, weight in vote.shocks())
        assert turned / electorate_tokens(vote.rule, holders) == pytest.approx(0.06, rel=1e-6)


def test_a_turnout_that_nobody_could_bring_is_refused_in_a_sentence() -> None:
    holders = holders_from([90.0, 10.0], ["treasury", "passive"], [False, True])
    with pytest.raises(BallastError, match=r"those who may vote have 10% of it"):
        chance_of_passing(RULES["openzeppelin"], holders, turnout=0.3, support=0.5)


def test_gains_move_the_vote_only_where_self_interest_does() -> None:
    holders = MANY.draw(6)
    gains = {"passive": 0.05, "stakers": -0.05}
    deaf = Support(gains=gains, self_interest=0.0)
    assert deaf.yes_share("passive") == pytest.approx(0.5)
    keen = Support(gains=gains, self_interest=2.0, common_shock=0.0)
    assert keen.yes_share("passive") > 0.85
    assert keen.yes_share("stakers") < 0.15
    rule = RULES["openzeppelin"]
    low, high = (chance_of_passing(rule, holders, turnout=0.1, support=s).passing for s in (deaf, keen))
    assert high > low


def test_lists_come_one_by_one_and_earlier_ones_do_not_move() -> None:
    rule = RULES["openzeppelin"]
    running = list(chances_over_lists(rule, MANY, turnout=0.05, support=0.6, lists=4))
    assert [len(estimate.lists) for estimate in running] == [1, 2, 3, 4]
    assert running[-1].is_whole
    assert running[2].lists == running[3].lists[:3]
    low, high = running[-1].spread
    assert low <= running[-1].passing <= high
    known = Plan((Bucket("passive", 9.0, 40, shape=Shape("zipf", 1.0)),))
    assert len(list(chances_over_lists(rule, known, turnout=0.05, support=0.6, lists=4))) == 1


def test_a_dictator_decides_always_and_a_dust_stake_never() -> None:
    vote = one_vote(RULES["openzeppelin"], holders_from([1.0] * 20), Turnout(0.3), Support(common_shock=0.0))
    assert own_pivotality(vote, 19.9) == pytest.approx(1.0, abs=1e-6)
    assert own_pivotality(vote, 0.0) == 0.0
    assert 0.0 < own_pivotality(vote, 1.0) < 1.0
    with pytest.raises(BallastError):
        own_pivotality(vote, 21.0)


def test_the_yes_that_are_needed_are_enough_and_less_is_not() -> None:
    vote = one_vote(RULES["openzeppelin"], MANY.draw(7), Turnout(0.02), Support(lean={"passive": 0.4, "stakers": 0.4}))
    needed = yes_needed(vote)
    assert needed is not None
    assert needed > 0
    size = vote.linear.electorate
    for share, enough in ((needed, True), (needed * 0.9, False)):
        extra = np.array([int(share * size), 0, 0, 0])
        found = one_vote(vote.rule, vote.holders, vote.turnout, vote.support, extra=extra)
        assert (chance(found).passing >= 0.5) == enough


def test_the_turning_coalition_turns_the_vote() -> None:
    vote = one_vote(RULES["openzeppelin"], MANY.draw(7), Turnout(0.05), Support(lean={"passive": 0.2, "stakers": 0.2}))
    found = turning_coalition(vote)
    assert found.option == "yes"
    assert found.size is not None
    assert found.chance.passing >= 0.5


@pytest.mark.parametrize("name", LINEAR)
def test_a_vote_passes_where_every_test_has_room(name: str) -> None:
    linear = linear_rule(RULES[name], holders_from([1e9]), veto=False)
    votes = np.random.default_rng(3).integers(0, linear.electorate // 4, (400, 4))
    votes[:, 3] = 0
    rooms = [room(linear, votes, condition.reason) for condition in linear.conditions]
    held = np.logical_and.reduce([condition.holds(votes) for condition in linear.conditions])
    met = np.logical_and.reduce([found >= 0 for found in rooms if found is not None])
    assert (held == met).all()


def test_yes_as_much_as_the_room_that_a_quorum_lacks_reaches_it() -> None:
    linear = linear_rule(RULES["openzeppelin"], holders_from([1e9]))
    votes = np.array([linear.electorate // 100, 5, 7, 0])
    short = room(linear, votes, Reason.FAIL_QUORUM)
    assert short is not None
    assert short < 0
    further = votes + np.array([round(-float(short) * linear.electorate), 0, 0, 0])
    assert room(linear, further, Reason.FAIL_QUORUM) == pytest.approx(0, abs=1e-12)
    assert room(linear_rule(RULES["snapshot_basic"], holders_from([1e9])), votes, Reason.FAIL_QUORUM) is None
