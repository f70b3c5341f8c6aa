"""How large a network is on its first day: revenue, emission and supply, for amounts given as multiples of them."""

from __future__ import annotations

from functools import lru_cache

from model.presets.network import Network


@lru_cache(maxsize=64)
def network_size(network: Network, of: str) -> float:
    """Size of a network under today's rules.

    Parameters
    ----------
    of
        "revenue" (USD/yr), "emission" (tokens/yr) or "supply" (tokens) of the first step.
    """
    from model.projection import project  # a projection is made of scenarios, which read this

    return float(project(network, years=network.step_length).values(of)[0, 0])


def tokens_of(network: Network, of: str) -> float:
    """The same in tokens: "supply" as it is, "revenue" of a year at the first day's price."""
    size = network_size(network, of)
    return size / network.initial["price"] if of == "revenue" else size
