"""Several roles and several streams: what is only a name, what adds up to one, what optional parts leave alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from model import load_network
from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import assemble
from model.presets.network import Network
from model.structure import MODULES, Structure
from model.system import system_for
from tests.model.corners import Start, of_network
from tests.model.paths import result_of


def steps_of(shape: Structure, values: Mapping[str, float], initial: Mapping[str, float], steps: int = 156) -> Run:
    worlds = assemble(system_for(shape), ["w"], values, initial, step_length=1 / 52, steps=steps)
    return result_of(run(worlds, "polars"))


MARKET = ("price", "float_supply", "staked", "treasury", "treasury_fiat", "revenue", "emission", "burn", "quality")


def moved_textbook() -> tuple[Network, dict[str, float], dict[str, float]]:
    """The textbook away from rest, so that every equation is at work."""
    network = load_network("textbook")
    values = dict(network.values)
    values.update(fiat_indexed_mint=0.3, slashing_rate=0.03, demand_growth=0.1, treasury_fee_share=0.05)
    values["provider_fee_share"] -= 0.05
    initial = dict(network.initial)
    initial.update(price=0.6 * initial["price"], capacity=0.8 * initial["capacity"])
    return network, values, initial


def in_roles(
    names: tuple[str, ...], values: Mapping[str, float], initial: Mapping[str, float], part: Mapping[str, float]
) -> tuple[Structure, dict[str, float], dict[str, float]]:
    """The textbook's one role as several roles, each with a part of its income and of its capacity."""
    one = load_network("textbook").structure
    shape = replace(one, roles=names, capacity_role=names[0])
    written: dict[str, float] = {}
    for key, concrete in system_for(shape).parameters.items():
        role, word = concrete.role, concrete.declared.word
        single = concrete.declared.single or word
        if role is None:
            written[key] = values.get(key, concrete.declared.default)
        elif word == "quality_weight":
            written[key] = part[role]
        elif word in ("fee_share", "emission_share", "fiat_reward", "half_quality_capacity"):
            written[key] = values[single] * part[role]
        else:
            written[key] = values[single]
    written["units_per_capacity"] = values["units_per_capacity"] / part[names[0]]
    stocks = {name: value for name, value in initial.items() if name not in ("capacity", "quality")}
    for role in names:
        stocks[f"capacity.{role}"] = initial["capacity"] * part[role]
        stocks[f"quality.{role}"] = initial["quality"]
    return shape, written, stocks


def assert_same(result: Run, other: Run, columns: tuple[str, ...] = MARKET, rel: float = 1e-13) -> None:
    for column in columns:
        np.testing.assert_allclose(other.values(column), result.values(column), rtol=rel, atol=1e-300, err_msg=column)


def test_the_name_of_a_role_is_only_a_name() -> None:
    network, values, initial = moved_textbook()
    shape = replace(network.structure, roles=("compute",), capacity_role="compute")
    core = steps_of(network.structure, values, initial)
    assert np.ptp(core.values("price")) > 0.1
    renamed = steps_of(shape, values, initial)
    np.testing.assert_array_equal(renamed.paths.states, core.paths.states)


@pytest.mark.parametrize("parts", [(0.5, 0.5), (0.8, 0.2), (0.4, 0.15, 0.3, 0.15)])
def test_roles_of_one_kind_are_one_role(parts: tuple[float, ...]) -> None:
    """One role cut into parts, each with its part of income, capacity and weight, is the core step for step."""
    network, values, initial = moved_textbook()
    names = ("compute", "data", "models", "validators")[: len(parts)]
    core = steps_of(network.structure, values, initial)
    cut = steps_of(*in_roles(names, values, initial, dict(zip(names, parts, strict=True))))
    assert_same(core, cut)
    total = sum(cut.values(f"capacity.{name}") for name in names)
    np.testing.assert_allclose(total, core.values("capacity"), rtol=1e-13)


def test_a_role_without_weight_and_pay_leaves_the_core_as_it_is() -> None:
    network, values, initial = moved_textbook()
    core = steps_of(network.structure, values, initial)
    shape, written, stocks = in_roles(("compute", "idle"), values, initial, {"compute": 1.0, "idle": 0.0})
    written["idle.half_quality_capacity"] = 1.0
    stocks["capacity.idle"] = 1.0
    other = steps_of(shape, written, stocks)
    assert_same(core, other)
    assert other.values("capacity.idle")[0, -1] < 0.05


def test_an_essential_role_without_pay_takes_the_network_down() -> None:
    network, values, initial = moved_textbook()
    shape, written, stocks = in_roles(("compute", "idle"), values, initial, {"compute": 1.0, "idle": 0.0})
    written.update({"idle.half_quality_capacity": 1.0, "compute.quality_weight": 0.7, "idle.quality_weight": 0.3})
    stocks["capacity.idle"] = 4.0
    core, other = steps_of(network.structure, values, initial), steps_of(shape, written, stocks)
    assert other.values("revenue")[0, -1] < 0.5 * core.values("revenue")[0, -1]


@pytest.mark.parametrize("halves", [(0.5, 0.5), (0.9, 0.1)])
def test_one_stream_is_two_streams_of_one_kind(halves: tuple[float, float]) -> None:
    network, values, initial = moved_textbook()
    values["user_surcharge"] = 0.1
    values["fiat_reward_share"] = 0.02
    core = steps_of(network.structure, values, initial)
    shape = replace(network.structure, streams=("jobs", "storage"))
    written = {}
    for key, concrete in system_for(shape).parameters.items():
        stem = key.split(".")[-1] if concrete.stream else key
        written[key] = values[stem]
        if stem == "demand_scale":
            written[key] *= halves[0] if concrete.stream == "jobs" else halves[1]
    assert len(written) > len(values)
    two = steps_of(shape, written, initial)
    assert_same(core, two)
    np.testing.assert_allclose(two.values("revenue.jobs"), halves[0] * core.values("revenue"), rtol=1e-13)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_at_its_neutral_value_changes_nothing(module: str) -> None:
    network = load_network("textbook")
    without = replace(network.structure, modules=frozenset({"staking"} - {module}), buckets=())
    shape = without.with_modules(frozenset({module}))
    initial = {**network.initial_for(shape), "price": network.initial["price"] * 0.7}
    if module == "staking":
        initial["staked"] = 0.0
    values = network.values_for(shape)
    bare = steps_of(without, {key: values[key] for key in system_for(without).parameters}, initial)
    full = steps_of(shape, values, initial)
    assert set(bare.system.columns) < set(full.system.columns) or module in ("hysteresis", "token-pricing", "coverage")
    columns = tuple(column for column in bare.system.columns if column != "clearing_price")
    assert_same(bare, full, columns, rel=1e-13)


def test_token_priced_jobs_with_exponent_zero_are_fiat_priced_and_with_one_they_are_not() -> None:
    network = load_network("textbook")
    start: Start = of_network(network, frozenset({"token-pricing"}))
    moved = replace(start, initial={**start.initial, "price": 0.5 * start.initial["price"]})
    result = result_of(run(moved.worlds({"token_pricing": np.array([0.0, 1.0])}, 104), "polars"))
    plain = steps_of(network.structure, network.values, moved.initial, steps=104)
    np.testing.assert_allclose(result.values("price")[0], plain.values("price")[0], rtol=1e-13)
    np.testing.assert_allclose(result.values("list_price")[0], 1.0, rtol=1e-15)
    price = result.values("price")[1]
    np.testing.assert_allclose(result.values("list_price")[1], price / network.initial["price"], rtol=1e-13)
    assert abs(result.values("revenue")[1, 1] / result.values("revenue")[0, 1] - 1) > 0.05
