"""Compare: columns come from links, presets, proposals and other pages, and go back into one link."""

from __future__ import annotations

import random
from string import ascii_letters
from urllib.parse import urlencode

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from model import VERSION, Scenario, load_network, load_proposal, network_names
from tests.pages.opening import drawn, opened, query_of, sent, warned, words
from ui.compare.slots import LETTERS, LONGEST_LINK, Kept, Slot, read_kept, too_long
from ui.link import COMPARED

PAGE = "pages/compare.py"
EMPTY = "Nothing to compare yet. Add a preset, paste a link, or open **Keep to compare** in the Sandbox."
LESS = {"network": "payment", "burn_share": "0.3", "funded_by": "providers"}
MORE = {"network": "payment", "burn_share": "0.4", "funded_by": "providers"}


def link(**fields: dict[str, str] | str) -> str:
    return urlencode({key: text if isinstance(text, str) else urlencode(text) for key, text in fields.items()})


def written(app: AppTest) -> dict[str, str]:
    """What the page wrote into the address of the comparison."""
    return dict(app.session_state["_compared"].seen)


def tables(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def test_an_empty_comparison_says_what_to_do() -> None:
    app = opened(PAGE)
    assert not app.exception
    assert EMPTY in words(app)
    assert app.get("vega_lite_chart") == []


@pytest.mark.slow
@pytest.mark.parametrize("network", network_names())
def test_every_network_can_be_a_column(network: str) -> None:
    app = opened(PAGE, link(a={"network": network}))
    assert not app.exception
    assert warned(app) == []
    assert "the same as in the baseline" in words(app)


def test_columns_draw_a_line_each_on_a_shared_axis_and_differences_from_the_baseline() -> None:
    app = opened(PAGE, link(a=LESS, b=MORE))
    charts = app.get("vega_lite_chart")
    assert len(charts) == 4
    overlaid, gaps = sent(charts[2])["main"], sent(charts[3])["main"]
    assert overlaid["series"].unique(maintain_order=True).to_list() == ["baseline", "scenario", "comparison"]
    assert gaps["series"].unique(maintain_order=True).to_list() == ["scenario", "comparison"]
    last = {role: overlaid.filter(pl.col("series") == role)["value"][-1] for role in overlaid["series"].unique()}
    assert last["comparison"] < last["scenario"] < last["baseline"]
    final = gaps.filter(pl.col("series") == "scenario")["value"][-1]
    assert final == pytest.approx(last["scenario"] / last["baseline"] - 1, rel=1e-5)
    small = [sent(chart)["main"] for chart in charts[:2]]
    assert [set(frame["series"]) for frame in small] == [{"baseline", "scenario"}, {"baseline", "comparison"}]


def test_a_locked_column_is_what_the_others_are_held_against() -> None:
    app = opened(PAGE, link(a=LESS, b=MORE, reference="a"))
    assert "B: supply in Nov 2036 would be 13.2% lower than in A" in words(app)
    assert "It would be lower in all 50 modelled futures." in words(app)
    assert set(sent(app.get("vega_lite_chart")[3])["main"]["series"]) == {"baseline", "comparison"}


def test_only_inputs_that_differ_are_listed_until_somebody_asks_for_all() -> None:
    app = opened(PAGE, link(a=LESS, b=MORE))
    assert "Burn share" in tables(app)
    assert "Staker share of revenue" not in tables(app)
    app.toggle(key="all-inputs").set_value(True).run()
    assert "Staker share of revenue" in tables(app)


def test_columns_of_two_networks_are_told_apart_and_compared_as_indices() -> None:
    app = opened(PAGE, link(a=LESS, b={"network": "internet-computer"}))
    assert not app.exception
    assert sum("index of each one's own first day" in text for text in warned(app)) == 1
    overlaid = sent(app.get("vega_lite_chart")[2])["main"]
    assert "year" in overlaid.columns
    first = overlaid.group_by("series").agg(pl.col("value").first())
    assert first["value"].to_list() == pytest.approx([100.0] * 3)


def test_columns_on_different_assumptions_say_so() -> None:
    app = opened(PAGE, link(a=LESS, b={**MORE, "demand_growth": "0.4"}))
    assert any(text.startswith("A and B do not rest on the same assumptions") for text in warned(app))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"a": "rubbish"}, "A stays empty: 'rubbish' names no network"),
        ({"a": ""}, "A stays empty"),
        ({"a": "%00%ff"}, "A stays empty"),
        ({"a": {"network": "atlantis"}}, "A stays empty: There is no network 'atlantis'"),
        ({"a": {**LESS, "burn_share": "7"}}, "A: Burn share is 700%"),
        ({"a": {**LESS, "nonsense": "1"}}, "A: There is no key 'nonsense'"),
        ({"a": "network=payment&x=" + "y" * LONGEST_LINK}, "A stays empty: The link has"),
        ({"d": LESS}, "There is no column 'd' to compare"),
        ({"a": LESS, "reference": "c"}, "The link holds everything against 'c'"),
        ({"a": LESS, "reference": "<b>"}, "The link holds everything against '<b>'"),
    ],
)
def test_what_a_link_gets_wrong_is_one_sentence(fields: dict[str, dict[str, str] | str], told: str) -> None:
    app = opened(PAGE, link(b=MORE, **fields))
    assert not app.exception
    assert len(warned(app)) == 1
    assert warned(app)[0].startswith(told)
    assert "More burn" not in words(app)
    assert "**B**" in words(app)


def test_an_unknown_chart_in_a_link_shows_supply() -> None:
    app = opened(PAGE, link(a=LESS, chart="nonsense"))
    assert not app.exception
    assert app.selectbox(key="compare-chart").value == "supply"


# ---- changes ------------------------------------------------------------------------------------------
def test_a_preset_a_proposal_a_pasted_link_and_the_screen_fill_the_first_free_column() -> None:
    app = opened(PAGE, "burn_share=0.25&funded_by=providers")
    app.selectbox(key="add-preset").set_value("payment").run()
    assert written(app) == {"a": "network=payment"}
    app.selectbox(key="add-proposal").set_value("buyback-and-burn").run()
    assert written(app)["b"] == "network=payment&proposal=buyback-and-burn"
    app.button(key="keep-screen").click().run()
    assert written(app)["c"] == "network=payment&burn_share=0.25&funded_by=providers"
    assert "A, B and C are taken." in words(app)


def opened_box(app: AppTest, key: str) -> AppTest:
    """The page with one of its boxes open."""
    app.session_state[key] = True
    return app.run()


def names(app: AppTest) -> dict[str, str]:
    return {element.key.removeprefix("name-"): element.value or "" for element in app.text_input if element.key}


def test_a_column_is_named_swapped_duplicated_and_removed() -> None:
    app = opened(PAGE, link(a=LESS, b=MORE))
    app.text_input(key="name-a").set_value("  Less   burn ").run()
    assert written(app)["a"].endswith("&name=Less+burn")
    opened_box(app, "actions-a").button(key="swap-a-b").click().run()
    assert names(app) == {"a": "Burn share at 40%", "b": "Less burn"}
    opened_box(app, "actions-b").button(key="duplicate-b").click().run()
    assert names(app)["c"] == "Less burn (copy)"
    opened_box(app, "actions-a").button(key="remove-a").click().run()
    assert names(app) == {"b": "Less burn", "c": "Less burn (copy)"}
    assert not app.exception


def test_the_lock_goes_with_its_scenario_and_falls_back_to_the_baseline() -> None:
    app = opened(PAGE, link(a=LESS, b=MORE))
    opened_box(app, "actions-b").button(key="lock-b").click().run()
    assert written(app)["reference"] == "b"
    opened_box(app, "actions-b").button(key="swap-b-a").click().run()
    assert written(app)["reference"] == "a"
    opened_box(app, "actions-a").button(key="remove-a").click().run()
    assert "reference" not in written(app)
    assert "lower than in the baseline" in words(app)


def test_stacking_names_what_both_set_and_lets_the_one_on_top_decide() -> None:
    app = opened_box(opened(PAGE, link(a=LESS, b=MORE)), "combine")
    assert "Both set burn share: A 30%, B 40%. B lies on top, so it decides." in words(app)
    app.button(key="into-c").click().run()
    assert written(app)["c"].startswith("network=payment&burn_share=0.4")
    assert not app.exception


def test_merging_takes_the_mean() -> None:
    app = opened_box(opened(PAGE, link(a=LESS, b=MORE)), "combine")
    app.segmented_control(key="combine-way").set_value("Merge").run()
    app.button(key="into-c").click().run()
    assert written(app)["c"].startswith("network=payment&burn_share=0.35")


def test_two_networks_cannot_be_stacked_and_a_sentence_says_so() -> None:
    app = opened_box(opened(PAGE, link(a=LESS, b={"network": "staking"})), "combine")
    assert not app.exception
    assert any("are two networks" in text for text in warned(app))


def test_the_sandbox_keeps_what_is_on_screen() -> None:
    app = opened_box(opened("pages/sandbox.py", "burn_share=0.3&funded_by=providers"), "keep-as")
    app.button(key="keep-b").click().run()
    assert not app.exception
    app.switch_page(PAGE).run()
    assert written(app) == {"b": "network=payment&burn_share=0.3&funded_by=providers"}


def test_going_back_to_the_bare_address_keeps_what_was_there_on_arrival(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.address.LATEST", 0.0)
    app = opened_box(opened("pages/sandbox.py"), "keep-as")
    app.button(key="keep-a").click().run()
    app.switch_page(PAGE).run()
    assert list(written(app)) == ["a"]
    app.query_params.clear()
    app.run()
    assert list(names(app)) == ["a"]


@pytest.mark.parametrize("page", [PAGE, "pages/sandbox.py", "pages/proposal.py"])
def test_every_form_to_take_away_is_offered_where_there_is_a_result(page: str) -> None:
    app = opened_box(opened(page, "burn_share=0.3&funded_by=providers&" + link(a=LESS, b=MORE)), "take-away")
    assert not app.exception
    found = {}
    for kind in ("Link", "Statement", "Page", "Data", "Picture", "Python"):
        app.pills(key="take-away-kind").set_value(kind).run()
        assert not app.exception
        found[kind] = [element.proto.label for element in app.get("download_button")]
    assert found == {
        "Link": [],
        "Statement": ["Download Markdown"],
        "Page": ["Download page"],
        "Data": ["Download CSV", "Download Parquet", "Download JSON"],
        "Picture": ["Download PNG", "Download SVG"],
        "Python": ["Download Python"],
    }


def test_nothing_to_take_away_is_made_before_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("made too early")

    for name in ("statement", "table", "picture_of", "html_page"):
        monkeypatch.setattr(f"ui.exports.{name}", refuse)
    app = opened_box(opened("pages/sandbox.py", "burn_share=0.3&funded_by=providers"), "take-away")
    app.slider(key="slide:burn_share").set_value(35.0).run()
    for kind in ("Statement", "Page", "Data", "Picture", "Python"):
        app.pills(key="take-away-kind").set_value(kind).run()
        assert not app.exception


def test_kept_columns_survive_another_page_and_the_scenario_on_screen_is_left_alone() -> None:
    app = opened(PAGE, "burn_share=0.25&funded_by=providers&" + link(a=LESS))
    app.switch_page("pages/sandbox.py").run()
    assert app.slider(key="slide:burn_share").value == 25
    app.slider(key="slide:burn_share").set_value(45.0).run()
    app.switch_page(PAGE).run()
    assert "**A**" in words(app)
    assert written(app)["a"] == urlencode(LESS)
    assert query_of(app)["burn_share"] == "0.45"


def test_the_chart_that_is_picked_is_part_of_the_link() -> None:
    app = opened(PAGE, link(a=LESS))
    app.selectbox(key="compare-chart").set_value("price").run()
    assert written(app)["chart"] == "price"
    again = opened(PAGE, urlencode(written(app)))
    assert drawn(again, 1).equals(drawn(app, 1))


# ---- links --------------------------------------------------------------------------------------------
NETWORKS = some.sampled_from(["payment", "staking", "render", "internet-computer@2026-02"])
NAMES = some.text(some.characters(min_codepoint=32, max_codepoint=0x2FF), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split()) or "x"
)
KEPT = some.builds(
    lambda found, letters: dict(zip(letters, found, strict=False)),
    some.lists(
        some.builds(
            lambda network, share, name: Slot(Scenario(load_network(network), {"emission_scale": share}), name),
            NETWORKS,
            some.floats(0, 1.5, allow_nan=False).map(lambda x: round(x, 6)),
            NAMES,
        ),
        min_size=1,
        max_size=3,
    ),
    some.just(LETTERS),
)


@settings(max_examples=40, deadline=None)
@given(KEPT)
def test_what_is_kept_reads_back_from_its_link_as_itself(found: dict[str, Slot]) -> None:
    kept = Kept(found, reference=next(iter(found)), chart="price")
    again, told = read_kept(kept.query)
    assert told == []
    assert again.query == kept.query
    assert {k: s.scenario.values for k, s in again.slots.items()} == {k: s.scenario.values for k, s in found.items()}


@settings(max_examples=300, deadline=None)
@given(some.dictionaries(some.sampled_from(COMPARED), some.text(max_size=80), max_size=5))
def test_a_mangled_link_gives_sentences_and_never_an_error(fields: dict[str, str]) -> None:
    kept, told = read_kept(fields)
    assert all(sentence.endswith(".") for sentence in told)
    assert set(kept.slots) <= set(LETTERS)


def test_a_column_too_long_for_a_link_is_left_out_of_it_and_named() -> None:
    part = load_proposal("buyback-and-burn")
    chance = random.Random(1)
    scope = tuple("".join(chance.choices(ascii_letters, k=1800)) for _ in range(6))
    long = part.model_copy(update={"name": "long", "does_not_model": scope})
    slot = Slot(Scenario(load_network(part.home), proposals=(long,)), "Long")
    kept = Kept({"a": slot, "b": Slot(Scenario(load_network("payment")), "Short")})
    assert too_long(kept) == ("a",)
    assert set(kept.query) == {"b"}


def test_a_link_of_an_older_version_says_so_once() -> None:
    app = opened(PAGE, "v=0.1&" + link(a=LESS))
    assert len(warned(app)) == 1
    assert "'0.1'" in warned(app)[0]
    assert VERSION in warned(app)[0]
