"""The part of a box of levers in which nearly every setting holds every goal: patient rule induction (PRIM).

Friedman and Fisher, Bump hunting in high-dimensional data, Statistics and Computing 9 (1999), 123-143: peel thin slices
off the box as long as the rest gets denser, paste back what costs nothing, and name only the levers that matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from model.engine.worlds import Floats
from model.tuning.lever_box import LeverBox, LeverRange
from model.tuning.sample import Sampled, TuneQuestion, evaluate

Truths = npt.NDArray[np.bool_]

PEELED = 0.05
"""Part of the remaining settings that one slice takes off."""

FEWEST = 20
"""Settings that a zone is never smaller than: what fewer say is chance."""

CHECKED = 256
"""Fresh settings on which the share of a zone is measured."""

MOST_FUTURES = 200
"""Futures in which it is measured, where the search itself had a quarter of them."""

BLOCKS = 8
"""They are run in so many blocks, each in futures of its own: settings that share futures err together."""


@dataclass(frozen=True, eq=False)
class Limits:
    """Ends of a zone, in the levers' own units.

    Attributes
    ----------
    lows, highs
        Shape (levers,).
    """

    lows: Floats
    highs: Floats

    def holds(self, settings: Floats) -> Truths:
        """Shape (settings,): whether each lies inside."""
        return np.asarray(np.all((settings >= self.lows) & (settings <= self.highs), axis=1))

    def with_end(self, lever: int, low: float | None = None, high: float | None = None) -> Limits:
        """The same with one end moved."""
        lows, highs = self.lows.copy(), self.highs.copy()
        if low is not None:
            lows[lever] = low
        if high is not None:
            highs[lever] = high
        return Limits(lows, highs)


def densest(settings: Floats, met: Truths, whole: Limits, target: float, *, fewest: int = FEWEST) -> Limits | None:
    """The largest box in which at least `target` of the settings hold; None where there is none.

    Parameters
    ----------
    settings
        Shape (settings, levers).
    met
        Shape (settings,): whether a setting holds every goal.
    whole
        The box that was sampled.
    target
        Part of the settings inside that must hold.
    fewest
        Settings inside, at least.
    """
    if not met.any():
        return None
    trail = [whole]
    while _density(settings, met, trail[-1]) < 1.0:
        smaller = _peel(settings, met, trail[-1], fewest)
        if smaller is None:
            break
        trail.append(smaller)
    dense = [limits for limits in trail if _density(settings, met, limits) >= target]
    if not dense:
        return None
    return _plain(settings, met, _pasted(settings, met, dense[0], whole, target), whole, target)


def _density(settings: Floats, met: Truths, limits: Limits) -> float:
    inside = limits.holds(settings)
    return float(met[inside].mean()) if inside.any() else 0.0


def _peel(settings: Floats, met: Truths, limits: Limits, fewest: int) -> Limits | None:
    """The slice whose loss makes the rest densest; None where the box would become too small."""
    before = int(limits.holds(settings).sum())
    best, found = -1.0, None
    for candidate in _slices(settings, limits):
        inside = candidate.holds(settings)
        count = int(inside.sum())
        if fewest <= count < before and (density := float(met[inside].mean())) > best:
            best, found = density, candidate
    return found


def _slices(settings: Floats, limits: Limits) -> Iterator[Limits]:
    inside = settings[limits.holds(settings)]
    for lever in range(settings.shape[1]):
        low, high = np.quantile(inside[:, lever], (PEELED, 1 - PEELED))
        yield limits.with_end(lever, low=float(low))
        yield limits.with_end(lever, high=float(high))


def _pasted(settings: Floats, met: Truths, limits: Limits, whole: Limits, target: float) -> Limits:
    """Ends moved out again as far as the box stays dense enough."""
    for lever in range(settings.shape[1]):
        for side in ("low", "high"):
            column = settings[:, lever]
            outer = np.sort(column[column < limits.lows[lever]])[::-1] if side == "low" else None
            if outer is None:
                outer = np.sort(column[column > limits.highs[lever]])
            for end in outer:
                wider = limits.with_end(lever, **{side: float(end)})
                if _density(settings, met, wider) < target:
                    break
                limits = wider
            last = whole.lows[lever] if side == "low" else whole.highs[lever]
            wider = limits.with_end(lever, **{side: float(last)})
            if _density(settings, met, wider) >= target:
                limits = wider
    return limits


def _plain(settings: Floats, met: Truths, limits: Limits, whole: Limits, target: float) -> Limits:
    """The same without limits that nothing hangs on: both ends of a lever, else one of them."""
    for lever in range(settings.shape[1]):
        low, high = float(whole.lows[lever]), float(whole.highs[lever])
        for free in (
            limits.with_end(lever, low=low, high=high),
            limits.with_end(lever, low=low),
            limits.with_end(lever, high=high),
        ):
            if _density(settings, met, free) >= target:
                limits = free
                break
    return limits


# ---- a zone with its share -------------------------------------------------------------------------------
@dataclass(frozen=True, eq=False)
class RobustZone:
    """A zone and what fresh settings in it came to.

    Attributes
    ----------
    box
        Its ends.
    limited
        Levers that it limits to less than the box that was sampled.
    shares
        Shape (blocks,): part of fresh settings inside that hold every goal, each block in fresh futures.
    coverage
        Part of all settings of the first sample that hold and lie inside.
    """

    box: LeverBox
    limited: tuple[str, ...]
    shares: Floats
    coverage: float

    @property
    def share(self) -> float:
        """Part of the settings inside that hold every goal."""
        return float(self.shares.mean())

    @property
    def error(self) -> float:
        """Standard error of the share, over blocks of settings and futures."""
        return float(self.shares.std(ddof=1) / np.sqrt(len(self.shares)))

    @property
    def interval(self) -> tuple[float, float]:
        """95% interval of the share (Student's t over blocks), within 0 and 1."""
        reach = float(stats.t.ppf(0.975, len(self.shares) - 1)) * self.error
        return max(0.0, self.share - reach), min(1.0, self.share + reach)


def robust_zone(sample: Sampled, target: float = 0.9, *, rounds: int = 3) -> RobustZone | None:
    """The robust zone of a sample; None where no zone is dense enough.

    What was found by searching looks denser than it is. So a zone is run again with fresh settings in fresh futures;
    where fewer than `target` of them hold, those are what the next, smaller zone is found in. The share that is told is
    always one of settings and futures that the zone was not found in.
    """
    latest, found = sample, None
    for again in range(1, rounds + 1):
        box = zone_in(latest, target)
        if box is None:
            break
        latest, shares = fresh(sample.question, box, again=again)
        found = _told(sample, box, shares)
        if found.share >= target:
            break
    return found


def zone_in(sample: Sampled, target: float = 0.9) -> LeverBox | None:
    """Ends of a zone in which `target` of a sample's own settings hold; None where no zone is dense enough."""
    box = sample.question.box
    limits = densest(sample.settings, sample.met, Limits(box.lows, box.highs), target)
    if limits is None:
        return None
    ends = zip(box.keys, limits.lows, limits.highs, strict=True)
    return LeverBox(tuple(LeverRange(key, float(low), float(high)) for key, low, high in ends))


def fresh(
    question: TuneQuestion, box: LeverBox, *, again: int, count: int = CHECKED, blocks: int = BLOCKS
) -> tuple[Sampled, Floats]:
    """Fresh settings of a zone, each block in fresh futures, and shape (blocks,): the part that holds.

    Parameters
    ----------
    again
        Another number draws other settings and other futures.
    """
    settings = box.settings(count, seed=question.seed + _FAR * again)
    # More futures than the search had: in few of them a goal near its share holds or fails by chance.
    inside = replace(question, box=box, draws=min(4 * question.draws, MOST_FUTURES))
    found = [
        evaluate(replace(inside, seed=question.seed + _FAR * again + 1 + number), part)
        for number, part in enumerate(np.split(settings, blocks))
    ]
    whole = found[0]
    for part in found[1:]:
        whole = whole.joined(part)
    return whole, np.array([part.share for part in found])


_FAR = 1_000
"""Between seeds, so that blocks of one check never share futures with another."""


def _told(sample: Sampled, box: LeverBox, shares: Floats) -> RobustZone:
    pairs = zip(box.ranges, sample.question.box.ranges, strict=True)
    limited = tuple(own.key for own, first in pairs if own.low > first.low or own.high < first.high)
    inside, held = box.within(sample.settings), int(sample.met.sum())
    coverage = float((sample.met & inside).sum() / held) if held else 0.0
    return RobustZone(box, limited, shares, coverage)
