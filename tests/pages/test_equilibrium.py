"""The Equilibrium page: every link opens it, what is drawn is the model's, and no symbolic work runs on a slider."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
import pytest
import sympy
from streamlit.testing.v1 import AppTest

from charts.live_steps import LEVERS
from model import Scenario, load_network, network_names
from model.equilibrium import rest_of
from model.rest.live_flows import live_flows
from model.rest.report import RestReport
from tests.pages.opening import drawn, opened, sent, words
from ui.equilibrium.frames import crossing_frames

PAGE = "pages/equilibrium.py"
TABS = ["Rest points", "What moves it", "How far it can go", "Does the simulation agree?", "Check and derivation"]
CHARTS = 4
"""Curves, plane, futures and dots; the open tab may add one."""
ALIKE = 2
"""Curves and plane: a textbook draws no chance, so there is nothing to spread."""
ODD = [
    "network=textbook&burn_share=0",
    "network=textbook&emission_scale=0",
    "network=textbook&fiat_indexed_mint=6",
    "network=payment&demand_scale=20000000",
    "network=textbook-merit&models.merit_weight=0.1",
    "network=textbook-merit&scoring_contrast=0.3",
    "network=payment&burn_share=1&funded_by=stakers",
]
BROKEN = [
    "burn_share=1.7",
    "burn_share=nan",
    "network=nowhere",
    "burn_share=abc&v=999",
    "nonsense=<b>",
    "demand_scale=-1",
]


def with_tab(link: str, tab: str) -> AppTest:
    return opened(PAGE, link, "rest-parts", tab)


def test_a_bare_link_opens_the_page() -> None:
    app = opened(PAGE)
    assert not app.exception
    assert len(app.get("vega_lite_chart")) == CHARTS


def in_front(app: AppTest, tab: str) -> AppTest:
    """The same page with another part in front."""
    app.session_state["rest-parts"] = tab
    return app.run()


@pytest.mark.slow
@pytest.mark.parametrize("network", network_names())
def test_every_part_opens_on_every_network(network: str) -> None:
    app = opened(PAGE, f"network={network}")
    assert load_network(network).title in app.markdown[0].value.replace("\\", "")
    for tab in TABS:
        assert not in_front(app, tab).exception
        assert len(app.get("vega_lite_chart")) >= (ALIKE if network.startswith("textbook") else CHARTS)


@pytest.mark.slow
@pytest.mark.parametrize("link", ODD)
def test_states_without_rest_open_in_every_part(link: str) -> None:
    app = opened(PAGE, link)
    for tab in TABS:
        assert not in_front(app, tab).exception


@pytest.mark.parametrize("link", BROKEN)
def test_a_broken_link_opens_with_a_sentence(link: str) -> None:
    app = opened(PAGE, link)
    assert not app.exception
    assert len(app.get("vega_lite_chart")) == CHARTS


def test_the_headline_says_price_change_and_clock() -> None:
    said = opened(PAGE, "network=payment").markdown[0].value.replace("\\", "")
    assert "would come to rest at a price of $1.52" in said
    assert "about 10 years" in said


def given(app: AppTest) -> dict[str, dict[str, Any]]:
    """What the browser calculates the curves with, by world."""
    return {row["world"]: row for row in sent(app.get("vega_lite_chart")[0])["given"].to_dicts()}


def sliders(app: AppTest) -> dict[str, dict[str, Any]]:
    """Sliders that the picture of burn and mint draws itself, by their names."""
    spec = json.loads(app.get("vega_lite_chart")[0].proto.spec)
    (levers,) = [param for param in spec["params"] if param["name"] == LEVERS]
    bound: dict[str, dict[str, Any]] = levers["bind"]
    return {bind["name"]: {**bind, "value": levers["value"][0][field]} for field, bind in bound.items()}


def test_the_browser_gets_the_models_values_with_all_their_digits() -> None:
    found = RestReport(Scenario(load_network("payment"), {"burn_share": 0.3, "emission_scale": 1 / 3}))
    app = opened(PAGE, f"network=payment&burn_share=0.3&emission_scale={1 / 3!r}")
    rows = given(app)
    assert set(rows) == {"scenario", "baseline"}
    fields = live_flows(found.scenario.system, ("burn_share", "emission_scale", "demand_scale"))
    for field, value in fields.held_values(found.today_flows).items():
        assert rows["scenario"][field] == value
    assert rows["scenario"]["start_p_emission_scale"] == 1 / 3
    assert rows["baseline"]["start_p_burn_share"] == load_network("payment").values["burn_share"]
    drawn_from = {name: bind["value"] for name, bind in sliders(app).items()}
    assert [value for _, value in sorted(drawn_from.items())] == pytest.approx([30, 1, 1 / 3])


def test_a_burn_share_can_be_dragged_as_far_as_its_payer_can_pay() -> None:
    paid = load_network("governance").values["treasury_fee_share"]
    (burn,) = [bind for name, bind in sliders(opened(PAGE, "network=governance")).items() if "Burn" in name]
    assert 0 < paid < 1
    assert burn["max"] == pytest.approx(100 * (load_network("governance").values["burn_share"] + paid))


def test_where_users_pay_the_surcharge_is_dragged() -> None:
    names = " ".join(sliders(opened(PAGE, "network=payment&funded_by=users")))
    assert "Surcharge" in names
    assert "Burn share" not in names


def test_at_rest_nothing_is_dragged_and_the_curves_are_the_models() -> None:
    app = opened(PAGE, "network=payment")
    app.segmented_control(key="flows-at").set_value("Revenue at rest").run()
    found = RestReport(Scenario(load_network("payment")))
    assert found.rest_flows is not None
    assert found.point is not None
    frames = sent(app.get("vega_lite_chart")[0])
    solid = frames["main"].filter((pl.col("world") == "scenario") & (pl.col("flow") == "burn"))
    prices = solid["price"].to_numpy()
    assert solid["value"].to_numpy() == pytest.approx(found.rest_flows(prices.astype(float))[1], rel=1e-5)
    assert frames["points"]["price"].to_list() == pytest.approx([found.point.price], rel=1e-6)
    assert frames["today"]["price"].to_list() == pytest.approx([3.0])


def test_the_rest_points_drawn_are_the_models() -> None:
    rest = rest_of(Scenario(load_network("textbook")))
    plane = sent(opened(PAGE, "network=textbook").get("vega_lite_chart")[1])
    points = plane["rest"].to_dicts()
    assert [p["kind"] for p in points] == ["stable", "tipping", "collapse"]
    for shown, point in zip(points, rest.points, strict=False):
        assert (shown["capacity"], shown["quality"]) == pytest.approx((point.capacity, point.quality), rel=1e-6)


def test_the_bars_drawn_are_the_elasticities() -> None:
    point = rest_of(Scenario(load_network("textbook"))).stable_point
    assert point is not None
    bars = {row["label"]: row["value"] for row in drawn(with_tab("network=textbook", TABS[1]), ALIKE).to_dicts()}
    assert bars["Demand scale"] == pytest.approx(point.elasticities["demand_scale"]["price"], rel=1e-5)
    assert bars["Burn share, stakers pay"] == pytest.approx(point.elasticities["burn_share:stakers"]["price"], rel=1e-5)


def test_the_simulated_path_ends_at_the_rest_line() -> None:
    chart = with_tab("network=textbook&burn_share=0.45", TABS[3]).get("vega_lite_chart")[ALIKE]
    frames = sent(chart)
    assert frames["main"]["value"][-1] == pytest.approx(frames["rest"]["value"][0], rel=1e-3)


def test_a_rest_point_that_is_not_reached_is_told_on_every_part() -> None:
    app = with_tab("network=payment&burn_share=0.75", TABS[2])
    said = words(app)
    assert "today's network would not get there" in said
    assert "a rest point exists up to" in said
    assert "today's network gets there up to" in said
    assert f"{TABS[3]} No" in [tab.label for tab in app.tabs]
    assert "They do not agree" in words(in_front(app, f"{TABS[3]} No"))
    app.slider(key="slide:burn_share").set_value(30).run()
    assert TABS[3] in [tab.label for tab in app.tabs]
    assert "agree" in words(app)
    assert "They do not agree" not in words(app)


def test_a_network_without_chance_draws_no_futures() -> None:
    app = opened(PAGE, "network=textbook")
    assert "No chance is drawn in this network" in words(app)
    assert len(app.get("vega_lite_chart")) == ALIKE


def test_a_network_that_burns_nothing_says_so_and_draws_one_line() -> None:
    app = opened(PAGE, "network=staking")
    assert "burns nothing" in words(app)
    table = RestReport(Scenario(load_network("staking")))
    assert set(crossing_frames(table, table, at_rest=False)["main"]["flow"]) == {"mint"}


def test_weak_scoring_is_told_as_a_race_to_the_bottom() -> None:
    said = words(with_tab("network=textbook-merit&scoring_contrast=0.3", TABS[2]))
    assert "no merit weight helps" in said


def test_both_tests_of_stability_stand_on_the_page() -> None:
    said = words(opened(PAGE, "network=textbook"))
    assert "Quality feedback 0.134: stable" in said
    assert "0.994948: stable" in said
    assert "Both agree." in said


def test_a_slider_moves_the_headline_and_the_curves() -> None:
    app = opened(PAGE, "network=payment")
    before = app.markdown[0].value, given(app)["scenario"]
    app.slider(key="slide:burn_share").set_value(40).run()
    assert not app.exception
    assert app.markdown[0].value != before[0]
    assert given(app)["scenario"] != before[1]
    assert given(app)["baseline"]["start_p_burn_share"] == before[1]["start_p_burn_share"]


SYMBOLIC = ("solve", "cse", "lambdify", "factor", "simplify", "expand", "together", "diff")


def spy(monkeypatch: pytest.MonkeyPatch, calls: Counter[str]) -> None:
    """Count every entry into symbolic work."""
    for name in SYMBOLIC:
        real: Callable[..., Any] = getattr(sympy, name)

        def counted(*args: Any, _name: str = name, _real: Callable[..., Any] = real, **kwargs: Any) -> Any:
            calls[_name] += 1
            return _real(*args, **kwargs)

        monkeypatch.setattr(sympy, name, counted)


@pytest.mark.slow
@pytest.mark.parametrize("network", ["payment", "textbook-merit"])
def test_no_symbolic_work_runs_on_a_slider(monkeypatch: pytest.MonkeyPatch, network: str) -> None:
    app = opened(PAGE, f"network={network}")
    # The first move warms what only a moved lever needs.
    app.slider(key="slide:burn_share").set_value(31).run()
    for tab in TABS:
        in_front(app, tab)
    calls: Counter[str] = Counter()
    spy(monkeypatch, calls)
    for share, scale, tab in zip((32, 33, 35, 37, 39), (0.9, 0.8, 1.1, 1.2, 1.3), TABS, strict=True):
        app.session_state["rest-parts"] = tab
        for lever, value in (("burn_share", share), ("emission_scale", scale)):
            app.slider(key=f"slide:{lever}").set_value(value).run()
            assert not app.exception
    assert not calls


def test_the_spy_sees_symbolic_work(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: Counter[str] = Counter()
    spy(monkeypatch, calls)
    sympy.lambdify([], sympy.Integer(1))
    assert calls == {"lambdify": 1}


def test_reports_are_computed_once_for_a_link() -> None:
    from ui.link import Moment
    from ui.reports import report_of

    network = load_network("textbook")
    first = report_of(Moment(Scenario(network, {"burn_share": 0.41})))
    again = report_of(Moment(Scenario(network, {"burn_share": 0.41}), years=20))
    assert first is again
    assert np.isfinite(first.rest.today["price"])
