"""The Network page: a bench for each chain, and a sentence with a way on where there is none."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from model import network_names
from tests.pages.opening import opened, words

PAGE = "pages/network.py"
CHAINS = ("bittensor", "render", "internet-computer", "fetch")
PARTS = ("Subnet shares", "Yuma consensus", "Alpha and pool", "Emission and revenue", "Economy")


def part(name: str, **state: object) -> AppTest:
    """The Bittensor bench with one of its tabs open."""
    app = opened(PAGE, "network=bittensor")
    app.session_state["bittensor-parts"] = name
    for key, value in state.items():
        app.session_state[key] = value
    return app.run()


@pytest.mark.parametrize("network", network_names())
def test_every_network_opens_with_a_bench_or_a_way_on(network: str) -> None:
    app = opened(PAGE, f"network={network}")
    assert not app.exception
    told = "has no chain of its own" in words(app)
    assert told == (network not in CHAINS)


@pytest.mark.parametrize("name", PARTS)
def test_every_part_of_the_bittensor_bench_opens_without_a_warning(name: str) -> None:
    app = part(name)
    assert not app.exception
    assert not app.warning
