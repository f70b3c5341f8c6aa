"""Rest reports as frames for charts and tables; the numbers are the model's, only their shape is made here."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from model.engine.worlds import Floats
from model.rest.agreement_sentences import difference_words
from model.rest.curve_sentences import verdict
from model.rest.elasticity_sentences import quantity_words
from model.rest.point import OUTCOMES, RestPoint
from model.rest.price_curves import PriceCurves, PriceFlows, price_range
from model.rest.reach_sentences import ALIKE
from model.rest.report import RestReport
from model.rest.rest_words import PAYER_WORDS, usd
from model.variables import variables_by_word
from model.words.text import duration, number, percent, quantity, sentence_case

_FLOWS = ("mint", "burn")
_FIRST = "Quantity"
_HALF_LIFE = "Half-life of price and supply"
_ROOM = 0.15
"""Part of a power of ten kept free above and below the curves."""


# ---- burn and mint ------------------------------------------------------------------------------------
def _chosen(report: RestReport, at_rest: bool) -> tuple[PriceFlows, float]:
    """Flows to draw and a price near which they are looked at."""
    if at_rest and report.rest_flows is not None and report.point is not None:
        return report.rest_flows, report.point.price
    return report.today_flows, report.rest.today["price"]


def crossing_prices(report: RestReport, baseline: RestReport, *, at_rest: bool) -> Floats:
    """Prices to draw: around today's, the rest prices and the crossings of scenario and baseline, USD/token."""
    today = report.rest.today["price"]
    marked = [today]
    for world in (report, baseline):
        flows, near = _chosen(world, at_rest)
        marked += [near, flows.crossing(near) or today]
    return price_range(marked)


def crossing_frames(report: RestReport, baseline: RestReport, *, at_rest: bool) -> dict[str, pl.DataFrame]:
    """Both flows of scenario and baseline against the price, the crossing, and today's price."""
    flows, near = _chosen(report, at_rest)
    base_flows, base_near = _chosen(baseline, at_rest)
    today, prices = report.rest.today["price"], crossing_prices(report, baseline, at_rest=at_rest)
    drawn = flows.curves(prices, near)
    dashed = base_flows.curves(prices, base_near)
    main = pl.concat([_curves(dashed, "baseline"), _curves(drawn, "scenario")])
    points = pl.DataFrame(schema={"price": pl.Float64, "value": pl.Float64, "label": pl.String})
    if drawn.crossing is not None:
        label = f"Burn = mint at {usd(drawn.crossing)}"
        points = pl.DataFrame({"price": [drawn.crossing], "value": [drawn.crossing_flow], "label": [label]})
    rule = pl.DataFrame({"price": [today], "label": [f"Today {usd(today)}"]})
    return {"main": main, "points": points, "today": rule}


def _curves(curves: PriceCurves, world: str) -> pl.DataFrame:
    parts = [
        pl.DataFrame({"price": curves.prices, "value": values, "flow": flow, "world": world})
        for flow, values in zip(_FLOWS, (curves.mint, curves.burn), strict=True)
    ]
    return pl.concat(parts).filter(pl.col("value").is_finite())


def flow_domain(main: pl.DataFrame) -> tuple[float, float] | None:
    """Vertical range in whole powers of ten, so that it stays put while a lever moves."""
    values = main["value"]
    if values.is_empty():
        return None
    logs = np.log10(values.to_numpy())
    low, high = np.floor(logs.min() - _ROOM), np.ceil(logs.max() + _ROOM)
    return float(10.0**low), float(10.0**high)


# ---- plane --------------------------------------------------------------------------------------------
def plane_frames(report: RestReport, way: pl.DataFrame | None = None) -> dict[str, pl.DataFrame]:
    """Curves, rest points, tipping line and the simulated way: `way` has capacity and quality, or is the long run."""
    curves = report.plane
    empty = {"capacity": pl.Float64, "quality": pl.Float64}
    main, tipping = pl.DataFrame(schema={**empty, "curve": pl.String}), pl.DataFrame(schema=empty)
    if curves is not None:
        main = pl.concat(
            pl.DataFrame({"capacity": curve.capacity, "quality": curve.quality, "curve": name})
            for name, curve in (("quality curve", curves.supported), ("free-entry curve", curves.free_entry))
        )
        if curves.tipping_line is not None:
            tipping = pl.DataFrame({"capacity": curves.tipping_line.capacity, "quality": curves.tipping_line.quality})
    path = way if way is not None else pl.DataFrame({n: report.long_run.values[n] for n in ("capacity", "quality")})
    path = path.filter(pl.all_horizontal(pl.all().is_finite()))
    low, high = _window(report, path["capacity"])
    inside = pl.col("capacity").is_between(low, high)
    points = pl.DataFrame(
        [(min(max(p.capacity, low), high), p.quality, p.kind, p.label) for p in report.plane_points],
        schema={**empty, "kind": pl.String, "label": pl.String},
        orient="row",
    )
    return {
        "main": main.filter(inside),
        "rest": points,
        "tipping": tipping.filter(inside & pl.col("quality").is_between(0, 1)),
        "path": path.filter(inside).with_row_index("step"),
    }


def _window(report: RestReport, path: pl.Series) -> tuple[float, float]:
    """Capacities to show: around today's, around every rest point above collapse, and most of the way down."""
    marked = [report.rest.today["capacity"], *(p.capacity for p in report.plane_points if p.kind != "collapse")]
    low, high = min(marked) / 5, max(marked) * 5
    if not report.plane_rests and report.plane is not None:
        # Curves that do not meet are shown where they are, or the reader could not see that they do not.
        low = min(low, float(report.plane.free_entry.capacity.max()) / 3)
    reached = path.to_numpy()
    return max(min(low, reached.min() / 1.3), low / 20), min(max(high, reached.max() * 1.3), high * 20)


# ---- rest points --------------------------------------------------------------------------------------
def rest_table(report: RestReport) -> pl.DataFrame:
    """One row per quantity, one column per state: today and every rest point."""
    today = dict(report.rest.today)
    columns: dict[str, list[str]] = {_FIRST: [row[0] for row in _ROWS], "Today": [row[1](today) for row in _ROWS]}
    for point in report.rest.points:
        name = "Stable point" if point.stable_by_criterion else "Tipping point"
        while name in columns:
            name += " (lower)"
        columns[name] = [row[2](point) for row in _ROWS]
    table = pl.DataFrame(columns)
    if not report.rest.points and report.rest.net_rate > 0:
        # Without a rest point and with a supply that grows there is nothing of which half would be gone.
        table = table.filter(pl.col(_FIRST) != _HALF_LIFE)
    if not report.scenario.structure.uses("staking"):
        table = table.filter(pl.col(_FIRST) != _label("staked"))
    said = pl.any_horizontal(pl.exclude(_FIRST).is_in(["–", "not known"]).not_())
    return table.filter(said)


def _label(word: str) -> str:
    return variables_by_word[word].label


_Today = Callable[[dict[str, float]], str]
_Point = Callable[[RestPoint], str]


def _not_today(_: object) -> str:
    return "–"


_ROWS: tuple[tuple[str, _Today, _Point], ...] = (
    (_label("price"), lambda t: usd(t["price"]), lambda p: usd(p.price)),
    (_label("revenue") + " a year", lambda t: usd(t["revenue"]), lambda p: usd(p.revenue)),
    (_label("capacity"), lambda t: _units(t["capacity"]), lambda p: _units(p.capacity)),
    (_label("quality"), lambda t: percent(t["quality"]), lambda p: percent(p.quality)),
    (
        _label("float_supply"),
        lambda t: quantity(t["float_supply"], "tokens"),
        lambda p: quantity(p.float_supply, "tokens"),
    ),
    (
        _label("staked"),
        lambda t: quantity(t.get("staked", 0.0), "tokens"),
        lambda p: quantity(p.staked, "tokens"),
    ),
    (
        "Quality feedback, stable below 1",
        _not_today,
        lambda p: f"{number(p.quality_feedback)}: {verdict(p.stable_by_criterion)}",
    ),
    (
        "Weekly spectral radius, stable below 1",
        _not_today,
        lambda p: f"{number(p.spectral_radius, 6)}: {verdict(p.stable_by_radius)}",
    ),
    (
        "Do both tests agree",
        _not_today,
        lambda p: "yes" if p.stable_by_criterion == p.stable_by_radius else "no, the weekly step decides",
    ),
    (
        _HALF_LIFE,
        lambda t: duration(t["half_life_years"]),
        lambda p: duration(p.half_life_years) if p.stable_by_criterion else "–",
    ),
    (
        "Half-life of the slowest motion",
        _not_today,
        lambda p: duration(p.step_map.slowest_half_life_years) if p.stable_by_radius else "grows",
    ),
    (
        "Payouts may fall by",
        _not_today,
        lambda p: percent(p.distance_to_tipping) if p.stable_by_criterion else "–",
    ),
)


def _units(capacity: float) -> str:
    return quantity(capacity, "unit" if capacity == 1 else "units")


def roles_table(report: RestReport) -> pl.DataFrame:
    """Every role at the stable point: what it earns, what its pay is worth and who leaves first."""
    point = report.point
    if point is None:
        return pl.DataFrame()
    margins, best = report.role_margins, report.best_split
    rows = []
    for role, at in point.by_role.items():
        row = {
            "Role": sentence_case(report.scenario.structure.called(role)),
            "Quality": percent(at.quality),
            "Payout, share of revenue": percent(at.payout_share),
            "Worth of one more point of payout": number(at.value_of_payout),
            "Pay may fall by": percent(margins[role]),
            "Exit a year, were the price to vanish": number(at.exit_index),
        }
        if at.high_quality_share is not None:
            row["High-quality units"] = percent(at.high_quality_share)
        if best is not None:
            key = "provider_emission_share" if report.scenario.structure.one_role else f"{role}.emission_share"
            row["Share of emission"] = percent(report.scenario.values[key])
            row["Best split of the same pay"] = percent(best[role])
        rows.append(row)
    return pl.DataFrame(rows)


# ---- elasticities -------------------------------------------------------------------------------------
def elasticity_bars(report: RestReport, outcome: str, *, medium: bool) -> pl.DataFrame:
    """One bar per quantity of the whole network: percent change of the outcome for one percent more of it."""
    rows = []
    for found in report.elasticities:
        values = found.medium_run if medium else found.long_run
        if values and "." not in found.name:
            value = values[outcome]
            value = 0.0 if abs(value) < 5e-4 else value
            text = f"{'+' if value > 0 else ''}{number(value)}%"
            rows.append((quantity_words(found.name, report.scenario.structure), value, text))
    return pl.DataFrame(rows, schema={"label": pl.String, "value": pl.Float64, "text": pl.String}, orient="row")


def elasticity_table(report: RestReport, *, medium: bool) -> pl.DataFrame:
    """Every outcome beside every quantity, in percent for one percent more."""
    rows = []
    for found in report.elasticities:
        values = found.medium_run if medium else found.long_run
        if values:
            row: dict[str, object] = {"1% more": quantity_words(found.name, report.scenario.structure)}
            rows.append(row | {_label(outcome): round(values[outcome], 4) + 0.0 for outcome in OUTCOMES})
    return pl.DataFrame(rows)


# ---- thresholds ---------------------------------------------------------------------------------------
def burn_curve_frames(report: RestReport) -> dict[str, pl.DataFrame] | None:
    """Rest price over burn shares with its marks; None where there is no such curve."""
    peak = report.burn_peak
    if peak is None or not np.any(np.isfinite(peak.prices)):
        return None
    main = pl.DataFrame({"share": peak.shares, "price": peak.prices}).filter(pl.col("price").is_finite())
    structure = report.scenario.structure
    now = report.scenario.values[structure.key("burn_share", stream=peak.stream)]
    marks = [(now, "Now")]
    close = (
        peak.peak_share is not None and peak.tipping_share is not None and peak.tipping_share - peak.peak_share < 0.1
    )
    if peak.peak_share is not None:
        marks.append((peak.peak_share, "" if close else "Peak"))
    if peak.tipping_share is not None:
        marks.append((peak.tipping_share, "Peak, then no rest" if close else "No rest"))
    reach = report.burn_reach
    if reach is not None and reach.setting < float(main["share"].max() or 0.0) * (1 - ALIKE):  # type: ignore[arg-type]
        marks.append((reach.setting, "Reached up to here"))
    rules = pl.DataFrame(marks, schema={"share": pl.Float64, "label": pl.String}, orient="row")
    return {"main": main, "marks": rules}


def payer_words(report: RestReport) -> str:
    """Who pays in the burn curve."""
    return PAYER_WORDS[report.payers[0]] if report.payers else ""


# ---- simulation and residuals -------------------------------------------------------------------------
def agreement_frames(report: RestReport, name: str) -> dict[str, pl.DataFrame]:
    """The simulated way and the rest level."""
    long = report.long_run
    main = pl.DataFrame({"date": long.dates, "value": long.values[name]}).filter(pl.col("value").is_finite())
    rest = pl.DataFrame(schema={"value": pl.Float64, "label": pl.String})
    if name in long.rest:
        rest = pl.DataFrame({"value": [long.rest[name]], "label": ["Rest"]})
    return {"main": main, "rest": rest}


def residual_table(report: RestReport) -> pl.DataFrame:
    """Both sides of every condition, their relative difference and whether it holds, in words."""
    return pl.DataFrame(
        [
            {
                "Equation": row.number,
                "Condition": row.name,
                "Left side": number(row.left, 6),
                "Right side": number(row.right, 6),
                "Unit": row.unit,
                "Relative difference": difference_words(row.relative),
                "Holds": "✓ yes" if row.holds else "✗ no",
            }
            for row in report.residuals
        ]
    )
