"""Scenarios beside each other: one run, the same futures, what differs and what only looks as if it did."""

from __future__ import annotations

import numpy as np
import pytest

from model import BallastError, Scenario, compare, load_network, load_proposal, project
from model.comparison.compare import BASELINE, on_same_ground
from model.comparison.rows import (
    ABSENT,
    Column,
    are_of_one_network,
    conflict_sentences,
    counted_sentence,
    difference_sentence,
    figure_rows,
    gaps,
    input_rows,
    measures_of_all,
)
from model.engine.kept import MedianRun
from model.engine.results import Run
from model.words.scenario_words import source_of

PAYMENT = load_network("payment")
LESS = Scenario(PAYMENT, {"burn_share": 0.3}, "providers")
MORE = Scenario(PAYMENT, {"burn_share": 0.4}, "providers")
BOUGHT = Scenario(PAYMENT, proposals=(load_proposal("buyback-and-burn"),))
DRAWS = 40


def columns(*scenarios: Scenario, draws: int = DRAWS) -> list[Column]:
    run: Run = compare(scenarios, years=3, draws=draws, seed=3)
    if draws:
        sampled = run
        run = MedianRun(lambda: sampled)
    plain = Column("Baseline", "Today", Scenario(scenarios[0].network), run, 0)
    return [plain, *(Column("ABC"[i], f"name {i}", s, run, i + 1) for i, s in enumerate(scenarios))]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_every_column_is_what_a_run_of_its_own_gives_in_each_future(place: int) -> None:
    scenarios = (LESS, MORE, BOUGHT)
    together = compare(scenarios, years=2, draws=DRAWS, seed=3)
    one = scenarios[place]
    alone = project(
        PAYMENT,
        proposals=one.proposals,
        changes=one.changes,
        funded_by=one.funded_by,
        years=2,
        draws=DRAWS,
        seed=3,
    )
    for name in ("supply", "price", "capacity"):
        found = together.values(name)[(1 + place) * DRAWS : (2 + place) * DRAWS]
        np.testing.assert_allclose(found, alone.values(name)[DRAWS:], rtol=1e-12)


def test_two_columns_of_the_same_scenario_are_the_same_to_the_last_digit() -> None:
    run = compare((LESS, LESS), years=2, draws=DRAWS, seed=3)
    values = run.values("price")
    assert np.array_equal(values[DRAWS : 2 * DRAWS], values[2 * DRAWS :])


def test_each_column_starts_from_its_own_first_day_and_assumptions() -> None:
    dear = Scenario(PAYMENT, {"burn_share": 0.3}, "providers", initial={"treasury": 5e6})
    run = compare((LESS, dear), years=1)
    baseline, first, second = run.values("treasury")[:, 0]
    assert baseline == first == PAYMENT.initial["treasury"]
    assert second == 5e6
    assert not on_same_ground((LESS, dear))
    assert run.worlds == (BASELINE, "A", "B")


def test_on_the_same_assumptions_the_baseline_has_them_too() -> None:
    grown = Scenario(PAYMENT, {"burn_share": 0.3}, "providers", assumptions={"demand_growth": 0.4})
    more = Scenario(PAYMENT, {"burn_share": 0.4}, "providers", assumptions={"demand_growth": 0.4})
    run = compare((grown, more), years=2)
    own = project(PAYMENT, assumptions={"demand_growth": 0.4}, years=2)
    np.testing.assert_array_equal(run.values("supply")[0], own.values("supply")[0])


def test_networks_are_not_mixed_in_one_run() -> None:
    with pytest.raises(BallastError, match="different networks"):
        compare((LESS, Scenario(load_network("staking"))))


@pytest.mark.parametrize("labels", [("A", "A"), ("baseline", "B"), ("A",)])
def test_labels_are_words_of_their_own(labels: tuple[str, ...]) -> None:
    with pytest.raises(BallastError, match="label of its own"):
        compare((LESS, MORE), labels)


def test_inputs_that_differ_are_listed_and_no_others() -> None:
    rows = {row.label: row.cells for row in input_rows((Scenario(PAYMENT), LESS, MORE))}
    assert rows["Burn share"] == ("20%", "30%", "40%")
    assert rows["Provider share of revenue"] == ("60%", "50%", "40%")
    assert "Staker share of revenue" not in rows
    every = input_rows((Scenario(PAYMENT), LESS, MORE), only_differing=False)
    assert len(every) > 50
    assert [row.label for row in every if row.differs] == list(rows)


def test_equal_scenarios_have_no_input_that_differs() -> None:
    assert input_rows((LESS, LESS)) == []


def test_inputs_of_two_networks_are_what_each_moves_on_its_own() -> None:
    other = Scenario(load_network("staking"), {"emission_scale": 0.5})
    rows = {row.label: row.cells for row in input_rows((LESS, other))}
    assert rows["Network"][0] != rows["Network"][1]
    assert "Burn share" in rows
    assert len(rows) < 6


def test_figures_say_the_difference_in_an_arrow_and_words() -> None:
    shown = columns(LESS, MORE)
    rows = figure_rows(shown, [shown[0]] * 3)
    assert {row.years for row in rows} == {1, 2, 3}, "after one and two years and at the horizon"
    supply = next(row for row in rows if row.measure.column == "supply")
    assert supply.figures[0].change == ""
    assert supply.figures[1].change.startswith("↓ ")
    assert supply.figures[1].change.endswith("% lower")
    against_more = figure_rows(shown, [shown[2]] * 3)[0]
    assert against_more.figures[1].change.startswith("↑ ")


def test_counts_cover_all_fifty_futures_and_turn_with_the_reference() -> None:
    shown = columns(LESS, MORE)
    measure = measures_of_all(shown)["supply"]
    assert counted_sentence(shown[2], shown[1], measure) == "It would be lower in all 50 modelled futures."
    assert counted_sentence(shown[1], shown[2], measure) == "It would be higher in all 50 modelled futures."
    assert "than in B" in difference_sentence(shown[1], shown[2], measure)


def test_nothing_is_counted_where_nothing_was_drawn() -> None:
    shown = columns(LESS, MORE, draws=0)
    assert counted_sentence(shown[1], shown[2], measures_of_all(shown)["supply"]) == ""


def test_a_difference_from_itself_is_exactly_zero() -> None:
    shown = columns(LESS, LESS)
    frame = gaps([("scenario", shown[1], shown[2])], measures_of_all(shown)["supply"], by_year=False)
    assert frame["value"].abs().max() == 0


def test_amounts_of_two_networks_are_compared_as_indices_of_their_own_first_day() -> None:
    other = columns(Scenario(load_network("staking")))[1]
    shown = [*columns(LESS), other]
    assert not are_of_one_network(shown)
    offered = measures_of_all(shown)
    assert offered["supply"].indexed
    assert offered["net_emission_rate"].percent
    assert not offered["net_emission_rate"].indexed
    assert not measures_of_all(columns(LESS))["supply"].indexed


def test_what_two_scenarios_both_set_is_told_with_both_values_and_who_decides() -> None:
    assert conflict_sentences(LESS, MORE, ("A", "B")) == [
        "Both set burn share: A 30%, B 40%. B lies on top, so it decides."
    ]
    assert conflict_sentences(LESS, LESS, ("A", "B")) == []


def test_a_provision_is_neither_on_nor_off_where_its_proposal_is_not_laid_on() -> None:
    part = load_proposal("icp-mission-70")
    network = load_network(part.home)
    whole = Scenario(network, proposals=(part,))
    parted = Scenario(network, proposals=(part,), without=frozenset({"icp-mission-70:use-of-cycles"}))
    row = next(row for row in input_rows([Scenario(network), parted, whole]) if row.label.startswith("Provision"))
    assert row.cells == (ABSENT, "off", "on")
    assert source_of(parted).endswith("; without “Use of cycles grows as the white paper plans”")
    assert "without" not in source_of(whole)
