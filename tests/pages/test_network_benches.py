"""The benches of Render, Internet Computer and Fetch.ai on the Network page."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from model import Scenario
from model.networks import fetch_bench
from model.networks.published import FETCH_FIGURES, ICP_FIGURES, RENDER_FIGURES, Published
from tests.pages.opening import drawn, opened, warned, words

PAGE = "pages/network.py"
PARTS = {
    "render": ("render-parts", ["Epoch ledger", "Emission to the cap", "Burned and minted"]),
    "internet-computer": ("icp-parts", ["Neurons", "Voting rewards", "Node pay", "Burn and the 70% goal"]),
    "fetch": ("fetch-parts", ["Inflation", "Supply events", "Municipal inflation", "Validators"]),
}
EVERY = [(network, part) for network, (_, parts) in PARTS.items() for part in parts]


def at(network: str, part: str, link: str = "") -> AppTest:
    app = opened(PAGE, f"network={network}{link}")
    app.session_state[PARTS[network][0]] = part
    return app.run()


def scenario_of(app: AppTest) -> Scenario:
    found: Scenario = app.session_state["_scenario"].now.scenario
    return found


def typed(app: AppTest, key: str) -> Any:
    return app.session_state[f"_bench-{key}"]


def uploaded(app: AppTest, key: str, content: str) -> AppTest:
    place = f"{key}-in-{typed(app, key).generation}"
    app.file_uploader(key=place).upload("typed.csv", content.encode(), "text/csv")
    return app.run()


@pytest.mark.parametrize(("network", "part"), EVERY)
def test_every_part_opens_with_a_sentence_and_its_source(network: str, part: str) -> None:
    app = at(network, part)
    assert not app.exception
    assert warned(app) == []
    assert "Source and assumptions: " in words(app)


@pytest.mark.parametrize("link", ["render@2023-11", "internet-computer@2026-02", "fetch@2024-04"])
def test_every_part_opens_on_a_past_vintage(link: str) -> None:
    network = link.partition("@")[0]
    for part in PARTS[network][1]:
        app = opened(PAGE, f"network={link}")
        app.session_state[PARTS[network][0]] = part
        assert not app.run().exception


def test_an_uploaded_week_is_settled() -> None:
    app = at("render", "Epoch ledger")
    app = uploaded(app, "render-jobs", "job,kind,payment,node,approved\nOne,render,1160,Z,1\n")
    assert "Z" in drawn(app)["label"].to_list()
    assert "minted as reward" not in words(app)


def edited(app: AppTest, key: str, **edits: Any) -> AppTest:
    """The page after cells of a table were typed in a browser."""
    none: dict[str, Any] = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
    app.session_state[f"{key}-{typed(app, key).generation}"] = {**none, **edits}
    return app.run()


def test_a_typed_cell_moves_the_result() -> None:
    app = at("render", "Epoch ledger")
    before = words(app)
    app = edited(app, "render-jobs", edited_rows={0: {"payment": 1e6}})
    assert not app.exception
    assert words(app).splitlines()[2] != before.splitlines()[2]


def test_a_row_still_being_typed_is_told_and_the_others_count() -> None:
    app = at("fetch", "Validators")
    app = edited(app, "fetch-validators", added_rows=[{"validator": "New"}])
    assert not app.exception
    assert warned(app) == ["Own is empty (row 4); allowed: 0 to 1T. This row is not counted."]
    assert len(drawn(app)) == 2 * len(fetch_bench.EXAMPLE_VALIDATORS)


PRICED = [network for network in PARTS if network != "fetch"]  # its rules count tokens, so no price enters


@pytest.mark.parametrize("network", PRICED)
def test_the_price_at_the_end_of_the_horizon_can_feed_the_bench(network: str) -> None:
    app = at(network, "Node pay" if network == "internet-computer" else PARTS[network][1][0])
    (box,) = [own for own in app.selectbox if own.label == "Price from the economy"]
    first = app.number_input(key=box.key.removesuffix("_from")).value  # type: ignore[union-attr]
    box.select_index(1).run()
    assert not app.exception
    assert app.number_input(key=box.key.removesuffix("_from")).value != first  # type: ignore[union-attr]


def test_two_rules_of_render_stand_beside_each_other() -> None:
    app = at("render", "Epoch ledger")
    app.selectbox(key="render-from").set_value("before-bme").run()
    (table,) = [f.value for f in app.dataframe if "Difference" in f.value.columns]
    before = table["Before burn and mint (to 19 Dec 2023)"].to_list()
    assert before[0] == "0"
    assert table["Change"].to_list()[0] == "up from zero"


BUTTONS = [
    ("render", "Epoch ledger", "render-use", "salad.burn_share"),
    ("internet-computer", "Node pay", "icp-pay-cut-use", "fiat_indexed_mint"),
    ("fetch", "Inflation", "fetch-moving-use", "goal_bonded_response"),
    ("fetch", "Validators", "fetch-commission-use", "provider_emission_share"),
]


@pytest.mark.parametrize(("network", "part", "button", "key"), BUTTONS)
def test_the_bench_sets_the_economy_in_one_step_that_undo_takes_back(
    network: str, part: str, button: str, key: str
) -> None:
    app = at(network, part)
    before = scenario_of(app)
    app.button(key=button).click().run()
    assert not app.exception
    assert "Set in the economy: " in words(app)
    moved = scenario_of(app)
    assert moved.values[key] != before.values.get(key)
    assert len(app.session_state["_scenario"].past) == 1


def test_setting_what_the_economy_has_changes_nothing() -> None:
    app = at("internet-computer", "Voting rewards")
    assert "The economy has it already: voting rewards times 0.6329" in words(app)
    app.button(key="icp-rewards-use").click().run()
    assert scenario_of(app).changes == {}


def test_the_press_variant_of_renders_table_is_an_assumption_of_the_economy() -> None:
    app = at("render", "Emission to the cap")
    app.button_group(key="render-variant").set_value("press").run()
    app.button(key="render-year-2-use").click().run()
    assert scenario_of(app).assumptions == {"emission_table.2": 5_637_150}


@pytest.mark.parametrize("network", PRICED)
def test_the_price_of_the_scenario_is_the_benchs_default(network: str) -> None:
    part = "Node pay" if network == "internet-computer" else PARTS[network][1][0]
    app = at(network, part, "&initial.price=0.77")
    prices = [own.value for own in app.number_input if own.label == "Price, USD a token"]
    assert prices == [0.77]


@pytest.mark.parametrize(
    ("network", "figures"),
    [("render", RENDER_FIGURES), ("internet-computer", ICP_FIGURES), ("fetch", FETCH_FIGURES)],
)
def test_published_figures_name_date_source_and_grade(network: str, figures: tuple[Published, ...]) -> None:
    app = opened(PAGE, f"network={network}")
    (table,) = [f.value for f in app.dataframe if "Grade" in f.value.columns]
    assert table["Figure"].to_list() == [own.what for own in figures]
    assert all(own.on for own in figures)
    assert all(own.source for own in figures)
