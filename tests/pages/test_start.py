"""Start: one lever that rewrites one sentence, proposals to choose from, steps that tick themselves."""

from __future__ import annotations

import math
import re

import pytest

from charts.sparkline import sparkline
from model import load_proposal, proposal_names
from model.proposals.cards import MEASURES, THEMES, cards, themes_of
from model.proposals.expected import expected_of
from model.proposals.proposal import DatedEvent, Provision
from model.words.text import TOLERANCE
from tests.pages.opening import drawn, line, opened, query_of, warned, words
from ui.link import read_query
from ui.start.examples import NETWORKS, Example
from ui.start.gallery import AT_FIRST, first_sentence
from ui.start.gallery import query_of as card_query

PAGE = "pages/start.py"


def shown_cards(app: object) -> list[str]:
    """Names of the proposals whose cards are on the page, in order."""
    markup = [element.proto.body for element in app.get("html")]  # type: ignore[attr-defined]
    return [body for body in markup if body.startswith("<div") and "clip-path" in body]


def test_the_slider_rewrites_the_sentence_and_redraws_the_chart() -> None:
    app = opened(PAGE)
    first, before = words(app), line(drawn(app), "scenario")
    assert "At 20% burn" in first
    app.slider(key="explore").set_value(60.0).run()
    assert "At 60% burn" in words(app)
    assert "supply shrinks" in words(app)
    assert line(drawn(app), "scenario")[-1] < before[-1]
    assert line(drawn(app), "baseline") == before


def test_the_slider_ends_where_the_payer_has_nothing_left_and_every_position_draws() -> None:
    app = opened(PAGE)
    for value in (0.0, app.slider(key="explore").max):
        app.slider(key="explore").set_value(value).run()
        assert not app.exception
        assert not app.error


@pytest.mark.parametrize("example", NETWORKS, ids=lambda example: example.title)
def test_every_offer_opens_exactly_what_it_says(example: Example) -> None:
    moment, told = read_query(example.query)
    assert told == ()
    assert moment.query == example.query
    assert not moment.scenario.moved


# ---- gallery ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", proposal_names())
def test_every_card_opens_its_proposal_as_it_was_put(name: str) -> None:
    part = load_proposal(name)
    moment, told = read_query(card_query(part))
    assert told == ()
    assert moment.query == card_query(part)
    assert moment.scenario.stacked == (part,)
    assert moment.scenario.network.identity == part.home or part.is_for_any


def test_a_card_says_what_the_stored_result_says() -> None:
    by_name = {item.part.name: item for item in cards()}
    mission = by_name["icp-mission-70"]
    assert mission.years == (0, 1, 2, 5)
    assert mission.ratios[0] == 1
    assert mission.ratios[-1] < 1
    assert mission.outcome == f"Supply {100 * (1 - mission.ratios[-1]):.3g}% lower after 5 years"
    assert len(by_name) == len(proposal_names())


def test_a_card_tells_of_what_moves_most_where_supply_moves_by_less_than_a_tenth_of_a_percent() -> None:
    told = 0
    for item in cards():
        last = {name: two / one for name, years, one, two in expected_of(item.part) if years == 5 and one > 0}
        moved = {name: abs(math.log(last[name])) for name in MEASURES if last.get(name, 0) > 0}
        if abs(last["supply"] - 1) >= TOLERANCE:
            assert item.measure == "supply"
        else:
            told += item.measure != "supply"
            assert moved[item.measure] == max(moved.values())
    assert told


def test_a_card_for_any_network_names_the_one_that_its_result_is_of() -> None:
    app = opened(PAGE)
    app.button_group(key="gallery-network").set_value(["any"]).run()
    assert "Any network, here Payment network" in words(app)
    assert "after 5 years, on the single path" in words(app)


def test_those_that_were_put_to_a_vote_come_first_newest_first() -> None:
    days = [item.part.put for item in cards()]
    dated = [day for day in days if day]
    assert days[: len(dated)] == sorted(dated, reverse=True)


def test_a_proposal_touches_what_its_own_provisions_move() -> None:
    assert themes_of(load_proposal("icp-mission-70-revenue-burn")) == ("Burn",)
    assert themes_of(load_proposal("revenue-burn-20-stakers")) == ("Burn", "Staking")
    event = Provision(id="e", title="E", events=(DatedEvent(date="2027-01-01", effect="burn_treasury", tokens=1),))  # type: ignore[arg-type]
    part = load_proposal("buyback-and-hold").model_copy(update={"provisions": (event,)})
    assert themes_of(part) == ("Burn", "Treasury")
    assert {theme for item in cards() for theme in item.themes} == set(THEMES)


def test_the_small_picture_bends_the_way_the_words_say() -> None:
    for item in cards():
        points = re.findall(r"([\d.]+)% calc\(([\d.-]+)%", sparkline(item.years, item.ratios, item.outcome))
        first, last = float(points[0][1]), float(points[len(item.years) - 1][1])
        assert len(points) == 2 * len(item.years)
        assert ("lower" in item.outcome) or last <= first
        assert ("higher" in item.outcome) or last >= first
        assert all(0 <= float(down) <= 100 for _, down in points)
        assert item.outcome in sparkline(item.years, item.ratios, item.outcome)


def test_a_few_cards_first_and_all_on_request() -> None:
    app = opened(PAGE)
    assert len(shown_cards(app)) == AT_FIRST
    app.button(key="gallery-all").click().run()
    assert len(shown_cards(app)) == len(proposal_names())


def test_filters_leave_what_fits_all_of_them_and_stay_while_pages_change() -> None:
    app = opened(PAGE)
    app.button_group(key="gallery-themes").set_value(["Burn"]).run()
    app.button_group(key="gallery-network").set_value(["internet-computer"]).run()
    assert len(shown_cards(app)) == 1
    assert "Of what cloud engines earn" in words(app)
    app.switch_page("pages/model.py").run()
    app.switch_page(PAGE).run()
    assert len(shown_cards(app)) == 1
    app.button_group(key="gallery-status").set_value(["defeated"]).run()
    assert shown_cards(app) == []
    assert "No proposal fits all of these." in words(app)


def test_a_summary_is_cut_after_its_first_sentence() -> None:
    assert first_sentence("One. Two. Three.") == "One."
    assert first_sentence("0.5 of it is burned") == "0.5 of it is burned."


# ---- continue and steps -----------------------------------------------------------------------------------
def test_continue_is_offered_only_when_there_is_something_to_continue() -> None:
    assert "Continue" not in words(opened(PAGE))
    app = opened(PAGE, "network=render&emission_scale=0.5")
    assert "Continue “Emission multiplier at 0.5”" in words(app)
    assert "Render: 1 change." in words(app)


def steps(app: object) -> list[bool]:
    """Which of the four steps is ticked."""
    told = [e.value for e in app.markdown if re.search(r"\d (Pick|Read|Move|Share)", e.value)]  # type: ignore[attr-defined]
    return ["(done)" in text for text in told]


def test_each_step_ticks_itself_and_stays_ticked() -> None:
    app = opened(PAGE)
    assert steps(app) == [False] * 4
    app.switch_page("pages/proposal.py").run()
    app.button(key="open:revenue-burn-20-providers").click().run()
    app.switch_page("pages/sandbox.py").run()
    app.slider(key="slide:burn_share").set_value(30.0).run()
    app.button(key="share").click().run()
    app.button(key="reset").click().run()
    app.switch_page(PAGE).run()
    assert steps(app) == [True] * 4
    assert "emission_scale" not in query_of(app)


def test_the_steps_can_be_put_away() -> None:
    app = opened(PAGE)
    app.button(key="hide-steps").click().run()
    assert steps(app) == []
    app.switch_page("pages/model.py").run()
    app.switch_page(PAGE).run()
    assert steps(app) == []


@pytest.mark.parametrize("link", ["burn_share=1.7", "nonsense=1", "network=atlantis", "years=x"])
def test_a_broken_link_is_told_in_one_sentence(link: str) -> None:
    app = opened(PAGE, link)
    assert not app.exception
    assert len(warned(app)) == 1


def test_it_says_what_it_is_not() -> None:
    assert "Not a price forecast." in words(opened(PAGE))
