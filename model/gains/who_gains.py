"""Who gains and who pays: the ledger of a scenario beside its baseline's, paired by draw, in bands and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from model.engine.results import Run
from model.engine.worlds import Floats, Integers
from model.errors import UnknownKeyError
from model.gains.groups import Group
from model.gains.ledger import PARTS, Ledger, ledger_of
from model.words.text import TOLERANCE, duration, percent, quantity

BANDS = (
    "loses more than 5%",
    "loses up to 5%",
    "no change",
    "gains up to 5%",
    "gains more than 5%",
)
"""Relative to what a group has in the baseline: what it holds on the first day and what it receives until the end."""

EDGES = (-0.05, -TOLERANCE, TOLERANCE, 0.05)
"""Upper ends of the first four bands; each band holds its upper end."""


def pairs(run: Run, world: str = "scenario", against: str = "baseline") -> tuple[Integers, Integers, Integers]:
    """Rows of two worlds of the same draws: (rows of `world`, rows of `against`, draws).

    Raises
    ------
    UnknownKeyError
        When the run has no world of that label.
    """
    labels = np.array(run.labels)
    for label in (world, against):
        if label not in run.labels:
            raise UnknownKeyError(
                f"the run has no world {label!r}", where="world", allowed=", ".join(dict.fromkeys(run.labels))
            )
    rows = {label: {int(run.draws[i]): i for i in np.flatnonzero(labels == label)} for label in (world, against)}
    draws = [draw for draw in rows[world] if draw in rows[against]]
    return (
        np.array([rows[world][draw] for draw in draws], dtype=np.int64),
        np.array([rows[against][draw] for draw in draws], dtype=np.int64),
        np.array(draws, dtype=np.int64),
    )


def band_of(difference: Floats, base: Floats) -> Integers:
    """Index into `BANDS` of differences relative to what a group has in the baseline.

    From nothing, any gain is more than 5%.
    """
    with np.errstate(all="ignore"):
        relative = np.where(difference == 0, 0.0, difference / np.where(base > 0, base, 0.0))
    return np.asarray(np.digitize(relative, EDGES, right=True))


@dataclass(frozen=True, eq=False)
class WhoGains:
    """Gains in a scenario against a baseline.

    Attributes
    ----------
    ledger
        Sums of all worlds of the run.
    rows, base_rows, draws
        Shape (draws,): worlds that are compared, and which future they are.
    """

    ledger: Ledger
    rows: Integers
    base_rows: Integers
    draws: Integers

    @property
    def groups(self) -> tuple[Group, ...]:
        """Rows of every array."""
        return self.ledger.groups

    @cached_property
    def parts(self) -> Floats:
        """Shape (groups, parts, draws): scenario less baseline, USD over the horizon."""
        return np.asarray(self.ledger.parts[:, :, self.rows] - self.ledger.parts[:, :, self.base_rows])

    @cached_property
    def difference(self) -> Floats:
        """Shape (groups, draws): scenario less baseline, USD over the horizon."""
        return np.asarray(self.ledger.gains[:, self.rows] - self.ledger.gains[:, self.base_rows])

    @cached_property
    def base(self) -> Floats:
        """Shape (groups, draws): first day's holdings and the baseline's income over the horizon, USD."""
        return np.asarray(self.ledger.start_wealth[:, self.base_rows] + self.ledger.income[:, self.base_rows])

    @cached_property
    def bands(self) -> Integers:
        """Shape (groups, draws): index into `BANDS`."""
        return band_of(self.difference, self.base)

    @cached_property
    def share_of_total(self) -> Floats:
        """Shape (groups, draws): a group's difference over all differences without their signs."""
        total = np.abs(self.difference).sum(axis=0)
        return np.asarray(self.difference / np.where(total > 0, total, 1.0))

    @cached_property
    def start_price(self) -> Floats:
        """Shape (draws,): USD per token on the first day; the same in both worlds."""
        return np.asarray(self.ledger.run.values("price")[self.base_rows, 0])

    @cached_property
    def frame(self) -> pl.DataFrame:
        """One row per group and draw, all money in USD over the horizon but `flow_*`, which is USD a year at its end.

        Columns: draw, group, label, baseline, scenario, difference, in_tokens (at the first day's price), share, base,
        relative, band, the parts of the difference, flow_baseline and flow_scenario.
        """
        count, n = len(self.groups), len(self.draws)
        with np.errstate(all="ignore"):
            relative = self.difference / np.where(self.base > 0, self.base, np.nan)
        data: dict[str, object] = {
            "draw": np.tile(self.draws, count),
            "group": np.repeat([g.key for g in self.groups], n),
            "label": np.repeat([g.label for g in self.groups], n),
            "baseline": self.ledger.gains[:, self.base_rows].reshape(-1),
            "scenario": self.ledger.gains[:, self.rows].reshape(-1),
            "difference": self.difference.reshape(-1),
            "in_tokens": (self.difference / self.start_price).reshape(-1),
            "share": self.share_of_total.reshape(-1),
            "base": self.base.reshape(-1),
            "relative": relative.reshape(-1),
            "band": np.array(BANDS)[self.bands.reshape(-1)],
        }
        data |= {name: self.parts[:, j].reshape(-1) for j, name in enumerate(PARTS)}
        data["flow_baseline"] = self.ledger.flow_at_end[:, self.base_rows].reshape(-1)
        data["flow_scenario"] = self.ledger.flow_at_end[:, self.rows].reshape(-1)
        frame = pl.DataFrame(data).with_columns(pl.col("band").cast(pl.Enum(BANDS)))
        return frame.with_columns(pl.col("relative", "flow_baseline", "flow_scenario").fill_nan(None))

    @cached_property
    def summary(self) -> pl.DataFrame:
        """One row per group: means over draws, p05 and p95 of the difference, share of draws per band, and the reason.

        Columns: group, label, baseline, scenario, difference, p05, p95, in_tokens, share, the parts of the difference,
        flow_baseline, flow_scenario, one column per band (share of futures), gains_in (share of futures with a
        gain) and reason.
        """
        mean = ["baseline", "scenario", "difference", "in_tokens", "share", *PARTS, "flow_baseline", "flow_scenario"]
        found = self.frame.group_by("group", "label", maintain_order=True).agg(
            *(pl.col(name).mean() for name in mean),
            pl.col("difference").quantile(0.05, "linear").alias("p05"),
            pl.col("difference").quantile(0.95, "linear").alias("p95"),
            *((pl.col("band") == band).mean().alias(band) for band in BANDS),
            pl.col("band").is_in(BANDS[3:]).mean().alias("gains_in"),
        )
        return found.with_columns(pl.Series("reason", [self.reason(group.key) for group in self.groups]))

    @cached_property
    def conservation(self) -> pl.DataFrame:
        """The line that adds up, scenario less baseline per draw: gains, real_surplus, market_cap_change, residual."""

        def change(values: Floats) -> Floats:
            return np.asarray(values[self.rows] - values[self.base_rows])

        book = self.ledger
        return pl.DataFrame(
            {
                "draw": self.draws,
                "gains": change(book.gains.sum(axis=0)),
                "real_surplus": change(book.real_surplus),
                "market_cap_change": change(book.market_cap_change),
                "residual": change(book.residual),
            }
        )

    @property
    def stopped(self) -> int:
        """Number of compared worlds that stopped before the end; their gains count up to there."""
        rows = np.concatenate([self.rows, self.base_rows])
        return int((self.ledger.run.paths.stopped[rows] >= 0).sum())

    def reason(self, key: str) -> str:
        """Why a group gains or loses on average: the part that weighs most, what works against it, and the rest."""
        i = self.ledger.index(key)
        total, base = float(self.difference[i].mean()), float(self.base[i].mean())
        horizon = duration(float(self.ledger.run.times[-1]))
        if total == 0:
            return f"Nothing that reaches this group would change in {horizon}."
        if base > 0 and abs(total) <= TOLERANCE * base:
            return f"What it has would change by less than 0.1% in {horizon}."
        means = self.parts[i].mean(axis=1)
        part, value = _heaviest(means, total)
        told = f"Mostly because {_moved(key, part, value)} over {horizon}"
        against, opposed = _against(means, total, part)
        if abs(opposed) >= WORTH_NAMING * abs(total):
            told += f"; against it, {_moved(key, against, opposed)}"
        else:
            opposed = 0.0
        rest = total - value - opposed
        if abs(rest) >= WORTH_NAMING * abs(total):
            told += f"; the rest {'adds' if rest > 0 else 'takes'} {quantity(abs(rest), '$')}"
        return f"{told}."


def who_gains(run: Run, *, world: str = "scenario", against: str = "baseline", discount_rate: float = 0.0) -> WhoGains:
    """Compare the ledger of two worlds of a run, draw by draw.

    Parameters
    ----------
    world, against
        Labels of the worlds.
    discount_rate
        A year, 0 for plain sums.
    """
    book = ledger_of(run, discount_rate=discount_rate)
    # The ledger's own run: medians over futures have one row per world, their futures have many.
    return WhoGains(book, *pairs(book.run, world, against))


# ---- reasons ------------------------------------------------------------------------------------------
_PRICE_PARTS = PARTS[3:]
_HOLDINGS = "held"
"""The price change on holdings as one part: its three parts together."""

WORTH_NAMING = 0.05
"""Parts of a group's difference below which what else adds to it is left out of its reason."""


def _heaviest(parts: Floats, total: float) -> tuple[str, float]:
    """The part that weighs most among those that point where the total points.

    The price change on holdings counts as one first: its three parts are large and largely cancel.
    """
    named = dict(zip(PARTS, map(float, parts), strict=True))
    held = {name: named.pop(name) for name in _PRICE_PARTS}
    sign = 1 if total > 0 else -1
    part = max((*named, _HOLDINGS), key=lambda name: sign * (sum(held.values()) if name == _HOLDINGS else named[name]))
    if part == _HOLDINGS:
        part = max(held, key=lambda name: sign * held[name])
        return part, held[part]
    return part, named[part]


_PHRASES: Mapping[str, Mapping[str, tuple[str, bool]]] = {
    "role": {
        "revenue": ("their share of revenue", False),
        "tokens": ("the value of the tokens they are paid", False),
        "cost": ("the cost of their capacity", True),
    },
    "stakers": {
        "revenue": ("their share of revenue", False),
        "tokens": ("the value of the tokens they are paid", False),
        "cost": ("the value of slashed stake", True),
    },
    "users": {
        "revenue": ("what the service is worth to them beyond its price", False),
        "tokens": ("the value of their rebates", False),
    },
    "treasury": {
        "revenue": ("its share of revenue", False),
        "tokens": ("the value of the tokens it receives", False),
        "cost": ("what it pays out", True),
    },
    "grantees": {"tokens": ("what the treasury pays them", False)},
    "passive": {
        "tokens": ("what they save by buying below market", False),
        "cost": ("the value of float burned without pay", True),
    },
    "recipients": {"tokens": ("the value of what is minted for them", False)},
}
"""What a part is called inside a reason, and whether a higher part means a lower amount."""

_HELD: Mapping[str, tuple[str, bool]] = {
    _HOLDINGS: ("what the price adds to what {they} hold", False),
    "valuation": ("the change in market value of what {they} hold", False),
    "dilution": ("dilution of {their} holdings by new tokens", True),
    "burn": ("what burned tokens add to {their} holdings", False),
}


def _against(parts: Floats, total: float, main: str) -> tuple[str, float]:
    """The part that weighs most among those that point the other way; 0 where none does.

    Beside one of its own parts the price change on holdings is not one part.
    """
    named = dict(zip(PARTS, map(float, parts), strict=True))
    if main not in _PRICE_PARTS:
        named[_HOLDINGS] = sum(named.pop(name) for name in _PRICE_PARTS)
    sign = 1 if total > 0 else -1
    part = min(named, key=lambda name: sign * named[name])
    return part, named[part] if sign * named[part] < 0 else 0.0


def _moved(key: str, part: str, value: float) -> str:
    """One part in words: "their share of revenue would be $1.2M lower"."""
    noun, flipped = _phrase(key, part)
    return f"{noun} would be {quantity(abs(value), '$')} {'higher' if (value > 0) != flipped else 'lower'}"


def _phrase(key: str, part: str) -> tuple[str, bool]:
    if part not in _HELD:
        return _PHRASES[key.partition(".")[0]][part]
    noun, flipped = _HELD[part]
    one = key == "treasury"
    return noun.replace("{they} hold", "it holds" if one else "they hold").replace(
        "{their}", "its" if one else "their"
    ), flipped


def conservation_words(who: WhoGains) -> str:
    """The line under the chart: gains add up to real surplus and market value, to rounding, and what those are."""
    line = who.conservation.mean().row(0, named=True)
    gains, real, value = (quantity(line[name], "$") for name in ("gains", "real_surplus", "market_cap_change"))
    scale = max(abs(line["real_surplus"]), abs(line["market_cap_change"]), float(who.base.sum(axis=0).mean()), 1e-300)
    worst = float(np.abs(who.conservation["residual"].to_numpy()).max()) / scale
    rest = "nothing is left over" if worst < 1e-9 else f"{percent(worst)} is left over"
    return (
        f"All gains together {gains} = real surplus {real} + change of market value {value}; {rest}. Real surplus is "
        "what the service is worth to users less what its capacity costs; the cost of capacity that leaves is saved."
    )
