"""The chain from cause to effect: which link moved, how far, and at which date."""

from __future__ import annotations

import pytest

from model import load_network, project
from model.comparison.rows import at_years
from model.outcomes import measures, outcome, prepare
from model.words.chain import LINKS, Link, chain, chain_sentence

RUN = prepare(project(load_network("payment"), changes={"burn_share": 0.4}, funded_by="providers", years=5))


def by_name(found: tuple[Link, ...]) -> dict[str, Link]:
    return {link.told.measure.column: link for link in found}


def test_the_chain_goes_from_what_is_minted_to_quality_at_the_date_that_was_asked() -> None:
    step = at_years(RUN, 2)
    found = chain(RUN, step)
    assert [link.told.measure.column for link in found] == [name for name, _ in LINKS]
    told = outcome(RUN, measures(RUN.system)["supply"], step)
    assert by_name(found)["supply"].told == told
    burn = RUN.values("burn")
    assert (by_name(found)["burn"].told.baseline, by_name(found)["burn"].told.scenario) == tuple(burn[:2, step])


def test_a_figure_that_was_asked_and_is_no_link_stands_at_the_end() -> None:
    assert chain(RUN, 1, ("supply", "staking_yield"))[-1].told.measure.column == "staking_yield"
    assert len(chain(RUN, 1, ("supply", "staking_yield"))) == len(LINKS) + 1


def test_the_sentence_names_the_link_that_moved_most_and_those_that_stood_still() -> None:
    found = chain(RUN, at_years(RUN, 2))
    most = max(found, key=lambda link: link.moved)
    assert most.told.measure.column == "burn"
    assert most.moved == pytest.approx(abs(most.told.scenario / most.told.baseline - 1))
    sentence = chain_sentence(found)
    assert "burned tokens would move most of all links" in sentence
    assert sentence.endswith("minted tokens would hardly move.")


def test_a_chain_in_which_nothing_moves_says_so() -> None:
    still = prepare(project(load_network("payment"), changes={"slashed_burn_share": 0.5}, years=2))
    assert chain_sentence(chain(still, 10)) == "No link of the chain would move."
