"""What a network holds and does on its first day, from observed figures and the model's own equations."""

from __future__ import annotations

import numpy as np

from model.engine.evaluator import Evaluator
from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import assemble
from model.presets.network import Network
from model.presets.observed import Observed
from model.structure import Structure
from model.system import system_for


def initial_stocks(structure: Structure, observed: Observed) -> dict[str, float]:
    """Every stock on the first day: tokens, USD, units of capacity and shares of quality."""
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


def quality_of(structure: Structure, values: dict[str, float], initial: dict[str, float]) -> float:
    """Network quality at the start, from the declared equation [E32]."""
    if structure.one_role:
        return initial["quality"]
    system = system_for(structure)
    evaluator = Evaluator(system)
    environment = evaluator.environment(values)
    for role in structure.roles:
        environment[system.vocabulary.variable("role_quality", role=role)] = np.float64(initial[f"quality.{role}"])
    return float(evaluator.get(system.vocabulary.variable("quality"), environment))


def first_step(bare: Network, values: dict[str, float], initial: dict[str, float]) -> dict[str, float]:
    """Every variable at the start, from the model's own equations."""
    system = bare.system
    stocks = {name: initial.get(name, 0.0) for name in system.initial_keys}
    worlds = assemble(system, ["start"], values, stocks, step_length=bare.step_length, steps=1)
    result = Run(run(worlds, "polars"), start=bare.as_of, draws=[0])
    result.compute(system.columns)
    return {name: float(result.values(name)[0, 0]) for name in system.columns}


def growth_of_circulating(structure: Structure, initial: dict[str, float], now: dict[str, float]) -> float:
    """Growth of float and stake together at the start, 1/yr."""
    flow = (
        now["emission"] - now["treasury_emission"] + now["treasury_spending"] + now["unlocked"] - now["float_burn"]
        - now.get("slashed", 0.0)
    )  # fmt: skip
    return flow / (initial["float_supply"] + (initial["staked"] if structure.uses("staking") else 0.0))
