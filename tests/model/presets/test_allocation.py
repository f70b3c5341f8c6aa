"""Unlocks follow cliff and vesting; what is not published stays unknown; buckets never release more than they hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import Scenario, load_network, network_names, project
from model.errors import PresetError
from model.parameters import Source
from model.presets.allocation import GROUPS, Allocation, Bucket, unlock_frame
from model.scorecard import measured
from tests.model.presets.preset_files import preset_text

SOURCE = Source(title="test", date="2026-01")
DAY = dt.date(2024, 1, 1)
shares = st.floats(0, 1)
months = st.floats(0, 120)


def bucket(share: float = 1.0, tge: float | None = 0.1, cliff: float | None = 12, vesting: float | None = 24) -> Bucket:
    return Bucket("team", "team", "team", share, SOURCE, "2026-01", "invented", tge, cliff, vesting)


def allocation(*buckets: Bucket) -> Allocation:
    return Allocation(DAY, 1000.0, "tokens", SOURCE, "2026-01", "invented", buckets)


def test_nothing_but_the_launch_share_is_free_before_the_cliff_and_half_of_the_rest_midway() -> None:
    free = bucket().unlocked(np.array([-1.0, 0, 11.9, 12, 24, 36, 99]))
    assert free == pytest.approx([0, 0.1, 0.1, 0.1, 0.55, 1, 1])


@given(shares, months, months)
def test_a_bucket_releases_all_of_itself_and_never_takes_back(tge: float, cliff: float, vesting: float) -> None:
    free = bucket(1.0, tge, cliff, vesting).unlocked(np.linspace(0, 241, 97))
    assert np.all(np.diff(free) >= -1e-12)
    assert free[-1] == pytest.approx(1)


def test_what_is_not_scheduled_is_not_drawn_and_not_counted() -> None:
    found = allocation(bucket(0.5, None), replace(bucket(0.5), name="rest", group="public"))
    assert set(unlock_frame(found, np.arange(3.0))["group"]) == {"public"}
    assert found.unlocked_between(DAY, DAY + dt.timedelta(days=900)) is None
    assert found.at_launch() is None


def test_a_reserve_without_names_may_hide_anybody() -> None:
    hidden = replace(bucket(0.6), name="reserve", group="reserve")
    found = allocation(hidden, replace(bucket(0.4), name="sold", group="public"))
    assert found.share_of(("team",)) is None
    assert found.share_of(("public",)) == pytest.approx(0.4)


def test_a_whole_list_without_a_team_gives_it_nothing() -> None:
    assert allocation(replace(bucket(), group="earned")).share_of(("team",)) == 0


@pytest.mark.parametrize("name", network_names())
def test_every_allocation_cites_its_sources_and_divides_no_more_than_there_is(name: str) -> None:
    found = load_network(name).allocation
    if found is None:
        return
    assert sum(b.share for b in found.buckets) <= 1 + 1e-9
    for each in found.buckets:
        assert each.group in GROUPS
        assert each.source.title
        assert each.date
        assert each.grade
    if load_network(name).kind == "archetype":
        free = unlock_frame(found, np.array([found.months_at(load_network(name).as_of)]))
        assert free["tokens"].sum() == pytest.approx(found.tokens), "the model counts all of it as free"


def test_what_the_model_releases_is_what_the_scorecard_counts(tmp_path: Path) -> None:
    """Locked tokens of a bucket move the float of the projection and stand in the unlocks of the next year."""
    text = preset_text(
        observed={"locked.team": 30.0},
        parameters={"team.vesting_cliff": 0.5, "team.vesting_years": 2.0},
        structure={"buckets": ["team"]},
    )
    path = tmp_path / "small.toml"
    path.write_text(text, encoding="utf-8")
    network = load_network(path)
    run = project(network, years=3)
    free = run.values("unlocked")[0]
    card = measured(Scenario(network), run)[0].scored()
    values = {row.quantity.key: row.quantity.value for row in card.point("vesting").quantities}
    assert values["unlocks"] == pytest.approx(30 / 2 * 0.5 / 100, rel=0.05)
    assert values["cliff"] == pytest.approx(6)
    assert values["team_share"] == pytest.approx(30 / 130)
    assert free.max() == pytest.approx(15)
    longer = Scenario(network, {"team.vesting_cliff": 1.0})
    after = measured(longer, project(network, changes=longer.changes, years=3))[1].scored()
    cliffs = {row.quantity.key: row.quantity.value for row in after.point("vesting").quantities}
    assert cliffs["cliff"] == pytest.approx(12)


BAD = {
    "shares": ("share = 0.7", "share = 1.4", "less than or equal to 1"),
    "group": ('group = "team"', 'group = "friends"', "group must be one of"),
    "source": ('source = "test"', 'source = "nowhere"', "does not list"),
    "cliff": ("cliff_months = 12", "cliff_months = -3", "greater than or equal to 0"),
    "field": ("cliff_months = 12", "clif_months = 12", "not permitted"),
}
TABLE = """
[allocation]
launched = 2022-01-01
tokens = 100
definition = "tokens"
source = "test"
grade = "invented"
buckets = [{ name = "team", title = "team", group = "team", share = 0.7, tge_share = 0, cliff_months = 12 }]
"""


@pytest.mark.parametrize("flaw", BAD)
def test_a_table_that_cannot_stand_is_refused_in_one_sentence(tmp_path: Path, flaw: str) -> None:
    old, new, told = BAD[flaw]
    path = tmp_path / "bad.toml"
    path.write_text(preset_text() + TABLE.replace(old, new), encoding="utf-8")
    with pytest.raises(PresetError, match=told):
        load_network(path)
