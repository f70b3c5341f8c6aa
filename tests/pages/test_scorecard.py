"""The Scorecard page: every link opens it, its numbers are the model's, thresholds travel in the link."""

from __future__ import annotations

import json

import pytest

from model import Scenario, load_network
from model.scorecard import Thresholds, measured
from model.scorecard.written import as_json, document
from model.words.assumption_words import judgement_calls, moved_assumptions
from tests.pages.opening import notes, opened, query_of, sent, warned, words
from ui.link import Moment
from ui.runs import run_of

PAGE = "pages/scorecard.py"


def tables(app: object) -> str:
    """Everything that was sent as HTML."""
    return "\n".join(element.proto.body for element in app.get("html"))  # type: ignore[attr-defined]


@pytest.mark.parametrize("link", ["", "network=fetch", "network=render@2023-11", "network=bittensor&futures=0"])
def test_every_link_opens_the_page_with_its_weakest_point_first(link: str) -> None:
    app = opened(PAGE, link)
    assert not app.exception
    assert "of 6 points" in app.markdown[1].value
    html = tables(app)
    assert html.count('<th scope="row">') >= 12
    assert "Utility depth" in html
    assert "Large share for the team" in html


def test_the_headline_is_the_models_and_the_gap_drawn_is_the_runs() -> None:
    moment = Moment(Scenario(load_network("render")))
    card = measured(moment.scenario, run_of(moment), seed=moment.seed)[1].scored()
    app = opened(PAGE, "network=render")
    assert card.headline in words(app)
    main = sent(app.get("vega_lite_chart")[0])["main"]
    drawn = main["value"].drop_nulls().to_list()
    assert drawn[0] == pytest.approx(card.subject.year.gap, rel=1e-3)


def test_old_figures_are_called_stale() -> None:
    assert any("Stale" in sentence for sentence in warned(opened(PAGE, "network=render@2023-11&futures=0")))


def test_unknown_points_are_hatched_and_have_no_score() -> None:
    html = tables(opened(PAGE, "network=render&futures=0"))
    assert html.count('class="score unknown"') == 3


def test_a_proposal_shows_today_beside_it_and_what_would_move() -> None:
    app = opened(PAGE, "network=payment&burn_share=0&funded_by=providers&futures=0")
    assert not app.exception
    assert "It would move" in words(app)
    assert "<br>today" in tables(app)


def test_thresholds_of_the_link_stand_and_are_named() -> None:
    app = opened(PAGE, "network=payment&futures=0&scorecard.team_share=0.5,0.4,0.3,0.25&scorecard.flag_team_share=0.1")
    assert "Thresholds that are not the usual ones: Share of team and founders, Team share above" in words(app)
    assert "<b>Raised</b>" in tables(app)
    app.button(key="usual-thresholds").click().run()
    assert not any(key.startswith("scorecard.") for key in query_of(app))


HOSTILE = [
    "scorecard.team_share=0.1,0.2,0.3,0.4",
    "scorecard.team_share=nan,0,0,0",
    "scorecard.gap=1e308,1e308,1,1",
    "scorecard.elasticity=<script>",
    "scorecard.flag_cliff=-1",
    "scorecard.flag_cliff=nan",
    "scorecard.nonsense=1",
]


@pytest.mark.parametrize("link", HOSTILE)
def test_hostile_thresholds_leave_the_usual_ones_and_a_sentence(link: str) -> None:
    app = opened(PAGE, f"network=payment&futures=0&{link}")
    assert not app.exception
    assert any("scorecard." in sentence for sentence in warned(app))
    assert "not the usual ones" not in words(app)


def test_a_broken_link_opens_with_its_sentences() -> None:
    app = opened(PAGE, "network=nowhere&burn_share=nan&futures=0")
    assert not app.exception
    assert len(notes(app)) == 2


def test_a_threshold_that_is_typed_goes_into_the_link_and_one_out_of_order_is_refused() -> None:
    app = opened(PAGE, "network=payment&futures=0")
    app.session_state["scorecard-points"] = "Vesting and allocation"
    app.run()
    app.session_state["cuts-vesting"] = True
    app.run()
    app.number_input(key="cut:team_share:0").set_value(30.0).run()
    assert query_of(app)["scorecard.team_share"].startswith("0.3,")
    app.number_input(key="cut:team_share:0").set_value(1.0).run()
    assert query_of(app)["scorecard.team_share"].startswith("0.3,")
    assert any("four numbers" in sentence for sentence in warned(app))


def test_what_is_taken_away_says_unknown_and_recomputes_to_the_same_scores() -> None:
    scenario = Scenario(load_network("render"), assumptions={"cost_trend": 0.2})
    moment = Moment(scenario, futures=0)
    before, after = (world.scored(Thresholds()) for world in measured(moment.scenario, run_of(moment)))
    read = json.loads(as_json(before, after, "https://example.org/?network=render", "Terms.", scenario))
    for point, shown in zip(read["scenario"]["points"], after.points, strict=True):
        assert point["score"] == shown.score
        scores = [q["score"] for q in point["quantities"] if q["score"] is not None]
        assert point["score"] is None or point["score"] == min(scores)
    text = document(after, "https://example.org/?network=render", "Terms.", scenario).markdown()
    assert "Vesting and allocation: unknown" in text
    for told in (*moved_assumptions(scenario), *judgement_calls([scenario])):
        assert told in text
    assert read["non_default_assumptions"] == moved_assumptions(scenario) != []
    assert read["judgement_calls"] == judgement_calls([scenario]) != []
    assert after.headline in text
