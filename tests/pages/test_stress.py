"""The Stress page: what the link says is asked, what is counted is the model's, and long work ends or is cancelled."""

from __future__ import annotations

import time
from threading import BoundedSemaphore
from urllib.parse import urlencode

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from model import Scenario, load_network, project
from model.sensitivity.maps import map_keys
from model.tuning.goals import PROVIDERS, Goal
from tests.pages.opening import drawn, opened, sent, warned, words
from ui import long_work

PAGE = "pages/stress.py"
TABS = ("Demand spiral", "What matters most", "Map", "Proposals against stresses", "Two views")
STRESSED = "network=payment&emission_scale=0.6&stress=demand-halves"


def finished(app: AppTest) -> AppTest:
    """The page after its long work."""
    for _ in range(200):
        if not any("Working out" in str(bar.proto) for bar in app.get("progress")):
            return app
        time.sleep(0.1)
        app.run()
    raise AssertionError("it never ended")


def in_tab(link: str, tab: str) -> AppTest:
    return finished(opened(PAGE, link, "stress-parts", tab))


@pytest.mark.parametrize("link", ["", "network=textbook-roles&years=5"])
def test_the_page_opens_from_any_link(link: str) -> None:
    app = opened(PAGE, link)
    assert not app.exception
    assert "modelled futures" in words(app).splitlines()[1]
    assert warned(app) == []


def test_a_broken_link_tells_what_is_wrong_and_shows_the_rest() -> None:
    broken = {"stress": "the-sun-goes-out", "stress.goal.1": "price~up", "stress.map.at": "x:y", "stress.colour": "red"}
    app = opened(PAGE, urlencode(broken))
    assert not app.exception
    told = " ".join(warned(app))
    assert "the-sun-goes-out" in told
    assert "is not a goal" in told
    assert "demand_growth:0.05" in told
    assert "'stress.colour'" in told
    assert "provider margin would be at least 0%" in words(app)


def test_a_single_path_counts_no_futures_and_shades_nothing() -> None:
    app = opened(PAGE, f"{STRESSED}&years=3&futures=0")
    assert not app.exception
    assert warned(app) == []
    assert "On the single path the goal would" in words(app)
    assert "modelled futures provider" not in words(app)
    assert all("band" not in sent(chart) and "side" not in sent(chart)["main"] for chart in app.get("vega_lite_chart"))


def test_counts_and_dots_are_those_of_the_futures() -> None:
    app = opened(PAGE, STRESSED)
    run = project("payment", changes={"emission_scale": 0.6}, stress=["demand-halves"], years=10, draws=500, seed=7)
    calm = project("payment", changes={"emission_scale": 0.6}, years=10, draws=500, seed=7)
    first = words(app).splitlines()[1]
    # The page reads every fourth week, the run every week.
    for said, chance in zip(
        [int(part.split(" of 50")[0].split("in ")[-1].split("In ")[-1]) for part in first.split(";")],
        [PROVIDERS.chance(run), PROVIDERS.chance(run, "baseline"), PROVIDERS.chance(calm)], strict=True,
    ):  # fmt: skip
        assert abs(said - chance.dots) <= 1
    dots = drawn(app, 0)
    assert dots.height == 50
    assert dots.filter(dots["side"] == "holds").height == pytest.approx(PROVIDERS.chance(run).dots, abs=1)


def test_stresses_goals_and_sides_of_the_map_travel_in_the_link_and_come_back_with_undo() -> None:
    app = opened(PAGE, "network=payment")
    app.toggle("stress-demand-halves").set_value(True).run()
    assert app.query_params["stress"] == "demand-halves"
    app.button("stress.goal.1-add").click().run()
    assert app.query_params["stress.goal.4"] == PROVIDERS.to_text()
    app.selectbox("pick-fan").set_value("supply").run()
    assert app.query_params["stress.fan"] == "supply"
    again = opened(PAGE, urlencode(dict(app.query_params)))
    assert again.toggle("stress-demand-halves").value
    assert words(again).count("the goal asks for") == 4
    app.button("undo").click().run()  # the measure of the fan is a view, which is no step
    assert "stress.goal.4" not in app.query_params
    assert app.query_params["stress.fan"] == "supply"
    assert app.toggle("stress-demand-halves").value


def test_a_stress_that_this_network_cannot_have_is_off_with_its_reason() -> None:
    app = opened(PAGE, "network=payment")
    assert app.toggle("stress-accuracy-falls").disabled
    assert "has nothing that it moves" in words(app)


@pytest.mark.parametrize("tab", TABS)
def test_every_part_answers(tab: str) -> None:
    goal = Goal("price", "at_least", 90.0, 1.0).to_text()
    app = in_tab(f"{STRESSED}&years=1&stress.goal.1={goal}&stress.goal.2=none&stress.goal.3=none"
                 "&stress.second=demand_growth:0.02&stress.regret=goal.1", tab)  # fmt: skip
    assert not app.exception
    assert warned(app) == []
    said = words(app)
    expected = {
        "Demand spiral": "Who leaves first.", "What matters most": "explains", "Map": "of the settings of burn share",
        "Proposals against stresses": "fewest with", "Two views": "Most of the difference comes from demand growth",
    }  # fmt: skip
    assert expected[tab] in said


def test_a_cell_of_the_map_is_chosen_without_a_mouse_and_opens_in_the_sandbox() -> None:
    app = in_tab("network=payment&years=1&stress.outcome=price&stress.map.at=burn_share:0.4~demand_growth:0.15", "Map")
    chart = next(c for c in app.get("vega_lite_chart") if "contour" in sent(c))
    frames = sent(chart)
    assert frames["main"].height == 441
    assert frames["points"]["label"].to_list() == ["Now", "Chosen"]
    app.selectbox("map-cell-x").set_value(10).run()
    at = app.query_params["stress.map.at"]
    offered = map_keys(Scenario(load_network("payment")))
    assert {part.split(":")[0] for part in at.split("~")} <= set(offered)
    assert float(at.split(":")[1].split("~")[0]) == pytest.approx(0.5)
    (link,) = [p for p in app.get("page_link") if "Load this cell" in p.proto.label]
    assert "burn_share=0.5" in link.proto.query_string
    assert np.isfinite(frames["main"]["value"].drop_nulls().to_numpy()).all()


def test_long_work_can_be_cancelled_and_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_work, "_jobs", type(long_work._jobs)())
    monkeypatch.setattr(long_work, "_slots", BoundedSemaphore(1))
    with long_work._slots:  # nothing begins while another work holds the only place
        app = opened(PAGE, "network=payment&years=2", "stress-parts", "Map")
        assert any("waiting for its turn" in str(bar.proto) for bar in app.get("progress"))
        app.button("map-cancel").click().run()
        (job,) = long_work._jobs.values()
    for _ in range(100):
        if job.is_over:
            break
        time.sleep(0.02)
    app.run()
    assert "Cancelled" in words(app)
    app.button("map-again").click().run()
    assert "of the settings of burn share" in words(finished(app))


def test_the_way_on_the_plane_is_the_scenarios_with_the_stress_on_its_day() -> None:
    app = opened(PAGE, "network=payment&years=5&stress=gpu-cost-doubles", "stress-parts", "Demand spiral")
    plane = next(frames for c in app.get("vega_lite_chart") if "path" in (frames := sent(c)))
    run = project("payment", stress=["gpu-cost-doubles"], years=5)
    drawn_way = plane["path"]["capacity"].to_numpy()
    assert drawn_way.min() == pytest.approx(run.values("capacity")[1].min(), rel=0.01)
    assert drawn_way[-1] == pytest.approx(run.values("capacity")[1, -1], rel=1e-5)
    assert plane["rest"]["kind"].to_list() == ["stable", "tipping", "collapse"]


def test_two_stresses_that_contradict_each_other_are_not_on_together() -> None:
    app = opened(PAGE, "network=payment&stress=compute-halves-elastic&futures=0")
    assert app.toggle(key="stress-compute-halves-inelastic").disabled
    assert "switch that one off first" in words(app)
    assert not app.toggle(key="stress-price-falls").disabled


def test_where_a_stress_helps_a_goal_the_page_says_what_is_otherwise() -> None:
    app = opened(PAGE, "network=payment&stress=price-falls")
    told = words(app)
    assert "More futures hold it with the stress than without" in told
    assert "burned" in told.partition("What is otherwise then")[2]
    assert "(without the stresses, in " in told
