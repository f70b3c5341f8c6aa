"""Every preset file loads, cites its figures and starts at rest; a bad file is refused in one sentence."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from model import BallastError, load_network, network_names, project
from model.errors import PresetError
from model.governance import RULES
from model.presets.files import FOLDER, network_vintages
from model.presets.network import Network
from model.structure import Structure
from model.validation import check_shares
from tests.model.presets.preset_files import preset_text, write_preset

FILES = sorted(FOLDER.rglob("*.toml"))
NAMES = [f"{p.parent.name}@{p.stem}" if p.parent != FOLDER else p.stem for p in FILES]
GRADES = {"primary", "secondary", "derived", "assumed", "invented"}
AT_REST = ("payment", "staking", "governance", "revenue-share", "render")
ARCHETYPES = ("payment", "staking", "governance", "revenue-share")


def figure(network: Network, key: str) -> float:
    return next(f.value for f in network.figures if f.key == key)


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_file_loads_and_bears_the_name_it_is_loaded_by(name: str) -> None:
    network = load_network(name)
    assert network.identity == name
    assert network.name in network_names()
    assert network.title
    assert network.summary.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_has_a_source_a_date_and_a_grade(name: str) -> None:
    for entry in load_network(name).figures:
        for f in (entry, *entry.alternatives):
            assert f.source.title, f.key
            assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", f.date), f.key
            assert f.grade in GRADES, f.key


@pytest.mark.parametrize("name", [n for n in NAMES if load_network(n).kind != "textbook"])
def test_every_figure_of_an_archetype_or_a_real_network_is_defined_in_words(name: str) -> None:
    assert [f.key for f in load_network(name).figures if not f.definition] == []


@pytest.mark.parametrize("name", NAMES)
def test_invented_figures_stand_in_textbooks_and_archetypes_and_nowhere_else(name: str) -> None:
    network = load_network(name)
    invented = [f.key for f in network.figures if f.grade == "invented"]
    if network.kind == "real":
        assert invented == []
        assert {f.grade for f in network.figures} >= {"primary", "assumed"}
    else:
        assert len(invented) == len(network.figures)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_every_source_that_a_file_lists_is_cited(path: Path) -> None:
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    text = path.read_text(encoding="utf-8")
    cited = set(re.findall(r'source = "(\w+)"', text)) | {file["default_source"]}
    assert cited == set(file["sources"])


@pytest.mark.parametrize("name", NAMES)
def test_shares_of_every_stream_and_of_emission_sum_to_one(name: str) -> None:
    network = load_network(name)
    check_shares(network.structure, network.values)


@pytest.mark.parametrize("name", NAMES)
def test_judgement_calls_and_what_is_left_out_are_named(name: str) -> None:
    network = load_network(name)
    assert network.judgement_calls
    assert network.not_modelled
    if network.kind != "textbook":
        assert len(network.judgement_calls) == 2


@pytest.mark.parametrize("name", AT_REST)
def test_the_baseline_starts_at_rest(name: str) -> None:
    """With the trends of demand and cost off, price and capacity drift by less than 0.5 % a year in eight weeks.

    Some archetypes set the growth of speculative holdings to zero on purpose; here it has its rest value.
    """
    network = load_network(name)
    linked = figure(network, "revenue_linked_share")
    assumptions = {
        "demand_growth": 0.0,
        "cost_trend": 0.0,
        "holdings_growth": network.report["circulating_growth"] / (1 - linked),
    }
    run = project(network, assumptions=assumptions, years=9 * network.step_length)
    for column in ("price", "capacity"):
        path = run.values(column)[0]
        drift = (path[8] / path[0]) ** (1 / run.times[8]) - 1
        assert abs(drift) < 0.005, column


@pytest.mark.parametrize("slashing", [0.0, 0.05])
def test_the_staking_ratio_starts_at_rest_with_and_without_slashing(tmp_path: Path, slashing: float) -> None:
    """Section 11: within 0.12 points in eight weeks."""
    path = write_preset(
        tmp_path,
        observed={"staked": 100.0},
        parameters={
            "emission_rate": 8.0,
            "provider_emission_share": 0.1,
            "staker_emission_share": 0.9,
            "slashing_rate": slashing,
        },
        structure={"modules": ["staking"]},
    )
    ratio = project(load_network(path), years=0.2).values("staking_ratio")[0]
    assert ratio[0] == 0.5
    assert abs(ratio[8] - ratio[0]) < 0.0012


@pytest.mark.parametrize("name", ["governance", "revenue-share", "render"])
def test_the_growth_of_holdings_that_keeps_the_price_at_rest_is_derived_where_a_file_sets_none(name: str) -> None:
    network = load_network(name)
    linked = figure(network, "revenue_linked_share")
    assert "holdings_growth" in network.derived
    assert network.values["holdings_growth"] == pytest.approx(network.report["circulating_growth"] / (1 - linked))


@pytest.mark.parametrize("name", [n for n in NAMES if load_network(n).kind != "textbook"])
def test_the_first_day_shows_the_observed_figures(name: str) -> None:
    """What calibration derives gives back what was observed."""
    network = load_network(name)
    run = project(network, years=network.step_length)
    observed = {f.key: f.value for f in network.figures if f.part == "observed"}
    shown = {"price", "float_supply", "staked", "treasury", "treasury_fiat", "quality", "utilisation"}
    shown |= {"provider_margin"} | {key for key in observed if key.split(".")[0] == "revenue"}
    for key in shown & set(observed):
        assert run.values(key)[0, 0] == pytest.approx(observed[key], rel=1e-12), key


def test_two_sources_that_disagree_both_stand_in_the_file() -> None:
    """A conflict is kept as an alternative with its own source; the model uses one of the figures."""
    figures = {(f.part, f.key): f for f in load_network("render").figures}
    minted = figures["parameter", "emission_table.2"]
    assert [minted.value, *(a.value for a in minted.alternatives)] == [5905584, 5637150]
    assert [a.source.title for a in minted.alternatives] != [minted.source.title]
    for key in ("price", "float_supply", "revenue.jobs", "revenue.salad"):
        entry = figures["observed", key]
        assert entry.alternatives
        assert all(a.value != entry.value for a in entry.alternatives)


def test_a_real_network_is_dated_and_its_newest_vintage_is_loaded_by_its_name() -> None:
    for name in network_names():
        vintages = network_vintages(name)
        if vintages:
            assert load_network(name).vintage == vintages[0] == max(vintages)
            assert load_network(f"{name}@{vintages[-1]}").vintage == vintages[-1]


# ---- bad files ------------------------------------------------------------------------------------------------------
GOOD = preset_text()
BAD_TEXT: Mapping[str, tuple[str, str]] = {
    "an unknown parameter": (GOOD.replace("burn_share", "brun_share"), "brun_share"),
    "an unknown observed figure": (preset_text(observed={"prcie": 3.0}), "prcie"),
    "an unknown field": ('colour = "blue"\n' + GOOD, "olour"),
    "a share of 1.7": (GOOD.replace("burn_share = 0.5", "burn_share = 1.7"), "170%"),
    "revenue shares that sum to 1.1": (GOOD.replace("burn_share = 0.5", "burn_share = 0.6"), "110%"),
    "emission shares that sum to 1.1": (
        GOOD.replace("provider_emission_share = 1.0", "provider_emission_share = 1.0\nuser_emission_share = 0.1"),
        "110%",
    ),
    "words for a number": (GOOD.replace("price = 1.0", 'price = "one dollar"'), "price"),
    "no number at all": (GOOD.replace("price = 1.0", "price = { value = nan }"), "price"),
    "an infinite number": (GOOD.replace("burn_share = 0.5", "burn_share = { value = inf }"), "burn_share"),
    "a negative observed figure": (GOOD.replace("price = 1.0", "price = -1.0"), "negative"),
    "a negative parameter": (preset_text(parameters={"emission_rate": -4.0}), "-4"),
    "a price of zero": (GOOD.replace("price = 1.0", "price = 0"), "price"),
    "an empty float": (GOOD.replace("float_supply = 100.0", "float_supply = 0"), "float_supply"),
    "a quality of one": (GOOD.replace("quality = 0.9", "quality = 1"), "quality"),
    "no quality": (GOOD.replace("quality = 0.9", "quality = 0"), "quality"),
    "a utilisation of three": (GOOD.replace("utilisation = 0.5", "utilisation = 3"), "utilisation"),
    "a linked share of 1.5": (
        GOOD.replace("revenue_linked_share = 0.5", "revenue_linked_share = 1.5"),
        "revenue_linked_share",
    ),
    "a missing figure": (GOOD.replace("price = 1.0\n", ""), "price"),
    "figures that no network can have": (GOOD.replace("price = 1.0", "price = 1e200"), "impossible"),
    "providers who earn nothing": (
        preset_text(parameters={"burn_share": 1.0, "provider_emission_share": 0.0, "user_emission_share": 1.0}),
        "provider income",
    ),
    "stakers who earn nothing": (
        preset_text(observed={"staked": 50.0}, structure={"modules": ["staking"]}),
        "stakers earn nothing",
    ),
    "a source that is not listed": (GOOD.replace("price = 1.0", 'price = { value = 1.0, source = "x" }'), "'x'"),
    "an unknown module": (GOOD.replace("modules = []", 'modules = ["stakng"]'), "stakng"),
    "an unknown emission family": (preset_text(structure={"emission": "constnt"}), "emission"),
    "no title": (GOOD.replace('title = "Small network"\n', ""), "itle"),
    "no date": (GOOD.replace("as_of = 2026-01-01", 'as_of = "soon"'), "s_of"),
    "the same key twice": (GOOD + "\nburn_share = 0.5\n", "TOML"),
    "an empty file": ("", "ame"),
    "no TOML": ("price = = 3", "TOML"),
}


def refusal(path: Path) -> str:
    """The sentence with which a file is refused."""
    with pytest.raises(BallastError) as caught:
        load_network(path)
    assert isinstance(caught.value, PresetError)
    sentence = str(caught.value)
    assert path.name in sentence
    assert str(path.parent) not in sentence
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert sentence.endswith(".")
    return sentence


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (
            {'emission = "constant"': 'emission = "percentage"', "emission_rate = 4": "inflation_rate = 0.05"},
            "no supply is a rest point to start from",
        ),
        ({"demand_scale = 10": "demand_scale = 1"}, "no rest point to start from"),
    ],
)
def test_a_network_without_a_rest_point_cannot_start_at_one(tmp_path: Path, changed: dict[str, str], told: str) -> None:
    text = (FOLDER / "textbook.toml").read_text(encoding="utf-8").replace('name = "textbook"', 'name = "bad"')
    for before, after in changed.items():
        assert before in text
        text = text.replace(before, after)
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    assert told in refusal(path)


@pytest.mark.parametrize(("text", "told"), BAD_TEXT.values(), ids=BAD_TEXT)
def test_a_file_is_refused_in_one_sentence_that_names_what_is_wrong(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    assert told in refusal(path)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_a_short_figure_that_is_no_number_is_refused_in_one_sentence(tmp_path: Path, number: str) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(GOOD.replace("price = 1.0", f"price = {number}"), encoding="utf-8")
    assert "price" in refusal(path)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00rubbish\x80", b"\x00\x00\x00", b"\x89PNG\r\n\x1a\n"])
def test_rubbish_bytes_are_refused_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rubbish.toml"
    path.write_bytes(content)
    assert "not readable" in refusal(path)


def test_a_missing_file_and_a_folder_are_refused_in_one_sentence(tmp_path: Path) -> None:
    assert "no such preset file" in refusal(tmp_path / "absent.toml")
    (tmp_path / "folder.toml").mkdir()
    assert "no such preset file" in refusal(tmp_path / "folder.toml")


@pytest.mark.parametrize("name", ["", "paymnt", "render@1999-01", "payment@2026-11", "../payment", "a" * 500])
def test_a_name_that_no_network_has_is_refused_in_one_sentence(name: str) -> None:
    with pytest.raises(PresetError) as caught:
        load_network(name)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


def test_an_edited_file_is_read_again(tmp_path: Path) -> None:
    path = write_preset(tmp_path, observed={"price": 1.0})
    assert load_network(path).initial["price"] == 1.0
    path.write_text(preset_text(observed={"price": 2.0}), encoding="utf-8")
    later = path.stat().st_mtime + 10
    os.utime(path, (later, later))
    assert load_network(path).initial["price"] == 2.0


def test_the_small_network_of_these_tests_is_a_good_one(tmp_path: Path) -> None:
    """Otherwise the refusals above would prove nothing."""
    network = load_network(write_preset(tmp_path))
    assert project(network, years=1).values("price")[0, -1] > 0


def test_labels_are_kept_with_the_names_of_roles_and_streams() -> None:
    shape = load_network("render").structure
    assert shape.called("salad") == "Salad jobs"
    assert load_network("render").parameters["salad.burn_share"].label == "Burn share (Salad jobs)"
    assert load_network("internet-computer").structure.called("cloud_engines") == "cloud engines"


def test_a_name_without_a_label_is_written_with_spaces() -> None:
    assert Structure(streams=("cloud_engines", "cycles")).called("cloud_engines") == "cloud engines"


def test_a_label_for_nothing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(preset_text() + '\n[structure.labels]\nminers = "miners"\n', encoding="utf-8")
    with pytest.raises(PresetError, match="label for 'miners'"):
        load_network(path)


def test_every_real_network_names_a_voting_rule_that_exists() -> None:
    for name in network_names():
        network = load_network(name)
        assert network.voting_rule in {"", *RULES}
        assert network.voting_rule or network.kind == "textbook"


def test_an_unknown_voting_rule_is_refused_with_the_nearest(tmp_path: Path) -> None:
    text = (FOLDER / "payment.toml").read_text(encoding="utf-8")
    wrong = tmp_path / "payment.toml"
    wrong.write_text(text.replace('voting_rule = "openzeppelin"', 'voting_rule = "openzepelin"'), encoding="utf-8")
    with pytest.raises(PresetError, match="did you mean 'openzeppelin'"):
        load_network(wrong)
