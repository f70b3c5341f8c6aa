"""Voting power, delegation, clocks and votes on several options."""

import itertools
import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.errors import OutOfRangeError
from model.governance import RULES, duration, late_quorum, review_days, votes_with_override, wait_for_quiet
from model.governance import ranked_choice as ranked
from model.governance import voting_power as power
from model.governance.quadratic import root
from model.governance.votes import Count


def test_neurons_have_their_published_power_before_and_after_mission_70() -> None:
    assert power.neuron(1, 2, 4) == pytest.approx(3.75)
    assert power.neuron(1, 1, 0) == pytest.approx(1.5)
    assert power.neuron(1, 2, 4, gang=1) == pytest.approx(4.125)
    assert power.neuron(1, 8, 4, rule="before") == pytest.approx(2.5)
    assert power.neuron(1, 0.4, rule="before") == 0
    assert power.neuron(1, 14 / 365.25) > 1
    assert power.neuron(1, 13.9 / 365.25) == 0


def test_power_fades_in_the_seventh_month_without_a_vote() -> None:
    assert power.deciding_power(10, [6, 6.5, 7, 12]) == pytest.approx([10, 5, 0, 0])
    assert power.neuron(1, 2, 4, months_since_vote=6.5) == pytest.approx(3.75 / 2)


def test_vote_escrow_falls_linearly_to_the_unlock() -> None:
    """docs.curve.finance: 1000 locked for 4 years, 2000 for 2 and 4000 for 1 have the same power."""
    assert power.vote_escrow([1000, 2000, 4000, 500], [4, 2, 1, 9]) == pytest.approx([1000, 1000, 1000, 500])
    assert power.late_ballot(1, [0, 0.5, 0.75, 1]) == pytest.approx([1, 1, 0.5, 0])


def test_delegated_power_is_what_points_to_an_address_and_nothing_for_nobody() -> None:
    assert list(power.delegated([10, 20, 30], [1, 1, None])) == [0, 30, 0]
    with pytest.raises(OutOfRangeError, match="no holder 5"):
        power.delegated([1], [5])


def test_conviction_of_polkadot_1hive_and_bittensor() -> None:
    assert power.polkadot(10, 0) == 1
    assert power.polkadot(10, 6) == 60
    with pytest.raises(OutOfRangeError):
        power.polkadot(10, 7)
    assert [power.staked_conviction_share(r) for r in (0, 0.05, 0.1, 0.15)] == pytest.approx([0.05, 4 / 45, 0.2, 0.8])
    assert power.staked_conviction_share(0.2) == math.inf
    half = power.staked_conviction(0, 1, power.HALF_LIFE_BLOCKS) * (1 - power.DECAY)
    assert half == pytest.approx(0.5, abs=1e-4)
    # Twice the share that is needed for good takes one half-life.
    assert power.staked_conviction_days(0.1, 0.05) == pytest.approx(3.0, abs=0.01)
    assert power.staked_conviction_days(0.05, 0.05) == math.inf
    assert power.lock_conviction(10_000, 0, 648_000) == pytest.approx(5000.0014, abs=1e-3)


def test_splitting_a_holding_multiplies_its_quadratic_weight() -> None:
    whole, split = root(Fraction(400)), sum(root(Fraction(100)) for _ in range(4))
    assert split == 2 * whole


# ---- delegation -----------------------------------------------------------------------------------------
BALLOTS = [("anna", "yes"), ("ben", "no"), ("carla", "abstain"), ("dora", "veto")]
STAKES: dict[str, Count] = {"anna": 50, "ben": "7.5", "carla": 12, "dora": 3, "emil": 20}
DELEGATES = {"ben": "anna", "carla": "anna", "emil": "anna"}


def test_a_delegator_who_votes_takes_the_stake_out_of_the_delegates_vote() -> None:
    votes = votes_with_override(STAKES, DELEGATES, BALLOTS[:2])
    assert votes.yes == 50 + 12 + 20
    assert votes.no == Fraction("7.5")


def test_the_order_of_ballots_changes_nothing() -> None:
    found = {
        tuple(getattr(votes_with_override(STAKES, DELEGATES, order), o) for o in ("yes", "no", "abstain", "veto"))
        for order in itertools.permutations(BALLOTS)
    }
    assert len(found) == 1


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_more_is_cast_than_is_held(data: st.DataObject) -> None:
    names = "abcdef"
    stakes: dict[str, Count] = {name: data.draw(st.integers(0, 100)) for name in names}
    delegates = {name: data.draw(st.sampled_from(names)) for name in names}
    order = data.draw(st.permutations(names))
    ballots = [(name, data.draw(st.sampled_from(["yes", "no", "abstain", "veto"]))) for name in order]
    votes = votes_with_override(stakes, delegates, ballots)
    assert min(votes.yes, votes.no, votes.abstain, votes.veto) >= 0
    assert votes.cast <= votes.sizes["electorate"]
    again = votes_with_override(stakes, delegates, ballots[::-1])
    assert (votes.yes, votes.no, votes.abstain, votes.veto) == (again.yes, again.no, again.abstain, again.veto)


def test_a_second_ballot_and_a_stranger_are_refused() -> None:
    for ballots in ([("anna", "yes"), ("anna", "no")], [("zoe", "yes")], [("anna", "maybe")]):
        with pytest.raises(OutOfRangeError, match="allowed"):
            votes_with_override(STAKES, DELEGATES, ballots)


# ---- clocks ---------------------------------------------------------------------------------------------
def test_a_change_of_lead_leaves_a_margin_that_shrinks_to_nothing() -> None:
    """Four days with a margin of two: 4, 2 and 0 days are left after a change at day 0, 4 and 8."""
    assert wait_for_quiet(4, 2) == 4
    assert wait_for_quiet(4, 2, [4]) == 6
    assert wait_for_quiet(4, 2, [2]) == 5
    assert wait_for_quiet(4, 2, [4, 6, 7, 7.5, 7.75, 7.87]) == pytest.approx(7.935)
    assert wait_for_quiet(4, 2, [5]) == 4


@given(st.lists(st.floats(0, 20), max_size=30), st.floats(0.5, 10), st.floats(0, 5))
def test_a_vote_never_outlasts_its_period_and_twice_its_margin(
    flips: list[float], period: float, margin: float
) -> None:
    assert period <= wait_for_quiet(period, margin, flips) <= max(period, period + 2 * margin) + 1e-9


def test_a_late_quorum_keeps_the_vote_open() -> None:
    assert late_quorum(7, 2, 6.5) == 8.5
    assert late_quorum(7, 2, 1) == 7
    assert late_quorum(7, 2, None) == 7


def test_the_proposed_review_of_bittensor_is_read_from_its_network() -> None:
    hours = [
        None if (d := review_days(a / 32, r / 32)) is None else d * 24 for a, r in ((8, 0), (16, 0), (0, 8), (0, 17))
    ]
    assert hours[:3] == pytest.approx([7.1, 0.9, 44.8], abs=0.06)
    assert hours[3] is None
    assert review_days(0, 0) == 1


def test_rules_take_as_long_as_their_parts() -> None:
    compound, nns = duration(RULES["compound_bravo"].clock), duration(RULES["nns"].clock)
    assert (compound.usual, compound.longest) == (7, 7)
    assert (nns.usual, nns.longest) == (4, 8)
    assert all(duration(rule.clock).longest >= duration(rule.clock).usual >= 0 for rule in RULES.values())


# ---- several options ------------------------------------------------------------------------------------
CYCLE = [(4, "abc"), (3, "bca"), (2, "cab")]


def test_approval_and_weighted_votes_add_power_up() -> None:
    assert ranked.approval([(3, ["a", "b"]), (2, ["b"])], ["a", "b"]) == {"a": 3, "b": 5}
    assert ranked.weighted([(3, {"a": 2, "b": 1}), (2, {"b": 1})], ["a", "b"]) == {"a": 2, "b": 3}


def test_the_weakest_option_leaves_until_one_has_more_than_half() -> None:
    last = ranked.instant_runoff([(p, list(r)) for p, r in CYCLE], list("abc"))
    assert last == {"a": 6, "b": 3}
    assert ranked.instant_runoff([(5, list("abc")), (4, list("bca"))], list("abc")) == {"a": 5, "b": 4, "c": 0}
    assert ranked.instant_runoff([(9, ["a"]), (1, ["b", "a"])], ["a", "b"]) == {"a": 0, "b": 1}


def test_copeland_gives_a_point_for_every_option_that_is_beaten() -> None:
    assert ranked.copeland([(p, list(r)) for p, r in CYCLE], list("abc")) == {"a": 1, "b": 1, "c": 1}
    assert ranked.copeland([(3, list("abc"))], list("abc")) == {"a": 2, "b": 1, "c": 0}
    assert ranked.copeland([(1, list("ab")), (1, list("ba"))], list("ab")) == {"a": Fraction(1, 2), "b": Fraction(1, 2)}
