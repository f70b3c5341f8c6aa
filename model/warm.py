"""Does symbolic work and compilation ahead of the first visitor: `python -m model.warm`."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from model.equilibrium import equilibrium
from model.presets.files import load_network, network_names
from model.projection import project
from model.proposals.files import load_proposal, proposal_names
from model.rest.long_run import judged, start_of
from model.scenario.scenario import Scenario


def warm(names: Sequence[str] | None = None) -> None:
    """Load, step and solve each network once, so that its equations are lowered and its kernel is on disk."""
    for name in names or network_names():
        network = load_network(name)
        for draws in (0, 2):
            run = project(network, years=1, draws=draws)
            run.compute(run.system.columns)
        for point in equilibrium(network).points:
            _ = point.spectral_radius
        judged(start_of(Scenario(network)).run(1))
    if names is None:
        warm_proposals()


def warm_proposals() -> None:
    """The same for what proposals add to their networks; those that add the same share it."""
    seen = {load_network(name).structure for name in network_names()}
    for name in proposal_names():
        part = load_proposal(name)
        network = load_network(part.home)
        structure = Scenario(network, proposals=(part,)).structure
        if structure not in seen:
            seen.add(structure)
            run = project(network, proposals=[part], years=1)
            run.compute(run.system.columns)


def warm_in_background(names: Sequence[str] | None = None) -> threading.Thread:
    """The same without keeping anybody waiting."""
    thread = threading.Thread(target=warm, args=(names,), name="ballast-warm", daemon=True)
    thread.start()
    return thread


if __name__ == "__main__":
    warm()
