"""The Model page: every part opens on every network, and shows what is declared."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from model import Scenario, load_network, network_names
from model.backcast import backcasts_of
from model.calibration_report import influences
from model.glossary import TERMS
from model.limits import LIMITS
from model.parameters import parameter_keys
from tests.pages.opening import opened, words
from ui.model_tabs import parameter_rows
from ui.network_figures import backcast_sentence, figure_rows

PAGE = "pages/model.py"
TABS = ["How it works", "Equations", "Parameters", "Where the figures come from", "Limits", "Glossary"]


def with_tab(link: str, tab: str) -> AppTest:
    return opened(PAGE, link, "model-tabs", tab)


@pytest.mark.slow
@pytest.mark.parametrize("network", network_names())
def test_every_part_opens_on_every_network(network: str) -> None:
    app = opened(PAGE, f"network={network}")
    for tab in TABS:
        app.session_state["model-tabs"] = tab
        assert not app.run().exception


@pytest.mark.parametrize("link", ["", "burn_share=1.7", "network=nowhere", "nonsense=<b>"])
def test_bare_and_broken_links_open_the_page(link: str) -> None:
    app = opened(PAGE, link)
    assert not app.exception
    assert "The week begins." in words(app)


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
    assert 0 < len(app.latex) < 20
    assert not opened(PAGE, "network=textbook").latex


def test_the_parameter_table_holds_every_parameter_with_its_value_here() -> None:
    scenario = Scenario(load_network("textbook"), {"burn_share": 0.4})
    rows = {row["Key"]: row for row in parameter_rows(scenario)}
    assert set(rows) == set(parameter_keys(scenario.structure))
    assert rows["burn_share"]["Here"] == "40%"
    assert "E6" in rows["burn_share"]["Equations"]


def test_the_figures_table_holds_every_figure_and_alternative() -> None:
    network = load_network("render")
    rows = list(figure_rows(network.figures, network))
    assert len(rows) == len(network.figures) + sum(len(figure.alternatives) for figure in network.figures)
    assert all(row["Source"] and row["Grade"] for row in rows)


def test_limits_and_glossary_are_complete_on_the_page() -> None:
    assert all(limit.title in words(with_tab("", "Limits")) for limit in LIMITS)
    app = with_tab("", "Glossary")
    assert len(app.subheader) == len(TERMS)


FIGURES = "Where the figures come from"


@pytest.mark.parametrize("identity", ["render", "render@2023-12", "bittensor", "internet-computer@2026-02", "fetch"])
def test_the_origin_of_figures_says_kind_drift_judgements_rules_and_what_is_left_out(identity: str) -> None:
    network = load_network(identity)
    app = with_tab(f"network={identity}", FIGURES)
    said = words(app)
    assert "Kind of rest: " in said
    assert "Drift over the first 8 weeks" in said
    for sentence in (*network.judgement_calls, *network.not_modelled):
        assert sentence[1:] in said
    for note in network.notes:
        assert note.text in said
        assert note.source.title in said
    shown = [frame.value for frame in app.dataframe]
    rules = next(frame for frame in shown if "Rule" in frame.columns)
    assert set(rules["Key"]) == set(network.derived)
    keys = {key for frame in shown if "Grade" in frame.columns for key in frame["Key"]}
    assert keys == {figure.key for figure in network.figures}


def test_back_casts_stand_on_the_page_with_their_error_and_what_the_vintage_had_seen() -> None:
    app = with_tab("network=bittensor", FIGURES)
    (table,) = [frame.value for frame in app.dataframe if "Error" in frame.value.columns]
    assert len(table) == len(backcasts_of("bittensor"))
    assert set(table["Seen before"]) <= {"in-sample", "partly in-sample", "out-of-sample"}
    assert all(error.endswith("%") for error in table["Error"])


def test_an_invented_network_has_no_back_cast() -> None:
    app = with_tab("network=payment", FIGURES)
    assert not [frame for frame in app.dataframe if "Error" in frame.value.columns]
    assert "Drift" not in words(app)


def test_influences_are_measured_when_asked_for_and_sorted() -> None:
    app = with_tab("network=fetch", FIGURES)
    assert not [frame for frame in app.dataframe if "Varied between" in frame.value.columns]
    app.session_state["influences"] = True
    app.run()
    assert not app.exception
    (table,) = [frame.value for frame in app.dataframe if "Varied between" in frame.value.columns]
    assert len(table) == len(influences("fetch@2026-11"))


def test_the_out_of_sample_errors_of_a_network_are_said_in_a_sentence() -> None:
    rows = backcasts_of("fetch")
    unseen = [row for row in rows if row.sample == "out-of-sample"]
    assert f"Of {len(rows)} figures {len(unseen)} are out-of-sample" in backcast_sentence(rows)
    assert "out-of-sample" not in backcast_sentence([row for row in rows if row not in unseen])
