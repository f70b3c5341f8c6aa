"""Parameters, variables and equations are declared completely, once, and none without use."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pydantic import ValidationError
from sympy import Symbol

import model.schedules
from model.equations import Equation, all_equations
from model.parameters import PARAMETERS, Parameter, parameter_keys, parameters_by_word
from model.parameters.assumptions import ASSUMPTIONS
from model.parameters.levers import LEVERS
from model.stages import STAGES
from model.structure import EMISSION_FAMILIES, MODULES, Structure
from model.system import System, system_for
from model.variables import VARIABLES, Variable, variables_by_word
from model.vocabulary import MISSING, Vocabulary, identifier
from tests.model.shapes import COVERING, EVERYTHING, FOUR_ROLES, name_of, of_family

ONE_ROLE = Structure(buckets=("team",), modules=frozenset(MODULES))
ROLES = Structure(roles=FOUR_ROLES, capacity_role="compute", merit_roles=("models",), scoring_role="validators")
STREAMS = Structure(roles=FOUR_ROLES, capacity_role="compute", streams=("cycles", "cloud_engines"))


PARTS = {stage.key for stage in STAGES}


def word_of(declared: Parameter | Variable) -> str:
    return declared.word


def is_sentence(text: str) -> bool:
    return bool(text) and text == text.strip() and text.endswith(".") and (text[0].isupper() or text[0].isdigit())


# ---- parameters ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("parameter", PARAMETERS, ids=word_of)
def test_a_parameter_says_what_it_is_in_full(parameter: Parameter) -> None:
    for text in (parameter.what, parameter.enters, parameter.why_range):
        assert is_sentence(text)
    for text in (parameter.label, parameter.unit, parameter.symbol, parameter.group, parameter.source.title):
        assert text.strip() == text != ""
        assert not text.endswith(".")
    assert re.fullmatch(r"(19|20)\d\d(-(0[1-9]|1[0-2]|(19|20)\d\d))?", parameter.source.date)
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", parameter.word)
    assert len(parameter.word) > 2, "keys are words, never single letters"


@pytest.mark.parametrize("parameter", PARAMETERS, ids=word_of)
def test_bounds_and_zones_of_a_parameter_are_in_order(parameter: Parameter) -> None:
    assert parameter.minimum <= parameter.default <= parameter.maximum
    assert parameter.usual_minimum < parameter.usual_maximum
    assert 0 < parameter.step <= parameter.usual_maximum - parameter.usual_minimum
    if not parameter.scale:
        assert parameter.minimum <= parameter.usual_minimum
        assert parameter.usual_maximum <= parameter.maximum
    starts = [zone.start for zone in parameter.zones]
    assert starts == sorted(set(starts))
    assert all(parameter.minimum <= start <= parameter.maximum for start in starts)
    assert starts == [] or starts[0] == parameter.minimum, "every value has a zone word"
    assert all(zone.word == zone.word.strip() != "" for zone in parameter.zones)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"default": 1.5}, "outside its hard bounds"),
        ({"usual_minimum": 0.9, "usual_maximum": 0.2}, "not in order"),
        ({"usual_maximum": 1.5}, "beyond the hard bounds"),
        ({"source": None}, "source"),
        ({"unit": None}, "unit"),
        ({"kind": "wish"}, "kind"),
        ({"usual_maximun": 0.9}, "usual_maximun"),
    ],
)
def test_an_unordered_or_incomplete_declaration_is_refused(change: dict[str, object], told: str) -> None:
    fields = parameters_by_word["burn_share"].model_dump()
    with pytest.raises(ValidationError, match=told):
        Parameter.model_validate({**fields, **change})


def test_no_word_is_declared_twice() -> None:
    words = [p.word for p in PARAMETERS] + [p.single for p in PARAMETERS if p.single]
    assert len(words) == len(set(words))
    assert len(VARIABLES) == len(variables_by_word)
    assert set(words) & set(variables_by_word) == set()


def test_levers_are_levers_and_assumptions_are_assumptions() -> None:
    assert {p.kind for p in LEVERS} == {"lever"}
    assert {p.kind for p in ASSUMPTIONS} == {"assumption"}


def test_shares_lie_between_none_and_all() -> None:
    shares = [p for p in PARAMETERS if p.is_share]
    assert len(shares) > 20
    assert all((p.minimum, p.maximum) <= (p.minimum, 1.0) and p.minimum >= 0 for p in shares if not p.scale)


# ---- variables ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("variable", VARIABLES, ids=word_of)
def test_a_variable_says_what_it_is_in_full(variable: Variable) -> None:
    assert is_sentence(variable.what)
    assert variable.label
    assert variable.unit
    assert variable.symbol
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", variable.word)


# ---- equations and symbols ----------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("shape", COVERING, ids=name_of)
def test_an_equation_carries_number_name_sentence_and_source(shape: Structure) -> None:
    for equation in system_for(shape).documented:
        assert re.fullmatch(r"E([1-9]|[1-5]\d)|9|1[67]\.\d", equation.number)
        assert is_sentence(equation.sentence), equation.name
        assert equation.name
        assert not equation.name.endswith(".")
        assert equation.source
        assert equation.stage in PARTS
        assert equation.index in ("", *shape.roles, *shape.streams, *shape.buckets)


def test_the_emission_families_are_found_under_their_public_name() -> None:
    m = Vocabulary(Structure())
    assert [e.target for e in model.schedules.schedule(m)] == [m.variable("scheduled_emission")]
    assert [*model.schedules.net_emission(m), *model.schedules.goal_bonded(m)] == []


def bound_symbols(system: System) -> set[Symbol]:
    """Everything that has a value before or after some equation."""
    m = system.vocabulary
    return {
        *m.parameters,
        *m.initials,
        *m.next_of,
        *system.shocks,
        *system.innovations,
        *(e.target for e in system.documented),
    } | {
        m.time,
        m.step_length,
        MISSING,
    }


@pytest.mark.parametrize("shape", COVERING, ids=name_of)
def test_every_symbol_of_an_equation_is_declared_and_has_a_value(shape: Structure) -> None:
    system = system_for(shape)
    m = system.vocabulary
    bound = bound_symbols(system)
    for equation in system.documented:
        assert equation.expression.free_symbols <= bound, equation.name
    declared = parameter_keys(shape)
    assert {declared[key].declared.word for key in m.parameters.values()} <= set(parameters_by_word)
    assert {m.variables[name].word for name in m.columns.values()} <= set(variables_by_word)


@pytest.mark.parametrize("shape", COVERING, ids=name_of)
def test_every_parameter_a_structure_offers_enters_one_of_its_equations(shape: Structure) -> None:
    system = system_for(shape)
    read = set().union(*(equation.expression.free_symbols for equation in system.documented))
    entering = {key for symbol, key in system.vocabulary.parameters.items() if symbol in read}
    assert set(parameter_keys(shape)) - entering == set()


def test_every_declared_parameter_and_variable_is_used_by_some_structure() -> None:
    systems = [system_for(shape) for shape in COVERING]
    words = {key.declared.word for system in systems for key in system.parameters.values()}
    assert {p.word for p in PARAMETERS} - words == set()
    read: set[str] = set()
    for system in systems:
        m = system.vocabulary
        symbols = {e.target for e in system.documented}.union(*(e.expression.free_symbols for e in system.documented))
        read |= {m.variables[m.columns[symbol]].word for symbol in symbols if symbol in m.columns}
    assert {variable.word for variable in VARIABLES} - read == set()


@pytest.mark.parametrize("shape", COVERING, ids=name_of)
def test_a_variable_is_a_state_exactly_when_an_equation_carries_it_to_the_next_step(shape: Structure) -> None:
    system = system_for(shape)
    m = system.vocabulary
    targets = {equation.target for equation in system.equations}
    carried = {m.columns[now] for now, following in m.next_of.items() if following in targets}
    assert carried == {m.columns[s] for s in (*system.states, *system.accumulated_states)}
    declared = {name for name in carried if m.variables[name].state}
    assert declared == carried
    used = {m.columns[s] for e in system.equations for s in e.expression.free_symbols if s in m.columns}
    never_carried = {name for name in used if m.variables[name].state and name not in carried}
    assert never_carried == set()


@pytest.mark.parametrize("shape", COVERING, ids=name_of)
def test_generated_names_are_valid_and_never_meet(shape: Structure) -> None:
    m = system_for(shape).vocabulary
    symbols = [*m.parameters, *m.initials, *m.columns, *m.next_of.values(), m.time, m.step_length, MISSING]
    names = [symbol.name for symbol in symbols]
    assert len(names) == len(set(names)) == len(set(symbols))
    for name in names:
        assert name.isidentifier()
        assert not keyword.iskeyword(name)
        assert not re.fullmatch(r"[cx]_\d+", name), "kept for shared parts of the kernel"
        assert name not in {"math", "flat", "offset", "stride", "initial", "out", "stopped", "steps", "begin", "end"}
        assert name not in {"w", "k", "i", "j", "lowest", "njit", "max", "min"}


@pytest.mark.parametrize("shape", COVERING, ids=name_of)
def test_a_reader_never_meets_one_symbol_for_two_things(shape: Structure) -> None:
    m = system_for(shape).vocabulary
    shown = [s for s in m.latex if s in m.parameters or s in m.columns]
    by_text: dict[str, set[str]] = {}
    for symbol in shown:
        by_text.setdefault(m.latex[symbol], set()).add(symbol.name)
    same = [{"v_income", "v_provider_income"}, {"v_role_margin", "v_provider_margin"}] if shape.one_role else []
    assert {text: names for text, names in by_text.items() if len(names) > 1 and names not in same} == {}
    assert all("{i}" not in text and "{}" not in text for text in m.latex.values())


def test_names_of_keys_that_differ_by_a_dot_stay_apart() -> None:
    assert identifier("p", "a.b_c") != identifier("p", "a_b.c")
    assert identifier("p", "locked.team") != identifier("v", "locked.team")


def composed_with(monkeypatch: pytest.MonkeyPatch, change: Callable[[Vocabulary, tuple[Equation, ...]], Any]) -> System:
    """The core system with its list of equations tampered with."""
    monkeypatch.setattr("model.system.all_equations", lambda m: tuple(change(m, all_equations(m))))
    return system_for.__wrapped__(Structure())


def with_term(equations: tuple[Equation, ...], name: str, term: Symbol) -> Iterator[Equation]:
    """Add a symbol to the expression of the equation of one name."""
    assert any(equation.name == name for equation in equations)
    for equation in equations:
        yield replace(equation, expression=equation.expression + term) if equation.name == name else equation


def test_two_equations_for_one_symbol_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="same symbol"):
        composed_with(monkeypatch, lambda _, equations: (*equations, equations[0]))


def test_a_loop_within_one_period_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="loop"):
        composed_with(monkeypatch, lambda m, equations: with_term(equations, "Revenue", m.variable("burn_wanted")))


def test_a_symbol_that_nothing_gives_a_value_to_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="nobody"):
        composed_with(monkeypatch, lambda _, equations: with_term(equations, "Revenue", Symbol("nobody")))


# ---- the contract of keys -----------------------------------------------------------------------------
NETWORK_WIDE = [
    "burn_share", "provider_fee_share", "staker_fee_share", "treasury_fee_share", "provider_emission_share",
    "staker_emission_share", "treasury_emission_share", "user_emission_share", "emission_rate", "fiat_indexed_mint",
    "emission_recycled_share", "slashing_rate", "slashed_burn_share", "treasury_spend_rate", "demand_elasticity",
    "cost_pass_through", "quality_elasticity", "quality_steepness", "half_quality_capacity", "units_per_capacity",
    "entry_speed", "exit_speed", "quality_speed", "price_speed", "staking_speed", "revenue_linked_holdings",
    "speculative_holdings", "required_staking_yield", "staking_ratio_at_required_yield", "staking_yield_elasticity",
    "demand_scale", "service_price", "unit_cost", "reference_unit_cost",
    "emission_scale", "user_surcharge", "required_margin", "holdings_growth", "demand_growth",
    "issuance_realised_share", "cost_trend", "discount_rate", "expected_growth",
]  # fmt: skip
"""Section 2.5 on a network with one role and one stream, and the keys that sections 11, 17 and 19 add."""

BY_FAMILY = {
    "target-bonded": ["target_bonded_ratio", "inflation_floor", "inflation_cap", "inflation_response"],
    "target-bonded-step": ["target_bonded_ratio", "inflation_floor", "inflation_cap", "inflation_step"],
    "time-halving": ["halving_years", "emission_rate"],
    "supply-halving": ["maximum_supply", "emission_rate"],
    "percentage": ["inflation_rate"],
    "declining-percentage": ["inflation_rate", "inflation_premium", "inflation_decline_years", "schedule_age"],
}

PER_ROLE = [
    "fee_share", "emission_share", "fiat_reward", "unit_cost", "half_quality_capacity", "quality_steepness",
    "quality_weight", "entry_speed", "exit_speed", "quality_speed", "required_margin",
]  # fmt: skip

IN_A_MERIT_ROLE = ["merit_weight", "cost_ratio", "low_quality_level", "activity_inflation", "quality_mode"]

DIAGNOSTICS = ["velocity", "token_settled_share", "capitalised_burn_years"]
"""Keys of section 2.5 that 19.20 makes readings beside the calibration: no run reads them."""


@pytest.mark.parametrize("key", NETWORK_WIDE)
def test_a_contract_key_exists_on_a_network_with_one_role(key: str) -> None:
    assert key in parameter_keys(ONE_ROLE)


@pytest.mark.parametrize("family", BY_FAMILY)
def test_contract_keys_of_a_schedule_exist_where_the_schedule_does(family: str) -> None:
    keys = parameter_keys(of_family(family, Structure()))
    assert set(BY_FAMILY[family]) <= set(keys)
    assert "emission_scale" in keys
    assert not set(BY_FAMILY[family]) - {"emission_rate"} & set(parameter_keys(Structure()))


@pytest.mark.parametrize("role", FOUR_ROLES)
@pytest.mark.parametrize("word", PER_ROLE)
def test_a_role_key_carries_the_role(word: str, role: str) -> None:
    assert f"{role}.{word}" in parameter_keys(ROLES)
    assert word not in parameter_keys(ROLES)


def test_merit_keys_exist_only_inside_the_roles_that_pay_for_merit() -> None:
    keys = set(parameter_keys(ROLES))
    assert {f"models.{word}" for word in IN_A_MERIT_ROLE} <= keys
    assert {f"data.{word}" for word in IN_A_MERIT_ROLE} & keys == set()
    assert {"quality_complementarity", "scoring_contrast"} <= keys
    assert set(IN_A_MERIT_ROLE) <= set(parameter_keys(Structure(merit_roles=("providers",))))


def test_streams_prefix_their_own_shares_and_roles_within_them() -> None:
    keys = set(parameter_keys(STREAMS))
    for stream in STREAMS.streams:
        for word in ("burn_share", "staker_fee_share", "treasury_fee_share", "user_surcharge", "service_price",
                     "demand_scale", "demand_elasticity", "demand_growth"):  # fmt: skip
            assert f"{stream}.{word}" in keys
            assert word not in keys
        for role in FOUR_ROLES:
            assert {f"{stream}.{role}.fee_share", f"{stream}.{role}.fiat_reward_share"} <= keys
    one_role = set(parameter_keys(replace(STREAMS, roles=("compute",))))
    assert {"cycles.provider_fee_share", "cloud_engines.provider_fee_share", "provider_emission_share"} <= one_role


def test_vesting_keys_carry_their_bucket() -> None:
    keys = set(parameter_keys(EVERYTHING))
    assert {f"team.{word}" for word in ("vesting_cliff", "vesting_years", "vesting_cliff_share")} <= keys
    assert not any("vesting" in key for key in parameter_keys(Structure()))


def test_diagnostics_are_not_inputs() -> None:
    for shape in COVERING:
        assert not set(DIAGNOSTICS) & set(parameter_keys(shape))


def test_every_variable_the_contract_names_is_reported() -> None:
    named = {
        "supply", "float_supply", "staked", "locked", "treasury", "treasury_fiat", "issued", "burned", "price",
        "capacity", "quality", "revenue", "emission", "burn", "net_emission", "staking_ratio", "staking_yield",
        "provider_margin", "revenue_gap", "market_cap",
    }  # fmt: skip
    for family in EMISSION_FAMILIES:
        assert named <= set(system_for(of_family(family, Structure())).columns)
        assert named <= set(system_for(of_family(family, Structure(modules=frozenset()))).columns)
        full = set(system_for(of_family(family, EVERYTHING)).columns)
        assert named <= full
        assert {"capacity.compute", "quality.models", "revenue.jobs", "revenue.cloud_engines", "locked.team"} <= full


def test_every_column_has_a_unit() -> None:
    for shape in COVERING:
        system = system_for(shape)
        assert all(system.unit(name) for name in system.columns)


@pytest.mark.parametrize("shape", COVERING, ids=name_of)
def test_no_step_reads_a_value_that_may_be_missing(shape: Structure) -> None:
    assert all(MISSING not in equation.expression.free_symbols for equation in system_for(shape).recursive)


def test_a_step_that_reads_a_reported_ratio_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="missing"):
        composed_with(monkeypatch, lambda m, equations: with_term(equations, "Quality", m.variable("revenue_gap")))
