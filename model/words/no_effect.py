"""Why a proposal or a scenario would change nothing: already in force, over, after the horizon, switched off."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

import numpy as np

from model.engine.results import Run
from model.errors import BallastError
from model.outcomes import measures, series
from model.presets.network import Network
from model.proposals.proposal import Proposal, Provision
from model.scenario.changes import days_of
from model.scenario.scenario import Scenario
from model.words.text import month

SAME = 1e-9
"""Relative difference below which two values of a parameter count as the same."""


def in_force(proposal: Proposal, network: Network) -> bool:
    """Whether a network already has every value that a proposal sets, and its dated events are past."""
    return all(reason == "today" for _, reason in _without_effect(proposal, network)) and _applies(proposal, network)


def provision_states(proposal: Proposal, network: Network) -> dict[str, str]:
    """Per provision id: "today" where the network has it already or it is over, "moves" where it would change
    something, "unknown" where the network has no such parameter or cannot pay for it.
    """
    return {provision.id: state for provision, state in _without_effect(proposal, network)}


def vintage_sentence(proposal: Proposal, network: Network) -> str:
    """What to know where a proposal is laid on another date of its network than the one on which it was put."""
    if proposal.is_for_any or proposal.network == network.identity or not _applies(proposal, network):
        return ""
    if in_force(proposal, network):
        return f"{network.title} of {month(network.as_of)} already has what {proposal.title} sets, so nothing changes."
    return (
        f"{proposal.title} was put on {proposal.network.replace('@', ' of ')}; here it is laid on {network.title} of "
        f"{month(network.as_of)}, which contains what was decided since."
    )


def _applies(proposal: Proposal, network: Network) -> bool:
    return bool(proposal.provisions) and (proposal.is_for_any or proposal.network.partition("@")[0] == network.name)


def _without_effect(proposal: Proposal, network: Network) -> Iterator[tuple[Provision, str]]:
    """Per provision: "today" where the network has it already, "moves" where it would change something, "unknown"."""
    if not _applies(proposal, network):
        yield from ((provision, "unknown") for provision in proposal.provisions)
        return
    everything = {f"{proposal.name}:{provision.id}" for provision in proposal.provisions}
    for provision in proposal.provisions:
        others = frozenset(everything - {f"{proposal.name}:{provision.id}"})
        try:
            alone = Scenario(network, proposals=[proposal], without=others)
        except BallastError:
            yield provision, "unknown"
            continue
        past = all(event.date <= network.as_of for event in provision.events)
        over = provision.end is not None and provision.end <= network.as_of
        same = all(math.isclose(before, after, rel_tol=SAME, abs_tol=SAME) for before, after in alone.moved.values())
        yield provision, "today" if over or (same and past) else "moves"


def moves_no_figure(run: Run) -> bool:
    """Whether baseline and scenario, the first two worlds of a run, are alike in every figure that charts offer.

    A lever may be set and move nothing: the burned part of slashed stake where nothing is slashed.
    """
    with np.errstate(all="ignore"):
        return all(
            np.allclose(values[0], values[1], rtol=SAME, atol=0.0, equal_nan=True)
            for values in (series(run, measure) for measure in measures(run.system).values())
        )


def nothing_reason(scenario: Scenario, end: dt.date) -> str:
    """Why a scenario would change nothing until a day, as a sentence; empty where it may change something.

    Parameters
    ----------
    end
        Last day of the horizon.
    """
    if not scenario.layers and not scenario.own_events:
        if scenario.stacked and scenario.without:
            return "Nothing changes: every provision is switched off."
        return "Nothing changes: nothing is proposed."
    if scenario.is_empty:
        who = scenario.network.title
        return f"Nothing changes: {who} already has every value that is proposed ({month(scenario.network.as_of)})."
    starts = [days_of(scenario, layer)[0] or scenario.network.as_of for layer in scenario.layers]
    starts += [event.date for event in scenario.own_events]
    if min(starts) >= end:
        return f"Nothing changes by {month(end)}: what is proposed starts in {month(min(starts))}, after the horizon."
    last = [event.date for event in scenario.own_events if event.date >= scenario.network.as_of]
    if not scenario.moved and not last:
        return "Nothing changes: every dated event is before the first day of the projection."
    return ""
