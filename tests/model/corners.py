"""Worlds at the ends of what people may set, by column, with shares that always sum to one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from model.engine.worlds import Worlds, assemble
from model.parameters import ParameterKey, parameter_keys
from model.presets.network import Network
from model.presets.usual_range import usual_range
from model.structure import MODULES, Structure
from model.system import System, system_for
from model.validation import emission_share_keys, fee_share_keys

Floats = npt.NDArray[np.float64]
Columns = dict[str, Floats]


@dataclass(frozen=True)
class Start:
    """Where corners are taken from: a structure with values, stocks and the usual ends of every parameter."""

    structure: Structure
    values: Mapping[str, float]
    initial: Mapping[str, float]
    ends: Mapping[str, tuple[float, float]]
    step_length: float

    @property
    def system(self) -> System:
        return system_for(self.structure)

    @property
    def keys(self) -> dict[str, ParameterKey]:
        return parameter_keys(self.structure)

    def worlds(self, columns: Mapping[str, Floats], steps: int) -> Worlds:
        """Worlds that differ in some columns, their shares made to sum to one."""
        count = len(next(iter(columns.values())))
        full = {key: columns.get(key, np.full(count, value)) for key, value in self.values.items()}
        settled = with_valid_shares(self.structure, full, set(columns))
        return assemble(
            self.system, ["world"] * count, settled, self.initial, step_length=self.step_length, steps=steps
        )


def of_network(network: Network, modules: frozenset[str] = frozenset(MODULES)) -> Start:
    """A network with every optional module at its neutral value."""
    structure = network.structure.with_modules(modules)
    ends = {}
    for key, concrete in parameter_keys(structure).items():
        usual = usual_range(network, concrete)
        ends[key] = (usual.low, usual.high)
    values, initial = network.values_for(structure), network.initial_for(structure)
    return Start(structure, values, initial, ends, network.step_length)


LEVELS = {
    "maximum_supply": 40.0,
    "square_root_coefficient": 1.0,
    "emission_table": 4.0,
    "emission_table_cap": 14.0,
    "token_settled_share": 1.0,
}
"""Values for a network of the textbook's size where the declared default is a real network's."""

FLOWS = {"revenue": 8.0, "emission": 4.0, "supply": 24.0}


def of_structure(structure: Structure) -> Start:
    """A network of the textbook's size with declared defaults, for structures that no preset has."""
    values, ends = {}, {}
    for key, concrete in parameter_keys(structure).items():
        declared = concrete.declared
        value = LEVELS.get(declared.word, declared.default)
        if declared.word.endswith(("fee_share", "emission_share")) and concrete.role is not None:
            value /= len(structure.roles)
        base = value if declared.scale == "value" else FLOWS.get(declared.scale, 1.0)
        values[key] = value
        ends[key] = (
            max(declared.usual_minimum * base, declared.minimum),
            min(declared.usual_maximum * base, declared.maximum),
        )
    sizes = {
        "price": 1.1, "float_supply": 9.0, "staked": 10.0, "treasury": 1.5, "treasury_fiat": 2.0, "capacity": 4.0,
        "quality": 0.8, "high_quality_share": 0.5, "issued": 24.0, "burned": 1.0, "inflation": 0.1,
        "remint_pool": 0.2, "holdings_swing": 0.1, "emission_swing": 0.2, "previous_price": 1.0, "locked": 1.5,
    }  # fmt: skip
    initial = {name: sizes[name.split(".")[0]] for name in system_for(structure).initial_keys}
    if not structure.uses("staking"):
        initial["staked"] = 0.0
    return Start(structure, values, initial, ends, 7 / 365.25)


# ---- shares -------------------------------------------------------------------------------------------
def share_groups(structure: Structure) -> list[list[str]]:
    """Keys of shares that must sum to one: one group per stream, one for emission."""
    groups = [fee_share_keys(structure, stream) for stream in structure.streams]
    return [[key for part in group.values() for key in part] for group in (*groups, emission_share_keys(structure))]


def with_valid_shares(structure: Structure, columns: Columns, held: set[str]) -> Columns:
    """Keep held shares, give the others what is left pro rata; held shares above one are scaled down together."""
    result = dict(columns)
    for group in share_groups(structure):
        kept = [key for key in group if key in held]
        if not kept:
            continue
        others = [key for key in group if key not in held]
        total = np.sum([columns[key] for key in kept], axis=0)
        rest = np.sum([columns[key] for key in others], axis=0) if others else np.zeros_like(total)
        for key in kept:
            short = total if not others else np.maximum(total, 1.0)
            result[key] = columns[key] / np.where(short > 0, short, 1.0)
        left = np.maximum(1 - total, 0.0)
        for key in others:
            result[key] = np.where(rest > 0, columns[key] / np.where(rest > 0, rest, 1.0), 1 / len(others)) * left
    return result


# ---- corners ------------------------------------------------------------------------------------------
def lever_keys(start: Start) -> list[str]:
    return [key for key, concrete in start.keys.items() if concrete.declared.kind == "lever"]


def lever_pairs(start: Start) -> tuple[list[tuple[str, str]], Columns]:
    """Every pair of levers at all four combinations of its usual ends; the other levers stay."""
    keys = lever_keys(start)
    pairs = [pair for pair in combinations(keys, 2) for _ in range(4)]
    columns = {key: np.full(len(pairs), start.values[key]) for key in keys}
    moved = {key: np.zeros(len(pairs), dtype=bool) for key in keys}
    for world, (first, second) in enumerate(pairs):
        columns[first][world] = start.ends[first][world % 4 // 2]
        columns[second][world] = start.ends[second][world % 2]
        moved[first][world] = moved[second][world] = True
    return pairs, _settled_where_moved(start.structure, columns, moved)


def _settled_where_moved(structure: Structure, columns: Columns, moved: Mapping[str, npt.NDArray[np.bool_]]) -> Columns:
    """Let the shares that a world does not move give way to those it does."""
    result = dict(columns)
    for group in share_groups(structure):
        value = np.stack([columns[key] for key in group])
        held = np.stack([moved[key] for key in group])
        kept = np.where(held, value, 0.0).sum(axis=0)
        rest = np.where(held, 0.0, value).sum(axis=0)
        even = np.where(held, 0.0, 1.0) / np.maximum((~held).sum(axis=0), 1)
        way = np.where(rest > 0, np.where(held, 0.0, value) / np.where(rest > 0, rest, 1.0), even)
        settled = np.where(held, value / np.maximum(kept, 1.0), way * np.maximum(1 - kept, 0.0))
        for key, row in zip(group, settled, strict=True):
            result[key] = np.where(held.any(axis=0), row, columns[key])
    return result


FOR_GAUGES = ("discount_rate", "expected_growth")
"""Drawn last: no step reads them, and so they move no path of a corner."""


def random_corners(start: Start, count: int, seed: int) -> Columns:
    """Every parameter at its usual low end, where it is, or at its usual high end, and now and then at a hard end.

    Hard ends are left out where the declared range is a multiple of the network's size. Shares lie anywhere on their
    simplex, its corners included.
    """
    generator = np.random.Generator(np.random.Philox(seed))
    columns: Columns = {}

    def draw(keys: Iterable[str]) -> None:
        for key in keys:
            declared, (low, high) = start.keys[key].declared, start.ends[key]
            hard = (low, high) if declared.scale else (declared.minimum, declared.maximum)
            chance = [0.32, 0.32, 0.32, 0.02, 0.02]
            columns[key] = generator.choice([low, start.values[key], high, *hard], count, p=chance)

    draw(key for key in start.values if key not in FOR_GAUGES)
    for group in share_groups(start.structure):
        drawn = generator.dirichlet(np.full(len(group), 0.4), count).T
        drawn[drawn < 0.01] = 0.0
        for key, row in zip(group, drawn / drawn.sum(axis=0), strict=True):
            columns[key] = row
    draw(FOR_GAUGES)
    return columns
