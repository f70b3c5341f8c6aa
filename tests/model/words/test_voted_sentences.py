"""What is voted is told apart from what a proposal counts on."""

from __future__ import annotations

import re

import polars as pl
import pytest

from model import Scenario, load_network, load_proposal, project, proposal_names
from model.outcomes import measures, outcome
from model.scenario.voted import counted_on, voted_alone
from model.words.verdict import verdict
from model.words.voted_sentences import ALONE, both_ways, counted_on_sentence, turned


def put(name: str) -> Scenario:
    part = load_proposal(name)
    return Scenario(load_network(part.home), proposals=[part])


@pytest.mark.parametrize("name", proposal_names())
def test_what_is_voted_alone_leaves_out_exactly_what_no_vote_decides(name: str) -> None:
    scenario = put(name)
    expected = {provision.id for provision in load_proposal(name).provisions if provision.expected}
    alone = voted_alone(scenario)
    assert {provision.id for provision in counted_on(scenario)} == expected
    assert (alone is None) == (not expected)
    if alone is not None:
        assert alone.without == {f"{name}:{provision}" for provision in expected}
        assert voted_alone(alone) is None
        assert counted_on_sentence(alone) == ""


def test_every_sentence_of_mission_70_tells_both_and_with_the_runs_own_figures() -> None:
    scenario = put("icp-mission-70")
    alone = voted_alone(scenario)
    assert alone is not None
    run, voted = (
        project(scenario.network, proposals=scenario.proposals, without=part.without, years=5)
        for part in (scenario, alone)
    )
    told = verdict(run, voted=voted)
    assert all(sentence.startswith(ALONE) for sentence in told)
    supply = measures(run.system)["supply"]
    assert outcome(voted, supply).change in told[0]
    assert outcome(run, supply).change in told[0]
    assert supply.write(outcome(run, supply).scenario) in told[0]


def test_where_the_vote_changes_nothing_by_itself_the_sentence_says_so() -> None:
    scenario = put("render-rnp-023")
    alone = voted_alone(scenario)
    assert alone is not None
    run, voted = (
        project(scenario.network, proposals=scenario.proposals, without=part.without, years=2)
        for part in (scenario, alone)
    )
    sentence = both_ways(voted, run, measures(run.system)["price"])
    assert re.match(rf"{ALONE}, token price in \w+ \d+ would be as in the baseline; if what it counts on", sentence)


def test_groups_that_turn_are_named_and_others_are_not() -> None:
    def gains(**by_group: float) -> pl.DataFrame:
        return pl.DataFrame({"group": list(by_group), "label": list(by_group), "difference": list(by_group.values())})

    voted, full = gains(Stakers=-81.3e6, Users=2e6, Nodes=-1e6), gains(Stakers=322e6, Users=5e6, Nodes=-2e6)
    assert turned(voted, full) == f"{ALONE}, stakers would lose $81.3M instead of gaining $322M."
    assert turned(full, full) == ""
