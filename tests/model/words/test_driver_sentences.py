"""A difference and its parts in words: where nothing moves by a tenth of a percent there is nothing to draw."""

from __future__ import annotations

import pytest

from model import Scenario, load_network, load_proposal
from model.outcomes import measures
from model.sensitivity.attribution import attribute_all
from model.words.driver_sentences import is_flat, is_worth_drawing, waterfall_sentence


@pytest.mark.parametrize(
    ("network", "proposal", "flat"),
    [("render@2025-12", "render-rnp-022", True), ("payment", "buyback-and-burn", False)],
)
def test_parts_that_move_nothing_by_a_tenth_of_a_percent_are_told_in_one_sentence(
    network: str, proposal: str, flat: bool
) -> None:
    scenario = Scenario(load_network(network), proposals=(load_proposal(proposal),))
    found = attribute_all(scenario, {"supply": "supply"}, years=5)["supply"].full
    measure = measures(scenario.system)["supply"]
    assert found.total != 0
    assert is_flat(found, measure) == flat
    assert is_worth_drawing(found, measure) == (not flat)
    told = waterfall_sentence(found, measure, float(found.baseline))
    assert ("no part moves supply by more than 0.1%" in told) == flat
    assert ("instead of" in told) == (not flat)
