"""Burn-mint designs of Akash and Helium against the examples that their proposals print."""

from __future__ import annotations

import pytest

from model.errors import OutOfRangeError
from model.networks import akash, helium


@pytest.mark.parametrize(
    ("usd", "at_top_up", "at_settlement", "burned", "minted", "net"),
    [
        (1000, 1.14, 1.50, 877.192982, 666.666667, -210.526316),
        (1000, 1.14, 0.90, 877.192982, 1111.111111, 233.918129),
        (10e6, 1.14, 1.25, 8_771_929.824561, 8_000_000, -771_929.824561),
    ],
)
def test_akash_credits_burn_and_mint_as_in_aep_76(
    usd: float, at_top_up: float, at_settlement: float, burned: float, minted: float, net: float
) -> None:
    assert akash.burn_for_credits(usd, at_top_up) == pytest.approx(burned, abs=6e-7)
    assert akash.settle_credits(usd, at_settlement, burned).paid == pytest.approx(minted, abs=6e-7)
    assert akash.supply_change(usd, at_top_up, at_settlement) == pytest.approx(net, abs=6e-7)


def test_akash_mints_only_what_its_vault_lacks() -> None:
    """AEP-76: USD 10M at 0.90 need 11.11M AKT, 8.77M from the vault and 2.34M new."""
    short = akash.settle_credits(10e6, 0.90, 8_771_929)
    assert (short.from_vault, short.vault_after) == (8_771_929, 0)
    assert short.minted == pytest.approx(2.34e6, abs=5e3)
    assert akash.settle_credits(10e6, 1.25, 8_771_929).minted == 0


def test_akash_collateral_and_circuit_breaker() -> None:
    assert akash.collateral_ratio(8.77e6, 1.20, 10e6) == pytest.approx(1.053, abs=1e-3)
    ratios = (1.053, 0.95, 0.949, 0.90, 0.899)
    assert [akash.breaker(ratio) for ratio in ratios] == ["normal", "normal", "warn", "warn", "halt"]
    with pytest.raises(OutOfRangeError):
        akash.burn_for_credits(1, 0)


@pytest.mark.parametrize(
    ("year", "at_start", "minted"),
    [
        (1, 0, 60e6),
        (2, 60e6, 60e6),
        (3, 120e6, 30e6),
        (10, 228_750_000, 3.75e6),
        (19, 239_531_250, 117_187.5),
        (20, 239_648_438, 117_187.5),
        (29, 239_985_352, 3_662.1),
        (50, 239_999_989, 3.6),
    ],
)
def test_heliums_table_of_hip_20(year: int, at_start: float, minted: float) -> None:
    assert helium.supply_at_start(year) == pytest.approx(at_start, abs=0.5)
    assert helium.issuance_in_year(year) == pytest.approx(minted, abs=0.05)


def test_heliums_issuance_never_adds_up_to_more_than_240_million() -> None:
    assert helium.supply_at_start(400) <= helium.THEORETICAL_SUPPLY
    with pytest.raises(OutOfRangeError):
        helium.issuance_in_year(0)


def test_heliums_pool_settles_where_it_pays_out_the_capped_burn() -> None:
    """HIP-20: 34.24 HNT an epoch are 1,643.5 a day; a pool of 336 caps pays one cap."""
    settled = helium.net_emission(helium.POOL_EPOCHS * helium.CAP_PER_EPOCH, 1_000)
    assert settled.reminted == pytest.approx(34.24)
    assert settled.pool == pytest.approx(helium.POOL_EPOCHS * helium.CAP_PER_EPOCH)
    assert helium.reminted([1_000, 5_000]) == pytest.approx([1_000, 1_643.5], abs=0.05)


def test_hip_149_pays_deployers_between_half_and_three_times_the_carriers_rate() -> None:
    target = helium.deployer_target(helium.FLOOR, 0.10, 91_000, 0.27)
    assert target == pytest.approx(16_851.85, abs=0.005)
    needed = helium.top_up_needed(target, 13_870, 0.625)
    assert needed == pytest.approx(4_770.96, abs=0.005)
    assert helium.top_up([1_000, 3_000, 90_000], 1_643.5, needed) == pytest.approx([0, 1_356.5, 4_770.96], abs=0.005)
    assert helium.price_at_target([0.5, 3.0], 0.10, 91_000, 13_870) == pytest.approx([0.33, 1.97], abs=0.005)
    assert helium.supplement() == pytest.approx(141e6, rel=1e-3)
