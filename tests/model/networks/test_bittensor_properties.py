"""What holds of Bittensor's rules whatever the subnets: shares, who gains by more, and a cap that is never passed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.networks import bittensor as bt
from model.networks.bittensor.rules import RULES, RuleSettings, Subnets, rule_shares

SETTINGS = RuleSettings(rank=3, first=3, second=2)
"""Small enough for a few subnets to reach every tier."""

THAT_GO_BY_PRICE = ("price", "price-burn-root", "price-burn", "gate-rank", "gate-rank-no-burn")
THAT_GO_BY_FLOW = ("flow", "net-flow")


@st.composite
def networks(draw: st.DrawFn) -> Subnets:
    """Up to eight subnets; some without price, alpha or flow, some that withhold everything, some switched off."""
    size = draw(st.integers(1, 8))

    def each(values: st.SearchStrategy[float]) -> np.ndarray:
        return np.array(draw(st.lists(values, min_size=size, max_size=size)))

    amount = st.sampled_from([0.0, 1e-9]) | st.floats(0.001, 2)
    flow = st.just(0.0) | st.floats(-1e5, 1e5).map(lambda value: round(value, 3))
    return Subnets(
        names=tuple(f"subnet {place}" for place in range(size)),
        price=each(amount),
        burn=each(st.sampled_from([0.0, 1.0]) | st.floats(0, 1)),
        alpha=each(st.just(0.0) | st.floats(1, 21e6)),
        user_flow=each(flow),
        protocol_flow=each(flow),
        enabled=each(st.sampled_from([1.0, 1.0, 0.0])).astype(bool),
    )


def picked(subnets: Subnets, order: np.ndarray) -> Subnets:
    """The same subnets in another order."""
    parts = ("price", "burn", "alpha", "user_flow", "protocol_flow", "enabled")
    return replace(
        subnets,
        names=tuple(subnets.names[place] for place in order),
        **{part: getattr(subnets, part)[order] for part in parts},
    )


@given(networks(), st.sampled_from([0.0, -500.0, 200.0]))
def test_shares_add_up_to_one_or_are_all_zero_where_nobody_is_to_be_paid(subnets: Subnets, cutoff: float) -> None:
    payable = bool((subnets.enabled & (subnets.price > 1e-6) & (subnets.burn < 0.999)).any())
    for rule in RULES:
        shares = rule_shares(rule, subnets, replace(SETTINGS, cutoff=cutoff))
        assert (shares >= 0).all()
        assert shares.sum() == pytest.approx(1) or not shares.any()
        if "flow" not in rule and rule != "price-burn-root" and payable:
            assert shares.any()


@given(networks(), st.integers(0, 2**16))
def test_shares_move_with_their_subnets_whatever_their_order(subnets: Subnets, seed: int) -> None:
    """In tiers equal scores rank by number of the subnet, so there only different ones are held to it."""
    order = np.random.default_rng(seed).permutation(len(subnets.names))
    scores = rule_shares("gate-rank", subnets, SETTINGS)
    distinct = np.diff(np.sort(scores[scores > 0])).min(initial=1) > 1e-9
    for rule in RULES:
        if distinct or rule != "tiers":
            own = rule_shares(rule, subnets, SETTINGS)
            assert rule_shares(rule, picked(subnets, order), SETTINGS) == pytest.approx(own[order], abs=1e-9)


@given(networks(), st.integers(0, 7), st.floats(0.001, 3))
def test_a_higher_price_never_lowers_a_share_under_price_and_under_a_bar_by_rank(
    subnets: Subnets, place: int, more: float
) -> None:
    at = place % len(subnets.names)
    price = subnets.price.copy()
    price[at] += more
    for rule in THAT_GO_BY_PRICE:
        before, after = (rule_shares(rule, own, SETTINGS)[at] for own in (subnets, replace(subnets, price=price)))
        assert after >= before - 1e-9


@given(
    networks(), st.integers(0, 7), st.floats(0.01, 1e5), st.sampled_from([0.0, -1e6, -500.0, 200.0]), st.floats(1, 2)
)
def test_more_flow_never_lowers_a_share_under_flow_rules(
    subnets: Subnets, place: int, more: float, cutoff: float, power: float
) -> None:
    at = place % len(subnets.names)
    flow = subnets.user_flow.copy()
    flow[at] += more
    settings = replace(SETTINGS, cutoff=cutoff, flow_exponent=power)
    for rule in THAT_GO_BY_FLOW:
        before, after = (rule_shares(rule, own, settings)[at] for own in (subnets, replace(subnets, user_flow=flow)))
        assert after >= before - 1e-9


@given(
    st.lists(st.floats(0, 10), min_size=1, max_size=8), st.integers(0, 7), st.floats(0.001, 10), st.floats(0, 1),
    st.floats(0.5, 10),
)  # fmt: skip
def test_a_higher_price_never_lowers_a_share_under_a_bar_that_stands_still(
    prices: list[float], place: int, more: float, bar: float, exponent: float
) -> None:
    at = place % len(prices)
    raised = [price + more * (own == at) for own, price in enumerate(prices)]
    before, after = (bt.hill_gate(bt.price_shares(own), exponent, bar=bar)[at] for own in (prices, raised))
    assert after >= before - 1e-9


def test_the_last_of_the_first_tier_can_hold_less_than_the_only_one_of_the_second() -> None:
    """The other rule under which more can be less: a step up from a tier that nobody shares."""
    alone, promoted = (bt.ranked_tiers([*np.full(32, 10.0), last])[32] for last in (9.0, 11.0))
    assert alone == pytest.approx(0.25)
    assert promoted < 0.03


@pytest.mark.parametrize("flow", [[0.0], [-3.0], [-3.0, -3.0], [0.0, 0.0]])
def test_flows_that_nobody_exceeds_leave_the_tao_unspent(flow: list[float]) -> None:
    for cutoff in (0.0, -1.0, -3.0, -10.0):
        shares = bt.flow_shares(flow, cutoff)
        worst = max(cutoff, min(0.0, *flow, 0.0))
        assert shares.any() == any(value > worst for value in flow)


def test_a_subnet_at_the_cutoff_receives_nothing_whatever_the_exponent() -> None:
    for exponent in (0, 1, 2):
        assert bt.flow_shares([5, 7], 5, exponent).tolist() == [0, 1]


# ---- issuance -------------------------------------------------------------------------------------------------------
@given(st.integers(0, bt.CAP_RAO) | st.integers(0, 10**9).map(lambda left: bt.CAP_RAO - left))
def test_no_block_anywhere_passes_the_cap(issuance: int) -> None:
    assert issuance + bt.block_emission(issuance) <= bt.CAP_RAO
    assert issuance <= bt.next_issuance(issuance) <= bt.CAP_RAO


def test_the_whole_schedule_halves_to_nothing_below_the_cap() -> None:
    """Every halving from the first block on, until a block mints less than a rao."""
    issuance, eras = 0, 0
    while blocks := bt.blocks_to_halving(issuance):
        reached = bt.issuance_after(issuance, blocks)
        assert reached == issuance + blocks * bt.block_emission(issuance)
        assert reached <= bt.CAP_RAO
        issuance, eras = reached, eras + 1
    last = bt.issuance_after(issuance, 10**30)
    assert eras == 30
    assert bt.CAP_RAO - bt.RAO < last <= bt.CAP_RAO
    assert bt.block_emission(last) == 0


@given(st.integers(0, bt.CAP_RAO), st.integers(0, 10**11), st.integers(0, 10**11), st.floats(0, 1))
def test_issuance_only_grows_and_takes_no_note_of_where_a_wait_is_cut(
    issuance: int, first: int, second: int, recycled: float
) -> None:
    once = bt.issuance_after(issuance, first + second, recycled_share=recycled)
    twice = bt.issuance_after(
        bt.issuance_after(issuance, first, recycled_share=recycled), second, recycled_share=recycled
    )
    assert issuance <= once == twice <= bt.CAP_RAO
