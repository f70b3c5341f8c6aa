"""The calls of a script: forms in which arguments may be given, and what is told about those that cannot be meant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pytest

from model import BallastError, Scenario, equilibrium, load_network, load_proposal, project
from tests.model.scenario.test_stacking import proposal, to


def test_nothing_may_be_given_as_none_everywhere() -> None:
    nothing: dict[str, Any] = dict.fromkeys(
        ["proposals", "changes", "funded_by", "assumptions", "initial", "stress", "without", "start", "events"]
    )
    plain, empty = project("payment", years=1), project("payment", years=1, **nothing)
    assert np.array_equal(plain.values("price"), empty.values("price"))
    assert equilibrium("payment", **nothing).points[0].price == equilibrium("payment").points[0].price
    assert Scenario("payment", **nothing).is_empty  # type: ignore[arg-type]


def test_a_network_or_one_proposal_may_be_named_where_objects_are_taken() -> None:
    named = Scenario("payment", {"burn_share": 0.3}, "providers")  # type: ignore[arg-type]
    loaded = Scenario(load_network("payment"), {"burn_share": 0.3}, "providers")
    assert named.to_link() == loaded.to_link()
    one = project("payment", proposals="revenue-burn-20-stakers", years=1)
    several = project("payment", proposals=[load_proposal("revenue-burn-20-stakers")], years=1)
    assert np.array_equal(one.values("supply"), several.values("supply"))


def test_numbers_and_dates_may_be_of_numpy_or_text() -> None:
    plain = project("payment", years=2, start=dt.date(2027, 5, 1), changes={"burn_share": 0.3})
    same = project("payment", years=np.int64(2), start="2027-05-01", changes={"burn_share": np.float64(0.3)})  # type: ignore[arg-type]
    assert np.array_equal(plain.values("price"), same.values("price"))
    day = dt.date(2030, 1, 1)
    wanted = equilibrium("payment", at=day).points[0].price
    for at in ("2030-01-01", dt.datetime(2030, 1, 1, 12), np.datetime64("2030-01-01")):
        assert equilibrium("payment", at=at).points[0].price == wanted  # type: ignore[arg-type]


def test_equilibrium_takes_every_argument_of_project_and_no_other() -> None:
    found = equilibrium("payment", changes={"burn_share": 0.3}, years=5, draws=2, seed=1, step="month", keep="summary")
    assert found.points[0].price == equilibrium("payment", changes={"burn_share": 0.3}).points[0].price
    with pytest.raises(BallastError, match="did you mean 'changes'"):
        equilibrium("payment", change={"burn_share": 0.3})


@pytest.mark.parametrize(
    ("network", "given", "told"),
    [
        ("payment", {"initial": {"burn_share": 0.3}}, "it is a lever; pass it in changes"),
        ("payment", {"initial": {"unit_cost": 0.3}}, "it is an assumption; pass it in assumptions"),
        ("payment", {"changes": {"price": 2.0}}, "it is a starting value; pass it in initial"),
        ("payment", {"changes": {"burn_shar": 0.3}}, "did you mean 'burn_share'"),
        ("textbook", {"initial": {"locked": 1.0}}, "on this network it is 'locked.team'"),
        ("textbook", {"initial": {"capacity.providers": 1.0}}, "on this network it is 'capacity'"),
        ("textbook-roles", {"initial": {"capacity": 1.0}}, "on this network it is 'capacity.compute' or"),
        ("textbook-roles", {"assumptions": {"unit_cost": 2.0}}, "on this network it is 'compute.unit_cost' or"),
        ("textbook-roles", {"changes": {"unit_cost": 2.0}}, "'validators.unit_cost'; pass it in assumptions"),
        ("render", {"initial": {"staked": 1e6}}, "nobody stakes on this network"),
        ("payment", {"initial": {"locked": 1e6}}, "nothing is locked on this network"),
    ],
)
def test_a_key_in_the_wrong_place_is_told_where_it_belongs(network: str, given: Mapping[str, Any], told: str) -> None:
    with pytest.raises(BallastError, match=re.escape(told)) as caught:
        project(network, years=1, **given)
    assert caught.value.allowed
    assert caught.value.where


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: project("payment", years=float("nan")), "a horizon of nan years"),
        (lambda: project("payment", years=True), "a horizon of True years"),
        (lambda: project("payment", changes=[1]), "holds no values by key (changes)"),  # type: ignore[arg-type]
        (lambda: project("payment", executor=5), "allowed: a concurrent.futures.Executor"),  # type: ignore[arg-type]
        (lambda: project(5), "'5' is no network"),  # type: ignore[arg-type]
        (lambda: project("payment", years=1).summary(["nope"]), "There is no variable 'nope'"),
        (lambda: project("payment", start="soon", changes={"burn_share": 0.3}), "'soon' is not a date (start)"),  # type: ignore[arg-type]
        (lambda: equilibrium("payment", at="soon"), "'soon' is not a date (at)"),
        (lambda: equilibrium("payment", at=2030), "'2030' is not a date (at)"),  # type: ignore[arg-type]
        (lambda: Scenario.from_link(None), "'None' is no link"),  # type: ignore[arg-type]
        (lambda: load_network("render@"), "has no vintage ''"),
        (lambda: load_proposal("icp-mission"), "did you mean 'icp-mission-70'"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(call: Callable[[], object], told: str) -> None:
    with pytest.raises(BallastError, match=f"(?i){re.escape(told)}") as caught:
        call()
    assert caught.value.allowed


def test_a_key_is_written_as_it_is_also_at_the_start_of_a_sentence() -> None:
    with pytest.raises(BallastError, match=r"^burn_share is a lever \(burn_share\); pass it in changes\.$"):
        project("payment", assumptions={"burn_share": 0.3})


def test_two_parts_that_set_the_same_key_are_told_by_the_run_and_the_later_one_holds() -> None:
    one, other = proposal("first", to("burn_share", 0.3)), proposal("second", to("burn_share", 0.4))
    told = ("“First” and “Second” both set burn share: 30% and 40%; from Jan 2028 the latter holds.",)
    for given in ({}, {"keep": "summary", "draws": 2}):
        assert project("payment", proposals=[one, other], years=2, **given).notes == told  # type: ignore[arg-type]
    rest = equilibrium("payment", proposals=[one, other])
    assert "both set burn share" in rest.notes[0]
    assert rest.points[0].price == equilibrium("payment", proposals=[other]).points[0].price
    by_hand = project("payment", proposals=[one], changes={"burn_share": 0.35}, years=1)
    assert "the change by hand both set burn share" in by_hand.notes[0]
    assert project("payment", proposals=[one], years=1).notes == ()
