"""Every real vintage starts at rest, and the report says what its outcome hangs on."""

from __future__ import annotations

import re

import pytest

from model import load_network, network_names
from model.presets.files import network_vintages
from model.reports.calibration_report import FILE, document, drift, influences, outcome, real_networks, with_figure
from tests.validation import Record

VINTAGES = [f"{name}@{vintage}" for name in real_networks() for vintage in network_vintages(name)]

ASKED_FOR = {
    "bittensor": ("2026-11", "2025-11"),
    "fetch": ("2026-11", "2024-04"),
    "internet-computer": ("2026-11", "2026-02"),
    "render": ("2026-11", "2025-12", "2023-12", "2023-11"),
}


def test_newest_and_past_vintages_are_listed_newest_first() -> None:
    assert {name: network_vintages(name) for name in real_networks()} == ASKED_FOR
    assert set(real_networks()) < set(network_names())
    for name, (newest, *past) in ASKED_FOR.items():
        assert load_network(name).identity == f"{name}@{newest}"
        for vintage in past:
            assert load_network(f"{name}@{vintage}").as_of.isoformat()[:7] == vintage


@pytest.mark.parametrize("identity", VINTAGES)
def test_a_vintage_starts_at_rest(identity: str, figure: Record) -> None:
    """Section 11, with trends off: price 0.2 % and capacity 0.1 % a year, staking ratio 0.12 points in eight weeks.

    Bittensor of 2025-11 halves within these weeks; its cap is doubled for the measurement, which moves the halving.
    """
    moved = drift(load_network(identity))
    figure("at-rest-price", abs(moved.price))
    figure("at-rest-capacity", abs(moved.capacity))
    assert moved.staking_ratio is None or abs(moved.staking_ratio) < 0.0012
    assert moved.frozen == (identity == "bittensor@2025-11")


@pytest.mark.parametrize("identity", VINTAGES)
def test_governance_and_audits_of_a_real_network_are_told_with_their_source(identity: str) -> None:
    notes = {note.key: note for note in load_network(identity).notes}
    assert set(notes) == {"governance_rule", "audit"}
    for note in notes.values():
        assert note.text.endswith(".")
        assert note.source.title
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", note.date)


@pytest.mark.slow
@pytest.mark.xdist_group("calibration")
@pytest.mark.parametrize("name", real_networks())
def test_growth_of_holdings_and_fall_of_cost_matter_most_and_are_the_judgement_calls(name: str) -> None:
    network = load_network(name)
    first, second, third = influences(network.identity)[:3]
    assert first.key == "holdings_growth"
    assert second.key.rpartition(".")[2] == "cost_trend"
    assert second.size > 1.2 * third.size
    assert network.judgement_calls[0].startswith("The wish to hold")
    assert "10% a year" in network.judgement_calls[1]


def test_a_network_calibrated_anew_with_its_own_figures_is_the_same() -> None:
    network = load_network("fetch")
    again = with_figure(network, "price", "observed", network.initial["price"])
    assert dict(again.values) == dict(network.values)
    assert outcome(again) == outcome(network)


@pytest.mark.slow
@pytest.mark.xdist_group("calibration")
def test_the_committed_report_is_up_to_date() -> None:
    """Words to the letter, numbers to a percent or a unit of the last digit shown."""
    number = re.compile(r"[+−-]?\b\d[\d,]*\.?\d*(?:e[+-]?\d+)?")
    written, fresh = FILE.read_text(encoding="utf-8"), document()
    assert number.sub("#", written) == number.sub("#", fresh)

    def values(text: str) -> list[float]:
        return [float(n.replace(",", "").replace("−", "-")) for n in number.findall(text)]

    assert values(written) == pytest.approx(values(fresh), rel=0.01, abs=0.011)
