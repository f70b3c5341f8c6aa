"""From observed figures to parameters, so that every baseline starts at rest (section 11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from model.errors import OutOfRangeError, PresetError, ShareError
from model.parameters import ParameterKey, parameter_keys
from model.parameters.assumptions.chance import SOURCES_OF_CHANCE
from model.presets.first_day import first_step, growth_of_circulating, initial_stocks, quality_of
from model.presets.network import Network
from model.presets.observed import Observed
from model.rest.merit_theory import rest_share
from model.rest.state import upper_rest_state
from model.structure import Structure
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
        posted = structure.key("service_price", stream=stream)
        reference = structure.key("reference_service_price", stream=stream)
        values[reference] = given.get(reference, values[posted])
    try:
        check_shares(structure, values)
    except ShareError as problem:
        raise PresetError(f"{problem.wrong}", where=where, allowed=problem.allowed, todo="mend the shares") from None
    if bare.starts_at_rest:
        return _at_rest(bare, values, where)
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


def _at_rest(bare: Network, values: dict[str, float], where: str) -> Network:
    """Textbooks start at their upper rest point."""
    try:
        initial = upper_rest_state(bare.structure, values, bare.step_length)
    except PresetError as problem:
        raise PresetError(problem.wrong, where=f"{where}, start", todo=problem.todo) from None
    return replace(bare, values=values, initial=initial, derived={}, report={})


@dataclass(frozen=True)
class _Unfinished:
    """A network on the way: what is known of it so far, and the rule behind each derived value.

    Attributes
    ----------
    given
        Parameters that the file gives; they are never derived.
    values, initial, rules
        Parameters and stocks by key, filled as they are derived; rules in words.
    where
        Name of the file in what is told.
    """

    structure: Structure
    observed: Observed
    given: Mapping[str, float]
    values: dict[str, float]
    initial: dict[str, float]
    where: str
    rules: dict[str, str] = field(default_factory=dict)

    @cached_property
    def _keys(self) -> Mapping[str, ParameterKey]:
        return parameter_keys(self.structure)

    def derive(self, key: str, value: float, rule: str) -> None:
        """Set a parameter that the file does not give."""
        if key not in self.values or key in self.given:
            return
        try:
            self.values[key] = check_number(self._keys[key], float(value))
        except OutOfRangeError as problem:
            raise PresetError(
                f"the observed figures give an impossible value: {problem.wrong[:1].lower() + problem.wrong[1:]}",
                where=self.where,
                allowed=problem.allowed,
                todo=f"check the figures behind it ({rule})",
            ) from None
        self.rules[key] = rule


def _from_observations(bare: Network, values: dict[str, float], given: dict[str, float], where: str) -> Network:
    structure, observed = bare.structure, Observed(bare, where)
    network = _Unfinished(structure, observed, given, dict(values), initial_stocks(structure, observed), where)
    _derive_demand(network)
    now = first_step(bare, network.values, network.initial)
    for role in structure.roles:
        _derive_role(network, role, now)
    reference = structure.key("unit_cost", role=structure.capacity_role)
    network.derive("reference_unit_cost", network.values[reference], "the unit cost of the capacity role")
    now = first_step(bare, network.values, network.initial)
    growth = growth_of_circulating(structure, network.initial, now)
    _derive_staking(network, now, growth)
    _derive_holdings(network, now, growth, bare.step_length)
    observed.refuse_the_rest()
    report = {
        "revenue": now["revenue"],
        "revenue_gap": now["revenue_gap"],
        "circulating_growth": growth,
        "staking_yield": now.get("staking_yield", 0.0),
    }
    return replace(bare, values=network.values, initial=network.initial, derived=network.rules, report=report)


def _derive_demand(network: _Unfinished) -> None:
    structure, observed, values = network.structure, network.observed, network.values
    quality = quality_of(structure, values, network.initial)
    units = 0.0
    for stream in structure.streams:
        revenue = observed("revenue" if structure.one_stream else f"revenue.{stream}")
        scale, price, surcharge, elasticity = (
            structure.key(word, stream=stream)
            for word in ("demand_scale", "service_price", "user_surcharge", "demand_elasticity")
        )
        paid = (1 + values[surcharge]) ** -values[elasticity]
        level = revenue / (values[price] * paid * quality ** values["quality_elasticity"])
        network.derive(scale, level, "observed revenue / (price x quality^eta)")
        reference = structure.key("reference_demand", stream=stream)
        network.derive(reference, max(values[scale], LEAST_DEMAND), "demand on the network's date")
        units += revenue / values[price]
    capacity = network.initial["capacity" if structure.one_role else f"capacity.{structure.capacity_role}"]
    network.derive(
        "units_per_capacity",
        units / (capacity * observed.positive("utilisation", 0.3, at_most=1)),
        "units served / (capacity x utilisation)",
    )
    network.derive("pricing_reference", network.initial["price"], "the observed price")
    network.derive("holdings_reference_price", network.initial["price"], "the observed price")


def _derive_role(network: _Unfinished, role: str, now: Mapping[str, float]) -> None:
    """Required margin, unit cost and half-quality capacity, at which a role of this size and quality stays."""
    structure, observed, values = network.structure, network.observed, network.values
    suffix, prefix = ("", "") if structure.one_role else (f".{role}", f"{role}.")
    income = now[f"income{suffix}"]
    if income <= 0:
        raise PresetError(
            f"the role {role} has no provider income",
            where=network.where,
            allowed="a revenue share, an emission share or fiat-indexed pay",
            todo="give it one or drop the role",
        )
    margin = observed(f"{prefix}provider_margin", observed("provider_margin", 0.0))
    network.derive(f"{prefix}required_margin", margin, "the observed margin")
    capacity, quality = network.initial[f"capacity{suffix}"], network.initial[f"quality{suffix}"]
    mix_cost, dilution, mode = _mix(network, role, suffix, prefix)
    required = 1 + values[f"{prefix}required_margin"]
    network.derive(
        f"{prefix}unit_cost", income / (capacity * required * mix_cost), "income / (capacity x (1 + margin))"
    )
    curve = quality / dilution**mode
    if curve >= 1:
        raise PresetError(
            f"{role} cannot reach quality {quality:g} with its share of low-quality units",
            where=network.where,
            todo="lower the observed quality or raise the merit weight",
        )
    half = capacity * dilution ** (1 - mode) * ((1 - curve) / curve) ** (1 / values[f"{prefix}quality_steepness"])
    network.derive(f"{prefix}half_quality_capacity", half, "capacity x ((1 - quality) / quality)^(1/h)")


def _mix(network: _Unfinished, role: str, suffix: str, prefix: str) -> tuple[float, float, float]:
    """Cost and quality of a role's units relative to all of high quality, and how its quality is counted."""
    if role not in network.structure.merit_roles:
        return 1.0, 1.0, 1.0
    values = network.values
    share = _rest_share_of(network, prefix)
    network.initial[f"high_quality_share{suffix}"] = share
    mix_cost = share + (1 - share) / values[f"{prefix}cost_ratio"]
    dilution = share + values[f"{prefix}low_quality_level"] * (1 - share)
    return mix_cost, dilution, values[f"{prefix}quality_mode"]


def _rest_share_of(network: _Unfinished, prefix: str) -> float:
    """Share of high-quality units at which entry of both kinds pays alike."""
    values = network.values
    contrast = values["scoring_contrast"]
    if network.structure.scoring_role is not None:
        contrast *= network.initial[f"quality.{network.structure.scoring_role}"]
    share = rest_share(
        values[f"{prefix}merit_weight"],
        contrast,
        values[f"{prefix}cost_ratio"],
        values[f"{prefix}activity_inflation"],
    )
    seed = values["entrant_share"]
    return float(np.clip(share, seed, 1 - seed))


def _derive_staking(network: _Unfinished, now: Mapping[str, float], growth: float) -> None:
    values, initial = network.values, network.initial
    if not network.structure.uses("staking") or initial["staked"] <= 0:
        return
    observed_ratio = initial["staked"] / (initial["float_supply"] + initial["staked"])
    income_yield = now["staking_yield"]
    if income_yield <= 0:
        raise PresetError(
            "tokens are staked but stakers earn nothing, so nobody would hold that stake",
            where=network.where,
            allowed="a staker share of emission or of revenue",
            todo="give stakers one, or count the stake as locked tokens",
        )
    replaced = growth + values["slashing_rate"]
    level = (
        observed_ratio
        * (1 + replaced / values["staking_speed"])
        * (values["required_staking_yield"] / income_yield) ** values["staking_yield_elasticity"]
    )
    network.derive(
        "staking_ratio_at_required_yield",
        level,
        "observed ratio at the observed yield, corrected for growth and slashing",
    )


def _derive_holdings(network: _Unfinished, now: Mapping[str, float], growth: float, step_length: float) -> None:
    initial, revenue = network.initial, now["revenue"]
    linked = network.observed.share("revenue_linked_share")
    held = initial["price"] * initial["float_supply"] * (1 + growth * step_length)
    network.derive(
        "revenue_linked_holdings",
        linked * held / revenue if revenue > 0 else 0.0,
        "linked share x float / revenue",
    )
    network.derive("speculative_holdings", (1 - linked) * held, "the rest of what the float is worth")
    if linked < 1:
        rule = "keeps the price at rest while circulating supply grows"
        network.derive("holdings_growth", growth / (1 - linked), rule)
