"""Past vintages stepped to today against published figures; writes docs/backcasts.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np

from model.engine.results import Run
from model.engine.worlds import Floats
from model.networks import fetch
from model.presets.files import load_network
from model.presets.network import Network
from model.projection import project
from model.supply_events import SupplyEvent

FILE = Path(__file__).resolve().parents[2] / "docs" / "backcasts.md"

Sample = Literal["in-sample", "partly in-sample", "out-of-sample"]
"""Whether the published figure, or one that contains it, went into the vintage."""

RNP_013 = (15_000 * 365.25 / 7 / 12 + 25_000) / 760_567
"""Share of a month's emission for nodes since 5 June 2024: 15,000 RENDER a week for jobs, 25,000 a month to wait."""


@dataclass(frozen=True)
class Backcast:
    """One figure of the past, as published and as the model steps to it.

    Attributes
    ----------
    vintage
        Preset from which the model starts.
    what, unit
        What is compared.
    since, until
        First and last day of a flow; for a stock both are the day it was read.
    published, modelled
        The two numbers.
    sample
        Whether the vintage had seen the figure.
    grade, source
        Evidence of the published figure.
    run
        What was changed against the vintage's baseline; empty for the baseline itself.
    remark
        Why it differs, where that is known.
    """

    vintage: str
    what: str
    unit: str
    since: dt.date
    until: dt.date
    published: float
    modelled: float
    sample: Sample
    grade: str
    source: str
    run: str = ""
    remark: str = ""

    @property
    def error(self) -> float:
        """Modelled over published, minus one."""
        return self.modelled / self.published - 1

    @property
    def when(self) -> str:
        """Day of a stock, or first and last day of a flow."""
        return self.until.isoformat() if self.since == self.until else f"{self.since} to {self.until}"

    @property
    def error_words(self) -> str:
        """The error with its sign, in percent with two decimals."""
        return f"{100 * self.error:+.2f}%".replace("-", "−")


# ---- reading a run --------------------------------------------------------------------------------------------------
def at(run: Run, name: str, day: dt.date, world: int = 0) -> float:
    """A stock on a day; rates hold within a step, so the line between two steps is exact."""
    years = (day - run.start).days / 365.25
    return float(np.interp(years, run.times, run.values(name)[world]))


def between(run: Run, names: Mapping[str, float], since: dt.date, until: dt.date, world: int = 0) -> float:
    """A weighted sum of yearly rates, added up from the first day to the last."""
    rate = np.sum([weight * run.values(name)[world] for name, weight in names.items()], axis=0)
    return added_up(run, rate, since, until)


def added_up(run: Run, rate: Floats, since: dt.date, until: dt.date) -> float:
    """A yearly rate by step, added up from the first day to the last."""
    total = np.concatenate([[0.0], np.cumsum(rate[:-1] * np.diff(run.times))])
    first, last = ((day - run.start).days / 365.25 for day in (since, until))
    return float(np.interp(last, run.times, total) - np.interp(first, run.times, total))


def _context(network: Network, key: str) -> tuple[float, str, str]:
    """A published figure of a vintage with its grade and source."""
    figure = next(f for f in network.figures if f.part == "context" and f.key == key)
    return figure.value, figure.grade, figure.source.title


Days = tuple[dt.date, dt.date]
"""First and last day; the same day twice for a stock."""


def _against(
    network: Network,
    published: str | tuple[float, str, str],
    what: tuple[str, str],
    days: Days,
    modelled: float,
    sample: Sample,
    remark: str = "",
    run: str = "",
) -> Backcast:
    """One row: a published figure (its key, or value, grade and source) against what the model has."""
    value, grade, source = _context(network, published) if isinstance(published, str) else published
    return Backcast(network.identity, *what, *days, value, modelled, sample, grade, source, run, remark)


# ---- the four networks ----------------------------------------------------------------------------------------------
def _bittensor() -> list[Backcast]:
    network = load_network("bittensor@2025-11")
    july, august = dt.date(2026, 7, 8), dt.date(2026, 8, 10)
    told: tuple[tuple[str, dt.date, Sample, str], ...] = (
        ("issuance_2026_07", july, "in-sample", "The recycled share was read off this figure."),
        (
            "issuance_2026_08",
            august,
            "partly in-sample",
            "The recycled share was read off July; in these 33 days hardly anything was recycled.",
        ),
    )
    run = project(network, years=1)
    unread = project(network, assumptions={"issuance_realised_share": 1.0}, years=1)
    remark_unread = "The chain recycled about 680 TAO a day until July 2026, which nobody could know in 2025."
    issued = ("issued", "TAO")
    return [
        *(
            _against(network, key, issued, (day, day), at(run, "issued", day), sample, remark)
            for key, day, sample, remark in told
        ),
        *(
            _against(
                network, key, issued, (day, day), at(unread, "issued", day), "out-of-sample", remark_unread,
                "nothing recycled",
            )
            for key, day, _, _ in told
        ),
    ]  # fmt: skip


_TO_NODES = {"emission": 1.0, "treasury_emission": -1.0, "user_emission": -1.0}
"""What is minted less what goes to the foundation and to users."""

_RENDER_SPANS: Mapping[str, Days] = {
    "2024": (dt.date(2023, 12, 27), dt.date(2024, 12, 25)),
    "2025": (dt.date(2024, 12, 25), dt.date(2025, 10, 29)),
}


def _render() -> list[Backcast]:
    network = load_network("render@2023-12")
    run = project(network, changes={"provider_emission_share": RNP_013}, start=dt.date(2024, 6, 5), years=2.1)
    found = [row for year, days in _RENDER_SPANS.items() for row in _render_year(network, run, year, days)]
    days = _RENDER_SPANS["2024"]
    to_nodes = between(run, _TO_NODES, *days, world=1)
    minted = ("minted to nodes", "RENDER")
    found.append(
        _against(
            network, "minted_to_nodes_2024", minted, days, to_nodes, "out-of-sample", run="RNP-013 from 5 June 2024"
        )
    )
    for calendar_year, bme_year, published in (
        (2024, 1, (9_126_804.0, "primary", "Render RNP-006")),
        (2025, 2, (5_637_150.0, "secondary", "press figure, found in no primary document")),
    ):
        days = dt.date(calendar_year, 1, 1), dt.date(calendar_year + 1, 1, 1)
        remark = (
            f"The table gives {network.values[f'emission_table.{bme_year}']:,.0f} for its year from 20 December; the "
            "calendar year holds eleven days of the next."
        )
        modelled = between(run, {"nominal_emission": 1.0}, *days)
        found.append(_against(network, published, ("emitted", "RENDER"), days, modelled, "in-sample", remark))
    return found


def _render_year(network: Network, run: Run, year: str, days: Days) -> Iterator[Backcast]:
    """Dollars burned, tokens burned and tokens minted to nodes in one span."""
    dollars = added_up(run, run.values("burn")[0] * run.values("price")[0], *days)
    yield _against(
        network, f"burned_{year}_usd", ("burned", "USD"), days, dollars, "partly in-sample",
        "Use grew far faster than the frames of 2022 had.",
    )  # fmt: skip
    yield _against(
        network, f"burned_{year}", ("burned", "RENDER"), days, between(run, {"burn": 1.0}, *days), "partly in-sample",
        "The price was above that of December 2023 in 2024 and below it in 2025.",
    )  # fmt: skip
    yield _against(
        network, f"minted_to_nodes_{year}", ("minted to nodes", "RENDER"), days, between(run, _TO_NODES, *days),
        "out-of-sample", "RNP-013 cut node pay from June 2024, and part of the budget of 2025 was not paid out.",
    )  # fmt: skip


_ICP_CUT = "voting rewards x 0.6329 from 23 April 2026"


def _internet_computer() -> list[Backcast]:
    network = load_network("internet-computer@2026-02")
    day, ninety = dt.date(2026, 5, 27), dt.date(2026, 2, 26)
    cut = {key: 0.6329 * network.values[key] for key in ("inflation_rate", "inflation_premium")}
    run = project(network, changes=cut, start=dt.date(2026, 4, 23), years=0.4)
    primary = 550_775_607 / (network.initial["float_supply"] + network.initial["staked"])
    higher = {name: primary * network.initial[name] for name in ("float_supply", "staked")}
    other = project(network, initial=higher, changes=cut, start=dt.date(2026, 4, 23), years=0.4)
    monitor = _context(network, "supply_2026_05")[2]
    supply, on, span = ("supply", "ICP"), (day, day), (ninety, day)
    minted, burned = between(run, {"emission": 1.0}, *span, 1), between(run, {"burn": 1.0}, *span)
    return [
        *(
            _against(
                network, "supply_2026_05", supply, on, at(run, "supply", day, world), "in-sample",
                "The supply of the vintage lies on the line from May 2024 to this figure.", words,
            )
            for world, words in ((0, ""), (1, _ICP_CUT))
        ),
        _against(
            network, "supply_2026_05", supply, on, at(other, "supply", day, 1), "out-of-sample",
            "The primary figure is of some day between January and April; in April it lies on the line.",
            f"from 550,775,607 ICP in February; {_ICP_CUT}",
        ),
        _against(
            network, (5.16e6, "secondary", monitor), ("minted", "ICP"), span, minted, "in-sample",
            "Node pay was read off this figure.", _ICP_CUT,
        ),
        _against(
            network, (0.223e6, "secondary", monitor), ("burned", "ICP"), span, burned, "out-of-sample",
            "Cycles burned 0.05 XDR a second in January and 0.0573 in May.",
        ),
    ]  # fmt: skip


def _fetch() -> list[Backcast]:
    network = load_network("fetch@2024-04")
    events = tuple(SupplyEvent(e.on, "mint_treasury", e.minted, e.title) for e in fetch.SUPPLY_EVENTS)
    first, second = fetch.SUPPLY_EVENTS[:2]
    totals: Mapping[dt.date, tuple[float, str, str]] = {
        dt.date(2024, 5, 31): (first.total_after, "primary", "Fetch.ai blog, 2024-05-03"),
        dt.date(2024, 11, 30): (second.total_after, "primary", "proposal 33 and upgrade v0.14.0"),
        dt.date(2025, 10, 15): (2_370_780_389 / 0.8718, "derived", "market pages, circulating over its share of all"),
    }
    plans: tuple[tuple[str, float, Sample, str], ...] = (
        (
            "mergers as events",
            1.0,
            "out-of-sample",
            "What is reported does not contain block rewards, or they are counted elsewhere.",
        ),
        (
            "mergers as events, no block rewards",
            0.0,
            "in-sample",
            "The events are the published mints; only their sum is checked.",
        ),
    )
    found = []
    for words, scale, sample, remark in plans:
        run = project(network, events=events, changes={"emission_scale": scale}, years=1.6)
        found += [
            _against(
                network, published, ("supply", "FET"), (day, day), at(run, "supply", day, 1), sample, remark, words
            )
            for day, published in totals.items()
        ]  # fmt: skip
    launch = 1_055_156_116.0
    found.append(
        Backcast(
            "chain rule", "supply three years after launch", "FET", dt.date(2021, 3, 31), dt.date(2024, 3, 31),
            1_152_997_575, float(fetch.compounded(launch, 3)), "in-sample", "primary", "Fetch.ai blog, 2024-05-03",
            "3% a year on 1,055,156,116 FET", "The rate was chosen in 2021 to close this gap.",
        )
    )  # fmt: skip
    return found


_OF_NETWORK: Mapping[str, Callable[[], list[Backcast]]] = {
    "bittensor": _bittensor,
    "render": _render,
    "internet-computer": _internet_computer,
    "fetch": _fetch,
}


@lru_cache(maxsize=8)
def backcasts_of(network: str) -> tuple[Backcast, ...]:
    """Back-casts from the past vintages of one network; none where it has no past."""
    return tuple(_OF_NETWORK[network]()) if network in _OF_NETWORK else ()


def backcasts() -> tuple[Backcast, ...]:
    """Every back-cast, network by network."""
    return tuple(row for network in _OF_NETWORK for row in backcasts_of(network))


# ---- document -------------------------------------------------------------------------------------------------------
_HEAD = """# Back-casts

Written by `make docs` from `model/reports/backcast.py`; do not edit by hand.

A past vintage is stepped to days for which figures were published. *In-sample*: the figure went into the vintage, so
agreement says little. *Partly*: it did in part, or a later figure set the level. *Out-of-sample*: the vintage had not
seen it. Errors are modelled over published, minus one. Prices are not compared: the model holds the price near rest
and does not forecast it.
"""

_TITLES = {
    "bittensor@2025-11": "Bittensor from November 2025",
    "render@2023-12": "Render from December 2023",
    "internet-computer@2026-02": "Internet Computer from February 2026",
    "fetch@2024-04": "Fetch.ai from April 2024",
    "chain rule": "Fetch.ai, chain rule alone",
}


def document() -> str:
    """The document, one table per vintage."""
    lines = [_HEAD]
    for vintage, title in _TITLES.items():
        lines += [
            f"## {title}",
            "",
            "| What | When | Run | Published | Modelled | Error | Sample | Source | Remark |",
            "|---|---|---|--:|--:|--:|---|---|---|",
        ]
        lines += [_row(row) for row in backcasts() if row.vintage == vintage]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _row(row: Backcast) -> str:
    return (
        f"| {row.what}, {row.unit} | {row.when} | {row.run or 'baseline'} | {row.published:,.0f} | {row.modelled:,.0f} "
        f"| {row.error_words} | {row.sample} | {row.source} ({row.grade}) | {row.remark} |"
    )


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
