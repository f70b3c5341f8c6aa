"""Shocks of the modelled futures: one on average, as wide, as related and as often as they are declared to be."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

from model import load_network
from model.engine.chance import Draws, simulate
from model.presets.network import Network
from model.system import System

Floats = npt.NDArray[np.float64]

PROBABILITY = 1e-4
"""A test fails where right shocks would with this probability; seeds are fixed."""

LIMIT = float(stats.norm.isf(PROBABILITY / 2))
WEEK, YEARS, COUNT = 7 / 365.25, 6, 20_000


def shocks(
    network: Network, *, step: float = 1 / 12, steps: int = 12 * YEARS, count: int = COUNT, **changed: Any
) -> dict[str, Floats]:
    """Shape (count, steps + 1) by name; a changed parameter is a number, or an array of shape (steps + 1,)."""
    system = network.system
    values = {**network.values, **{key.replace("__", "."): value for key, value in changed.items()}}
    given = {s: np.atleast_1d(np.asarray(values[key], dtype=float)) for s, key in system.vocabulary.parameters.items()}
    made = simulate(system, given, step_length=step, steps=steps, draws=Draws(20261103, 0, count))
    return {system.vocabulary.columns[symbol]: path for symbol, path in made.items()}


def calm(system: System) -> dict[str, Any]:
    """Every spread at zero, by argument of `shocks`."""
    words = ("demand_volatility", "demand_jump_rate", "cost_volatility", "holdings_volatility", "price_volatility")
    return {key.replace(".", "__"): 0.0 for key in system.parameters if key.rpartition(".")[2] in words}


def reverting_variance(spread: float, speed: float, time: Floats) -> Floats:
    """Variance of a mean-reverting deviation that starts at its mean."""
    return np.asarray(spread**2 * (1 - np.exp(-2 * speed * time)) / (2 * speed))


@pytest.fixture(scope="module")
def payment() -> Network:
    return load_network("payment")


@pytest.fixture(scope="module")
def made(payment: Network) -> dict[str, Floats]:
    return shocks(payment)


TIMES = np.arange(12 * YEARS + 1) / 12


# ---- mean -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["demand_shock", "cost_shock", "holdings_shock"])
def test_every_factor_is_one_on_average_at_every_date(name: str, made: dict[str, Floats]) -> None:
    """A mean over 20,000 futures lies within 3.9 standard errors of one, at ten dates over six years."""
    factor = made[name]
    assert np.all(factor[:, 0] == 1.0)
    for k in range(6, 12 * YEARS + 1, 6):
        error = factor[:, k].std() / np.sqrt(COUNT)
        assert abs(factor[:, k].mean() - 1) < LIMIT * error


@pytest.mark.parametrize(
    "changed",
    [
        {"demand_volatility": 0.0, "demand_jump_rate": 6.0},
        {"demand_volatility": 0.8, "demand_jump_rate": 0.0},
        {"demand_volatility": np.linspace(0.0, 0.8, 37), "demand_jump_rate": np.linspace(3.0, 0.0, 37)},
        {"cost_volatility": np.where(np.arange(37) < 24, 0.1, 0.9)},
        {"cost_volatility": np.where(np.arange(37) < 24, 0.9, 0.1), "cost_reversion": 3.0},
        {"cost_reversion": 0.0},
        {"holdings_volatility": np.where(np.arange(37) < 24, 0.9, 0.1)},
        {"holdings_volatility": 0.9, "demand_holdings_correlation": -1.0},
    ],
    ids=["jumps", "no jumps", "moving", "cost rises", "cost falls", "no return", "holdings fall", "opposed"],
)
def test_factors_are_one_on_average_also_where_a_spread_moves(payment: Network, changed: dict[str, Any]) -> None:
    found = shocks(payment, steps=36, **changed)
    for name in ("demand_shock", "cost_shock", "holdings_shock"):
        for k in (12, 23, 25, 30, 36):
            error = max(found[name][:, k].std() / np.sqrt(COUNT), 1e-12)
            assert abs(found[name][:, k].mean() - 1) < LIMIT * error, (name, k)


def test_noise_leaves_the_price_one_on_average(made: dict[str, Floats]) -> None:
    """Each step's factor is the exponential of its noise; so is the product of all of them."""
    noise = made["price_shock"][:, :-1]
    for factor in (np.exp(noise[:, 0]), np.exp(noise[:, 40]), np.exp(noise[:, :24].sum(axis=1))):
        assert abs(factor.mean() - 1) < LIMIT * factor.std() / np.sqrt(COUNT)


# ---- spread ---------------------------------------------------------------------------------------------
def within(values: Floats, variance: float) -> bool:
    """Whether the sample's variance is what it should be, by the sample's own fourth moment."""
    deviation = (values - values.mean()) ** 2
    return bool(abs(deviation.mean() - variance) < LIMIT * deviation.std() / np.sqrt(len(values)))


def test_demand_spreads_with_time_by_its_volatility_and_its_jumps(payment: Network, made: dict[str, Floats]) -> None:
    values = payment.values
    size, rate, spread = values["demand_jump_size"], values["demand_jump_rate"], values["demand_volatility"]
    for k in (1, 12, 36, 72):
        # A jump also takes off half of its variance, and how many of them there are is itself random.
        assert within(np.log(made["demand_shock"][:, k]), TIMES[k] * (spread**2 + rate * (size**2 + size**4 / 4)))


@pytest.mark.parametrize(
    ("name", "spread", "speed"),
    [
        ("cost_shock", "cost_volatility", "cost_reversion"),
        ("holdings_shock", "holdings_volatility", "holdings_reversion"),
    ],
)
def test_reverting_deviations_have_the_closed_form_variance_and_memory(
    payment: Network, made: dict[str, Floats], name: str, spread: str, speed: str
) -> None:
    s, back = payment.values[spread], payment.values[speed]
    deviation = np.log(made[name]) + reverting_variance(s, back, TIMES) / 2
    for k in (1, 12, 36, 72):
        assert within(deviation[:, k], float(reverting_variance(s, back, TIMES[k])))
    early, late = deviation[:, 24], deviation[:, 36]
    remembered = float(np.cov(early, late)[0, 1] / early.var())
    left = late - np.exp(-back) * early
    assert abs(remembered - np.exp(-back)) < LIMIT * left.std() / early.std() / np.sqrt(COUNT)


def test_a_longer_step_is_no_other_process(payment: Network) -> None:
    """Variance after two years is the same by weeks, months and half-years."""
    for step, steps in ((1 / 52, 104), (1 / 12, 24), (0.5, 4)):
        found = shocks(payment, step=step, steps=steps)
        for name, spread in (("cost_shock", "cost_volatility"), ("holdings_shock", "holdings_volatility")):
            expected = float(reverting_variance(payment.values[spread], 1.0, np.array(2.0)))
            assert within(np.log(found[name][:, -1]), expected)


def test_price_noise_is_normal_from_step_to_step(payment: Network, made: dict[str, Floats]) -> None:
    spread = payment.values["price_volatility"]
    noise = made["price_shock"][:500, :-1].reshape(-1)
    assert stats.kstest(noise, "norm", args=(-(spread**2) / 24, spread / np.sqrt(12))).pvalue > PROBABILITY


# ---- jumps ----------------------------------------------------------------------------------------------
def test_jumps_come_at_their_rate_and_have_their_size(payment: Network) -> None:
    found = shocks(payment, step=WEEK, steps=300, count=5000, demand_volatility=0.0)
    moves = np.diff(np.log(found["demand_shock"]), axis=1)
    jumped = np.abs(moves) > 1e-12
    chance = 1 - np.exp(-payment.values["demand_jump_rate"] * WEEK)
    assert stats.binomtest(int(jumped.sum()), jumped.size, chance).pvalue > PROBABILITY
    size = payment.values["demand_jump_size"]
    # One step in two hundred of those has two jumps, which no test of this length can tell.
    assert stats.kstest(moves[jumped], "norm", args=(-(size**2) / 2, size)).pvalue > PROBABILITY


def test_more_volatility_does_not_move_the_jumps(payment: Network) -> None:
    alone = shocks(payment, count=50, demand_volatility=0.0)["demand_shock"]
    both = shocks(payment, count=50)["demand_shock"]
    calmer = shocks(payment, count=50, demand_jump_rate=0.0)["demand_shock"]
    np.testing.assert_allclose(both, alone * calmer, rtol=1e-12)


# ---- relations ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("together", [-0.6, 0.0, 0.4, 1.0])
def test_holdings_move_with_demand_as_declared(payment: Network, together: float) -> None:
    found = shocks(payment, count=4000, demand_jump_rate=0.0, demand_holdings_correlation=together)
    demand = np.diff(np.log(found["demand_shock"]), axis=1)
    back = payment.values["holdings_reversion"]
    spread = reverting_variance(payment.values["holdings_volatility"], back, TIMES)
    deviation = np.log(found["holdings_shock"]) + spread / 2
    moved = deviation[:, 1:] - np.exp(-back / 12) * deviation[:, :-1]
    correlation = np.corrcoef(demand.reshape(-1), moved.reshape(-1))[0, 1]
    assert abs(correlation - together) < LIMIT * max(1 - together**2, 1e-9) / np.sqrt(demand.size)


def test_demand_cost_and_price_have_nothing_to_do_with_each_other(made: dict[str, Floats]) -> None:
    moves = [np.diff(np.log(made[name]), axis=1) for name in ("demand_shock", "cost_shock")]
    moves.append(made["price_shock"][:, :-1])
    rows = np.stack([move[:4000].reshape(-1) for move in moves])
    together = np.abs(np.corrcoef(rows) - np.eye(3)).max()
    assert together < stats.norm.isf(PROBABILITY / 6) / np.sqrt(rows.shape[1])


def test_streams_share_demand_and_roles_have_costs_of_their_own() -> None:
    several = shocks(load_network("internet-computer"), count=20)
    np.testing.assert_array_equal(several["demand_shock.cycles"], several["demand_shock.cloud_engines"])
    roles = load_network("bittensor")
    found = shocks(roles, step=WEEK, steps=200, count=100)
    costs = np.stack(
        [np.diff(np.log(found[f"cost_shock.{role}"]), axis=1).reshape(-1) for role in roles.structure.roles]
    )
    assert np.abs(np.corrcoef(costs) - np.eye(3)).max() < LIMIT / np.sqrt(costs.shape[1])


# ---- none -----------------------------------------------------------------------------------------------
def test_without_spreads_every_shock_is_exactly_neutral(payment: Network) -> None:
    found = shocks(payment, count=20, **calm(payment.system))
    assert set(np.unique(found.pop("price_shock")).tolist()) == {0.0}
    assert {value for path in found.values() for value in np.unique(path).tolist()} == {1.0}


@pytest.mark.parametrize("changed", ["demand_volatility", "cost_volatility", "holdings_volatility", "price_volatility"])
def test_one_spread_alone_moves_one_shock_alone(payment: Network, changed: str) -> None:
    found = shocks(payment, count=20, **{**calm(payment.system), changed: 0.4})
    moved = {name for name, path in found.items() if np.ptp(path) > 0}
    assert moved == {changed.replace("volatility", "shock")}
