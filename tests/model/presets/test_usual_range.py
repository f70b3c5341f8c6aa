"""Usual ranges fit the network's own size."""

from __future__ import annotations

import pytest

from model import load_network, network_names
from model.presets.usual_range import usual_range


@pytest.mark.parametrize("name", network_names())
def test_todays_value_lies_in_its_usual_range_or_is_a_fact_of_the_network(name: str) -> None:
    """Ranges that are multiples of a network's size hold its own value."""
    network = load_network(name)
    for key, concrete in network.parameters.items():
        if concrete.declared.scale:
            usual = usual_range(network, concrete)
            assert usual.low < usual.high, key
            assert usual.contains(network.values[key]), key


def test_a_stream_that_pays_nothing_yet_is_measured_by_the_one_that_does() -> None:
    network = load_network("render")
    salad = usual_range(network, network.parameters["salad.demand_scale"])
    jobs = usual_range(network, network.parameters["jobs.demand_scale"])
    assert salad.low == 0
    assert salad.high == jobs.high
