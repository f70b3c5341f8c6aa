"""Internet Computer's bench: both rules on the same neurons, payroll against price, the goal where it is met."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Scenario, load_network
from model.networks import icp_bench as bench
from model.networks import internet_computer as icp
from model.networks.mission_70 import NET_GOAL
from model.networks.tables import Row

DAY = date(2026, 6, 1)


def neuron(**given: float | str) -> Row:
    row: dict[str, float | str] = dict(bench.EXAMPLE_NEURONS[0])
    return {**row, **given}


@pytest.mark.parametrize(
    ("delay", "before", "after"),
    [(0.5, 1.0625, 1.125), (1, 1.125, 1.5), (1.5, 1.1875, 2.125), (2, 1.25, 3.0), (4, 1.5, 3.0), (8, 2.0, 3.0)],
)
def test_the_bonus_of_a_delay_is_that_of_each_rule(delay: float, before: float, after: float) -> None:
    (line,) = bench.neuron_lines([neuron(delay=delay, stake=1_000.0)], on=DAY)
    assert line.power == pytest.approx((1_000 * before, 1_000 * after))


def test_the_eight_year_gang_gains_a_tenth_only_after() -> None:
    plain, gang = bench.neuron_lines([neuron(delay=8.0), neuron(delay=8.0, gang=1_000.0)], on=DAY)
    assert gang.power[0] == plain.power[0]
    assert gang.power[1] == pytest.approx(1.1 * plain.power[1])


def test_shares_of_the_typed_neurons_add_up_under_both_rules() -> None:
    lines = bench.neuron_lines(bench.EXAMPLE_NEURONS, on=DAY)
    for rule in (0, 1):
        assert sum(line.share[rule] for line in lines) == pytest.approx(1)


def test_a_two_year_neuron_earns_what_the_wallets_figures_give() -> None:
    """6.82% on 2026-04-08 (nns-dapp: supply 550,775,607 and 881,502,663 of voting power)."""
    (line,) = bench.neuron_lines([neuron(delay=2.0, age=0.0)], on=date(2026, 4, 8), supply=550_775_607)
    assert line.earned[1] == pytest.approx(0.0681564, rel=1e-4)


@given(st.floats(0.1, 50), st.floats(1e5, 1e8))
def test_node_pay_in_icp_falls_with_the_price_and_is_capped_below_the_minimum_rate(price: float, xdr: float) -> None:
    free = bench.Minting(0.03, xdr, 0.05, 5e8)
    floored = bench.Minting(0.03, xdr, 0.05, 5e8, minimum_rate=1.0)
    assert float(free.node_icp(price)) == pytest.approx(xdr / price)
    assert float(floored.node_icp(price)) == pytest.approx(xdr / max(price, 1.0))
    expected = 0.03 + (xdr / max(price, 1.0) - 0.05 * icp.YEAR_SECONDS / price) / 5e8
    assert float(floored.net(price)) == pytest.approx(expected)


def test_at_the_price_of_the_goal_net_inflation_is_the_goal() -> None:
    made = bench.Minting(0.034386, 11.6e6, 0.77, bench.SUPPLY)
    price = made.price_of_goal()
    assert math.isfinite(price)
    assert float(made.net(price)) == pytest.approx(NET_GOAL)
    assert made.needed_at(price) == pytest.approx(0.77)


def test_where_node_pay_exceeds_burn_no_price_meets_the_goal() -> None:
    made = bench.Minting(0.034386, 22.66e6, 0.0573, bench.SUPPLY)
    assert made.price_of_goal() == math.inf
    assert np.all(made.net(bench.price_grid(2.0)) > NET_GOAL)


def test_a_node_at_the_reference_keeps_its_pay_and_the_worst_keeps_a_fifth() -> None:
    reference, lines = bench.failure_lines(bench.EXAMPLE_FAILURES)
    by_name = {line.node: line for line in lines}
    assert reference == pytest.approx(0.3)
    assert by_name["D"].kept == 1
    assert by_name["E"].excess == pytest.approx(0.6)
    assert by_name["E"].kept == pytest.approx(0.2)


def test_the_published_payroll_and_burn_are_those_of_the_preset() -> None:
    scenario = Scenario(load_network("internet-computer"))
    values, start = scenario.values, scenario.network.initial
    usd = 12 * bench.payroll(bench.EXAMPLE_PAYROLL) * bench.USD_PER_XDR
    assert usd == pytest.approx(values["fiat_indexed_mint"], rel=1e-3)
    demand = bench.demand_for(
        bench.BURN_RATE,
        service_price=values["cycles.service_price"],
        quality=start["quality"],
        quality_elasticity=values["quality_elasticity"],
    )
    assert demand == pytest.approx(values["cycles.demand_scale"], rel=1e-3)


def test_no_nodes_have_no_reference() -> None:
    assert bench.failure_lines(()) == (0.0, ())
