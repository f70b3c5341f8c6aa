"""Runs radCAD and cadCAD in the environment they need: one JSON request per line in, one JSON answer per line out."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from importlib import metadata
from typing import Any

try:
    from benchmarks import burn_mint as economy
except ImportError:  # in the environment of the peers this folder is the path
    import burn_mint as economy  # type: ignore[import-not-found, no-redef]

Values = dict[str, Any]


def prepared(values: Values, step_length: float) -> Values:
    """Parameters as both peers take them: every one a list, of one number or of one per run."""
    count = max(len(v) if isinstance(v, list) else 1 for v in values.values())
    runs = [{k: v[i] if isinstance(v, list) else v for k, v in values.items()} for i in range(count)]
    full = [{**run, **economy.derived(run, step_length)} for run in runs]
    return {key: sorted({run[key] for run in full}) if _same(full, key) else [r[key] for r in full] for key in full[0]}


def _same(runs: list[Values], key: str) -> bool:
    return all(run[key] == runs[0][key] for run in runs)


def period(p: Values, _substep: int, _history: Any, s: Values) -> Values:
    """One week: all flows from the states at its beginning, and the states at its end."""
    price, capacity, step, emission = s["price"], s["capacity"], p["step_length"], p["emission_rate"]
    revenue = economy.revenue_of(
        s["quality"], capacity, p["list_price"], p["full_quality_demand"], p["quality_elasticity"],
        p["units_per_capacity"],
    )  # fmt: skip
    flow = economy.stake_flow_of(
        s["float_supply"], s["staked"], price, revenue, emission, p["staker_emission_share"], p["staker_fee_share"],
        p["required_staking_yield"], p["staking_ratio_at_required_yield"], p["staking_yield_elasticity"],
        p["staking_ratio_floor"], p["staking_ratio_ceiling"], p["staking_gap"],
    )  # fmt: skip
    burn = economy.burn_of(revenue, price, p["burn_share"], s["float_supply"], flow, step)
    spending = economy.spending_of(s["treasury"], p["treasury_spend_rate"], step)
    treasury_share = p["treasury_emission_share"]
    float_supply = economy.float_after(s["float_supply"], flow, emission, treasury_share, spending, burn, step)
    holdings = p["speculative_holdings"] + p["revenue_linked_holdings"] * revenue
    return {
        "float_supply": float_supply,
        "staked": s["staked"] + flow,
        "treasury": s["treasury"] + step * (treasury_share * emission - spending),
        "price": economy.price_after(price, holdings, float_supply, p["price_gap"], 0.0),
        "capacity": economy.capacity_after(
            capacity, price, revenue, emission, p["provider_emission_share"], p["provider_fee_share"], p["unit_cost"],
            p["entry_speed"], p["exit_speed"], step,
        ),
        "quality": economy.quality_after(
            s["quality"], capacity, p["half_quality_capacity"], p["quality_steepness"], p["quality_gap"]
        ),
    }  # fmt: skip


def _update(name: str) -> Callable[..., tuple[str, float]]:
    def update(_p: Values, _substep: int, _history: Any, _s: Values, signals: Values) -> tuple[str, float]:
        return name, signals[name]

    return update


def _cadcad_update(name: str) -> Callable[..., tuple[str, float]]:
    def update(_p: Values, _substep: int, _h: Any, _s: Values, signals: Values, **_: Any) -> tuple[str, float]:
        return name, signals[name]

    return update


def _cadcad_period(p: Values, substep: int, history: Any, s: Values, **_: Any) -> Values:
    return period(p, substep, history, s)


def radcad(parameters: Values, initial: Values, steps: int) -> list[Values]:
    """radCAD with the settings that are fastest for a model whose states are numbers."""
    from radcad import Backend, Engine, Model, Simulation  # type: ignore[import-not-found]

    blocks = [{"policies": {"period": period}, "variables": {name: _update(name) for name in economy.STATES}}]
    model = Model(initial_state=dict(initial), state_update_blocks=blocks, params=parameters)
    simulation = Simulation(model=model, timesteps=steps, runs=1)
    simulation.engine = Engine(backend=Backend.SINGLE_PROCESS, deepcopy=False, drop_substeps=True)
    return list(simulation.run())


def cadcad(parameters: Values, initial: Values, steps: int) -> list[Values]:
    """cadCAD in one process."""
    from cadCAD.configuration import Experiment  # type: ignore[import-not-found]
    from cadCAD.configuration.utils import config_sim  # type: ignore[import-not-found]
    from cadCAD.engine import ExecutionContext, ExecutionMode, Executor  # type: ignore[import-not-found]

    variables = {name: _cadcad_update(name) for name in economy.STATES}
    experiment = Experiment()
    experiment.append_model(
        sim_configs=config_sim({"N": 1, "T": range(steps), "M": parameters}),
        initial_state=dict(initial),
        partial_state_update_blocks=[{"policies": {"period": _cadcad_period}, "variables": variables}],
    )
    context = ExecutionContext(context=ExecutionMode().single_mode)
    records, _, _ = Executor(exec_context=context, configs=experiment.configs, supress_print=True).execute()
    return list(records)


def answer(request: Values) -> Values:
    """Seconds of one call, and the states of every run at the steps asked for."""
    parameters = prepared(request["parameters"], request["step_length"])
    work = {"radcad": radcad, "cadcad": cadcad}[request["engine"]]
    begin = time.perf_counter()
    records = work(parameters, request["initial"], request["steps"])
    seconds = time.perf_counter() - begin
    wanted = {step: place for place, step in enumerate(request["at"])}
    runs = 1 + max(record["subset"] for record in records)
    found = [[[0.0] * len(wanted) for _ in range(runs)] for _ in economy.STATES]
    for record in records:
        if record["timestep"] in wanted:
            for i, name in enumerate(economy.STATES):
                found[i][record["subset"]][wanted[record["timestep"]]] = record[name]
    return {"seconds": seconds, "states": found}


def main() -> None:
    """Answer until the input ends; what the peers print themselves goes to the error stream."""
    out, sys.stdout = os.fdopen(os.dup(1), "w"), sys.stderr
    os.dup2(2, 1)
    versions = {name: metadata.version(name) for name in ("radcad", "cadcad", "numpy", "pandas")}
    print(json.dumps({"versions": versions}), file=out, flush=True)
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), file=out, flush=True)


if __name__ == "__main__":
    main()
