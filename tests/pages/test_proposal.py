"""The Proposal page: every proposal opens, provisions switch, links hold, and nothing proposed is exactly nothing."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from model import load_network
from model.proposals.files import load_proposal, proposal_names
from tests.pages.opening import line, notes, opened, query_of, sent, warned, words

PAGE = "pages/proposal.py"
STAKED = "proposal=revenue-burn-20-stakers&network=staking"


def drawn_lines(app: AppTest) -> tuple[list[float], list[float]]:
    """Baseline and scenario of the chart of supply."""
    frames = [sent(chart) for chart in app.get("vega_lite_chart")]
    main = next(frame["main"] for frame in frames if {"series", "value"} <= set(frame["main"].columns))
    return line(main, "baseline"), line(main, "scenario")


def test_a_bare_address_says_what_to_do_next_and_offers_every_proposal() -> None:
    app = opened(PAGE)
    assert not app.exception
    assert "No proposal is open. Choose one" in words(app)
    keys = [button.key or "" for button in app.button]
    offered = {key.removeprefix("open:") for key in keys if key.startswith("open:")}
    assert offered == set(proposal_names())


def test_a_click_in_the_list_opens_a_proposal_on_its_own_date() -> None:
    app = opened(PAGE)
    app.button(key="open:bittensor-no-first-halving").click().run()
    assert not app.exception
    assert query_of(app)["network"] == "bittensor@2025-11"
    assert app.header[0].value == "The first halving, seen from its absence"


@pytest.mark.slow
@pytest.mark.parametrize("name", proposal_names())
def test_every_proposal_opens_from_a_link_that_names_it_alone(name: str) -> None:
    app = opened(PAGE, f"proposal={name}&futures=0&years=2")
    part = load_proposal(name)
    assert not app.exception
    assert notes(app) == ()
    assert [header.value.replace("\\", "") for header in app.header] == [part.title]
    said = words(app)
    assert part.does_not_model[0] in said
    assert all(source.title in said for source in part.sources.values())
    assert {f"switch:{name}:{provision.id}" for provision in part.provisions} <= {t.key for t in app.toggle}


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("proposal=no-such-thing", "There is no proposal 'no-such-thing'"),
        ("proposal=~not-packed", "cannot be read"),
        ("proposal=icp-mission-70&network=render", "is a proposal for internet-computer, not for render"),
        ("proposal=icp-mission-70&without=icp-mission-70:nothing", "There is no provision"),
        ("proposal=icp-mission-70&years=0", "the horizon"),
    ],
)
def test_a_broken_link_is_one_sentence(link: str, told: str) -> None:
    app = opened(PAGE, link + "&futures=0")
    assert not app.exception
    assert len(warned(app)) >= 1
    assert any(told.lower() in text.lower() for text in warned(app))


def test_a_provision_switched_off_is_left_out_and_two_steps_back_bring_all_again() -> None:
    app = opened(PAGE, "proposal=icp-mission-70&futures=0&years=5")
    whole = drawn_lines(app)
    for name in ("voting-rewards", "node-pay"):
        app.toggle(key=f"switch:icp-mission-70:{name}").set_value(False).run()
    assert query_of(app)["without"] == "icp-mission-70:node-pay,icp-mission-70:voting-rewards"
    assert any(
        "leave out what is switched off" in part.value and "“Node pay halved”" in part.value for part in app.markdown
    )
    parted = drawn_lines(app)
    assert parted[0] == whole[0]
    assert parted[1][-1] > whole[1][-1]
    app.button(key="undo").click().run()
    assert query_of(app)["without"] == "icp-mission-70:voting-rewards"
    app.button(key="undo").click().run()
    assert "without" not in query_of(app)
    assert drawn_lines(app) == whole
    assert not any("leave out what is switched off" in part.value for part in app.markdown)
    app.button(key="redo").click().run()
    assert app.toggle(key="switch:icp-mission-70:voting-rewards").value is False


def test_with_every_provision_off_nothing_differs_and_the_page_says_why() -> None:
    app = opened(PAGE, f"{STAKED}&without=revenue-burn-20-stakers:burn&years=5")
    assert not app.exception
    assert any("every provision is switched off" in info.value for info in app.info)
    baseline, scenario = drawn_lines(app)
    assert baseline == scenario
    assert "Nobody would gain or pay" in words(app)
    app.button(key="as-put").click().run()
    baseline, scenario = drawn_lines(app)
    assert baseline != scenario


def test_numbers_are_counted_in_fifty_futures_and_the_gains_add_up() -> None:
    app = opened(PAGE, f"{STAKED}&years=5")
    assert not app.exception
    said = words(app)
    assert "modelled futures" in said
    assert "two calls of judgement" in said
    assert "nothing is left over" in said
    frames = [sent(chart) for chart in app.get("vega_lite_chart")]
    bands = next(frame["main"] for frame in frames if "band" in frame["main"].columns)
    for _, rows in bands.group_by("label"):
        assert float((rows["end"] - rows["start"]).sum()) == pytest.approx(1.0, abs=1e-6)


def test_a_position_is_asked_for_and_stays_out_of_the_link() -> None:
    app = opened(PAGE, f"{STAKED}&futures=0&years=5")
    app.session_state["position"] = True
    app.run()
    before = query_of(app)
    app.number_input(key="my-tokens").set_value(250.0).run()
    assert not app.exception
    assert query_of(app) == before
    token = load_network("staking").token
    assert app.number_input(key="my-tokens").label == f"{token} I hold"
    assert "Earned until then" in words(app)
    assert f" {token} a year" in words(app)


def test_a_second_proposal_lies_on_top_and_is_taken_off_again() -> None:
    app = opened(PAGE, "proposal=revenue-burn-20-stakers,buyback-and-hold&network=staking&futures=0&years=2")
    assert not app.exception
    assert len(app.header) == 2
    app.button(key="take-off:buyback-and-hold").click().run()
    assert query_of(app)["proposal"] == "revenue-burn-20-stakers"
    assert len(app.header) == 1


def test_two_proposals_that_set_the_same_thing_are_told_apart() -> None:
    app = opened(PAGE, "proposal=render-rnp-001,render-rnp-006&futures=0&years=2")
    assert any("both set" in text for text in warned(app))


def test_a_past_proposal_stands_beside_what_was_published_since() -> None:
    app = opened(PAGE, "proposal=render-rnp-006&futures=0&years=2")
    assert "What happened since" in [heading.value for heading in app.subheader]
    assert "out-of-sample" in words(app)


def test_the_drivers_add_up_to_the_whole_difference_and_can_be_read_without_behaviour() -> None:
    app = opened(PAGE, "proposal=icp-mission-70&futures=0&years=3")
    for how in ("With behaviour", "Mechanical"):
        app.segmented_control(key="driver-how").set_value(how).run()
        assert not app.exception
        frames = [sent(chart)["main"] for chart in app.get("vega_lite_chart")]
        steps = next(frame for frame in frames if "role" in frame.columns and "start" in frame.columns)
        assert steps["label"][0] == "Baseline"
        assert steps["label"][-1] == "Scenario"
        assert steps["start"][1] == pytest.approx(steps["start"][0])
        assert steps["end"][-2] == pytest.approx(steps["end"][-1], rel=1e-6)


def test_a_proposal_for_any_network_goes_along_to_another_one() -> None:
    app = opened(PAGE, "proposal=revenue-burn-20-users&network=staking&futures=0&years=2")
    app.selectbox(key="pick-network").set_value("governance").run()
    assert not app.exception
    assert query_of(app)["network"] == "governance"
    assert query_of(app)["proposal"] == "revenue-burn-20-users"


def test_a_proposal_that_nobody_can_pay_for_elsewhere_stays_behind_and_the_page_says_so() -> None:
    app = opened(PAGE, f"{STAKED}&futures=0&years=2")
    app.selectbox(key="pick-network").set_value("governance").run()
    assert not app.exception
    assert "proposal" not in query_of(app)
    assert any("Left behind" in text and "paid by stakers" in text for text in warned(app))


def test_changes_by_hand_are_read_here_too() -> None:
    app = opened(PAGE, "burn_share=0.3&futures=0&years=2")
    assert not app.exception
    assert "1 change by hand to today's rules" in words(app)
