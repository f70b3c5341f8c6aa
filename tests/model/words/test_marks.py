"""Steps of the schedule, supply events and starts of changes are marked on their dates."""

from __future__ import annotations

import datetime as dt

from model import Scenario, load_network, project
from model.supply_events import SupplyEvent
from model.words.marks import MOST_LABELS, Mark, labelled, marks, schedule_marks


def test_the_steps_of_renders_table_are_marked_within_a_week_of_their_date() -> None:
    run = project("render", years=6)
    found = schedule_marks(run)
    assert [mark.date.year for mark in found] == [2026, 2028, 2029, 2030, 2031]
    assert dt.date(2026, 12, 19) <= found[0].date <= dt.date(2026, 12, 27)
    assert found[0].large
    assert not found[1].large


def test_the_end_of_a_table_is_marked_as_the_cap() -> None:
    run = project("render", assumptions={"schedule_age": 55.0}, years=8)
    last = schedule_marks(run)[-1]
    assert (last.kind, last.label) == ("end", "Cap reached")


def test_a_halving_by_issuance_is_marked_when_issuance_reaches_its_threshold() -> None:
    run = project("bittensor@2025-11", years=1)
    (halving,) = schedule_marks(run)
    assert halving.label == "Halving: \u221250%"
    assert dt.date(2025, 12, 1) <= halving.date <= dt.date(2026, 1, 10)


def test_smooth_schedules_have_no_marks() -> None:
    assert schedule_marks(project("payment", years=5)) == ()


def test_events_and_starts_are_marked_in_order_of_date() -> None:
    network = load_network("payment")
    event = SupplyEvent(dt.date(2029, 1, 1), "mint_float", 1e6, "Merger")
    scenario = Scenario(network, {"burn_share": 0.3}, start=dt.date(2028, 1, 1), events=(event,))
    run = project(network, changes={"burn_share": 0.3}, start=dt.date(2028, 1, 1), events=[event])
    assert [mark.label for mark in marks(scenario, run)] == ["Changes take effect", "Merger"]


def test_a_stress_has_one_mark_on_its_first_day_and_none_beside_its_own_supply_event() -> None:
    scenario = Scenario(load_network("payment"), stress=["demand-halves", "cliff-unlock", "price-falls"])
    run = project(scenario.network, stress=scenario.stresses, years=2)
    found = [(mark.date.isoformat(), mark.label) for mark in marks(scenario, run) if mark.kind in ("stress", "event")]
    assert found == [
        ("2027-03-01", "The price falls by 70% in…"),
        ("2027-07-01", "Demand halves"),
        ("2027-10-01", "A tenth of supply unlocks"),
    ]


def test_more_labels_than_have_room_are_numbers_and_a_line_says_each() -> None:
    def days(count: int) -> list[Mark]:
        return [Mark(dt.date(2027, 1 + n, 1), f"event {n}", "stress") for n in range(count)]

    rows, line = labelled(days(MOST_LABELS))
    assert [label for _, label in rows] == [f"event {n}" for n in range(MOST_LABELS)]
    assert line == ""
    small = Mark(dt.date(2027, 12, 1), "a small step", "schedule", large=False)
    rows, line = labelled([*days(MOST_LABELS + 1), small])
    assert [label for _, label in rows] == [*map(str, range(1, MOST_LABELS + 2)), ""]
    assert (
        line
        == "Rules: "
        + "; ".join(
            f"{n + 1} event {n} ({month})"
            for n, month in enumerate(["Jan 2027", "Feb 2027", "Mar 2027", "Apr 2027", "May 2027"])
        )
        + "."
    )
