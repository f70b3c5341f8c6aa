"""A vote as it usually is: somebody may vote under every rule, and turnout does not contradict the record."""

from __future__ import annotations

import pytest

from model import load_network, load_proposal, proposal_names
from model.governance import RULES
from model.governance.record import how_decided
from model.governance.usual import may_vote, stands_in_sentence, usual_plan, usual_turnout

BY_STAKE = [name for name, rule in RULES.items() if rule.members is None]


@pytest.mark.parametrize("network", ["render", "payment", "internet-computer"])
@pytest.mark.parametrize("rule", BY_STAKE)
def test_somebody_may_vote_under_every_rule_also_where_nobody_stakes(network: str, rule: str) -> None:
    loaded = load_network(network)
    assert may_vote(usual_plan(loaded, RULES[rule]))


def test_that_holders_stand_in_for_stakers_is_said_where_they_do() -> None:
    render, icp = load_network("render"), load_network("internet-computer")
    assert "Render has none" in stands_in_sentence(render, RULES["nns"])
    assert stands_in_sentence(icp, RULES["nns"]) == ""
    assert stands_in_sentence(render, RULES["render_rnp"]) == ""


def test_the_turnout_expected_on_render_reaches_the_quorum_that_its_passed_proposals_reached() -> None:
    expected, low, high, source = usual_turnout(RULES["render_rnp"])
    assert low == pytest.approx(0.15)
    assert low <= expected <= high
    assert source.startswith("derived")
    passed = [name for name in proposal_names() if load_proposal(name).status in ("passed", "in-force")]
    assert any(name.startswith("render-rnp") for name in passed)


def test_what_a_file_says_of_the_end_is_told_and_nothing_of_open_proposals() -> None:
    parts = [load_proposal(name) for name in proposal_names()]
    for part in parts:
        told = how_decided([part])
        assert bool(told) == (part.status in ("passed", "in-force", "defeated"))
        assert part.title in told or not told
