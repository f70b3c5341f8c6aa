"""Dated supply events are part of the supply identity and of both engines."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from model import BallastError, load_network, project
from model.supply_events import SupplyEvent

DAY = dt.date(2029, 6, 1)


def test_an_event_mints_exactly_its_tokens_on_its_day_and_nothing_before() -> None:
    run = project("payment", events=[SupplyEvent(DAY, "mint_float", 5e6)])
    minted = run.values("issued")[1] - run.values("issued")[0]
    after = np.array(run.dates) >= DAY + dt.timedelta(days=7)
    before = np.array(run.dates) < DAY
    assert not minted[before].any()
    first = minted[after][0]
    assert first == pytest.approx(5e6, rel=1e-9)


def test_events_leave_the_supply_identity_whole() -> None:
    events = [
        SupplyEvent(DAY, "mint_treasury", 3e6),
        SupplyEvent(DAY, "burn_float", 1e12),
        SupplyEvent(DAY, "burn_treasury", 1e6),
        SupplyEvent(DAY.replace(year=2030), "release", 1e12),
    ]
    run = project("payment", events=events)
    assert np.abs(run.values("supply") / run.values("supply_accounted") - 1).max() < 1e-12
    assert run.values("treasury").min() > 0
    assert run.values("float_supply").min() > 0
    assert run.values("burned")[1, -1] < run.values("issued")[1, -1]


def test_releasing_treasury_tokens_moves_them_without_changing_supply() -> None:
    run = project("payment", events=[SupplyEvent(DAY, "release", 2e6)], years=3)
    moved = np.array(run.dates) >= DAY + dt.timedelta(days=7)
    step = int(np.flatnonzero(moved)[0])
    difference = run.values("treasury")[1, step] - run.values("treasury")[0, step]
    assert difference == pytest.approx(-2e6, rel=1e-9)
    assert run.values("supply")[1, step] == pytest.approx(run.values("supply")[0, step], rel=1e-12)


def test_engines_agree_on_events() -> None:
    events = [SupplyEvent(DAY, "mint_float", 5e6), SupplyEvent(DAY, "burn_treasury", 4e6)]
    kernel, polars = (project("payment", events=events, engine=engine) for engine in ("kernel", "polars"))
    assert np.allclose(kernel.paths.states, polars.paths.states, rtol=1e-12, atol=0)


def test_an_event_outside_the_horizon_changes_nothing() -> None:
    run = project("payment", events=[SupplyEvent(dt.date(2090, 1, 1), "mint_float", 5e6)])
    for name in ("supply", "price", "capacity"):
        assert np.array_equal(run.values(name)[0], run.values(name)[1])


@pytest.mark.parametrize(("effect", "tokens"), [("print", 1.0), ("mint_float", -1.0), ("mint_float", float("nan"))])
def test_an_impossible_event_is_refused_in_a_sentence(effect: str, tokens: float) -> None:
    with pytest.raises(BallastError, match="event"):
        SupplyEvent(DAY, effect, tokens)


def test_decided_events_hold_in_the_baseline() -> None:
    assert load_network("payment").events == ()
