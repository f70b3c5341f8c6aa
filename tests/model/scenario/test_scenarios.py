"""Scenarios: who pays, which keys are meant, what is refused in one sentence, and the link that restores them."""

from __future__ import annotations

import datetime as dt
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import BallastError, Scenario, load_network, network_names, project
from model.errors import OutOfRangeError, ShareError, UnknownKeyError
from model.parameters import parameter_keys
from model.scenario.links import read_fields
from model.validation import check_shares


def one_sentence(problem: BallastError) -> str:
    """The text a person reads; it is one sentence and shows no traceback."""
    text = str(problem)
    assert text.endswith(".")
    assert "Traceback" not in text
    assert "\n" not in text
    assert len(text) < 600
    return text


# ---- who pays -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("payer", "key", "left"),
    [("providers", "provider_fee_share", 0.5), ("stakers", "staker_fee_share", 0.0),
     ("treasury", "treasury_fee_share", 0.0)],
)  # fmt: skip
def test_the_named_payer_gives_up_what_the_burn_takes(payer: str, key: str, left: float) -> None:
    scenario = Scenario(load_network("payment"), {"burn_share": 0.3}, funded_by=payer)
    assert scenario.values[key] == pytest.approx(left, abs=1e-12)
    assert set(scenario.moved) == {"burn_share", key}


def test_users_pay_by_a_surcharge_and_the_share_of_revenue_stays() -> None:
    scenario = Scenario(load_network("payment"), {"burn_share": 0.3}, funded_by="users")
    assert scenario.moved == {"user_surcharge": (0.0, 0.1)}


def test_a_payer_who_cannot_pay_is_told_with_the_shortfall() -> None:
    with pytest.raises(ShareError, match=r"Stakers cannot pay.*is 10% of revenue.*20 percentage points more"):
        Scenario(load_network("payment"), {"burn_share": 0.5}, funded_by="stakers")


def test_a_complete_set_of_shares_needs_no_payer() -> None:
    changes = {"burn_share": 0.4, "provider_fee_share": 0.4, "staker_fee_share": 0.15, "treasury_fee_share": 0.05}
    scenario = Scenario(load_network("payment"), changes)
    for key, value in changes.items():
        assert scenario.values[key] == value


def test_shares_that_sum_to_more_than_one_with_the_payer_set_by_hand_are_refused() -> None:
    with pytest.raises(ShareError, match="sum to 110%") as caught:
        Scenario(load_network("payment"), {"burn_share": 0.3, "provider_fee_share": 0.6}, funded_by="providers")
    one_sentence(caught.value)


def test_a_refusal_names_the_share_by_its_label_and_by_its_key() -> None:
    with pytest.raises(ShareError, match=r"Treasury share of revenue \(Salad jobs\) .*\(salad\.treasury_fee_share\)"):
        Scenario(load_network("render"), {"salad.burn_share": 0.99})


def test_users_can_fund_nothing_but_the_burn() -> None:
    with pytest.raises(ShareError, match="only fund a change of the burn"):
        Scenario(load_network("payment"), {"staker_fee_share": 0.3}, funded_by="users")


def test_emission_is_balanced_by_the_treasury_first_and_then_by_providers_pro_rata() -> None:
    network = load_network("textbook-roles")
    small = Scenario(network, {"staker_emission_share": 0.30})
    assert small.values["treasury_emission_share"] == pytest.approx(0.05)
    large = Scenario(network, {"staker_emission_share": 0.45})
    assert large.values["treasury_emission_share"] == pytest.approx(0.0)
    assert large.values["compute.emission_share"] == pytest.approx(0.28 * 0.5 / 0.6)
    check_shares(large.structure, large.values)


def test_emission_shares_that_nobody_can_balance_are_refused() -> None:
    with pytest.raises(ShareError, match="emission sum to"):
        Scenario(load_network("payment"), {"staker_emission_share": 0.6, "user_emission_share": 0.6})


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(["payment", "staking", "textbook", "textbook-roles", "render"]),
    share=st.floats(0, 1),
    payer=st.sampled_from(["providers", "stakers", "treasury", "users"]),
    emission=st.floats(0, 1),
)
def test_whatever_is_accepted_sums_to_one(name: str, share: float, payer: str, emission: float) -> None:
    network = load_network(name)
    try:
        scenario = Scenario(network, {"burn_share": share, "staker_emission_share": emission}, funded_by=payer)
    except ShareError as problem:
        one_sentence(problem)
        return
    check_shares(scenario.structure, scenario.values)
    for key, concrete in parameter_keys(scenario.structure).items():
        assert concrete.declared.minimum <= scenario.values[key] <= concrete.declared.maximum, key


# ---- which key is meant -------------------------------------------------------------------------------
def test_an_aggregate_scales_its_roles_pro_rata() -> None:
    scenario = Scenario(load_network("textbook-roles"), {"provider_emission_share": 0.3})
    assert scenario.values["compute.emission_share"] == pytest.approx(0.14)
    assert scenario.values["validators.emission_share"] == pytest.approx(0.035)


def test_a_key_without_its_stream_sets_every_stream() -> None:
    scenario = Scenario(load_network("render"), {"burn_share": 0.55}, funded_by="treasury")
    assert scenario.values["jobs.burn_share"] == scenario.values["salad.burn_share"] == 0.55


@pytest.mark.parametrize(
    ("key", "payer"), [("provider_fee_share", "treasury"), ("staker_fee_share", "treasury"),
                       ("treasury_fee_share", "providers"), ("user_surcharge", None)],
)  # fmt: skip
def test_a_share_without_its_stream_sets_every_stream(key: str, payer: str | None) -> None:
    """Two streams of one network, half the burn of each going to somebody else."""
    network = load_network("render")
    scenario = Scenario(network, {"burn_share": 0.5, key: 0.02}, funded_by=payer)
    for stream in network.structure.streams:
        assert scenario.values[f"{stream}.{key}"] == 0.02
    check_shares(scenario.structure, scenario.values)


def test_an_aggregate_of_a_stream_scales_the_roles_of_that_stream() -> None:
    network = load_network("textbook-roles")
    scenario = Scenario(network, {"provider_fee_share": 0.15}, funded_by="stakers")
    for role in network.structure.roles:
        key = f"{role}.fee_share"
        assert scenario.values[key] == pytest.approx(0.5 * network.values[key])
    assert scenario.values["staker_fee_share"] == pytest.approx(0.35)
    with pytest.raises(UnknownKeyError):
        Scenario(network, {"elsewhere.provider_fee_share": 0.15})


def test_providers_pay_pro_rata_over_their_roles() -> None:
    network = load_network("textbook-roles")
    scenario = Scenario(network, {"burn_share": 0.65}, funded_by="providers")
    for role in network.structure.roles:
        key = f"{role}.fee_share"
        assert scenario.values[key] == pytest.approx(0.5 * network.values[key])


def test_a_role_that_is_set_by_hand_is_left_alone_and_the_others_pay() -> None:
    network = load_network("textbook-roles")
    scenario = Scenario(network, {"burn_share": 0.56, "compute.fee_share": 0.18}, funded_by="providers")
    assert scenario.values["compute.fee_share"] == 0.18
    for role in ("data", "models", "validators"):
        key = f"{role}.fee_share"
        assert scenario.values[key] == pytest.approx(0.5 * network.values[key])


@pytest.mark.parametrize("key", ["jobs.burn_share", "providers.burn_share", "burn_share"])
def test_a_needless_prefix_is_understood(key: str) -> None:
    assert Scenario(load_network("textbook"), {key: 0.4}).values["burn_share"] == 0.4


def test_an_unknown_key_is_refused_with_the_nearest_one() -> None:
    with pytest.raises(UnknownKeyError, match="did you mean 'burn_share'"):
        Scenario(load_network("payment"), {"burn_shar": 0.4})


def test_levers_and_assumptions_are_not_mixed_up() -> None:
    with pytest.raises(UnknownKeyError, match="pass it in assumptions"):
        Scenario(load_network("payment"), {"demand_scale": 1e6})
    with pytest.raises(UnknownKeyError, match="pass it in changes"):
        Scenario(load_network("payment"), assumptions={"burn_share": 0.4})


def test_a_key_of_an_optional_part_brings_the_part_in() -> None:
    scenario = Scenario(load_network("payment"), {"net_emission_cap": 1e6}, assumptions={"token_pricing": 1.0})
    assert scenario.structure.uses("net-emission")
    assert scenario.structure.uses("token-pricing")
    assert scenario.values["pricing_reference"] == 3.0


@pytest.mark.parametrize("value", [1.7, -0.1, math.nan, math.inf, 10**400, "0.3", None, True, np.True_, [0.3], 1j])
def test_a_number_that_cannot_be_is_refused_in_one_sentence(value: object) -> None:
    with pytest.raises(OutOfRangeError) as caught:
        Scenario(load_network("payment"), {"burn_share": value})  # type: ignore[dict-item]
    assert "0% to 100%" in one_sentence(caught.value)


@pytest.mark.parametrize("value", [0.25, np.float64(0.25), np.float32(0.25), Fraction(1, 4)])
def test_every_real_number_is_a_number(value: float) -> None:
    assert Scenario(load_network("payment"), {"burn_share": value}).values["burn_share"] == 0.25
    assert Scenario(load_network("payment"), initial={"price": value}).stocks["price"] == 0.25
    whole: Any = np.int64(0)
    assert Scenario(load_network("payment"), {"burn_share": whole}).values["burn_share"] == 0.0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("price", -1.0),
        ("price", math.nan),
        ("price", 10**400),
        ("price", True),
        ("quality", 1.5),
        ("nonsense", 1.0),
        ("staked", "x"),
    ],
)
def test_initial_stocks_that_cannot_be_are_refused(name: str, value: object) -> None:
    with pytest.raises(BallastError) as caught:
        Scenario(load_network("payment"), initial={name: value})  # type: ignore[dict-item]
    one_sentence(caught.value)


@pytest.mark.parametrize(
    "arguments",
    [{"years": 0}, {"years": -3}, {"years": math.nan}, {"years": 1e9}, {"step": "fortnight"}, {"engine": "abacus"},
     {"funded_by": "somebody"}, {"draws": -1}, {"seed": -1}, {"keep": "nothing"}, {"proposals": ["x"]},
     {"phase_in_years": -1.0},
     {"phase_in_years": "soon"},
     {"phase_in_years": math.nan}, {"start": "in 2027"}, {"start": 2027}],
)  # fmt: skip
def test_arguments_that_cannot_be_are_refused_in_one_sentence(arguments: dict[str, object]) -> None:
    with pytest.raises(BallastError) as caught:
        project("payment", changes={"burn_share": 0.3}, **arguments)  # type: ignore[arg-type]
    one_sentence(caught.value)


# ---- order and emptiness ------------------------------------------------------------------------------
def test_the_order_of_changes_does_not_matter() -> None:
    network = load_network("textbook-roles")
    changes = {"burn_share": 0.4, "emission_scale": 0.5, "staker_emission_share": 0.3, "models.emission_share": 0.2}
    forward = Scenario(network, changes)
    backward = Scenario(network, dict(reversed(changes.items())))
    for key, value in forward.values.items():
        assert backward.values[key] == pytest.approx(value, abs=1e-15)


def test_a_change_to_todays_value_is_no_change() -> None:
    network = load_network("payment")
    assert Scenario(network, {"burn_share": network.values["burn_share"]}).is_empty
    assert not Scenario(network, {"burn_share": 0.21}).is_empty


def test_assumptions_hold_in_the_baseline_too() -> None:
    run = project("payment", assumptions={"demand_growth": 0.0})
    assert np.array_equal(run.values("revenue")[0], run.values("revenue")[1])
    assert run.values("revenue")[0, -1] < 1.2 * run.values("revenue")[0, 0]


# ---- the link -----------------------------------------------------------------------------------------
@settings(max_examples=80, deadline=None, derandomize=True)
@given(data=st.data())
def test_a_link_restores_exactly_the_scenario_it_was_made_from(data: st.DataObject) -> None:
    network = load_network(data.draw(st.sampled_from(network_names())))
    keys = parameter_keys(network.structure)
    free = [k for k, c in keys.items() if not c.declared.is_share]
    levers = [k for k in free if keys[k].declared.kind == "lever"]
    assumed = [k for k in free if keys[k].declared.kind == "assumption"]

    def some(names: list[str]) -> dict[str, float]:
        chosen = data.draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
        return {
            k: float(f"{data.draw(st.floats(keys[k].declared.minimum, min(keys[k].declared.maximum, 1e9))):.9g}")
            for k in chosen
        }

    scenario = Scenario(
        network,
        some(levers),
        data.draw(st.sampled_from([None, "providers", "treasury"])),
        some(assumed),
        data.draw(st.sampled_from([{}, {"price": 2.5}])),
        start=data.draw(st.sampled_from([None, dt.date(2028, 3, 1)])),
        phase_in_years=data.draw(st.sampled_from([0.0, 1.5])),
    )
    again = Scenario.from_link(scenario.to_link())
    assert again.to_link() == scenario.to_link()
    assert again.values == scenario.values
    assert again.stocks == scenario.stocks
    assert (again.start, again.phase_in_years, again.funded_by) == (
        scenario.start, scenario.phase_in_years, scenario.funded_by,
    )  # fmt: skip


def test_a_link_writes_only_what_differs() -> None:
    assert Scenario(load_network("payment")).to_link() == "?v=0.2&network=payment"
    assert Scenario(load_network("payment"), {"burn_share": 0.25}).to_link().endswith("&burn_share=0.25")


@pytest.mark.parametrize(
    "query",
    [
        {"burn_shar": "0.3"},
        {"burn_share": "1.7"},
        {"burn_share": "text"},
        {"burn_share": "nan"},
        {"burn_share": "inf"},
        {"burn_share": ""},
        {"burn_share": "0.9", "provider_fee_share": "0.9"},
        {"network": "../../etc/passwd"},
        {"network": "nowhere"},
        {"network": "render@1999-01"},
        {"network": "x.toml"},
        {"network": "presets\\networks\\payment"},
        {"v": "99.0"},
        {"v": "one"},
        {"v": "../0.1"},
        {"start": "yesterday"},
        {"funded_by": "nobody"},
        {"initial.price": "-3"},
        {"phase_in_years": "1e9"},
        {"\u0000\ud7ff": "\u202e"},
        {"a" * 5000: "b" * 5000},
        {"burn_share": "9" * 400},
    ],
)
def test_a_broken_link_says_what_is_wrong_in_one_sentence_each(query: dict[str, str]) -> None:
    scenario, problems = read_fields(query)
    assert problems
    for problem in problems:
        one_sentence(problem)
    project(scenario.network, changes=scenario.changes, funded_by=scenario.funded_by, years=1)


def test_a_link_of_a_later_version_is_read_as_far_as_it_is_known() -> None:
    scenario, (problem,) = read_fields({"v": "7.1", "network": "staking", "emission_scale": "0.5"})
    assert "later version 7.1" in one_sentence(problem)
    assert scenario.network.name == "staking"
    assert dict(scenario.changes) == {"emission_scale": 0.5}
    for version in ("0.0.9", "0.1", "0.2"):
        assert read_fields({"v": version})[1] == []


def test_a_link_with_very_many_fields_is_refused_in_one_sentence() -> None:
    with pytest.raises(BallastError, match="too many fields") as caught:
        Scenario.from_link("?" + "&".join(f"a{number}=1" for number in range(5000)))
    one_sentence(caught.value)


def test_a_broken_field_takes_nothing_else_with_it() -> None:
    scenario, problems = read_fields(
        {"network": "payment", "burn_share": "1.7", "emission_scale": "0.5", "demand_growth": "0.1", "x": "1"}
    )
    assert len(problems) == 2
    assert dict(scenario.changes) == {"emission_scale": 0.5}
    assert dict(scenario.assumptions) == {"demand_growth": 0.1}


def test_two_fields_that_cannot_stand_together_keep_the_first() -> None:
    scenario, problems = read_fields({"network": "payment", "burn_share": "0.5", "provider_fee_share": "0.7"})
    assert len(problems) == 1
    assert dict(scenario.changes) == {"burn_share": 0.5}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.dictionaries(st.text(max_size=20), st.text(max_size=20), max_size=4))
def test_rubbish_in_a_link_never_raises(query: dict[str, str]) -> None:
    scenario, problems = read_fields(query)
    assert scenario.network.values
    for problem in problems:
        assert str(problem)
