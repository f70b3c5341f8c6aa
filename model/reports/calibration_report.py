"""How each real network was calibrated and what its outcome hangs on: writes docs/calibration.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from model.errors import BallastError
from model.parameters import Source
from model.presets.calibration import calibrate
from model.presets.files import load_network, network_names, network_vintages
from model.presets.network import Figure, Network
from model.presets.usual_range import usual_range
from model.projection import project

FILE = Path(__file__).resolve().parents[2] / "docs" / "calibration.md"

YEARS = 5
"""Horizon at which outcomes are compared."""

WEEKS = 8
"""Length of the drift."""

_SHARES_OF_A_SUM = frozenset({"burn_share", "fee_share", "staker_fee_share", "treasury_fee_share", "emission_share",
                              "staker_emission_share", "treasury_emission_share", "user_emission_share"})  # fmt: skip
"""They sum to one with others, so none of them can be varied alone."""

_INSIDE_ONE = frozenset({"quality", "utilisation", "revenue_linked_share"})

_NOT_VARIED = frozenset(
    {
        "reference_service_price",
        "reference_unit_cost",
        "pricing_reference",
        "holdings_reference_price",
        "reference_demand",
        "unrealised_to_treasury",
        "schedule_age",
        "emission_table",
    }
)
"""Units, references and facts of a schedule."""

_BY_THE_MODEL = Source(title="Default of the model")


@dataclass(frozen=True)
class Drift:
    """What happens in the first eight weeks with trends of demand and cost switched off.

    Attributes
    ----------
    price, capacity
        Per year.
    staking_ratio
        Change within the eight weeks; None without stake.
    frozen
        Whether a halving that falls into the weeks was moved away.
    """

    price: float
    capacity: float
    staking_ratio: float | None
    frozen: bool


@dataclass(frozen=True)
class Influence:
    """How far one assumed figure moves price and capacity after five years.

    Attributes
    ----------
    key, label
        Which figure.
    value
        What the vintage takes.
    low, high
        Between which it was varied.
    price, capacity
        Indices after five years (start = 1) at low and at high; 0 for a world that stopped.
    """

    key: str
    label: str
    value: float
    low: float
    high: float
    price: tuple[float, float]
    capacity: tuple[float, float]
    base: tuple[float, float]

    @property
    def size(self) -> float:
        """Largest change of either index against the vintage, as a ratio above one; less than halved counts as much."""
        moved = zip((*self.price, *self.capacity), (self.base[0],) * 2 + (self.base[1],) * 2, strict=True)
        return max(max(a, b) / max(min(a, b), 1e-3) for a, b in moved)


def real_networks() -> tuple[str, ...]:
    """Names of the real networks."""
    return tuple(name for name in network_names() if load_network(name).kind == "real")


# ---- drift --------------------------------------------------------------------------------------------------
def drift(network: Network) -> Drift:
    """Measure rest at the start (section 11)."""
    linked = next(f.value for f in network.figures if f.key == "revenue_linked_share")
    still = {key: 0.0 for key in network.parameters if key.rpartition(".")[2] in ("demand_growth", "cost_trend")}
    still["holdings_growth"] = network.report["circulating_growth"] / (1 - linked)
    frozen = _halving_near(network)
    changes = {"maximum_supply": 2 * network.values["maximum_supply"]} if frozen else {}
    run = project(network, changes=changes, assumptions=still, years=(WEEKS + 1) * network.step_length)
    world = 1

    def a_year(name: str) -> float:
        path = run.values(name)[world]
        return float((path[WEEKS] / path[0]) ** (1 / run.times[WEEKS]) - 1)

    ratio = None
    if network.structure.uses("staking"):
        path = run.values("staking_ratio")[world]
        ratio = float(path[WEEKS] - path[0])
    return Drift(a_year("price"), a_year("capacity"), ratio, frozen)


def _halving_near(network: Network) -> bool:
    """Whether issuance reaches its next threshold within the weeks of the drift."""
    if network.structure.emission != "supply-halving":
        return False
    cap, issued = network.values["maximum_supply"], network.initial["issued"]
    at_start, later = (
        sum(total >= cap * (1 - 0.5**order) for order in range(1, 15))
        for total in (issued, issued + network.values["emission_rate"] * (WEEKS + 1) * network.step_length)
    )
    return bool(later > at_start)


# ---- influence ----------------------------------------------------------------------------------------------
def with_figure(network: Network, key: str, part: str, value: float) -> Network:
    """The network calibrated anew with one figure changed or added."""
    known = any(f.key == key and f.part == part for f in network.figures)
    figures = tuple(
        replace(f, value=value) if f.key == key and f.part == part else f for f in network.figures
    )  # fmt: skip
    if not known:
        added = Figure(key=key, part=part, value=value, source=_BY_THE_MODEL, date="", grade="assumed")
        figures = (*network.figures, added)
    bare = replace(network, figures=figures, values={}, initial={}, derived={}, report={})
    return calibrate(bare, where=network.identity)


def outcome(network: Network) -> tuple[float, float]:
    """Price and capacity index after five years; zeros where the world stopped."""
    run = project(network, years=YEARS)
    found = []
    for name in ("price", "capacity"):
        path = run.values(name)[0]
        found.append(float(path[-1] / path[0]) if np.isfinite(path[-1]) else 0.0)
    return found[0], found[1]


Arm = tuple[str, str, str, float, float, float]


def _arms(network: Network) -> Iterator[Arm]:
    """Part, key, label, value, low and high of every figure that is a judgement."""
    for figure in network.figures:
        if figure.part == "observed" and figure.grade == "assumed" and figure.value == 0 and figure.alternatives:
            most = max(a.value for a in figure.alternatives)
            yield "observed", figure.key, figure.key.replace("_", " "), 0.0, 0.0, most
        if figure.part == "observed" and figure.grade == "assumed" and figure.value > 0:
            low, high = 0.5 * figure.value, 2 * figure.value
            if figure.key.split(".")[0] == "quality":
                high, low = 1 - 0.5 * (1 - figure.value), 1 - 2 * (1 - figure.value)
            elif figure.key.split(".")[0] in _INSIDE_ONE:
                high = min(high, 0.95)
            yield "observed", figure.key, figure.key.replace("_", " "), figure.value, low, high
    given = {f.key: f for f in network.figures if f.part == "parameter"}
    for key, concrete in network.parameters.items():
        word, figure_given = concrete.declared.word, given.get(key)
        if word in _SHARES_OF_A_SUM or word in _NOT_VARIED:
            continue
        judged = figure_given is not None and figure_given.grade == "assumed"
        default = figure_given is None and key not in network.derived and concrete.declared.kind == "assumption"
        if not (judged or default or key == "holdings_growth"):
            # A derived figure with alternatives is varied between them.
            if figure_given is None or figure_given.grade != "derived" or not figure_given.alternatives:
                continue
            values = [figure_given.value, *(a.value for a in figure_given.alternatives)]
            yield "parameter", key, concrete.label, figure_given.value, min(values), max(values)
            continue
        value, usual = network.values[key], usual_range(network, concrete)
        low = min(max(usual.low, concrete.declared.minimum), value)
        high = max(min(usual.high, concrete.declared.maximum), value)
        yield "parameter", key, concrete.label, value, low, high


@lru_cache(maxsize=32)
def judgements(identity: str) -> tuple[Arm, ...]:
    """Every judgement of a vintage and between which values it is varied."""
    return tuple(_arms(load_network(identity)))


@lru_cache(maxsize=32)
def _unvaried(identity: str) -> tuple[float, float]:
    return outcome(load_network(identity))


@lru_cache(maxsize=1024)
def influence(identity: str, arm: Arm) -> Influence | None:
    """How far one judgement moves the outcome; None where no network can have one of its ends."""
    network, base = load_network(identity), _unvaried(identity)
    part, key, label, value, low, high = arm
    ends = [_outcome_with(network, key, part, end) if end != value else base for end in (low, high)]
    if None in ends:
        return None
    (price_low, capacity_low), (price_high, capacity_high) = (end or base for end in ends)
    return Influence(key, label, value, low, high, (price_low, price_high), (capacity_low, capacity_high), base)


def ranked(found: Iterable[Influence | None]) -> tuple[Influence, ...]:
    """What could be measured, the largest influence first."""
    return tuple(sorted((i for i in found if i is not None), key=lambda i: -i.size))


def influences(identity: str) -> tuple[Influence, ...]:
    """Every judgement of a vintage, by how far it moves the outcome; the largest first."""
    return ranked(influence(identity, arm) for arm in judgements(identity))


def _outcome_with(network: Network, key: str, part: str, value: float) -> tuple[float, float] | None:
    """The outcome with one figure changed; None where no network can have it."""
    try:
        return outcome(with_figure(network, key, part, value))
    except BallastError:
        return None


# ---- what was observed, derived and assumed ------------------------------------------------------------------
GRADES = ("primary", "secondary", "derived", "assumed", "invented")


def observed_figures(network: Network) -> tuple[Figure, ...]:
    """Figures that calibration starts from and that somebody has published."""
    return tuple(f for f in network.figures if f.part == "observed" and not _is_judged(f))


def set_figures(network: Network) -> tuple[Figure, ...]:
    """Settings that somebody has published or decided: they enter as they are."""
    return tuple(f for f in network.figures if f.part == "parameter" and not _is_judged(f))


def assumed_figures(network: Network) -> tuple[Figure, ...]:
    """Figures that enter and that nobody has published."""
    return tuple(f for f in network.figures if f.part != "context" and _is_judged(f))


def context_figures(network: Network) -> tuple[Figure, ...]:
    """Figures that are shown beside, and that the model does not read."""
    return tuple(f for f in network.figures if f.part == "context")


def _is_judged(figure: Figure) -> bool:
    return figure.grade in ("assumed", "invented")


def evidence_sentence(network: Network) -> str:
    """How many figures of each grade a preset has, and how many settings calibration derived from them."""
    grades = [f.grade for f in network.figures]
    counted = ", ".join(f"{grades.count(grade)} {grade}" for grade in GRADES if grade in grades)
    return f"{len(grades)} figures: {counted}; {len(network.derived)} parameters derived by calibration."


# ---- document -----------------------------------------------------------------------------------------------
_HEAD = f"""# Calibration of the real networks

Written by `make docs` from `model/reports/calibration_report.py`; do not edit by hand.

Each vintage starts from observed figures; parameters that nobody publishes are derived from them, so that price,
capacity and stake start at rest; the rest is assumed. Drift is measured over {WEEKS} weeks with the trends of demand
and cost switched off and holdings growing as circulating supply does. A schedule that steps within these weeks moves
every network; a halving is moved away for the measurement, and it is said.

What matters most is measured: each assumed figure is set to both ends of its usual range (observed ones to one half
and double, what quality lacks likewise; derived ones to what other sources say), the network is calibrated anew, and
price and capacity after {YEARS} years are compared. Shares that sum to one with others are not varied alone.
"""


def _number(value: float) -> str:
    return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"


def _percent(value: float, digits: int = 3) -> str:
    shown = round(100 * value, digits)
    return f"{shown:+.{digits}f}%".replace("-", "−") if shown else "0%"


def drift_sentence(moved: Drift) -> str:
    """The drift at rest in words."""
    stake = "" if moved.staking_ratio is None else f", staking ratio {100 * moved.staking_ratio:+.3f} percentage points"
    frozen = " The next halving falls into these weeks and was moved away." if moved.frozen else ""
    return (
        f"Drift over the first {WEEKS} weeks, trends switched off: price {_percent(moved.price)} a year, "
        f"capacity {_percent(moved.capacity)} a year{stake.replace('-', '−')}.{frozen}"
    )


def _vintage(identity: str) -> Iterator[str]:
    network = load_network(identity)
    yield from (f"### {identity}, from {network.as_of}", "")
    yield evidence_sentence(network)
    yield drift_sentence(drift(network))
    yield ""


def _newest(name: str) -> Iterator[str]:
    network = load_network(name)
    yield from (
        "#### Observed",
        "",
        "| Figure | Value | Of | Grade | Source | Other sources |",
        "|---|--:|---|---|---|---|",
    )
    for f in observed_figures(network):
        others = "; ".join(f"{_number(a.value)} ({a.grade})" for a in f.alternatives)
        yield f"| {f.key} | {_number(f.value)} | {f.date} | {f.grade} | {f.source.title} | {others} |"
    yield from ("", "#### Derived", "", "| Parameter | Value | Rule |", "|---|--:|---|")
    for key, rule in network.derived.items():
        yield f"| {key} | {_number(network.values[key])} | {rule} |"
    yield from ("", "#### Assumed", "", "| Figure | Value | Definition |", "|---|--:|---|")
    for f in assumed_figures(network):
        yield f"| {f.key} | {_number(f.value)} | {f.definition} |"
    found = influences(network.identity)
    yield from ("", "#### What matters most", "")
    yield f"Without a change, after {YEARS} years: price {found[0].base[0]:.2f}, capacity {found[0].base[1]:.2f}."
    yield from ("", "| Figure | Value | Varied | Price | Capacity |", "|---|--:|---|---|---|")
    for i in found[:6]:
        yield (
            f"| {i.key} | {_number(i.value)} | {_number(i.low)} to {_number(i.high)} "
            f"| {i.price[0]:.2f} to {i.price[1]:.2f} | {i.capacity[0]:.2f} to {i.capacity[1]:.2f} |"
        )
    yield ""
    for call in network.judgement_calls:
        yield f"- {call}"
    yield ""


def document() -> str:
    """The document, network by network, newest vintage first."""
    lines = [_HEAD]
    for name in real_networks():
        lines += [f"## {load_network(name).title}", ""]
        for vintage in network_vintages(name):
            lines += _vintage(f"{name}@{vintage}")
            if vintage == network_vintages(name)[0]:
                lines += _newest(name)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
