"""A long search for a corner that breaks something: `make soak` (minutes, not part of the tests)."""

from __future__ import annotations

import sys
import time

import numpy as np

from model import load_network, network_names
from model.engine.results import Run
from model.engine.stepper import run
from model.engine.worlds import Floats, assemble
from model.presets.network import Network

WORLDS = 2_000
STEPS = 520
LARGEST_ERROR = 1e-11
"""Of the supply identity, relative."""


def random_values(network: Network, rng: np.random.Generator, count: int) -> dict[str, Floats]:
    """Random values between the usual bounds of every parameter, with shares drawn to sum to one."""
    values = {key: np.full(count, value) for key, value in network.values.items()}
    for key, concrete in network.parameters.items():
        declared = concrete.declared
        if declared.scale in ("", "value") and not declared.is_share:
            scale = 1.0 if declared.scale == "" else abs(network.values[key])
            values[key] = rng.uniform(declared.usual_minimum, declared.usual_maximum, count) * scale
            values[key] = np.clip(values[key], declared.minimum, declared.maximum)
    shape = network.structure
    from model.validation import emission_share_keys, fee_share_keys

    for groups in (*(fee_share_keys(shape, s) for s in shape.streams), emission_share_keys(shape)):
        keys = [key for part in groups.values() for key in part]
        values.update(zip(keys, rng.dirichlet(np.full(len(keys), 0.6), count).T, strict=True))
    return values


def one_round(network: Network, rng: np.random.Generator) -> tuple[float, float, int]:
    """Largest error of the supply identity, lowest stock and worlds that stopped, over one batch."""
    worlds = assemble(
        network.system,
        ["world"] * WORLDS,
        random_values(network, rng, WORLDS),
        network.initial_for(network.structure),
        step_length=network.step_length,
        steps=STEPS,
    )
    result = Run(run(worlds), start=network.as_of, draws=[0] * WORLDS)
    error = np.nanmax(np.abs(result.values("supply") / result.values("supply_accounted") - 1))
    lowest = np.nanmin(
        result.paths.states[[i for i, n in enumerate(network.system.state_names) if n != "holdings_swing"]]
    )
    for world in np.flatnonzero(result.paths.stopped < 0):
        if np.isnan(result.paths.states[:, world]).any():
            raise RuntimeError(f"{network.name}: a number is missing in a world that did not stop")
    return float(error), float(lowest), int((result.paths.stopped >= 0).sum())


def main(minutes: float) -> None:
    """Random corners of every network until the time is up; then one line each with the worst that was seen."""
    rng, until = np.random.default_rng(), time.monotonic() + minutes * 60
    seen: dict[str, list[tuple[float, float, int]]] = {name: [] for name in network_names()}
    while time.monotonic() < until:
        for name, rounds in seen.items():
            rounds.append(one_round(load_network(name), rng))
            error, lowest, _ = rounds[-1]
            if error > LARGEST_ERROR or lowest < 0:
                raise RuntimeError(f"{name}: identity {error:g}, lowest stock {lowest:g}")
    for name, rounds in seen.items():
        error, lowest = max(part[0] for part in rounds), min(part[1] for part in rounds)
        stopped, worlds = sum(part[2] for part in rounds), WORLDS * len(rounds)
        print(f"{name}: identity {error:.1e}, lowest stock {lowest:.1e}, stopped {stopped:,} of {worlds:,} worlds")
    print(f"{sum(map(len, seen.values()))} rounds of {WORLDS} worlds x {STEPS} steps, nothing broke")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
