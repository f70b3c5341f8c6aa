"""The setting nearest to today's that holds every goal, with as few levers moved as it takes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from model.engine.worlds import Floats
from model.parameters import parameter_keys
from model.presets.usual_range import usual_range
from model.tuning.sample import Sampled, TuneQuestion, evaluate

SCAN = 64
"""Settings along one lever."""

ROUNDS = 6
"""Times that a crossing is narrowed, by a factor of eight each."""

_BETWEEN = 8
MOST_ROUNDED = 64
"""Settings on whole steps that are tried around one that holds."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """What was found.

    Attributes
    ----------
    setting
        Shape (levers,).
    today
        Shape (levers,): what is in force now.
    moved
        Which levers differ from today.
    distance
        Length of the move, in widths of the levers' ranges.
    """

    setting: Floats
    today: Floats
    moved: tuple[str, ...]
    distance: float


def today_of(question: TuneQuestion) -> Floats:
    """Shape (levers,): what is in force now."""
    return np.array([question.scenario.values[key] for key in question.box.keys])


def nearest(sample: Sampled) -> Nearest | None:
    """The nearest setting that holds every goal; None where no setting was found that does.

    First today's own setting, then one lever alone, as exactly as a thousandth of its range; where no lever suffices,
    the nearest of the sample, each lever taken back towards today as far as every goal still holds.
    """
    question, today = sample.question, today_of(sample.question)
    if evaluate(question, today).met[0]:
        return _told(question, today, today)
    alone = _one_lever(question, today)
    if alone is not None:
        return _told(question, today, _on_a_step(question, today, alone))
    if not sample.met.any():
        return None
    held = sample.settings[sample.met]
    width = _widths(question)
    start = held[int(np.argmin(np.linalg.norm((held - today) / width, axis=1)))]
    return _told(question, today, _on_a_step(question, today, _taken_back(question, today, start)))


def _on_a_step(question: TuneQuestion, today: Floats, setting: Floats) -> Floats:
    """The nearest setting around it whose moved levers stand on whole steps and that still holds; else itself."""
    network, keys = question.scenario.network, parameter_keys(question.scenario.structure)
    ends = []
    for now, value, own in zip(today, setting, question.box.ranges, strict=True):
        step = usual_range(network, keys[own.key]).step
        below = np.floor(value / step) * step
        steps = [round(float(below), 12), round(float(below + step), 12)]
        inside = [end for end in steps if own.low <= end <= own.high]
        ends.append(inside or [value] if abs(value - now) > 1e-9 * own.width else [value])
    if np.prod([len(part) for part in ends]) > MOST_ROUNDED:
        return setting
    rounded = np.array(list(product(*ends)))
    held = rounded[evaluate(question, rounded).met]
    if not len(held):
        return setting
    best: Floats = held[int(np.argmin(np.linalg.norm((held - today) / _widths(question), axis=1)))]
    return best


def _widths(question: TuneQuestion) -> Floats:
    return np.asarray(question.box.highs - question.box.lows)


def _told(question: TuneQuestion, today: Floats, setting: Floats) -> Nearest:
    width = _widths(question)
    moved = np.abs(setting - today) > 1e-9 * width
    names = tuple(key for key, is_moved in zip(question.box.keys, moved, strict=True) if is_moved)
    return Nearest(setting, today, names, float(np.linalg.norm((setting - today) / width)))


def _one_lever(question: TuneQuestion, today: Floats) -> Floats | None:
    """Today's setting with one lever moved as little as it takes; None where none suffices."""
    rows = []
    for lever, own in enumerate(question.box.ranges):
        line = np.tile(today, (SCAN, 1))
        line[:, lever] = np.linspace(own.low, own.high, SCAN)
        rows.append(line)
    found = evaluate(question, np.concatenate(rows))
    best: tuple[float, Floats] | None = None
    for lever, own in enumerate(question.box.ranges):
        part = slice(lever * SCAN, (lever + 1) * SCAN)
        held = np.concatenate(rows)[part][found.met[part]]
        if not len(held):
            continue
        outer = held[int(np.argmin(np.abs(held[:, lever] - today[lever])))]
        setting = _narrowed(question, _next_to(outer, today, lever, own.width / (SCAN - 1)), outer, lever)
        distance = abs(setting[lever] - today[lever]) / own.width
        if best is None or distance < best[0]:
            best = distance, setting
    return None if best is None else best[1]


def _next_to(outer: Floats, today: Floats, lever: int, gap: float) -> Floats:
    """The neighbour of a setting on the way to today."""
    inner = outer.copy()
    step = min(gap, abs(outer[lever] - today[lever]))
    inner[lever] -= np.sign(outer[lever] - today[lever]) * step
    return inner


def _narrowed(question: TuneQuestion, misses: Floats, holds: Floats, lever: int) -> Floats:
    """Where goals begin to hold between two settings that differ in one lever, from the side that holds."""
    for _ in range(ROUNDS):
        line = np.tile(holds, (_BETWEEN + 1, 1))
        line[:, lever] = np.linspace(misses[lever], holds[lever], _BETWEEN + 1)
        met = evaluate(question, line[1:-1]).met
        first = int(np.argmax(met)) + 1 if met.any() else _BETWEEN
        misses, holds = line[first - 1], line[first]
        if abs(holds[lever] - misses[lever]) < 1e-3 * _widths(question)[lever]:
            break
    return holds


def _taken_back(question: TuneQuestion, today: Floats, setting: Floats) -> Floats:
    """Each lever taken back towards today as far as every goal still holds, the one moved most first."""
    width = _widths(question)
    for lever in np.argsort(-np.abs(setting - today) / width):
        if abs(setting[lever] - today[lever]) <= 1e-9 * width[lever]:
            continue
        line = np.tile(setting, (SCAN, 1))
        line[:, lever] = np.linspace(today[lever], setting[lever], SCAN)
        met = evaluate(question, line).met
        first = int(np.argmax(met)) if met.any() else SCAN - 1
        setting = line[first] if first == 0 else _narrowed(question, line[first - 1], line[first], int(lever))
    return setting
