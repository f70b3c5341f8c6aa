"""Self-dealing and the cost of votes: what is known of real cases comes out, and unknown is never clear."""

from __future__ import annotations

import math

import numpy as np
import pytest

from model.errors import BallastError
from model.governance import RULES, Votes, tally
from model.governance.attack_cost import (
    Attack,
    Market,
    Prize,
    bill,
    capture_risk,
    mitigated,
    needed_over_futures,
    pool_multiplier,
    votes_needed,
)
from model.governance.capture import Flow, Severity, disinterested_majority, net_transfer_share, taking, verdict
from model.governance.holders import UNITS, holders_from
from model.governance.linear_rules import linear_rule
from model.governance.one_vote import one_vote
from model.governance.support import Support
from model.governance.turnout import Turnout

BRAVO = RULES["compound_bravo"]
COMPOUND_289 = Votes(682_191, 633_636, electorate=10_000_000)


def test_compound_289_passes_and_fails_without_its_affiliates() -> None:
    found = disinterested_majority(BRAVO, COMPOUND_289, affiliates=325_000)
    assert tally(BRAVO, COMPOUND_289).passed
    assert not found.passes
    assert found.rests_on_them
    assert found.votes.yes == 357_191
    assert {"FAIL_QUORUM", "FAIL_THRESHOLD"} <= set(found.without_them.reasons)


def test_affiliates_leave_the_electorate_as_well_as_the_votes() -> None:
    rule = RULES["openzeppelin"]
    votes = Votes(60, 1, electorate=1000)
    both = disinterested_majority(rule, votes, affiliates=22)
    assert both.votes.size("supply") == 978
    assert disinterested_majority(rule, votes, affiliates=22, from_electorate=False).votes.size("supply") == 1000
    with pytest.raises(BallastError, match="at most the 60"):
        disinterested_majority(rule, votes, affiliates=61)


def test_a_redirect_in_proportion_has_lift_one_and_is_not_flagged() -> None:
    flows = [Flow("a", 60.0, 90.0, True), Flow("b", 40.0, 60.0, False)]
    found = taking(flows)
    assert found.capture == pytest.approx(0.6)
    assert found.lift == pytest.approx(1.0)
    assert verdict(declared=True, taken=found).severity == Severity.CLEAR


def test_most_of_it_beyond_their_share_and_only_with_their_votes_is_a_flag() -> None:
    found = taking([Flow("a", 9.0, 71.0, True), Flow("b", 91.0, 129.0, False)])
    assert found.capture == pytest.approx(0.62)
    assert found.lift == pytest.approx(0.62 / 0.09)
    test = disinterested_majority(BRAVO, COMPOUND_289, affiliates=325_000)
    assert verdict(declared=True, taken=found, test=test).severity == Severity.FLAG
    passes_anyway = disinterested_majority(BRAVO, Votes(900_000, 100_000, electorate=10_000_000), affiliates=100)
    assert verdict(declared=True, taken=found, test=passes_anyway).severity == Severity.NOTE


def test_unknown_affiliation_is_never_clear() -> None:
    assert verdict(declared=False).severity == Severity.UNKNOWN
    assert verdict(declared=False, process=["weekend"]).severity == Severity.UNKNOWN
    assert verdict(declared=False, attack_pays=True).severity == Severity.FLAG
    assert verdict(declared=True).severity == Severity.CLEAR


def test_the_worst_finding_wins() -> None:
    assert verdict(declared=True, process=["weekend"]).severity == Severity.NOTE
    assert verdict(declared=True, process=["weekend", "entrenchment"]).severity == Severity.FLAG
    assert verdict(declared=True, transfer_share=0.9, others_lose=True).severity == Severity.FLAG
    with pytest.raises(BallastError):
        verdict(declared=True, process=["moonphase"])


def test_a_gain_that_comes_from_growth_is_no_transfer() -> None:
    assert net_transfer_share(9.0, 0.5, 0.5) == pytest.approx(0.9)
    assert net_transfer_share(0.0, 1.0, 1.0) == 0.0
    assert net_transfer_share(-5.0, 1.0, 1.0) is None


def test_impossible_flows_are_refused() -> None:
    for flows in ([Flow("a", -1.0, 2.0, True)], [Flow("a", 2.0, 1.0, True)], []):
        with pytest.raises(BallastError):
            taking(flows)


# ---- cost -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("yes", "no", "needed"), [(0.0, 0.1, 0.4), (0.0, 0.6, 0.6), (0.3, 0.6, 0.3), (0.5, 0.2, 0.0), (0.39, 0.0, 0.01)]
)
def test_a_quorum_of_yes_alone_needs_the_larger_of_quorum_and_majority(yes: float, no: float, needed: float) -> None:
    holders = holders_from([1e7])
    linear = linear_rule(BRAVO, holders)
    votes = np.array([int(yes * 1e6 * UNITS / 1e7), int(no * 1e6 * UNITS / 1e7), 0, 0])
    found = float(votes_needed(linear, votes)) * 1e7
    assert found == pytest.approx(needed * 1e6, abs=1e-3)
    enough = votes + np.array([math.ceil(found * UNITS / 1e7), 0, 0, 0])
    assert linear.decide(enough) == 0
    if needed:
        assert linear.decide(enough - np.array([2, 0, 0, 0])) != 0


def test_more_votes_than_are_left_cannot_be_bought() -> None:
    linear = linear_rule(RULES["openzeppelin"], holders_from([1.0]))
    assert math.isinf(float(votes_needed(linear, np.array([0, int(0.6 * UNITS), 0, 0]))))


@pytest.mark.parametrize(
    ("share", "multiplier"), [(0.10, 1.11), (0.25, 1.33), (0.5, 2.0), (0.75, 4.0), (1.0, math.inf)]
)
def test_a_pool_gets_dearer_as_it_empties(share: float, multiplier: float) -> None:
    assert pool_multiplier(share) == pytest.approx(multiplier, abs=0.005)


def test_borrowing_costs_far_less_than_buying_and_one_transaction_only_where_power_is_read_late() -> None:
    market = Market(price=50.0, pool_tokens=1e5, daily_volume=2e5)
    bought = {route: bill(route, market, 4e4, days=5) for route in ("naive", "pool", "order_book", "borrow")}
    assert bought["naive"].paid < bought["order_book"].paid
    assert bought["naive"].paid < bought["pool"].paid
    assert bought["borrow"].net < bought["naive"].net / 50
    assert bought["borrow"].paid == pytest.approx(4e4 * 50 * 0.10 * 5 / 365)
    assert not bill("flash", market, 4e4, days=5).possible
    assert bill("flash", market, 4e4, days=5, read_at_execution=True).paid == pytest.approx(4e4 * 50 * 0.0009)
    assert not bill("bribe", market, 4e4, days=5).possible
    assert not bill("pool", market, 2e5, days=5).possible


def test_mitigations_make_an_attack_dearer_or_its_prize_smaller() -> None:
    market = Market(price=1.0)
    attack = Attack(Prize(treasury=1000.0), days=3.0, read_at_execution=True)
    before = bill("flash", market, 500.0, days=3.0, read_at_execution=True)
    assert attack.profit(before) > 0
    safer, tokens = mitigated(attack, 500.0, frozenset({"snapshot"}))
    late = bill("flash", market, tokens, days=safer.days, read_at_execution=safer.read_at_execution)
    assert safer.profit(late) == -math.inf
    capped, _ = mitigated(attack, 500.0, frozenset({"cap"}))
    assert capped.prize.value == pytest.approx(100.0)
    longer, _ = mitigated(attack, 500.0, frozenset({"delay", "timelock", "late_quorum"}))
    assert longer.days == 10.0
    assert math.isinf(mitigated(attack, 500.0, frozenset({"disinterested"}))[1])


def test_more_friendly_votes_make_an_attack_cheaper_in_every_future() -> None:
    holders = holders_from(np.linspace(1.0, 5.0, 60))
    rule, turnout = RULES["openzeppelin"], Turnout(0.2)
    few, many = (
        needed_over_futures(
            one_vote(rule, holders, turnout, Support(lean={"passive": lean}, common_shock=0.0)), times=200
        )
        for lean in (0.2, 0.5)
    )
    assert (many <= few + 1e-9).all()
    assert many.mean() < few.mean()


def test_the_published_comparison_with_the_treasury() -> None:
    assert capture_risk(100.0, 40.0, 60.0) == "high"
    assert capture_risk(100.0, 70.0, 60.0) == "medium"
    assert capture_risk(200.0, 70.0, 60.0) == "low"
