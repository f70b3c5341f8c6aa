"""The sentences at the top of a proposal, the reasons below, and what happened since."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from model import Run, Scenario, load_network, load_proposal, project
from model.engine.kept import MedianRun
from model.gains.who_gains import who_gains
from model.outcomes import measures, outcome
from model.proposals.proposal import Proposal
from model.reports.since import happened_since
from model.scenario.links import read_fields
from model.sensitivity.attribution import attribute_all
from model.words.marks import marks
from model.words.verdict import because, explained, treasury_sentence, verdict
from model.words.voter_reasons import WELCOME, facts


def both(name: str, years: float = 3, **more: object) -> tuple[Scenario, Run]:
    part = load_proposal(name)
    scenario = Scenario(load_network(part.home), proposals=[part])
    return scenario, project(scenario.network, proposals=[part], years=years, **more)  # type: ignore[arg-type]


def test_three_sentences_begin_with_supply_and_carry_both_values() -> None:
    scenario, run = both("icp-mission-70")
    told = verdict(run, attribute_all(scenario, {name: name for name in explained(run)}, years=3))
    assert len(told) == 3
    assert told[0].startswith("Supply in ")
    assert all(" instead of " in sentence for sentence in told)
    assert "because of “" in told[0]


def test_a_cause_is_named_only_where_the_attribution_points_the_same_way() -> None:
    scenario, _ = both("icp-mission-70")
    drivers = attribute_all(scenario, {"supply": "supply"}, years=3)["supply"]
    assert drivers.full.total < 0
    assert because(drivers, -1.0).startswith(("because of", "mostly because of"))
    assert because(drivers, 1.0) == ""
    assert np.isclose(drivers.full.shares.sum(), drivers.full.total)


def test_one_part_alone_needs_no_cause() -> None:
    scenario, _ = both("revenue-burn-20-providers")
    assert because(attribute_all(scenario, {"supply": "supply"}, years=3)["supply"], -1.0) == ""


def test_the_treasury_is_told_of_only_where_its_income_moves() -> None:
    _, moved = both("revenue-burn-20-treasury")
    assert "less a year" in treasury_sentence(moved)
    untouched = project(load_network("staking"), years=1)
    assert treasury_sentence(untouched) == ""


def test_median_runs_are_compared_in_their_own_futures() -> None:
    part = load_proposal("revenue-burn-20-stakers")
    drawn = project(load_network("staking"), proposals=[part], years=2, draws=12, seed=3)
    direct = who_gains(drawn).summary
    through_medians = who_gains(MedianRun(lambda: drawn)).summary
    assert through_medians.equals(direct)
    assert direct["p05"].to_list() != direct["p95"].to_list()


def test_facts_stand_on_the_side_of_those_who_want_that_direction() -> None:
    _, run = both("render-rnp-006")
    for fact in facts(run):
        result = outcome(run, measures(run.system)[fact.chart])
        wanted = (result.scenario - result.baseline) * WELCOME[fact.chart] > 0
        assert fact.side == ("for" if wanted else "against")


def test_an_empty_change_gives_no_fact() -> None:
    run = project(load_network("staking"), years=1)
    assert facts(run, who_gains(run).summary) == []


def test_none_of_the_three_largest_gains_and_losses_is_missing_and_two_of_each_sign_are_told() -> None:
    _, run = both("icp-mission-70")
    rising = pl.DataFrame({"label": ["A", "B", "C", "D"], "difference": [4.0, 3.0, 2.0, 1.0]})
    assert [fact.sentence[0] for fact in facts(run, rising) if not fact.chart] == ["A", "B", "C"]
    gains = pl.DataFrame({"label": [f"Group {i}" for i in range(6)], "difference": [1.0, 2.0, 3.0, -1.0, -2.0, -3.0]})
    groups = [fact.sentence for fact in facts(run, gains) if not fact.chart]
    assert [sentence.split(" would")[0] for sentence in groups] == ["Group 2", "Group 1", "Group 5", "Group 4"]


def test_what_happened_since_reads_the_proposal_s_own_vintage_and_later_days() -> None:
    part = load_proposal("icp-mission-70")
    network = load_network(part.network)
    found = happened_since(part, network)
    assert found
    assert all(line.figure.since > network.as_of for line in found)
    assert happened_since(part, load_network("internet-computer")) == ()


@pytest.mark.parametrize("name", ["bittensor-emission-recycling", "buyback-and-burn"])
def test_without_later_figures_nothing_is_compared(name: str) -> None:
    part = load_proposal(name)
    assert happened_since(part, load_network(part.home)) == ()


def test_a_link_that_names_only_a_proposal_opens_the_network_it_was_put_on() -> None:
    scenario, problems = read_fields({"proposal": "icp-mission-70"})
    assert problems == []
    assert scenario.network.identity == "internet-computer@2026-02"
    assert [part.name for part in scenario.stacked] == ["icp-mission-70"]


def test_the_first_day_of_every_provision_is_marked_once() -> None:
    scenario, run = both("icp-mission-70")
    starts = {provision.start for part in scenario.stacked for provision in part.provisions}
    marked = [mark.date for mark in marks(scenario, run) if mark.kind == "change"]
    assert len(marked) == len(set(marked)) == len(starts)
    assert isinstance(scenario.stacked[0], Proposal)
