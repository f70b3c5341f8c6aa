"""Fetch.ai's bench: years of both rules, mints by vote, municipal tokens and commissions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Scenario, load_network, load_proposal
from model.errors import BallastError
from model.networks import cosmos, fetch
from model.networks import fetch_bench as bench
from model.networks.tables import Row

shares = st.lists(st.floats(0.01, 1), min_size=1, max_size=12)


@given(shares)
def test_fixed_inflation_does_not_read_the_bonded_share(bonded: list[float]) -> None:
    path = bench.inflation_path("fixed", dict(enumerate(bonded, 2027)), supply=1e9)
    assert {own.inflation for own in path} == {0.03}
    assert path[-1].supply == pytest.approx(1e9 * (1 + 0.03 / 12) ** (12 * len(bonded)))


@given(shares)
def test_goal_bonded_inflation_stays_in_its_bounds_and_moves_toward_the_goal(bonded: list[float]) -> None:
    terms = bench.GoalBonded()
    last = terms.start
    for own in bench.inflation_path("goal-bonded", dict(enumerate(bonded, 2027)), supply=1e9):
        assert terms.minimum <= own.inflation <= terms.maximum
        assert (own.inflation - last) * (terms.goal - own.bonded) >= 0
        last = own.inflation


def test_a_year_of_monthly_steps_is_a_year_of_blocks() -> None:
    (own,) = bench.inflation_path("goal-bonded", {2027: 0.6}, supply=1e9)
    whole = cosmos.next_inflation(0.07, 0.6, blocks=cosmos.BLOCKS_PER_YEAR)
    assert own.inflation == pytest.approx(float(np.asarray(whole, dtype=float)), abs=1e-12)


@given(shares)
def test_minted_adds_up_to_the_growth_of_supply(bonded: list[float]) -> None:
    path = bench.inflation_path("goal-bonded", dict(enumerate(bonded, 2027)), supply=1e9)
    assert sum(own.minted for own in path) == pytest.approx(path[-1].supply - 1e9)


def test_the_typed_events_of_the_merger_make_the_published_totals() -> None:
    merger, cudos = bench.events(bench.EXAMPLE_EVENTS, before=bench.ERC20_BEFORE_MERGER)
    assert merger.total == pytest.approx(fetch.SUPPLY_EVENTS[0].total_after)
    assert cudos.total == pytest.approx(fetch.SUPPLY_EVENTS[1].total_after, rel=1e-9)


@pytest.mark.parametrize("day", ["soon", "2024-13-01", ""])
def test_a_day_that_is_none_is_refused_with_its_row(day: str) -> None:
    with pytest.raises(BallastError, match="row 1"):
        bench.events([{"day": day, "event": "x", "minted": 1.0}], before=0)


def test_a_year_that_stands_twice_is_refused() -> None:
    with pytest.raises(BallastError, match="twice"):
        bench.bonded_years([{"year": 2027.0, "bonded": 0.2}, {"year": 2027.0, "bonded": 0.3}])


@pytest.mark.parametrize("rate", [0.0, 0.01, 0.03, 0.5, 1.0, 2.0])
def test_a_year_of_municipal_blocks_issues_the_yearly_rate(rate: float) -> None:
    row: Row = {"token": "MOBX", "rate": rate, "supply": 1e9}
    (line,) = bench.municipal_lines([row])
    assert line.year == pytest.approx(rate * 1e9, rel=1e-9)
    assert (1 + line.per_block) ** fetch.BLOCKS_PER_YEAR - 1 == pytest.approx(rate, rel=1e-5, abs=1e-12)


@given(st.floats(0.01, 0.3), st.floats(0.05, 1), st.floats(0, 1), st.floats(1, 1e8), st.floats(0, 1e9))
def test_what_a_validators_stake_earns_is_split_between_it_and_its_delegators(
    inflation: float, bonded: float, commission: float, own: float, delegated: float
) -> None:
    row: Row = {"validator": "x", "own": own, "delegated": delegated, "commission": commission}
    (line,) = bench.validator_lines([row], inflation=inflation, bonded=bonded)
    gross = inflation / bonded * (1 - bench.COMMUNITY_TAX) * (own + delegated)
    assert line.own_yield * own + line.delegator_yield * delegated == pytest.approx(gross)


def test_a_validator_without_own_stake_has_no_yield_of_its_own() -> None:
    row: Row = {"validator": "x", "own": 0.0, "delegated": 1.0, "commission": 0.1}
    (line,) = bench.validator_lines([row], inflation=0.03, bonded=0.25)
    assert math.isnan(line.own_yield)


def test_the_presets_shares_and_the_proposals_parameters_come_from_the_bench() -> None:
    values = Scenario(load_network("fetch")).values
    for key, share in bench.emission_shares(bench.COMMISSION).items():
        assert share == pytest.approx(values[key])
    set_by_bench = bench.economy_values("goal-bonded", rate=0.03, goal=bench.GoalBonded())
    (provision,) = load_proposal("fetch-goal-bonded-inflation").provisions
    assert {key: pytest.approx(value) for key, value in provision.set.items()} == {
        key: value for key, value in set_by_bench.items() if key != "inflation_rate"
    }
