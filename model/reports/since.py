"""What happened since: a past proposal stepped from its own vintage, beside what was published later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from model.engine.results import Run
from model.presets.files import load_network
from model.presets.network import Network
from model.projection import project
from model.proposals.proposal import Proposal
from model.reports.backcast import Backcast, at, backcasts_of, between

_FLOWS: Mapping[tuple[str, str], Mapping[str, float]] = {
    ("burned", "RENDER"): {"burn": 1.0},
    ("burned", "ICP"): {"burn": 1.0},
    ("minted", "ICP"): {"emission": 1.0},
    ("minted to nodes", "RENDER"): {"emission": 1.0, "treasury_emission": -1.0, "user_emission": -1.0},
    ("emitted", "RENDER"): {"nominal_emission": 1.0},
}
"""Published flows and the yearly rates of a run that add up to them."""

_STOCKS = {"supply": "supply", "issued": "issued"}


@dataclass(frozen=True)
class Since:
    """One published figure beside both worlds of the projection.

    Attributes
    ----------
    figure
        What was published, when, by whom, and whether the vintage had seen it.
    baseline, scenario
        The same quantity without and with the proposal, on the single path.
    """

    figure: Backcast
    baseline: float
    scenario: float

    def error(self, modelled: float) -> float:
        """Modelled over published, minus one."""
        return modelled / self.figure.published - 1

    @property
    def closer(self) -> str:
        """Which world lies closer to what was published: "with it", "without it" or "both alike"."""
        gaps = abs(self.error(self.scenario)), abs(self.error(self.baseline))
        if abs(gaps[0] - gaps[1]) < 5e-4:
            return "both alike"
        return "with it" if gaps[0] < gaps[1] else "without it"


def happened_since(part: Proposal, network: Network) -> tuple[Since, ...]:
    """Published figures of days after the vintage; none where the network on screen is not the proposal's own.

    Parameters
    ----------
    network
        What the proposal is laid on.
    """
    if part.is_for_any or part.network != network.identity:
        return ()
    return _compared(part.model_dump_json(), network.identity)


@lru_cache(maxsize=64)
def _compared(written: str, identity: str) -> tuple[Since, ...]:
    """By the text of a proposal, which can be a key where the proposal itself cannot."""
    found = _published(identity)
    if not found:
        return ()
    part, network = Proposal.model_validate_json(written), load_network(identity)
    years = (max(figure.until for figure in found) - network.as_of).days / 365.25 + 0.1
    run = project(network, proposals=[part], years=years)
    return tuple(Since(figure, _read(run, figure, 0), _read(run, figure, 1)) for figure in found)


def _published(identity: str) -> list[Backcast]:
    """Figures of later days that a run can be read for, each once: the first row says how the vintage stood to it."""
    name, first = identity.partition("@")[0], load_network(identity).as_of
    rows: dict[tuple[str, str, dt.date, dt.date], Backcast] = {}
    for row in backcasts_of(name):
        known = (row.what, row.unit) in _FLOWS or row.what in _STOCKS
        if known and row.since > first and row.vintage.startswith(f"{name}@"):
            rows.setdefault((row.what, row.unit, row.since, row.until), row)
    return list(rows.values())


def _read(run: Run, figure: Backcast, world: int) -> float:
    if figure.what in _STOCKS:
        return at(run, _STOCKS[figure.what], figure.until, world)
    return between(run, _FLOWS[figure.what, figure.unit], figure.since, figure.until, world)
