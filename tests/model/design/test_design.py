"""A design of founders: it becomes a preset file that is valid, runs, travels in a link and says what it comes to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model import Scenario, load_network, project
from model.design.design import (
    ARCHETYPES,
    BucketDesign,
    Design,
    RoleDesign,
    StreamDesign,
    design_of,
    network_of,
    to_toml,
)
from model.design.figures import comparables, first_day, income_of, sentences, unlock_sentence
from model.errors import BallastError
from model.exports.impact import Terms
from model.exports.snippet import snippet
from model.presets.files import FOLDER, read_network
from model.presets.reading import LONGEST

TWO = Design(
    title="Two roles",
    roles=(RoleDesign(title="GPU owners", cost=5e6), RoleDesign(title="Data", cost=2e6, fee_weight=0.5)),
    streams=(
        StreamDesign(title="inference", revenue=5e6, burn_share=0.3),
        StreamDesign(title="training", revenue=3e6),
    ),
)


@pytest.mark.parametrize("archetype", ARCHETYPES)
def test_a_design_becomes_a_network_that_runs_and_loses_no_token(archetype: str) -> None:
    network = network_of(design_of({"archetype": archetype, "title": f"A {archetype}"}))
    run = project(network, years=3)
    issued, burned = run.values("issued")[0, -1], run.values("burned")[0, -1]
    assert run.values("supply")[0, -1] == pytest.approx(issued - burned, rel=1e-12)
    assert run.stopped.height == 0


def test_the_first_day_is_what_the_founders_said() -> None:
    network = network_of(TWO)
    run = project(network, years=network.step_length)
    first = {name: float(run.values(name)[0, 0]) for name in ("price", "revenue", "float_supply", "staked", "emission")}
    assert first["price"] == TWO.price
    assert first["revenue"] == pytest.approx(8e6)
    assert first["float_supply"] + first["staked"] == pytest.approx(TWO.free)
    assert first["emission"] == pytest.approx(TWO.emission)
    for role in TWO.roles:
        name = role.title.lower().replace(" ", "_")
        income = float(project(network, years=network.step_length).values(f"income.{name}")[0, 0])
        assert income == pytest.approx(income_of(TWO, role), rel=1e-9)
        assert network.values[f"{name}.unit_cost"] == pytest.approx(role.cost)


def test_the_file_loads_from_disk_as_the_same_network(tmp_path: Path) -> None:
    path = tmp_path / "two-roles.toml"
    path.write_text(to_toml(TWO))
    loaded, read = load_network(path), network_of(TWO)
    assert loaded.values == read.values
    assert loaded.initial == read.initial


def test_a_network_that_does_not_come_with_the_app_travels_in_its_link() -> None:
    scenario = Scenario(network_of(TWO), {"inference.burn_share": 0.5})
    again = Scenario.from_link(scenario.to_link())
    assert again.network.title == "Two roles"
    assert again.values == scenario.values
    assert len(scenario.to_link()) < 4_000


@pytest.mark.parametrize("text", ["~", "~AAAA", "~" + "A" * 5_000, "~eJwDAAAAAAE"])
def test_a_broken_network_in_a_link_is_told_in_a_sentence(text: str) -> None:
    with pytest.raises(BallastError) as refused:
        Scenario.from_link(f"?network={text}")
    assert "Traceback" not in str(refused.value)


def test_a_text_that_is_too_long_is_not_read() -> None:
    with pytest.raises(BallastError, match="characters"):
        read_network("#" * (LONGEST + 1))


# ---- refusals -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"price": 0}, "greater than 0"),
        ({"price": float("nan")}, "rice: Input should be a finite number"),
        ({"supply": "many"}, "number"),
        ({"archetype": "casino"}, "payment"),
        ({"buckets": [{"title": "team", "group": "team", "share": 0.4, "tge_share": 1}]}, "40%, not 100%"),
        ({"buckets": [{"title": "team", "group": "team", "share": 1.0}]}, "o token would be free"),
        ({"buckets": [{"title": "x", "group": "aunts", "share": 1.0}]}, "group must be one of"),
        ({"roles": [{"title": "a b", "cost": 1}, {"title": "A-B", "cost": 1}]}, "wo roles have the same name"),
        ({"roles": []}, "at least 1"),
        ({"roles": [{"title": "<script>" * 9, "cost": 1}]}, "24"),
        ({"staker_fee_share": 0.7, "treasury_fee_share": 0.7}, "more than all revenue"),
        ({"unicorns": 1}, "nicorns"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_that_names_it(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(BallastError) as refused:
        design_of(fields)
    assert told in str(refused.value)


# ---- sizes ----------------------------------------------------------------------------------------------
def test_sizes_of_the_first_day_follow_from_the_table_of_buckets() -> None:
    design = Design(
        supply=1_000.0,
        price=2.0,
        emission=50.0,
        buckets=(
            BucketDesign(title="team", group="team", share=0.4, cliff_months=6, vesting_months=12),
            BucketDesign(title="public", group="public", share=0.6, tge_share=0.5, cliff_months=24),
        ),
        streams=(StreamDesign(title="jobs", revenue=100.0),),
    )
    found = first_day(design)
    assert (found.market_cap, found.fully_diluted, found.float_share) == (600.0, 2_000.0, 0.3)
    assert found.unlocked_in_a_year == pytest.approx(400 * 0.5 / 300)
    assert found.pressure == pytest.approx(2.0 * (200 + 50) / 100)


def test_unlocks_of_the_sizes_are_those_of_the_simulated_network() -> None:
    design = Design()
    run = project(network_of(design), years=1)
    locked = run.values("locked")[0]
    week = float(locked[-2] - locked[-1]) / design.free  # a year ends within a step
    assert week > 0
    assert (locked[0] - locked[-1]) / design.free == pytest.approx(first_day(design).unlocked_in_a_year, abs=week)


def test_every_real_network_stands_beside_a_design() -> None:
    rows = {row.title: row for row in comparables()}
    assert {"Bittensor", "Render", "Internet Computer", "Fetch.ai"} <= set(rows)
    assert all(np.isfinite(row.market_cap) and row.market_cap > 0 for row in rows.values())


def test_sentences_carry_numbers_and_units() -> None:
    told = sentences(TWO)
    assert any("fully diluted" in sentence for sentence in told)
    assert all(any(letter.isdigit() for letter in sentence) for sentence in told)


# ---- beside other networks ------------------------------------------------------------------------------
def test_two_designs_of_one_title_are_two_networks_in_a_comparison() -> None:
    one, other = network_of(Design(price=1.0)), network_of(Design(price=2.0))
    assert one.name == other.name
    assert one.identity != other.identity
    assert one.identity == network_of(Design(price=1.0)).identity


@pytest.mark.parametrize("title", ["Render", "PAYMENT", "Internet Computer"])
def test_a_design_cannot_take_the_name_of_a_network_that_comes_with_the_app(title: str) -> None:
    with pytest.raises(BallastError, match="the name of a network that comes with the app"):
        network_of(Design(title=title))


def test_a_link_made_before_the_file_was_added_opens_the_network_of_the_app() -> None:
    assert read_network((FOLDER / "payment.toml").read_text(encoding="utf-8")) is load_network("payment")


def test_python_that_is_taken_away_carries_the_network() -> None:
    scenario = Scenario(network_of(TWO), {"emission_scale": 0.5})
    text = snippet(scenario, Terms(years=2, futures=0, seed=7, link="https://example.org"), scenario.system)
    assert "Scenario.from_link" in text
    link = text.partition('from_link(\n    "')[2].partition('"')[0]
    assert Scenario.from_link(link).values == scenario.values
    compile(text, "snippet", "exec")


def test_titles_without_a_latin_letter_still_have_names() -> None:
    roles = tuple(RoleDesign(title=title, cost=4e6) for title in ("算力", "数据"))
    network = network_of(Design(title="网络", roles=roles))
    assert network.name == "new-network"
    assert len(set(network.structure.roles)) == 2


def test_the_sentence_of_unlocks_names_the_last_bucket_and_its_month() -> None:
    assert unlock_sentence(Design()).endswith("team would be the last to unlock, by Jan 2031.")
    free = Design(buckets=(BucketDesign(title="all", group="public", share=1, tge_share=1),))
    assert unlock_sentence(free).endswith("nothing is locked.")
