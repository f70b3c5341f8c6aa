"""Pictures of docs/explanation, drawn from the model: `python -m gallery.explanation`, part of `make docs`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl

from charts.curves import curves
from charts.pictures import Picture, as_svg
from charts.waterfall import waterfall
from model import equilibrium, load_network, project
from model.rest.merit_theory import rest_share, thresholds
from model.rest.point import RestPoint
from model.rest.roots import RestProblem
from model.version import VERSION
from model.words.text import quantity

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"


def _source(network: str) -> str:
    return f"{network} network, default assumptions, single path, model {VERSION}."


def _lines(**series: tuple[np.ndarray, np.ndarray]) -> pl.DataFrame:
    """Rows of a chart of curves: x, series and value."""
    frames = [pl.DataFrame({"x": x, "value": y}).with_columns(series=pl.lit(name)) for name, (x, y) in series.items()]
    return pl.concat(frames).select("x", "series", "value")


def _textbook_at_rest() -> tuple[RestProblem, RestPoint, RestPoint]:
    """The textbook's one equation, the rest point that lasts, and the tipping point."""
    resting, tipping = equilibrium("textbook").points
    return resting.problem, resting, tipping


def one_equation() -> Picture:
    """Revenue that the quality it pays for would bring, against revenue; rest is where it meets the diagonal."""
    problem, resting, tipping = _textbook_at_rest()
    revenue = np.geomspace(tipping.revenue / 4, resting.revenue * 3, 160)
    back = revenue * np.exp(-problem.gap(np.log(revenue)))
    marks = [(tipping.revenue, "tipping point"), (resting.revenue, "rest")]
    return Picture(
        title="One equation",
        spec=curves(
            "revenue that comes back, $ a year",
            (("scenario", "Comes back"), ("goal", "Goes in")),
            across="revenue, $ a year",
            log=True,
            rules=True,
            height=300,
        ),
        frames={
            "main": _lines(scenario=(revenue, back), goal=(revenue, revenue)),
            "rules": pl.DataFrame(marks, schema=["x", "label"], orient="row"),
        },
        sentence="Above the tipping point more revenue comes back than goes in, until a network rests; below it less.",
        source=_source("Textbook"),
    )


def stability() -> Picture:
    """Capacity after two small pushes from the tipping point."""
    _, resting, tipping = _textbook_at_rest()
    network = load_network("textbook")
    start = {key: value for key, value in tipping.state.items() if key in network.initial}
    paths = {}
    for role, push in (("scenario", 1.02), ("comparison", 0.98)):
        run = project(network, initial=start | {"capacity": push * tipping.capacity}, years=40)
        paths[role] = (run.times[::8], run.values("capacity")[0, ::8])
    return Picture(
        title="Stability",
        spec=curves(
            "units of capacity",
            (("scenario", "2% above"), ("comparison", "2% below")),
            across="years after the push",
            height=280,
        ),
        frames={"main": _lines(**paths)},
        sentence="Two networks that begin four percent apart, on either side of the tipping point, end at "
        f"{resting.capacity:.2f} units of capacity and at nothing.",
        source=_source("Textbook"),
    )


def merit() -> Picture:
    """Share of good work at rest against the weight of merit, at three contrasts."""
    weight = np.linspace(0, 0.99, 199)
    contrasts = {"scenario": 0.8, "comparison": 0.6, "baseline": 0.3}
    shares = {
        role: (weight, np.array([float(rest_share(one, contrast, 2.0)) for one in weight]))
        for role, contrast in contrasts.items()
    }
    best = thresholds(0.8, 2.0)
    return Picture(
        title="Pay for merit",
        spec=curves(
            "share of good work",
            tuple((role, f"contrast {contrast:g}") for role, contrast in contrasts.items()),
            across="part of pay that follows scores",
            fmt="percent",
            across_fmt="percent",
            height=280,
        ),
        frames={"main": _lines(**shares)},
        sentence="The better scores tell good work from bad, the less pay has to follow them; below a contrast of "
        f"{best.needed_contrast:.2f} no weight helps.",
        source=f"good work costs twice as much; closed form, model {VERSION}.",
    )


GROUPS = {
    "role_gain": "Providers",
    "user_gain": "Users",
    "treasury_gain": "Treasury",
    "staker_gain": "Stakers",
    "passive_gain": "Passive holders",
}
SOURCES = {"real_surplus": "of which real surplus", "market_cap_change": "of which market value"}


def ledger() -> Picture:
    """Gains by group, one after the other, and the two things that they add up to."""
    run = project("payment", changes={"burn_share": 0.4}, funded_by="providers", years=10)
    lengths = np.diff(run.times)
    rows, at = [], 0.0
    for name, label in {**GROUPS, **SOURCES}.items():
        baseline, scenario = (run.values(name)[:, :-1] * lengths).sum(axis=1)
        gained = float(scenario - baseline)
        if name == "real_surplus":
            rows.append(("Together", at, at, "baseline", quantity(at, "$")))
            at = 0.0
        text = ("+" if gained > 0 else "") + quantity(gained, "$")
        rows.append((label, at, at + gained, "gain" if gained > 0 else "loss", text))
        at += gained
    frame = pl.DataFrame(rows, schema=["label", "start", "end", "role", "text"], orient="row")
    frame = frame.with_columns(low=pl.min_horizontal("start", "end"))
    return Picture(
        title="A ledger that closes",
        spec=waterfall("$ in ten years, scenario less baseline", rows=len(rows)),
        frames={"main": frame},
        sentence="What groups gain and lose adds up to what work is worth beyond its cost and what the market pays.",
        source=_source("Payment").replace("default", "burn share 40% paid by providers, default"),
    )


PICTURES: dict[str, Callable[[], Picture]] = {
    "one-equation": one_equation,
    "stability": stability,
    "merit": merit,
    "ledger": ledger,
}
"""By the name of the file in docs/images."""


def main() -> None:
    """Draw every picture anew."""
    for name, drawn in PICTURES.items():
        (FOLDER / f"{name}.svg").write_text(as_svg(drawn()) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
