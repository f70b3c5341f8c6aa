"""From observed figures to parameters, so that every baseline starts at rest (section 11)."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from model.engine.evaluator import Evaluator
from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import assemble
from model.errors import OutOfRangeError, PresetError, ShareError
from model.parameters import ParameterKey, parameter_keys
from model.parameters.assumptions.chance import SOURCES_OF_CHANCE
from model.presets.network import Network
from model.rest.merit_theory import rest_share
from model.structure import Structure
from model.system import system_for
from model.validation import check_number, check_shares

_NEUTRAL_UNLESS_SET = {
    "burn_share", "fee_share", "staker_fee_share", "treasury_fee_share", "emission_share", "staker_emission_share",
    "treasury_emission_share", "user_emission_share",
}  # fmt: skip
"""Shares that a file leaves out are zero, not the textbook's."""

LEAST_DEMAND = 1e-12
"""A stream without revenue keeps this reference, so that congestion can be measured against it."""


def calibrate(bare: Network, *, where: str) -> Network:
    """Give a network its values and initial stocks.

    Parameters
    ----------
    bare
        Network with structure and figures, without values.
    where
        File name for error messages.

    Raises
    ------
    PresetError
        For unknown keys, missing figures, figures out of range, shares that do not sum to one, or a role that
        earns nothing.
    """
    structure = bare.structure
    keys = parameter_keys(structure)
    given = _given_parameters(bare, keys, where)
    values = {}
    for key, concrete in keys.items():
        word = concrete.declared.word
        still = word in _NEUTRAL_UNLESS_SET or (bare.kind == "textbook" and word in SOURCES_OF_CHANCE)
        neutral = 0.0 if still else concrete.declared.default
        values[key] = given.get(key, neutral)
    for stream in structure.streams:
        posted = _stream_key(structure, stream, "service_price")
        reference = _stream_key(structure, stream, "reference_service_price")
        values[reference] = given.get(reference, values[posted])
    try:
        check_shares(structure, values)
    except ShareError as problem:
        raise PresetError(f"{problem.wrong}", where=where, allowed=problem.allowed, todo="mend the shares") from None
    if bare.starts_at_rest:
        return _at_rest(bare, values)
    return _from_observations(bare, values, given, where)


def _given_parameters(bare: Network, keys: dict[str, ParameterKey], where: str) -> dict[str, float]:
    given: dict[str, float] = {}
    for figure in bare.figures:
        if figure.part != "parameter":
            continue
        if figure.key not in keys:
            raise PresetError(
                f"{figure.key!r} is not a parameter of this network",
                where=where,
                todo="check the key, its role or stream prefix, and the modules the file names",
            )
        try:
            given[figure.key] = check_number(keys[figure.key], figure.value)
        except OutOfRangeError as problem:
            raise PresetError(problem.wrong, where=where, allowed=problem.allowed, todo="mend the figure") from None
    return given


def _at_rest(bare: Network, values: dict[str, float]) -> Network:
    """Textbooks start at their upper rest point."""
    from model.rest.state import upper_rest_state

    initial = upper_rest_state(bare.structure, values, bare.step_length)
    return replace(bare, values=values, initial=initial, derived={}, report={})


Derive = Callable[[str, float, str], None]
"""Sets a parameter that the file does not give, and remembers the rule in words."""


class _Observed:
    """Observed figures by key, with one sentence for each that is missing, out of range or never asked for."""

    def __init__(self, network: Network, where: str) -> None:
        self._found = {figure.key: figure.value for figure in network.figures if figure.part == "observed"}
        self._where = where
        self._asked: set[str] = set()

    def __call__(self, key: str, default: float | None = None) -> float:
        """A figure that may be zero."""
        self._asked.add(key)
        value = self._found.get(key, default)
        if value is None:
            raise PresetError(
                f"the observed figure {key!r} is missing", where=self._where, todo="add it under [observed]"
            )
        if value < 0:
            raise PresetError(f"the observed figure {key!r} is negative", where=self._where, allowed="0 or more")
        return float(value)

    def has(self, key: str) -> bool:
        """Whether the file gives this figure."""
        return key in self._found

    def positive(self, key: str, default: float | None = None, *, at_most: float = np.inf) -> float:
        """A figure that other figures are divided by."""
        value = self(key, default)
        if not 0 < value <= at_most:
            allowed = "above 0" if at_most == np.inf else f"above 0, at most {at_most:g}"
            raise PresetError(f"the observed figure {key!r} is {value:g}", where=self._where, allowed=allowed)
        return value

    def share(self, key: str) -> float:
        """A share that may be none or all."""
        value = self(key)
        if value > 1:
            raise PresetError(f"the observed figure {key!r} is {value:g}", where=self._where, allowed="0 to 1")
        return value

    def inside(self, key: str, default: float | None = None) -> float:
        """A share that is neither none nor all."""
        value = self(key, default)
        if not 0 < value < 1:
            raise PresetError(
                f"the observed figure {key!r} is {value:g}", where=self._where, allowed="above 0 and below 1"
            )
        return value

    def refuse_the_rest(self) -> None:
        """A figure that nobody asked for is a slip of the pen; it is told, never ignored."""
        unknown = sorted(set(self._found) - self._asked)
        if unknown:
            near = difflib.get_close_matches(unknown[0], self._asked, 1, 0.6)
            raise PresetError(
                f"{unknown[0]!r} is not an observed figure of this network",
                where=self._where,
                allowed=", ".join(sorted(self._asked)),
                todo=f"did you mean {near[0]!r}" if near else "move it to [context] if it is only shown",
            )


def _from_observations(bare: Network, values: dict[str, float], given: dict[str, float], where: str) -> Network:
    structure, observed = bare.structure, _Observed(bare, where)
    values, keys = dict(values), parameter_keys(structure)
    derived: dict[str, str] = {}

    def derive(key: str, value: float, rule: str) -> None:
        if key in values and key not in given:
            try:
                values[key] = check_number(keys[key], float(value))
            except OutOfRangeError as problem:
                raise PresetError(
                    f"the observed figures give an impossible value: {problem.wrong[:1].lower() + problem.wrong[1:]}",
                    where=where,
                    allowed=problem.allowed,
                    todo=f"check the figures behind it ({rule})",
                ) from None
            derived[key] = rule

    initial = _initial_stocks(structure, observed)
    _derive_demand(structure, observed, values, initial, derive)
    now = _first_step(bare, values, initial)
    _derive_roles(structure, observed, values, initial, now, derive, where)
    now = _first_step(bare, values, initial)
    growth = _growth_of_circulating(structure, initial, now)
    _derive_staking(structure, values, initial, now, growth, derive, where)
    _derive_holdings(bare, observed, initial, now, growth, derive)
    observed.refuse_the_rest()
    report = {
        "revenue": now["revenue"],
        "revenue_gap": now["revenue_gap"],
        "circulating_growth": growth,
        "staking_yield": now.get("staking_yield", 0.0),
    }
    return replace(bare, values=values, initial=initial, derived=derived, report=report)


def _stream_key(structure: Structure, stream: str, word: str) -> str:
    return structure.key(word, stream=stream)


def _initial_stocks(structure: Structure, observed: _Observed) -> dict[str, float]:
    initial = {
        "price": observed.positive("price"),
        "float_supply": observed.positive("float_supply"),
        "staked": observed("staked", 0.0),
        "treasury": observed("treasury", 0.0),
        "treasury_fiat": observed("treasury_fiat", 0.0),
        "burned": observed("burned", 0.0),
        "inflation": observed("inflation", 0.0),
        "remint_pool": 0.0,
        "holdings_swing": 0.0,
        "previous_price": observed("price"),
    }
    for bucket in structure.buckets:
        initial[f"locked.{bucket}"] = observed(f"locked.{bucket}")
    supply = initial["float_supply"] + initial["staked"] + initial["treasury"]
    supply += sum(initial[f"locked.{bucket}"] for bucket in structure.buckets)
    initial["issued"] = observed("issued", supply + initial["burned"])
    for role in structure.roles:
        name = "capacity" if structure.one_role else f"capacity.{role}"
        initial[name] = observed.positive(name, 1.0)
        quality = "quality" if structure.one_role else f"quality.{role}"
        initial[quality] = observed.inside(quality if observed.has(quality) else "quality")
    for role in structure.merit_roles:
        name = "high_quality_share" if structure.one_role else f"high_quality_share.{role}"
        initial[name] = 0.5
    return initial


def _quality(structure: Structure, values: dict[str, float], initial: dict[str, float]) -> float:
    """Network quality at the start, from the declared equation [E32]."""
    if structure.one_role:
        return initial["quality"]
    system = system_for(structure)
    evaluator = Evaluator(system)
    environment = evaluator.environment(values)
    for role in structure.roles:
        environment[system.vocabulary.variable("role_quality", role=role)] = np.float64(initial[f"quality.{role}"])
    return float(evaluator.get(system.vocabulary.variable("quality"), environment))


def _derive_demand(
    structure: Structure, observed: _Observed, values: dict[str, float], initial: dict[str, float], derive: Derive
) -> None:
    quality = _quality(structure, values, initial)
    units = 0.0
    for stream in structure.streams:
        name = "revenue" if structure.one_stream else f"revenue.{stream}"
        revenue = observed(name)
        price = values[_stream_key(structure, stream, "service_price")]
        paid = (1 + values[_stream_key(structure, stream, "user_surcharge")]) ** -values[
            _stream_key(structure, stream, "demand_elasticity")
        ]
        level = revenue / (price * paid * quality ** values["quality_elasticity"])
        derive(_stream_key(structure, stream, "demand_scale"), level, "observed revenue / (price x quality^eta)")
        key = _stream_key(structure, stream, "reference_demand")
        now = values[_stream_key(structure, stream, "demand_scale")]
        derive(key, max(now, LEAST_DEMAND), "demand on the network's date")
        units += revenue / price
    capacity = initial["capacity" if structure.one_role else f"capacity.{structure.capacity_role}"]
    derive(
        "units_per_capacity",
        units / (capacity * observed.positive("utilisation", 0.3, at_most=1)),
        "units served / (capacity x utilisation)",
    )
    derive("pricing_reference", initial["price"], "the observed price")
    derive("holdings_reference_price", initial["price"], "the observed price")


def _first_step(bare: Network, values: dict[str, float], initial: dict[str, float]) -> dict[str, float]:
    """Every variable at the start, from the model's own equations."""
    system = bare.system
    stocks = {name: initial.get(name, 0.0) for name in system.initial_keys}
    worlds = assemble(system, ["start"], values, stocks, step_length=bare.step_length, steps=1)
    result = Run(run(worlds, "polars"), start=bare.as_of, draws=[0])
    result.compute(system.columns)
    return {name: float(result.values(name)[0, 0]) for name in system.columns}


def _derive_roles(
    structure: Structure,
    observed: _Observed,
    values: dict[str, float],
    initial: dict[str, float],
    now: dict[str, float],
    derive: Derive,
    where: str,
) -> None:
    margin = observed("provider_margin", 0.0)
    for role in structure.roles:
        name = "" if structure.one_role else f".{role}"
        prefix = "" if structure.one_role else f"{role}."
        income = now[f"income{name}"]
        if income <= 0:
            raise PresetError(
                f"the role {role} has no provider income",
                where=where,
                allowed="a revenue share, an emission share or fiat-indexed pay",
                todo="give it one or drop the role",
            )
        derive(f"{prefix}required_margin", observed(f"{prefix}provider_margin", margin), "the observed margin")
        capacity, quality = initial[f"capacity{name}"], initial[f"quality{name}"]
        mix_cost, dilution, mode = 1.0, 1.0, 1.0
        if role in structure.merit_roles:
            share = _rest_share_of(structure, role, values, initial)
            initial[f"high_quality_share{name}"] = share
            mix_cost = share + (1 - share) / values[f"{prefix}cost_ratio"]
            dilution = share + values[f"{prefix}low_quality_level"] * (1 - share)
            mode = values[f"{prefix}quality_mode"]
        required = 1 + values[f"{prefix}required_margin"]
        derive(
            f"{prefix}unit_cost",
            income / (capacity * required * mix_cost),
            "income / (capacity x (1 + margin))",
        )
        curve = quality / dilution**mode
        if curve >= 1:
            raise PresetError(
                f"{role} cannot reach quality {quality:g} with its share of low-quality units",
                where=where,
                todo="lower the observed quality or raise the merit weight",
            )
        half = capacity * dilution ** (1 - mode) * ((1 - curve) / curve) ** (1 / values[f"{prefix}quality_steepness"])
        derive(f"{prefix}half_quality_capacity", half, "capacity x ((1 - quality) / quality)^(1/h)")
    capacity_prefix = "" if structure.one_role else f"{structure.capacity_role}."
    derive("reference_unit_cost", values[f"{capacity_prefix}unit_cost"], "the unit cost of the capacity role")


def _rest_share_of(structure: Structure, role: str, values: dict[str, float], initial: dict[str, float]) -> float:
    prefix = "" if structure.one_role else f"{role}."
    contrast = values["scoring_contrast"]
    if structure.scoring_role is not None:
        contrast *= initial[f"quality.{structure.scoring_role}"]
    share = rest_share(
        values[f"{prefix}merit_weight"],
        contrast,
        values[f"{prefix}cost_ratio"],
        values[f"{prefix}activity_inflation"],
    )
    seed = values["entrant_share"]
    return float(np.clip(share, seed, 1 - seed))


def _growth_of_circulating(structure: Structure, initial: dict[str, float], now: dict[str, float]) -> float:
    """Growth of float and stake together at the start, 1/yr."""
    flow = (
        now["emission"] - now["treasury_emission"] + now["treasury_spending"] + now["unlocked"] - now["float_burn"]
        - now.get("slashed", 0.0)
    )  # fmt: skip
    return flow / (initial["float_supply"] + (initial["staked"] if structure.uses("staking") else 0.0))


def _derive_staking(
    structure: Structure,
    values: dict[str, float],
    initial: dict[str, float],
    now: dict[str, float],
    growth: float,
    derive: Derive,
    where: str,
) -> None:
    if not structure.uses("staking") or initial["staked"] <= 0:
        return
    observed_ratio = initial["staked"] / (initial["float_supply"] + initial["staked"])
    income_yield = now["staking_yield"]
    if income_yield <= 0:
        raise PresetError(
            "tokens are staked but stakers earn nothing, so nobody would hold that stake",
            where=where,
            allowed="a staker share of emission or of revenue",
            todo="give stakers one, or count the stake as locked tokens",
        )
    replaced = growth + values["slashing_rate"]
    level = (
        observed_ratio
        * (1 + replaced / values["staking_speed"])
        * (values["required_staking_yield"] / income_yield) ** values["staking_yield_elasticity"]
    )
    derive(
        "staking_ratio_at_required_yield",
        level,
        "observed ratio at the observed yield, corrected for growth and slashing",
    )


def _derive_holdings(
    bare: Network,
    observed: _Observed,
    initial: dict[str, float],
    now: dict[str, float],
    growth: float,
    derive: Derive,
) -> None:
    linked = observed.share("revenue_linked_share")
    held = initial["price"] * initial["float_supply"] * (1 + growth * bare.step_length)
    revenue = now["revenue"]
    derive(
        "revenue_linked_holdings",
        linked * held / revenue if revenue > 0 else 0.0,
        "linked share x float / revenue",
    )
    derive("speculative_holdings", (1 - linked) * held, "the rest of what the float is worth")
    if linked < 1:
        derive("holdings_growth", growth / (1 - linked), "keeps the price at rest while circulating supply grows")
