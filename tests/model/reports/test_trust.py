"""Reasons and assumptions name what exists, and their documents are those of the declarations."""

from __future__ import annotations

import re

import pytest

from model import Scenario, load_network
from model.parameters import parameters_by_word
from model.reports import chosen, trust
from model.reports.chosen import CHOSEN, call_influences, chosen_rows
from model.reports.claims import claims
from model.reports.trust import DOUBT, TRUST, figures_of, told


def test_five_reasons_each_way_carry_the_figures_of_the_last_validation() -> None:
    assert (len(TRUST), len(DOUBT)) == (5, 5)
    named = [key for reason in (*TRUST, *DOUBT) for key in figures_of(reason)]
    assert len(named) >= 5
    assert set(named) <= set(claims())
    words = " ".join(told(reason) for reason in (*TRUST, *DOUBT))
    assert "{" not in words
    assert "not measured" not in words
    assert claims()["past-render-burned"].reached_words in words


def test_the_kits_page_is_that_of_the_declared_reasons() -> None:
    assert trust.FILE.read_text(encoding="utf-8") == trust.document()


def test_every_alternative_that_can_be_set_names_a_parameter() -> None:
    assert {word for entry in CHOSEN for word in entry.settings} <= set(parameters_by_word)


@pytest.mark.parametrize("name", ["payment", "bittensor"])
def test_every_assumption_says_how_it_is_set_here(name: str) -> None:
    rows = list(chosen_rows(Scenario(load_network(name), assumptions={"price_speed": 12.5})))
    assert [row["Assumed"] for row in rows] == [entry.assumed for entry in CHOSEN]
    assert all(all(row.values()) for row in rows)
    assert any("12.5" in row["Set here"] for row in rows)


def test_a_call_of_judgement_comes_with_what_its_alternatives_would_do() -> None:
    network = load_network("render")
    growth, cost = call_influences(network)
    assert (growth.key, cost.key) == ("holdings_growth", "cost_trend")
    assert growth.price[0] < growth.base[0] < growth.price[1]
    assert not call_influences(load_network("payment"))


@pytest.mark.slow
def test_the_committed_assumptions_are_those_declared_and_measured() -> None:
    """Words to the letter, numbers to a percent or a unit of the last digit shown."""
    number = re.compile(r"−?\b\d[\d,]*\.?\d*")
    written, fresh = chosen.FILE.read_text(encoding="utf-8"), chosen.document()
    assert number.sub("#", written) == number.sub("#", fresh)

    def values(text: str) -> list[float]:
        return [float(n.replace(",", "").replace("−", "-").rstrip(".")) for n in number.findall(text)]

    assert values(written) == pytest.approx(values(fresh), rel=0.01, abs=0.011)
