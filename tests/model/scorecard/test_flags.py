"""A flawed design raises its own flags and no others; what nobody published raises none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from model import Scenario, load_network, project
from model.scorecard import Thresholds
from model.scorecard.card import measured
from model.scorecard.flags import TITLES, flags_of
from model.scorecard.thresholds import LIMITS
from tests.model.scorecard.designs import UNLINKED, card, design, raised

NO_BURN = {"burn_share": 0.0, "provider_fee_share": 1.0}
RUNS_AWAY = {"emission_rate": 10.0, "holdings_growth": 0.3}
"""The price grows with the wish to hold, so what is emitted is worth more while use stands still."""


def test_a_sound_design_raises_no_flag(tmp_path: Path) -> None:
    assert raised(card(design(tmp_path))) == set()


def test_a_large_team_a_short_cliff_and_no_link_raise_exactly_their_flags(tmp_path: Path) -> None:
    found = card(design(tmp_path, team=0.25, cliff=6, observed=UNLINKED, parameters=NO_BURN))
    assert raised(found) == {"team_share", "cliff", "no_link"}


def test_a_widening_gap_raises_its_own_flag(tmp_path: Path) -> None:
    assert raised(card(design(tmp_path, parameters=RUNS_AWAY))) == {"widening"}


def test_a_rising_surplus_of_revenue_is_no_widening_gap(tmp_path: Path) -> None:
    """Emission that grows while it stays below revenue is carried by customers."""
    found = card(design(tmp_path, parameters={"emission_rate": 0.5, "demand_growth": -0.05}))
    assert found.point("emission").quantities[2].quantity.value == 0


@pytest.mark.parametrize(("share", "is_raised"), [(0.20, False), (0.2001, True)])
def test_the_flag_of_the_team_is_strict(tmp_path: Path, share: float, is_raised: bool) -> None:
    assert ("team_share" in raised(card(design(tmp_path, team=share)))) is is_raised


@pytest.mark.parametrize(("share", "is_near"), [(0.18, True), (0.179, False), (0.22, True), (0.23, False)])
def test_a_tenth_of_the_limit_is_near_to_it_on_both_sides(tmp_path: Path, share: float, is_near: bool) -> None:
    flag = card(design(tmp_path, team=share)).flag("team_share")
    assert flag is not None
    assert flag.near is is_near


def test_a_single_path_tells_whether_the_difference_grows_and_no_chance(tmp_path: Path) -> None:
    flag = card(design(tmp_path, parameters=RUNS_AWAY)).flag("widening")
    assert flag is not None
    assert "on the single path: yes" in flag.told
    assert "%" not in flag.told


@pytest.mark.parametrize(("months", "is_raised"), [(11.9, True), (12, False)])
def test_the_flag_of_the_cliff_is_strict(tmp_path: Path, months: float, is_raised: bool) -> None:
    assert ("cliff" in raised(card(design(tmp_path, cliff=months)))) is is_raised


def test_idle_capacity_is_a_flag_only_while_emission_rises(tmp_path: Path) -> None:
    idle = {"utilisation": 0.05}
    assert "idle" not in raised(card(design(tmp_path, observed=idle)))
    fetch = card(Scenario(load_network("fetch")))
    assert "idle" in raised(fetch)


def test_a_network_that_publishes_no_allocation_has_unknown_flags_not_lowered_ones() -> None:
    found = card(Scenario(load_network("render")))
    assert {flag.key for flag in found.untold} >= {"team_share", "cliff", "dictator", "no_audit"}


def test_who_is_affiliated_is_unknown_until_somebody_declares_it() -> None:
    shown = Scenario(load_network("payment"), {"burn_share": 0.6})
    run = project(shown.network, changes=shown.changes, years=4)
    before, after = (world.scored() for world in measured(shown, run))
    assert before.flag("redirected") is None
    flag = after.flag("redirected")
    assert flag is not None
    assert flag.state == "unknown"
    for ratio, state in ((0.6, "raised"), (0.5, "not raised")):
        told = measured(shown, run)[1].scored(capture=ratio).flag("redirected")
        assert told is not None
        assert told.state == state


def test_a_limit_that_is_moved_moves_its_flag(tmp_path: Path) -> None:
    found = card(design(tmp_path, team=0.18))
    strict = replace(found.thresholds, limits={"team_share": 0.1})
    values = {row.quantity.key: row.quantity for point in found.points for row in point.quantities}
    assert "team_share" in {f.key for f in flags_of(found.subject, values, strict) if f.state == "raised"}


def test_every_flag_says_how_common_it_is_or_that_nobody_counted(tmp_path: Path) -> None:
    for flag in card(design(tmp_path)).flags:
        assert flag.base_rate.words.endswith(".")
        assert flag.base_rate.source is None or (flag.base_rate.source.link and flag.base_rate.source.date)
    assert {limit.key for limit in LIMITS} <= set(TITLES)
    assert Thresholds().moved == ()
