"""The Equilibrium page: every link opens it, what is drawn is the model's, and no symbolic work runs on a slider."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy
from streamlit.testing.v1 import AppTest

from model import Scenario, load_network, network_names
from model.equilibrium import rest_of
from model.rest.report import RestReport
from tests.pages.opening import drawn, opened, sent, words

PAGE = "pages/equilibrium.py"
TABS = ["Rest points", "What moves it", "How far it can go", "Does the simulation agree?", "Check and derivation"]
CHARTS = 4
"""Curves, plane, futures and dots; the open tab may add one."""
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
        assert len(app.get("vega_lite_chart")) >= CHARTS


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


def test_the_curves_drawn_are_the_models() -> None:
    found = RestReport(Scenario(load_network("payment"), {"burn_share": 0.3}))
    frames = sent(opened(PAGE, "network=payment&burn_share=0.3").get("vega_lite_chart")[0])
    main, points = frames["main"], frames["points"]
    solid = main.filter((main["world"] == "scenario") & (main["flow"] == "burn"))
    prices = solid["price"].to_numpy()
    assert solid["value"].to_numpy() == pytest.approx(found.today_flows(prices.astype(float))[1], rel=1e-5)
    assert points["price"].to_list() == pytest.approx([found.rest.today["burn_mint_price"]], rel=1e-6)
    assert frames["today"]["price"].to_list() == pytest.approx([3.0])
    assert set(main["world"]) == {"baseline", "scenario"}


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
    bars = {row["label"]: row["value"] for row in drawn(with_tab("network=textbook", TABS[1]), CHARTS).to_dicts()}
    assert bars["Demand scale"] == pytest.approx(point.elasticities["demand_scale"]["price"], rel=1e-5)
    assert bars["Burn share, stakers pay"] == pytest.approx(point.elasticities["burn_share:stakers"]["price"], rel=1e-5)


def test_the_simulated_path_ends_at_the_rest_line() -> None:
    chart = with_tab("network=textbook&burn_share=0.45", TABS[3]).get("vega_lite_chart")[CHARTS]
    frames = sent(chart)
    assert frames["main"]["value"][-1] == pytest.approx(frames["rest"]["value"][0], rel=1e-3)


def test_a_network_that_burns_nothing_says_so_and_draws_one_line() -> None:
    app = opened(PAGE, "network=staking")
    assert "burns nothing" in words(app)
    assert set(drawn(app)["flow"]) == {"mint"}


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
    before = app.markdown[0].value, drawn(app)["value"].to_list()
    app.slider(key="slide:burn_share").set_value(40).run()
    assert not app.exception
    assert app.markdown[0].value != before[0]
    assert drawn(app)["value"].to_list() != before[1]


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
