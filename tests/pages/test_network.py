"""The Network page: a bench for each chain, and a sentence with a way on where there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from model import Scenario, network_names
from model.networks.bittensor.economy import merit_fit, scoring
from model.networks.bittensor.forms import (
    SUBNET_FORM,
    column,
    snapshot_rows,
    stake_and_weights,
    subnets_of,
    weight_rows,
)
from model.networks.bittensor.rules import RULES, rule_shares
from model.networks.bittensor.yuma_bench import CASES, run_epochs, total_dividends
from model.networks.tables import TableForm
from tests.pages.opening import drawn, opened, query_of, warned, words
from ui.page_fields import table

PAGE = "pages/network.py"
Rows = list[dict[str, Any]]
CHAINS = ("bittensor", "render", "internet-computer", "fetch")
PARTS = ("Subnet shares", "Yuma consensus", "Alpha and pool", "Emission and revenue", "Decisions", "Economy")


def part(name: str, **fields: str) -> AppTest:
    """The Bittensor bench by a link that opens one of its tabs; `yuma_kappa` stands for network.yuma.kappa."""
    asked = {"network.bittensor.tab": name} if name != PARTS[0] else {}
    asked |= {f"network.{key.replace('_', '.')}": text for key, text in fields.items()}
    return opened(PAGE, urlencode({"network": "bittensor", **asked}))


def packed(form: TableForm, rows: Rows, start: Rows) -> str:
    """A table as it stands in a link."""
    return table("network.rows").write(form.differences(rows, start))


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


def shown(app: AppTest) -> Scenario:
    """The scenario on screen."""
    found: Scenario = app.session_state["_scenario"].now.scenario
    return found


# ---- subnets --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rule", RULES)
def test_the_bars_are_the_rules_shares(rule: str) -> None:
    app = part("Subnet shares", shares_to=rule)
    frame = drawn(app).filter(pl.col("series") == "scenario")
    subnets = subnets_of(snapshot_rows())
    expected = dict(zip(subnets.names, rule_shares(rule, subnets).tolist(), strict=True))
    found = dict(zip(frame["label"].to_list(), frame["value"].to_list(), strict=True))
    assert found == pytest.approx(expected, abs=1e-6)


def test_the_sentence_says_what_moves_and_who_loses() -> None:
    said = words(part("Subnet shares", shares_from="price", shares_to="price-burn"))
    assert "From price alone to price less what is withheld, 21.9% of emission would move" in said
    assert "losing most: Actual (8.6 percentage points)" in said


def test_a_row_that_may_not_stand_is_told_and_the_others_count() -> None:
    rows = snapshot_rows()
    rows[0] = {**rows[0], "burn": 1.7}
    app = part("Subnet shares", shares_subnets=packed(SUBNET_FORM, rows, snapshot_rows()))
    assert not app.exception
    assert any("Burn is 1.7" in said and "row 1" in said for said in warned(app))
    assert drawn(app)["label"].n_unique() == len(rows) - 1


def test_an_empty_table_says_what_to_do() -> None:
    app = part("Subnet shares", shares_subnets=packed(SUBNET_FORM, [], snapshot_rows()))
    assert not app.exception
    assert any("add a row" in said for said in warned(app))


def test_the_counter_example_of_the_gate_by_mass_is_loaded_with_a_click_and_undone() -> None:
    app = part("Subnet shares")
    app.button(key="moving-bar-load").click().run()
    assert not app.exception
    lower = drawn(app).filter((pl.col("series") == "scenario") & (pl.col("label") == "Second"))["value"][0]
    app.button(key="moving-bar-raise").click().run()
    frame = drawn(app).filter(pl.col("label") == "Second")
    price, gate = (frame.filter(pl.col("series") == own)["value"][0] for own in ("baseline", "scenario"))
    assert price > 0.22
    assert gate < 0.8 * lower
    for _ in range(2):
        app.button(key="undo").click().run()
    assert drawn(app)["label"].n_unique() == len(snapshot_rows())
    assert not [key for key in query_of(app) if key.startswith("network.")]


def test_the_rule_that_is_not_offered_is_named_with_its_reason() -> None:
    assert "Not offered: the rule before 13 February 2025" in words(part("Subnet shares"))


def test_the_snapshot_is_computed_again_on_the_page() -> None:
    app = part("Subnet shares")
    app.session_state["snapshot"] = True
    app.run()
    assert "the twelve published shares come out again to within less than 0.1 percentage points" in words(app)


# ---- consensus ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", CASES)
def test_every_example_of_consensus_opens_with_its_sentence(name: str) -> None:
    app = part("Yuma consensus", yuma_case=name)
    assert not app.exception
    assert not app.warning
    assert CASES[name].sentence in words(app)


def test_dividends_drawn_are_those_of_all_epochs() -> None:
    case = CASES["minority"]
    app = part("Yuma consensus", yuma_case="minority", yuma_version="1")
    stake, weights, copies = stake_and_weights(weight_rows(case, 4), 4)
    paid = total_dividends(run_epochs(stake, weights, copies, replace(case.terms, version=1)))
    found = drawn(app).filter(pl.col("series") == "scenario")["value"].to_list()
    assert found == pytest.approx(paid.tolist(), abs=1e-6)


def test_bounds_of_liquid_alpha_that_cross_are_told() -> None:
    app = part("Yuma consensus", yuma_liquid="1", yuma_low="0.9", yuma_high="0.2")
    assert not app.exception
    assert any("Liquid alpha stays off" in said for said in warned(app))


def test_settings_that_a_link_spoils_are_told_one_by_one_and_the_example_stands() -> None:
    app = part("Yuma consensus", yuma_kappa="abc", yuma_epochs="1.5", yuma_case="none", yuma_liquid="maybe")
    assert not app.exception
    told = warned(app)
    assert len(told) == 4
    for key in ("yuma.kappa", "yuma.epochs", "yuma.case", "yuma.liquid"):
        assert sum(key in sentence for sentence in told) == 1
    assert CASES[next(iter(CASES))].sentence in words(app)


def test_more_miners_keep_the_example_and_a_single_epoch_needs_no_line() -> None:
    app = part("Yuma consensus", yuma_count="16", yuma_epochs="1")
    assert not app.exception
    assert len(app.get("vega_lite_chart")) == 2


# ---- economy --------------------------------------------------------------------------------------------------------
def test_scoring_contrast_of_the_economy_is_set_from_consensus_and_undone() -> None:
    app = part("Economy", yuma_case="minority")
    app.button(key="bittensor-scoring-use").click().run()
    assert not app.exception
    case = CASES["minority"]
    stake, weights, copies = stake_and_weights(weight_rows(case, 4), 4)
    found = scoring(run_epochs(stake, weights, copies, case.terms)[-1].incentive, [good for _, good in case.miners])
    set_to = shown(app).assumptions["scoring_contrast"]
    assert set_to == pytest.approx(found.contrast / 0.9, abs=5.1e-5)
    assert "Set in the economy: scoring contrast" in words(app)
    app.button(key="undo").click().run()
    assert "scoring_contrast" not in shown(app).assumptions


def test_merit_of_the_economy_is_set_from_a_rule_for_subnets() -> None:
    app = part("Economy", merit_rule="flow")
    app.button(key="bittensor-merit-use").click().run()
    subnets = subnets_of(snapshot_rows())
    fit = merit_fit(rule_shares("flow", subnets), column(snapshot_rows(), "quality"))
    assert shown(app).changes["models.merit_weight"] == pytest.approx(fit.weight, abs=5.1e-5)


def test_roles_are_set_together_and_add_up() -> None:
    app = part("Economy", merit_take="0.09")
    app.button(key="bittensor-roles-use").click().run()
    values = shown(app).values
    assert values["validators.emission_share"] == pytest.approx(0.0369, abs=1e-6)
    assert sum(value for key, value in values.items() if key.endswith("emission_share")) == pytest.approx(1)


def test_the_economys_price_stands_in_the_pools() -> None:
    app = part("Economy")
    assert "At $250 a TAO, one alpha of Chutes would be worth $18" in words(app)


# ---- pool and gap ---------------------------------------------------------------------------------------------------
def test_the_published_gap_is_said_with_its_figures() -> None:
    assert "$52M/year in emission against $2.4M/year in revenue" in words(part("Emission and revenue"))


def test_decisions_say_what_is_in_force_and_what_is_proposed() -> None:
    app = part("Decisions", vote_for="0.25", vote_against="0")
    said = words(app)
    assert "enacted after 7.11 hours instead of 24" in said  # 25,600 seconds
    assert "proposed, not in force" in said
    assert "live" in said
    assert "Challenger would own the subnet" in said


def test_votes_that_cannot_be_cast_are_told() -> None:
    app = part("Decisions", vote_for="0.8", vote_against="0.4")
    assert not app.exception
    assert any("add up to more than 1" in told for told in warned(app))


def test_a_pool_too_small_for_its_trades_is_told() -> None:
    app = part("Alpha and pool", pool_tao_64="1")
    assert not app.exception
    assert any("into a pool of 1; allowed: up to 1,000 times" in said for said in warned(app))


def test_what_was_chosen_on_a_tab_is_still_there_after_another() -> None:
    app = part("Yuma consensus")
    app.number_input(key="yuma-kappa").set_value(0.7).run()
    app.session_state["bittensor-parts"] = "Economy"
    app.run()
    app.session_state["bittensor-parts"] = "Yuma consensus"
    app.run()
    assert app.number_input(key="yuma-kappa").value == 0.7
