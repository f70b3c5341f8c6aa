"""The Model page: every part opens on every network, and shows what is declared."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from model import Scenario, load_network, network_names
from model.parameters import parameter_keys
from model.reports.backcast import backcasts, backcasts_of
from model.reports.baselines import columns, effects
from model.reports.calibration_report import influences
from model.reports.chosen import CHOSEN, call_influences, influence_sentence
from model.reports.claims import claims
from model.reports.trust import DOUBT, TRUST, told
from model.words.glossary import TERMS
from model.words.limits import LIMITS
from tests.pages.opening import drawn, opened, warned, words
from ui.network.figures import figure_rows
from ui.reference.backcasts import backcast_sentence
from ui.reference.tabs import parameter_rows

PAGE = "pages/model.py"
TABS = [
    "How it works", "Trust and doubt", "Equations", "Parameters", "Figures", "Assumptions",
    "Validation", "Engines", "Back-casts", "Rules and audits", "Limits", "Glossary", "Changelog",
]  # fmt: skip


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


FIGURES = "Figures"


@pytest.mark.parametrize("identity", ["render", "render@2023-12", "bittensor", "internet-computer@2026-02", "fetch"])
def test_the_origin_of_figures_says_kind_drift_judgements_and_what_is_left_out(identity: str) -> None:
    network = load_network(identity)
    app = with_tab(f"network={identity}", FIGURES)
    said = words(app)
    assert "Kind of rest: " in said
    assert "Drift over the first 8 weeks" in said
    for sentence in (*network.judgement_calls, *network.not_modelled):
        assert sentence[1:] in said
    shown = [frame.value for frame in app.dataframe]
    rules = next(frame for frame in shown if "Rule" in frame.columns)
    assert set(rules["Key"]) == set(network.derived)
    keys = {key for frame in shown if "Grade" in frame.columns for key in frame["Key"]}
    assert keys == {figure.key for figure in network.figures}


def test_back_casts_stand_on_the_page_with_their_error_and_what_the_vintage_had_seen() -> None:
    app = with_tab("network=bittensor", "Back-casts")
    (table,) = [frame.value for frame in app.dataframe if "Error" in frame.value.columns]
    assert len(table) == len(backcasts_of("bittensor"))
    assert set(table["Seen before"]) <= {"in-sample", "partly in-sample", "out-of-sample"}
    assert all(error in label for error, label in zip(table["Error"], drawn(app)["label"], strict=True))
    assert drawn(app)["error"].to_list() == pytest.approx([row.error for row in backcasts_of("bittensor")])


def test_an_invented_network_has_no_past_and_shows_that_of_the_real_ones() -> None:
    app = with_tab("network=payment", "Back-casts")
    assert "is invented and has no past" in words(app)
    assert drawn(app).height == len(backcasts())
    assert "Drift" not in words(with_tab("network=payment", FIGURES))


# ---- trust ------------------------------------------------------------------------------------------------------
def test_the_validation_page_equals_the_committed_figures_and_is_filtered_by_words() -> None:
    app = opened(PAGE, "model.tab=validation")
    (table,) = [frame.value for frame in app.dataframe]
    found = list(claims().values())
    assert list(table["Figure"]) == [claim.reached_words for claim in found]
    assert list(table["Limit"]) == [claim.limit_words for claim in found]
    assert set(table["Verdict"]) == {"within limit", "stated, no limit"}
    app.text_input(key="claim-search").set_value("bittensor yuma").run()
    (table,) = [frame.value for frame in app.dataframe]
    assert 0 < len(table) < 4
    assert not app.exception


def test_the_card_carries_ten_reasons_with_their_figures() -> None:
    said = words(opened(PAGE, "model.tab=trust-and-doubt"))
    for reason in (*TRUST, *DOUBT):
        assert reason.title in said
        assert told(reason) in said
        assert not reason.tab or reason.tab in TABS


def test_engines_are_compared_on_the_scenario_on_screen() -> None:
    said = words(opened(PAGE, "network=payment&emission_scale=0.5&model.tab=engines"))
    assert "On 6 paths of" in said
    assert "is within the 1.00e−9 they promise" in said


def test_every_equation_on_screen_shows_both_sides_now() -> None:
    scenario = Scenario(load_network("bittensor"))
    app = opened(PAGE, "network=bittensor&model.tab=equations")
    count = len(scenario.system.equations)
    assert f"Of {count} equations {count} hold" in words(app)
    app.text_input(key="equation-search").set_value("entry").run()
    assert "Now (validators): " in words(app)


def test_assumptions_tell_what_was_moved_the_calls_of_judgement_and_every_alternative() -> None:
    app = opened(PAGE, "network=render&demand_growth=0.3&model.tab=assumptions")
    said = words(app)
    assert "This result uses" in said
    network = load_network("render")
    for call, found in zip(network.judgement_calls, call_influences(network), strict=True):
        assert call in said
        assert influence_sentence(found, network) in said
    (table,) = [frame.value for frame in app.dataframe]
    assert len(table) == len(CHOSEN)


def test_rules_and_audits_come_with_their_source_and_the_changelog_with_baselines() -> None:
    said = words(opened(PAGE, "network=render@2023-12&model.tab=rules-and-audits"))
    for note in load_network("render@2023-12").notes:
        assert note.text in said
        assert note.source.title in said
    app = opened(PAGE, "network=render@2023-12&model.tab=changelog")
    said = words(app)
    assert "Baselines on the single path did not move" in said
    for *_, sentences in effects(columns()):
        assert all(sentence in said for sentence in sentences)
    (shown,) = [frame.value for frame in app.dataframe]
    assert shown["Figure"].to_list()[0] == "Supply"


def test_a_tab_that_does_not_exist_is_told_and_the_first_one_opens() -> None:
    app = opened(PAGE, "model.tab=nowhere")
    assert "The week begins." in words(app)
    assert any("nowhere" in text for text in warned(app))


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
