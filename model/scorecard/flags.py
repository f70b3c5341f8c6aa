"""Red flags, each with its limit and how common it is in the market; a flag that cannot be told is unknown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from model.parameters import Source
from model.scorecard.quantity import Evidence, Quantity, value_words
from model.scorecard.subject import Subject
from model.scorecard.thresholds import TOLERANCE, Thresholds

State = Literal["raised", "not raised", "unknown"]

NEAR = 0.10
"""A value is near its limit within this part of it."""


@dataclass(frozen=True)
class BaseRate:
    """How common something is, with its source; without a source no count was found."""

    words: str
    source: Source | None = None
    grade: str = ""


NO_COUNT = BaseRate("No count found.")

_BENCHMARK = Source(
    title="Gordadze, Allocation Benchmarks in Tokenomics, after Liquifi's benchmarks",
    link="https://www.liquifi.finance/post/token-vesting-and-allocation-benchmarks",
    date="2024-03-02",
)
_CLIFFS = Source(
    title="Stephanian, survey of vesting schedules, as quoted by Chainforce",
    link="https://chainforce.tech/learn-tokenomics/how-to-choose-the-optimal-token-vesting-schedule-for-your-venture",
    date="2022",
)
_POWER = Source(
    title="Feichtinger and others, governance of 21 DAOs",
    link="https://arxiv.org/abs/2302.12125",
    date="2023-02",
)

BASE_RATES: Mapping[str, BaseRate] = {
    "team_share": BaseRate(
        "About half of all tokens lie near this line: about 20% for the core team is customary.",
        _BENCHMARK,
        "secondary",
    ),
    "cliff": BaseRate("The mean cliff of 2022 was below one year, so many tokens raise it.", _CLIFFS, "secondary"),
    "dictator": BaseRate(
        "In 17 of 21 DAOs fewer than ten voters held more than half of the votes; one alone is rarer.",
        _POWER,
        "secondary",
    ),
}


@dataclass(frozen=True)
class Flag:
    """One flag of one world.

    Attributes
    ----------
    told
        The value against the limit in words, or why it is unknown.
    near
        Whether the value lies so close to the limit that a small error would turn it.
    """

    key: str
    title: str
    state: State
    told: str
    evidence: Evidence
    base_rate: BaseRate
    near: bool = False

    @property
    def why(self) -> tuple[str, ...]:
        """The value against the limit, and where that is close, that it is: one sentence each."""
        told = self.told.rstrip(".") + "."
        return (told, "Close to the limit: a small error would turn it.") if self.near else (told,)


Values = Mapping[str, Quantity]
Rule = Callable[[Subject, Values, Thresholds], Flag | None]

TITLES: Mapping[str, str] = {
    "team_share": "Large share for the team",
    "cliff": "Short cliff",
    "no_link": "No link from use to demand",
    "redirected": "Emission redirected to affiliates",
    "widening": "Emission minus revenue, in dollars, grows",
    "idle": "Idle capacity while emission rises",
    "dictator": "One holder decides alone",
    "no_audit": "No audit",
}
"""Every flag in the order of the page."""


def flags_of(subject: Subject, quantities: Values, thresholds: Thresholds) -> tuple[Flag, ...]:
    """Every flag that applies, in the order of the page."""
    found = (rule(subject, quantities, thresholds) for rule in _RULES)
    return tuple(flag for flag in found if flag is not None)


def _flag(key: str, state: State, told: str, evidence: Evidence, near: bool = False) -> Flag:
    return Flag(key, TITLES[key], state, told, evidence, BASE_RATES.get(key, NO_COUNT), near)


def _unknown(key: str, why: str) -> Flag:
    return _flag(key, "unknown", why, "missing")


def _against(key: str, quantity: Quantity | None, limit: float, *, above: bool) -> Flag | None:
    """Raised strictly above, or strictly below, a limit; left out where the quantity does not apply."""
    if quantity is None:
        return None
    if quantity.value is None:
        return _unknown(key, quantity.note or "Not found")
    exactly = math.isclose(quantity.value, limit, rel_tol=TOLERANCE)
    raised = not exactly and (quantity.value > limit if above else quantity.value < limit)
    bound = "above" if above else "below"
    told = f"{quantity.label}: {quantity.words}; raised {bound} {value_words(limit, quantity.unit)}"
    return _flag(key, "raised" if raised else "not raised", told, quantity.evidence, _is_near(quantity.value, limit))


def _is_near(value: float, limit: float) -> bool:
    """One rule for every limit: within a tenth of it, the tenth itself included."""
    return abs(value - limit) <= NEAR * abs(limit) * (1 + TOLERANCE)


def _team(subject: Subject, values: Values, thresholds: Thresholds) -> Flag | None:  # noqa: ARG001
    return _against("team_share", values.get("team_share"), thresholds.limit("team_share"), above=True)


def _cliff(subject: Subject, values: Values, thresholds: Thresholds) -> Flag | None:  # noqa: ARG001
    return _against("cliff", values.get("cliff"), thresholds.limit("cliff"), above=False)


def _no_link(subject: Subject, values: Values, thresholds: Thresholds) -> Flag | None:  # noqa: ARG001
    return _against("no_link", values.get("elasticity"), thresholds.limit("no_link"), above=False)


def _redirected(subject: Subject, values: Values, thresholds: Thresholds) -> Flag | None:  # noqa: ARG001
    """Only a proposal can redirect; without a declared list of affiliates nobody can tell."""
    if not subject.proposed or not subject.world:
        return None
    if subject.capture is None:
        return _unknown("redirected", "Nobody has declared who is affiliated with the proposer")
    limit = thresholds.limit("redirected")
    told = (
        f"Affiliates would receive {value_words(subject.capture, 'share')} of what is newly given; raised above "
        f"{value_words(limit, 'share')}"
    )
    return _flag("redirected", "raised" if subject.capture > limit else "not raised", told, "declared")


def _widening(subject: Subject, values: Values, thresholds: Thresholds) -> Flag | None:
    quantity = values.get("gap_widens")
    if quantity is not None and quantity.value is not None and subject.gap.futures < 2:
        told = f"{quantity.label}: {quantity.words}; raised where it does. One path says nothing about chances"
        return _flag("widening", "raised" if quantity.value else "not raised", told, quantity.evidence)
    return _against("widening", quantity, thresholds.limit("widening"), above=True)


def _idle(subject: Subject, values: Values, thresholds: Thresholds) -> Flag | None:
    quantity, growth = values.get("utilisation"), subject.year.emission_growth
    if quantity is None or quantity.value is None:
        return _unknown("idle", "Utilisation was not found")
    limit = thresholds.limit("idle")
    below = quantity.value < limit and not math.isclose(quantity.value, limit, rel_tol=TOLERANCE)
    raised = below and growth > 1e-9
    moves = "rises" if growth > 1e-9 else "falls" if growth < -1e-9 else "stands still"
    told = (
        f"Utilisation: {quantity.words}, emission {moves} within the year; raised below {value_words(limit, 'share')} "
    )
    near = _is_near(quantity.value, limit)
    turns = growth > 1e-9  # without rising emission no error of utilisation alone raises it
    kept = ". Utilisation is close to the limit, but emission does not rise" if near and not turns else ""
    return _flag(
        "idle", "raised" if raised else "not raised", f"{told}while emission rises{kept}", quantity.evidence,
        near and turns,
    )  # fmt: skip


def _dictator(subject: Subject, values: Values, thresholds: Thresholds) -> Flag | None:  # noqa: ARG001
    quantity = values.get("nakamoto")
    if quantity is None or quantity.value is None:
        return _unknown("dictator", "No list of holders with source and date was found")
    told = f"{quantity.label}: {quantity.words}; raised at 1"
    return _flag("dictator", "raised" if quantity.value <= 1 else "not raised", told, quantity.evidence)


def _no_audit(subject: Subject, values: Values, thresholds: Thresholds) -> Flag | None:  # noqa: ARG001
    quantity = values.get("audit_status")
    if quantity is None or quantity.value is None:
        return _unknown("no_audit", quantity.note if quantity else "Not found")
    told = {0.0: "The network says that there is none", 1.0: "A review is said to exist; its report is not public"}
    raised = quantity.value == 0
    return _flag(
        "no_audit", "raised" if raised else "not raised", told.get(quantity.value, "A report is public"), "declared"
    )


_RULES: tuple[Rule, ...] = (_team, _cliff, _no_link, _redirected, _widening, _idle, _dictator, _no_audit)
