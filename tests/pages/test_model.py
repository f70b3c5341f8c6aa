"""The Model page: every part opens on every network, and shows what is declared."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from model import Scenario, load_network, network_names
from model.glossary import TERMS
from model.limits import LIMITS
from model.parameters import parameter_keys
from tests.pages.opening import opened, words
from ui.model_tabs import figure_rows, parameter_rows

PAGE = "pages/model.py"
TABS = ["How it works", "Equations", "Parameters", "Network figures", "Limits", "Glossary"]


def with_tab(link: str, tab: str) -> AppTest:
    app = opened(PAGE, link)
    app.session_state["model-tabs"] = tab
    return app.run()


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("network", network_names())
def test_every_part_opens_on_every_network(network: str, tab: str) -> None:
    assert not with_tab(f"network={network}", tab).exception


@pytest.mark.parametrize("link", ["", "burn_share=1.7", "network=nowhere", "nonsense=<b>"])
def test_bare_and_broken_links_open_the_page(link: str) -> None:
    app = opened(PAGE, link)
    assert not app.exception
    assert "1. The week begins." in words(app)


def test_the_parts_of_a_week_come_in_the_order_of_the_equations() -> None:
    said = words(opened(PAGE, "network=textbook"))
    places = [said.index(f"{number}. ") for number in range(1, 9)]
    assert places == sorted(places)


def test_an_equation_is_found_by_its_number_and_rendered() -> None:
    app = with_tab("network=textbook", "Equations")
    app.text_input(key="equation-search").set_value("E9").run()
    assert "1 of" in words(app)
    assert "(E9) Entry and exit" in words(app)
    assert any("N'" in formula.value for formula in app.latex)


def test_only_the_open_part_of_the_week_is_rendered() -> None:
    app = with_tab("network=textbook", "Equations")
    assert 0 < len(app.latex) < 10
    assert not opened(PAGE, "network=textbook").latex


def test_the_parameter_table_holds_every_parameter_with_its_value_here() -> None:
    scenario = Scenario(load_network("textbook"), {"burn_share": 0.4})
    rows = {row["Key"]: row for row in parameter_rows(scenario)}
    assert set(rows) == set(parameter_keys(scenario.structure))
    assert rows["burn_share"]["Here"] == "40%"
    assert "E6" in rows["burn_share"]["Equations"]


def test_the_figures_table_holds_every_figure_and_alternative() -> None:
    network = load_network("render")
    rows = list(figure_rows(network.figures))
    assert len(rows) == len(network.figures) + sum(len(figure.alternatives) for figure in network.figures)
    assert all(row["Source"] and row["Grade"] for row in rows)


def test_limits_and_glossary_are_complete_on_the_page() -> None:
    assert all(limit.title in words(with_tab("", "Limits")) for limit in LIMITS)
    app = with_tab("", "Glossary")
    assert len(app.subheader) == len(TERMS)
