"""The Sandbox: links open it, levers move what is drawn, wrong input is one sentence."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from model import VERSION, Scenario, load_network, network_names
from model.words.futures_sentences import draws_chance
from tests.pages.opening import drawn, line, notes, opened, query_of, warned, words
from ui.changes_drawer import fitting
from ui.levers.board import AT_FIRST_SIGHT

PAGE = "pages/sandbox.py"
SLIDER = "slide:burn_share"


@pytest.mark.slow
@pytest.mark.parametrize("network", network_names())
def test_every_network_opens_from_its_link(network: str) -> None:
    app = opened(PAGE, f"v={VERSION}&network={network}")
    assert not app.exception
    assert notes(app) == ()
    spreads = draws_chance(Scenario(load_network(network)))
    assert len(app.get("vega_lite_chart")) == 4 + spreads  # nothing spreads where nothing is left to chance
    assert 0 < len(app.slider) <= AT_FIRST_SIGHT
    assert "scenario and baseline are the same" in app.markdown[0].value


def test_an_empty_change_draws_identical_lines() -> None:
    app = opened(PAGE)
    frame = drawn(app)
    assert line(frame, "scenario") == line(frame, "baseline")
    assert line(frame, "previous") == []


def test_a_link_moves_the_levers_and_the_numbers_drawn() -> None:
    app = opened(PAGE, "burn_share=0.3")
    assert app.slider(key=SLIDER).value == 30
    frame = drawn(app)
    assert line(frame, "scenario")[-1] < line(frame, "baseline")[-1]
    assert line(frame, "scenario")[0] == line(frame, "baseline")[0]


def test_a_slider_changes_sentence_numbers_and_address_and_keeps_the_previous_state_faint() -> None:
    app = opened(PAGE, "burn_share=0.3")
    before = line(drawn(app), "scenario")
    app.slider(key=SLIDER).set_value(40.0).run()
    assert "burn share at 40% instead of 20%, paid by providers" in app.markdown[0].value
    frame = drawn(app)
    assert line(frame, "previous") == before
    assert line(frame, "scenario")[-1] < before[-1]
    assert query_of(app) == {"v": VERSION, "network": "payment", "burn_share": "0.4", "seed": "7"}


def test_undo_redo_and_reset_walk_through_the_history() -> None:
    app = opened(PAGE)
    app.slider(key=SLIDER).set_value(40.0).run()
    app.slider(key=SLIDER).set_value(50.0).run()
    app.button(key="undo").click().run()
    assert app.slider(key=SLIDER).value == 40
    app.button(key="redo").click().run()
    assert app.slider(key=SLIDER).value == 50
    app.button(key="reset").click().run()
    assert app.slider(key=SLIDER).value == 20
    assert "No lever is moved" in app.markdown[0].value
    app.button(key="undo").click().run()
    assert app.slider(key=SLIDER).value == 50


def test_the_payer_s_share_follows_and_says_so() -> None:
    app = opened(PAGE, "burn_share=0.3")
    assert app.slider(key="slide:provider_fee_share").value == 50
    assert "Providers pay: provider share of revenue at 50% instead of 60%." in words(app)
    app.radio(key="payer").set_value("treasury").run()
    assert app.slider(key="slide:provider_fee_share").value == 60
    assert "The treasury pays: treasury share of revenue at 0% instead of 10%." in words(app)
    assert query_of(app)["funded_by"] == "treasury"


def test_a_change_nobody_can_pay_is_refused_in_a_sentence_and_nothing_is_lost() -> None:
    app = opened(PAGE, "burn_share=0.3")
    before = line(drawn(app), "scenario")
    assert app.slider(key=SLIDER).max == 80  # what is burned and all that providers have
    app.session_state["exact:burn_share"] = True
    app.run()
    app.number_input(key="type:burn_share").set_value(95.0).run()
    assert "provider_fee_share" not in app.error[0].value
    assert [e.value.replace("\\", "").split(":")[0] for e in app.error] == ["Providers cannot pay for this"]
    assert app.slider(key=SLIDER).value == 30
    assert line(drawn(app), "scenario") == before
    app.slider(key=SLIDER).set_value(35.0).run()
    assert not app.error


def test_a_value_outside_the_usual_range_is_allowed_and_marked() -> None:
    app = opened(PAGE, "staker_fee_share=0.65&funded_by=providers")
    assert app.slider(key="slide:staker_fee_share").value == 65
    assert "Outside the usual range, 0% to 60%." in words(app)


def test_an_assumption_changes_the_baseline_too_and_is_counted_under_every_chart() -> None:
    app = opened(PAGE, "demand_growth=0.3&burn_share=0.3")
    assert words(app).count("1 non-default assumption") == 5
    app.pills(key="side").set_value("Assumptions").run()
    assert app.slider(key="slide:demand_growth").value == 30
    assert any("not the proposal" in text for text in warned(app))


def test_another_network_keeps_what_exists_there_and_tells_what_stays_behind() -> None:
    app = opened(PAGE, "emission_scale=0.5&slashing_rate=0.01&initial.price=2")
    app.selectbox(key="pick-network").set_value("render").run()
    assert query_of(app) == {"v": VERSION, "network": "render", "emission_scale": "0.5", "seed": "7"}
    assert len(warned(app)) == 1
    assert "Slashing rate" in warned(app)[0]
    assert "price" in warned(app)[0]
    app.button(key="undo").click().run()
    assert query_of(app)["slashing_rate"] == "0.01"
    assert warned(app) == []


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("nonsense=1", "There is no key 'nonsense'"),
        ("burn_share=1.7", "Burn share is 170%"),
        ("burn_share=0.9&staker_fee_share=0.2", "Providers cannot pay"),
        ("burn_share=much", "'much' is not a number"),
        ("burn_share=nan", "Burn share is not a finite number"),
        ("burn_share=inf", "Burn share is not a finite number"),
        ("network=atlantis", "There is no network 'atlantis'"),
        ("network=../../secrets.toml", "A link names a network, not a file"),
        ("funded_by=nobody", "'nobody' cannot pay"),
        ("years=-3", "The horizon '-3' cannot be shown"),
        ("years=1e9", "The horizon '1e9' cannot be shown"),
        ("start=tomorrow", "'tomorrow' is not a date"),
        ("initial.price=-1", "The initial price is -1"),
        ("phase_in_years=nan", "The phase-in is out of range"),
        ("v=99", "The link is of the later version 99"),
        ("v=0.0.1", "This link was made with version '0.0.1'"),
        ("%3Cb%3E=%3Cscript%3E", "'<script>' is not a number"),
    ],
)
def test_a_broken_link_is_one_sentence_and_the_rest_of_it_holds(link: str, told: str) -> None:
    app = opened(PAGE, f"emission_scale=0.5&{link}")
    assert not app.exception
    assert len(warned(app)) == 1
    assert warned(app)[0].startswith(told)
    assert app.slider(key="slide:emission_scale").value == 0.5
    app.slider(key="slide:emission_scale").set_value(0.6).run()
    assert warned(app) == []


def test_rubbish_alone_opens_today_s_network() -> None:
    app = opened(PAGE, "&&==%00%ff&" + "&".join(f"x{i}={i}" for i in range(300)))
    assert not app.exception
    assert "No lever is moved" in app.markdown[0].value


def test_a_change_that_starts_after_the_horizon_says_so() -> None:
    app = opened(PAGE, "burn_share=0.3&start=2040-01-01")
    assert "the changes start in Jan 2040, after the horizon" in app.markdown[0].value


def test_one_word_for_all_streams_moves_a_lever_each() -> None:
    app = opened(PAGE, "network=render&burn_share=0.5&funded_by=providers")
    assert [app.slider(key=f"slide:{stream}.burn_share").value for stream in ("jobs", "salad")] == [50, 50]
    app.slider(key="slide:jobs.burn_share").set_value(60.0).run()
    assert query_of(app)["jobs.burn_share"] == "0.6"
    assert query_of(app)["salad.burn_share"] == "0.5"
    assert "burn_share" not in query_of(app)


def test_the_horizon_is_part_of_the_link() -> None:
    app = opened(PAGE, "years=20")
    assert "Nov 2046" in app.markdown[0].value


def test_the_range_of_a_chart_holds_while_a_lever_moves() -> None:
    app = opened(PAGE, "burn_share=0.4")
    before = app.session_state["_domains"].copy()
    app.slider(key=SLIDER).set_value(39.0).run()
    assert app.session_state["_domains"] == before


# ---- proposals, stacked ---------------------------------------------------------------------------------
PROPOSAL = "revenue-burn-20-providers"
MISSION = "proposal=icp-mission-70"


def opened_drawer(link: str) -> AppTest:
    """The Sandbox with the list of changes open."""
    app = opened(PAGE, link)
    app.session_state["changes"] = True
    return app.run()


def test_a_lever_that_a_proposal_sets_stands_at_its_value_and_names_it_beside_today_s() -> None:
    app = opened(PAGE, f"network=staking&proposal={PROPOSAL}")
    assert app.slider(key=SLIDER).value == 20
    assert "today 0% · proposal 20%" in words(app)
    app.slider(key=SLIDER).set_value(40.0).run()
    assert app.slider(key=SLIDER).value == 40
    assert "and burn share at 40% instead of 20%" in app.markdown[0].value
    app.button(key="back:burn_share").click().run()
    assert app.slider(key=SLIDER).value == 20
    app.button(key="today:burn_share").click().run()
    assert app.slider(key=SLIDER).value == 0
    assert query_of(app)["burn_share"] == "0"


def test_a_lever_moved_by_a_proposal_comes_to_first_sight() -> None:
    app = opened(PAGE, MISSION)
    assert app.slider(key="slide:inflation_rate").value == pytest.approx(3.1645)


def test_the_list_of_changes_switches_a_provision_off_and_on() -> None:
    app = opened_drawer(MISSION)
    toggle = "drawer:icp-mission-70:node-pay"
    assert app.toggle(key=toggle).value
    app.toggle(key=toggle).set_value(False).run()
    assert "With “Mission 70” without “Node pay halved”" in app.markdown[0].value
    assert query_of(app)["without"] == "icp-mission-70:node-pay"
    assert "Fiat-indexed" in words(app)  # one that is off still says what it would set
    app.toggle(key=toggle).set_value(True).run()
    assert "without" not in query_of(app)


def test_a_proposal_is_added_on_top_and_taken_off_and_the_rest_is_what_it_was() -> None:
    app = opened_drawer("network=staking&emission_scale=0.5")
    before = line(drawn(app), "scenario")
    app.selectbox(key="drawer-add").select(PROPOSAL).run()
    assert query_of(app)["proposal"] == PROPOSAL
    assert line(drawn(app), "scenario") != before
    app.button(key=f"remove:{PROPOSAL}").click().run()
    assert "proposal" not in query_of(app)
    assert line(drawn(app), "scenario") == before


def test_only_proposals_that_fit_the_network_are_offered() -> None:
    offered = fitting(Scenario(load_network("staking")))
    assert {part.network.partition("@")[0] for part in offered.values()} == {"staking", "any"}
    assert PROPOSAL not in fitting(Scenario(load_network("staking"), proposals=[PROPOSAL]))


def test_two_that_set_the_same_thing_are_told_with_both_values() -> None:
    app = opened_drawer(f"network=staking&proposal={PROPOSAL}&burn_share=0.4")
    assert [e.value.replace("\\", "") for e in app.info] == [
        "“A fifth of revenue burned, paid by providers” and the change by hand both set burn share: 20% and 40%; "
        "from the first day the latter holds."
    ]


def test_reset_leads_to_the_proposal_or_to_today() -> None:
    app = opened(PAGE, f"{MISSION}&without=icp-mission-70:node-pay&emission_scale=0.5")
    app.button(key="reset-to-proposal").click().run()
    assert set(query_of(app)) == {"v", "network", "proposal", "seed"}
    assert app.button(key="reset-to-proposal").disabled
    app.button(key="reset").click().run()
    assert "proposal" not in query_of(app)
    app.button(key="undo").click().run()
    assert query_of(app)["proposal"] == "icp-mission-70"


def test_a_link_carries_layout_charts_and_hidden_baseline_and_undo_leaves_them() -> None:
    app = opened(PAGE, "burn_share=0.4&sandbox.layout=1&sandbox.chart.1=price")
    assert app.selectbox(key="slot-0").value == "price"
    assert "panel-1" not in str(app.main)
    app.button(key="baseline").click().run()
    assert line(drawn(app), "baseline") == []
    assert line(drawn(app), "scenario")
    app.slider(key=SLIDER).set_value(50.0).run()
    app.button(key="layout-2").click().run()
    app.selectbox(key="slot-1").select("minted-burned").run()
    assert drawn(app, 1)["baseline_net"].is_null().all()
    app.button(key="undo").click().run()
    assert app.button(key="undo").disabled
    view = {key: text for key, text in query_of(app).items() if "." in key}
    assert view == {"sandbox.layout": "2", "sandbox.chart.1": "price", "show.baseline": "0"}


def test_a_chart_or_a_layout_that_does_not_exist_is_told_and_the_usual_ones_stand() -> None:
    app = opened(PAGE, "sandbox.layout=9&sandbox.chart.2=weather&show.baseline=maybe")
    told = " ".join(warned(app))
    assert "'9' cannot be chosen" in told
    assert "'weather' cannot be chosen" in told
    assert "'maybe' is neither on nor off" in told
    assert app.selectbox(key="slot-3").value == "staking_ratio"


def test_undo_takes_a_change_of_another_page_back() -> None:
    app = opened(PAGE)
    app.slider(key=SLIDER).set_value(40.0).run()
    app.switch_page("pages/equilibrium.py").run()
    app.button(key="undo").click().run()
    assert "burn_share" not in query_of(app)
    app.switch_page(PAGE).run()
    assert app.slider(key=SLIDER).value == 20
    app.button(key="redo").click().run()
    assert app.slider(key=SLIDER).value == 40


def test_replay_shows_before_then_after_and_ends_with_the_next_change() -> None:
    app = opened(PAGE)
    assert app.button(key="replay").disabled
    before = line(drawn(app), "scenario")
    app.slider(key=SLIDER).set_value(40.0).run()
    after = line(drawn(app), "scenario")
    app.button(key="replay").click().run()
    assert line(drawn(app), "scenario") == before
    assert app.info[0].value.startswith("**1 of 2. Before the last change (Burn share 20% → 40%).**")
    assert app.slider(key=SLIDER).value == 40
    app.button(key="replay").click().run()
    assert line(drawn(app), "scenario") == after
    assert "lower than before" in app.info[0].value
    app.slider(key=SLIDER).set_value(50.0).run()
    assert not app.info
    assert line(drawn(app), "scenario") != after
