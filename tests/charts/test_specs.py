"""What every chart specification holds to, whatever it shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from charts.agreement import agreement
from charts.backcasts import backcast_chart
from charts.bars import bars
from charts.crossing import crossing
from charts.curves import curves
from charts.layers import Spec, enlarged
from charts.lever_strips import lever_strips
from charts.live_crossing import Slider, live_crossing
from charts.live_steps import Equations, Search
from charts.mint_burn import mint_burn
from charts.plane import plane
from charts.roles import ROLE_NAMES
from charts.settings import settings_chart
from charts.stake_power import stake_power
from charts.tornado import tornado_chart
from charts.trajectory import trajectory
from charts.unlocks import unlocks
from charts.vote_map import vote_map
from charts.waterfall import waterfall

LIVE = live_crossing(
    Equations((("twice", "2 * datum.p_scale"),), "v_price", (("mint", "datum.twice"), ("burn", "1 / datum.v_price"))),
    [Slider("p_scale", "Emission, times", 0, 3, 0.1, 1)], Search(14.0, 113, 0.01),
)  # fmt: skip

SPECS: dict[str, tuple[Spec, str]] = {
    "trajectory": (trajectory("tokens", rules=True, band=True), "tokens"),
    "mint_burn": (mint_burn("tokens a month", rules=True), "tokens a month"),
    "crossing": (crossing("tokens a year"), "tokens a year"),
    "live_crossing": (LIVE, "tokens a year"),
    "plane": (plane("jobs a year"), "jobs a year"),
    "agreement": (agreement("dollars"), "dollars"),
    "bars": (bars("% for 1% more", rows=3), "% for 1% more"),
    "lever_strips": (lever_strips(3), "each lever's own usual range"),
    "bars_by_role": (bars("RENDER", rows=3, role="", signed=False), "RENDER"),
    "curves": (curves("ICP a year", (("baseline", "Before"),), across="price", log=True, rules=True), "ICP a year"),
    "curves_over_dates": (curves("% of supply", (("scenario", "After"),), dates=True, fmt="percent"), "% of supply"),
    "unlocks": (unlocks("tokens free"), "tokens free"),
    "settings": (settings_chart("Burn share", "Emission"), "Emission"),
    "stake_power": (stake_power(8), "share of what may vote"),
    "vote_map": (vote_map(), "beyond what approval asks, % of all votes"),
    "vote_map_without_quorum": (vote_map(quorum=False), "beyond what approval asks, % of all votes"),
    "waterfall": (waterfall("tokens", rows=4), "tokens"),
    "backcasts": (backcast_chart(4, widest=0.5), "error"),
    "tornado": (tornado_chart("difference of supply", rows=5, fmt="percent"), "difference of supply"),
}


def nodes(tree: Any) -> Iterator[dict[str, Any]]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from nodes(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from nodes(value)


def axis_titles(spec: Spec) -> set[str]:
    return {
        node["axis"]["title"]
        for node in nodes(spec)
        if isinstance(node.get("axis"), dict) and node["axis"].get("title")
    }


@pytest.mark.parametrize("name", SPECS)
def test_the_unit_is_the_title_of_an_axis(name: str) -> None:
    spec, unit = SPECS[name]
    assert any(title.split(" (")[0] == unit for title in axis_titles(spec))


@pytest.mark.parametrize("name", SPECS)
def test_there_is_no_title_no_legend_and_no_number_of_a_run(name: str) -> None:
    spec, _ = SPECS[name]
    assert "title" not in spec
    assert all(node["legend"] is None for node in nodes(spec) if "legend" in node)
    assert all("values" not in node for node in nodes(spec) if "labelExpr" not in node)  # an axis may name its ticks


@pytest.mark.parametrize("name", SPECS)
def test_colours_are_role_names_that_the_theme_resolves(name: str) -> None:
    spec, _ = SPECS[name]
    colours = [node["color"] for node in nodes(spec) if "color" in node]
    assert colours
    assert all(colour["scale"]["domain"] == list(ROLE_NAMES) for colour in colours)
    assert all("range" not in colour["scale"] for colour in colours)
    assert '"#' not in json.dumps(spec)


@pytest.mark.parametrize("name", SPECS)
def test_every_channel_told_by_a_column_hides_its_legend(name: str) -> None:
    spec, _ = SPECS[name]
    for channel in ("color", "strokeDash", "strokeWidth", "shape"):
        for node in nodes(spec):
            if isinstance(node.get(channel), dict) and "field" in node[channel]:
                assert node[channel]["legend"] is None


@pytest.mark.parametrize("name", SPECS)
def test_every_layer_reads_a_named_dataset(name: str) -> None:
    spec, _ = SPECS[name]
    data = [node["data"] for node in nodes(spec) if "data" in node]
    assert data
    assert all(set(reference) == {"name"} for reference in data)


@pytest.mark.parametrize("name", SPECS)
def test_the_drawing_stays_svg_so_that_screen_readers_can_enter_it(name: str) -> None:
    spec, _ = SPECS[name]
    assert spec["usermeta"] == {"embedOptions": {"renderer": "svg"}}


def test_an_axis_that_starts_above_zero_says_so() -> None:
    above = axis_titles(trajectory("tokens", domain=(5.0, 9.0)))
    assert above == {"tokens (axis does not start at zero)"}
    assert axis_titles(trajectory("tokens", from_zero=False)) == above
    assert axis_titles(agreement("tokens", from_zero=False)) == above


def test_a_log_axis_says_that_it_is_one() -> None:
    for name in ("crossing", "live_crossing", "plane"):
        for node in nodes(SPECS[name][0]):
            for channel in ("x", "y"):
                axis = node.get(channel, {})
                if isinstance(axis, dict) and axis.get("scale", {}).get("type") == "log":
                    assert axis["axis"]["title"].endswith("(log scale)")


def test_a_projector_gets_larger_words_and_leaves_the_shared_specification_alone() -> None:
    small = trajectory("tokens")
    large = enlarged(small, 2.0)
    sizes = [{p["name"]: p["value"] for p in spec["params"] if "value" in p} for spec in (small, large)]
    assert sizes[1] == {"type": 2 * sizes[0]["type"], "gap": 2 * sizes[0]["gap"]}
    assert large["height"] > small["height"]


def test_an_axis_that_contains_zero_carries_its_unit_alone() -> None:
    assert axis_titles(trajectory("tokens", domain=(0.0, 9.0))) == {"tokens"}
    assert axis_titles(trajectory("tokens", domain=(-3.0, 9.0))) == {"tokens"}


def test_a_pinned_axis_keeps_exactly_the_range_it_was_given() -> None:
    scales = [
        node["y"]["scale"] for node in nodes(trajectory("tokens", domain=(2.0, 8.0))) if "scale" in node.get("y", {})
    ]
    assert scales
    assert all(scale["domain"] == [2.0, 8.0] and scale["nice"] is False for scale in scales)


def test_the_same_question_gives_the_same_specification_object() -> None:
    assert trajectory("tokens", domain=(0.0, 1.0)) is trajectory("tokens", domain=(0.0, 1.0))


def test_one_tooltip_lists_scenario_baseline_and_difference() -> None:
    tooltips = [node["tooltip"] for node in nodes(trajectory("tokens")) if isinstance(node.get("tooltip"), list)]
    assert [[row["title"] for row in tip] for tip in tooltips] == [["Date", "Scenario", "Baseline", "Difference"]]


def test_rules_and_band_are_drawn_only_when_asked_for() -> None:
    plain, full = json.dumps(trajectory("tokens")), json.dumps(trajectory("tokens", rules=True, band=True))
    assert '"rules"' not in plain
    assert '"band"' not in plain
    assert '"rules"' in full
    assert '"band"' in full


def test_rest_points_differ_in_shape_and_carry_a_word() -> None:
    shapes = [node["shape"] for node in nodes(plane()) if isinstance(node.get("shape"), dict)]
    assert [len(set(shape["scale"]["range"])) for shape in shapes] == [3]
    assert any(node.get("text", {}) == {"field": "label", "type": "nominal"} for node in nodes(plane()))


def test_more_bars_make_a_taller_chart_of_equal_rows() -> None:
    heights = [bars("x", rows=rows)["height"] for rows in (1, 2, 3)]
    assert heights[2] - heights[1] == heights[1] - heights[0] > 0


@pytest.mark.parametrize("name", SPECS)
def test_single_marks_are_not_read_out_one_by_one(name: str) -> None:
    spec, _ = SPECS[name]
    marks = [node["mark"] for node in nodes(spec) if "mark" in node]
    assert marks
    assert all(mark["aria"] is False for mark in marks)
