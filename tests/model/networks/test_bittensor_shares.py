"""Subnets' shares under every rule since 2025, against the tests of subnet_emissions.rs and mainnet's snapshot."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.errors import BallastError
from model.networks import bittensor as bt
from tests.validation import Record

Floats = NDArray[np.float64]

RULES: dict[str, Callable[[Floats], Floats]] = {
    "price": lambda x: bt.price_shares(x),
    "flow": lambda x: bt.flow_shares(x),
    "flow, exponent 1.5": lambda x: bt.flow_shares(x, 0.0, 1.5),
    "gate by mass": lambda x: bt.hill_gate(bt.price_shares(x), mass=0.61),
    "gate by rank": lambda x: bt.hill_gate(bt.price_shares(x), rank=3),
    "tiers": lambda x: bt.ranked_tiers(x, first=2, second=2),
}

SNAPSHOT = (
    ("Chutes", 0.072286, 0.0, 0.182424),
    ("Affine", 0.055983, 0.0, 0.141281),
    ("Targon", 0.05436, 0.5057, 0.067811),
    ("lium.io", 0.052677, 0.2646, 0.097762),
    ("Actual", 0.047571, 1.0, 0.0),
    ("Vanta", 0.030149, 0.9657, 0.00261),
)
"""Mainnet on 2026-07-08: subnet, moving price, burn, stored share; the total over enabled subnets was 0.39625."""


@pytest.mark.parametrize(
    ("flow", "cutoff", "exponent", "shares", "tolerance"),
    [
        ([1000, 3000, 6000], 0, 1, [0.1, 0.3, 0.6], 1e-15),
        ([1e-9, 2e-9], 0, 1, [1 / 3, 2 / 3], 1e-15),
        ([9e11, 1.8e12], 0, 1, [1 / 3, 2 / 3], 1e-15),
        ([-100, -200], 0, 1, [0, 0], 0),
        ([-100, 500], 0, 1, [0, 1], 0),
        ([-100, -300, -400], -1000, 1, [0.75, 0.25, 0], 1e-15),
        ([1000, 2000], 2000, 1, [0, 0], 0),
        ([1000, 2000.00001], 2000, 1, [0, 1], 0),
        ([1000, 5000], 2000, 1, [0, 1], 0),
        ([2, 3, 5], 0, 1.1, [0.18860931101624073, 0.2946208740310166, 0.5167698149527427], 1e-14),
        ([2, 3, 5], 0, 1.2, [0.17763507785909177, 0.2889603412690355, 0.5334045808718727], 1e-14),
        ([2, 3, 5], 0, 1.4, [0.1569644753489578, 0.27690394010925073, 0.5661315845417914], 1e-14),
        ([2, 3, 5], 0, 1.5, [0.14727617756097572, 0.2705636147189431, 0.5821602077200814], 1e-14),
        ([2, 3, 5], 0, 1.7, [0.1291962445114317, 0.2573979182341587, 0.6134058372544096], 1e-14),
        ([2, 3, 5], 0, 1.9, [0.11282393858020424, 0.24376685188079628, 0.6434092095389994], 1e-14),
        ([2, 3, 5], 0, 2.0, [0.10526315789473684, 0.23684210526315788, 0.6578947368421053], 1e-14),
        ([0, 0, 0], 0, 1, [0, 0, 0], 0),
        ([], 0, 1, [], 0),
    ],
)
def test_flow_shares(flow: list[float], cutoff: float, exponent: float, shares: list[float], tolerance: float) -> None:
    assert bt.flow_shares(flow, cutoff, exponent) == pytest.approx(shares, abs=tolerance)


def test_the_flow_average_has_a_half_life_of_thirty_days() -> None:
    assert pytest.approx(0.5, rel=1e-9) == 1 - (1 - bt.FLOW_ALPHA) ** 216_000
    assert bt.flow_ema(0, 1, blocks=216_000) == pytest.approx(0.5)
    twice = bt.flow_ema(bt.flow_ema(-3.0, 7.0, 0.1), 7.0, 0.1)
    assert twice == pytest.approx(bt.flow_ema(-3.0, 7.0, 0.1, blocks=2)) == pytest.approx(0.81 * -3 + 0.19 * 7)


def test_net_flow_scales_the_protocols_part_to_the_users() -> None:
    """70 subnets with user flow 100 and protocol flow 40 + 4 i."""
    user, protocol = np.full(70, 100.0), 40 + 4.0 * np.arange(70)
    assert bt.protocol_factor(user, protocol) == pytest.approx(0.561798, abs=5e-7)
    assert (bt.flow_shares(bt.net_flow(user, protocol)) > 0).sum() == 35
    assert (bt.flow_shares(bt.net_flow(user, protocol, normalised=False)) > 0).sum() == 15
    assert bt.net_flow([10, 10], [-5, 0]).tolist() == [15, 10]


@pytest.mark.parametrize(
    ("price", "burn", "root", "shares"),
    [
        ([1, 2, 3], None, None, [1 / 6, 2 / 6, 3 / 6]),
        ([1, 2, 3], [0, 0, 0], None, [1 / 6, 2 / 6, 3 / 6]),
        ([1, 1], [0.5, 0], None, [1 / 3, 2 / 3]),
        ([1, 1], [0, 0], [0.5, 0.25], [2 / 3, 1 / 3]),
        ([1, 3], [1, 2], None, [0.25, 0.75]),
        ([0, 0], None, None, [0, 0]),
    ],
)
def test_price_shares(
    price: list[float], burn: list[float] | None, root: list[float] | None, shares: list[float]
) -> None:
    assert bt.price_shares(price, burn, root) == pytest.approx(shares, abs=1e-15)


def test_the_snapshot_of_mainnet_follows_from_prices_burns_and_the_stored_total(figure: Record) -> None:
    names, prices, burns, stored = zip(*SNAPSHOT, strict=True)
    own = np.array(prices) * (1 - np.array(burns))
    rest = 0.39625 - own.sum()
    shares = bt.price_shares([*prices, rest], [*burns, 0.0])
    figure("snapshot", np.abs(shares[: len(names)] - stored).max())


def test_switched_off_subnets_leave_their_share_to_the_others() -> None:
    assert bt.enabled_shares([1 / 3, 1 / 3, 1 / 3], [True, False, True]) == pytest.approx([0.5, 0, 0.5])
    assert bt.enabled_shares([0.5, 0.5], [False, False]).tolist() == [0, 0]
    assert bt.enabled_shares([0.0, 0.0], [True, True]).tolist() == [0, 0]


def test_the_gate_by_mass_and_by_rank() -> None:
    assert bt.gate_bar([1 / 3, 2 / 3], mass=0.61) == pytest.approx(2 / 3)
    assert bt.hill_gate(bt.price_shares([1, 2]), 3, mass=0.61) == pytest.approx([0.1, 0.9])
    shares = np.array([0.4, 0.3, 0.2, 0.1])
    assert bt.gate_bar(shares, rank=2) == 0.3
    assert bt.gate_bar(shares, rank=32) == 0.1
    assert bt.gate_bar([0.0, 0.0], rank=1) == 0
    assert bt.hill_gate([0.0, 0.0]).tolist() == [0, 0]


def test_under_the_bar_by_mass_a_higher_price_can_lower_its_own_share() -> None:
    """The bar moves with its input: at 2.3 the second subnet completes the mass and becomes the bar itself."""
    lower, higher = ([6, second, 1, 1] for second in (2.2, 2.3))
    bars = [bt.gate_bar(bt.price_shares(prices), mass=0.805) for prices in (lower, higher)]
    before, after = (bt.hill_gate(bt.price_shares(prices), mass=0.805)[1] for prices in (lower, higher))
    assert bars[1] > 2 * bars[0]
    assert after < 0.8 * before


def test_tiers_of_65_equal_scores() -> None:
    shares = bt.ranked_tiers(np.ones(65))
    assert (shares[:32].sum(), shares[32:64].sum(), shares[64]) == pytest.approx((0.75, 0.25, 0))
    assert bt.ranked_tiers(np.ones(32)).sum() == pytest.approx(1)
    assert bt.ranked_tiers([3, 0, 1], first=1, second=1) == pytest.approx([0.75, 0, 0.25])


amounts = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=12)


@pytest.mark.parametrize("rule", RULES)
@given(values=amounts, seed=st.integers(0, 2**16))
def test_shares_add_up_to_one_and_move_with_their_subnets(rule: str, values: list[float], seed: int) -> None:
    distinct = np.array(values) + np.arange(len(values)) * 1e-3
    shares = RULES[rule](distinct)
    assert shares.sum() == pytest.approx(1)
    order = np.random.default_rng(seed).permutation(distinct.size)
    if np.unique(distinct).size == distinct.size:
        assert RULES[rule](distinct[order]) == pytest.approx(shares[order], abs=1e-12)


@pytest.mark.parametrize("rule", ["price", "flow", "flow, exponent 1.5"])
@given(values=amounts, raised=st.floats(1.0, 10.0))
def test_raising_an_input_never_lowers_its_share_under_price_and_flow(
    rule: str, values: list[float], raised: float
) -> None:
    after = np.array(values)
    after[0] *= raised
    assert RULES[rule](after)[0] >= RULES[rule](np.array(values))[0] - 1e-12


@pytest.mark.parametrize(
    "call",
    [
        lambda: bt.price_shares([-1, 2]),
        lambda: bt.price_shares([1, float("nan")]),
        lambda: bt.price_shares([1, 2], [0.5]),
        lambda: bt.price_shares([[1, 2]]),
        lambda: bt.flow_shares([1, "x"]),  # type: ignore[arg-type]
        lambda: bt.hill_gate([0.5, 0.5], mass=0.6, rank=2),
        lambda: bt.hill_gate([0.5, 0.5], 0),
        lambda: bt.enabled_shares([0.5, 0.5], [True]),
        lambda: bt.net_flow([1, 2], [1, 2, 3]),
    ],
)
def test_impossible_subnets_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(BallastError):
        call()
