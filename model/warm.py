"""Does symbolic work and compilation ahead of the first visitor: `python -m model.warm`."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from model.equilibrium import equilibrium
from model.presets import load_network, network_names
from model.projection import project


def warm(names: Sequence[str] | None = None) -> None:
    """Load, step and solve each network once, so that its equations are lowered and its kernel is on disk."""
    for name in names or network_names():
        network = load_network(name)
        run = project(network, years=1)
        run.compute(run.system.columns)
        for point in equilibrium(network).points:
            _ = point.spectral_radius


def warm_in_background(names: Sequence[str] | None = None) -> threading.Thread:
    """The same without keeping anybody waiting."""
    thread = threading.Thread(target=warm, args=(names,), name="ballast-warm", daemon=True)
    thread.start()
    return thread


if __name__ == "__main__":
    warm()
