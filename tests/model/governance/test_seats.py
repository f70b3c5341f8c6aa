"""Seats and equal votes: thresholds are exact fractions, in the fast path as in the tally."""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from model.governance import RULES, Votes, VotingRule, tally
from model.governance.chance import chance, chance_of_passing
from model.governance.holders import Bucket, Holders, Plan, holders_from
from model.governance.linear_rules import OUTCOMES, linear_rule
from model.governance.one_vote import one_vote
from model.governance.pivotal import turning_coalition
from model.governance.stake_shapes import Shape
from model.governance.support import Support
from model.governance.tally import Reason
from model.governance.turnout import Turnout

SEAT_RULES = sorted(name for name, rule in RULES.items() if rule.members is not None)
SHARES = ("1/3", "2/3", "0.334", "0.3333", "0.33", "0.67", "1/2", "0.51")
STAKES = {
    "seats": [1.0] * 3,
    "parts of one": [0.961 / 3] * 3,
    "parts of ten": [10 / 3] * 3,
    "a hundred": [1.0] * 100,
    "whole tokens": [6.0, 5.0, 4.0, 3.0],
}


def seats_of(rule: VotingRule) -> Holders:
    return Plan((Bucket("team", float(rule.members or 1), rule.members or 1, shape=Shape("zipf", 0.0)),)).typical()


def independent(yes: float) -> Support:
    """Votes that nothing moves together."""
    return Support(lean={"team": yes}, common_shock=0.0)


def approves(rule: VotingRule, share: str, compare: str) -> VotingRule:
    assert rule.approval is not None
    return rule.model_copy(
        update={"approval": rule.approval.model_copy(update={"value": Fraction(share), "compare": compare})}
    )


@pytest.mark.parametrize("name", SEAT_RULES)
def test_every_count_of_seats_is_decided_as_the_tally_does(name: str) -> None:
    rule = RULES[name]
    holders = seats_of(rule)
    linear, unit = linear_rule(rule, holders), int(holders.units[0])
    members = rule.members or 1
    for yes, no in product(range(members + 1), repeat=2):
        if yes + no <= members:
            told = tally(rule, Votes(yes, no, members=members)).reason
            told = Reason.FAIL_THRESHOLD if told is Reason.EXPIRED else told
            assert OUTCOMES[int(linear.decide(np.array([yes, no, 0, 0]) * unit))] == told, (yes, no)


@pytest.mark.parametrize("share", SHARES)
@pytest.mark.parametrize("compare", [">", ">="])
@pytest.mark.parametrize("stakes", STAKES.values(), ids=STAKES)
def test_a_share_of_equal_or_whole_stakes_is_met_exactly(share: str, compare: str, stakes: list[float]) -> None:
    rule = approves(RULES["bittensor"], share, compare).model_copy(update={"members": None, "electorate": "stake"})
    holders = holders_from(stakes)
    linear = linear_rule(rule, holders)
    parts = [Fraction(round(stake / stakes[-1] * (3 if len(stakes) == 4 else 1))) for stake in holders.stakes]
    for count in range(len(parts) + 1):
        yes = np.array([int(holders.units[:count].sum()), 0, 0, 0])
        told = tally(rule, Votes(sum(parts[:count], Fraction(0)), electorate=sum(parts, Fraction(0)))).passed
        assert (int(linear.decide(yes)) == 0) == told, count


def test_two_of_three_seats_pass_as_often_as_the_binomial_says() -> None:
    rule = RULES["bittensor"]
    turnout = Turnout(0.85, whale_effect=0.0, common_shock=0.0)
    found = chance_of_passing(rule, seats_of(rule), turnout=turnout, support=independent(0.5)).chance
    yes = 0.85 * 0.5
    assert found.passing == pytest.approx(3 * yes**2 * (1 - yes) + yes**3, abs=1e-6)
    assert found.method == "counted"


def test_two_of_three_seats_turn_the_vote_together() -> None:
    vote = one_vote(RULES["bittensor"], seats_of(RULES["bittensor"]), Turnout(0.85), independent(0.3))
    found = turning_coalition(vote)
    assert (found.size, found.option) == (2, "yes")
    assert found.chance.passing == pytest.approx(1.0)


@pytest.mark.parametrize("name", [name for name in SEAT_RULES if (RULES[name].members or 0) > 3])
def test_many_seats_are_counted_as_the_binomial_says(name: str) -> None:
    rule = RULES[name]
    members = rule.members or 1
    turnout = Turnout(0.9, whale_effect=0.0, common_shock=0.0)
    found = chance(one_vote(rule, seats_of(rule), turnout, independent(0.6)))
    expected = 0.0
    for yes, no in product(range(members + 1), repeat=2):
        if yes + no <= members and tally(rule, Votes(yes, no, members=members)).passed:
            away = members - yes - no
            ways = math.factorial(members) / math.factorial(yes) / math.factorial(no) / math.factorial(away)
            expected += ways * 0.54**yes * 0.36**no * 0.1**away
    assert found.passing == pytest.approx(expected, abs=1e-6)
