"""Groups: of mixed roles, told to everybody alike, and nobody changes theirs because somebody comes late."""

from __future__ import annotations

import pytest

from tests.workshop.rooms import Clock, opened, seated, to_beat
from workshop import ROLES, Beat, Workshop
from workshop.ballots import support_sentence
from workshop.grouping import dealt
from workshop.views import Option, Person


def person(number: int) -> Person:
    return Person(number, f"P{number}", ROLES[number // 2 % len(ROLES)])


@pytest.mark.parametrize(("count", "groups"), [(1, 1), (3, 1), (7, 1), (8, 2), (13, 3), (30, 7)])
def test_groups_have_three_to_seven_people_of_mixed_roles(count: int, groups: int) -> None:
    found = dealt([(person(number), 0.0) for number in range(count)], began=1.0)
    assert len(found) == groups
    assert sorted(one.number for group in found for one in group) == list(range(count))
    assert max(map(len, found)) - min(map(len, found)) <= 1
    if groups > 1:
        assert all(len({one.role.key for one in group}) >= min(len(group), 3) for group in found)


def test_somebody_who_comes_late_joins_the_smallest_group_and_moves_nobody() -> None:
    early = [(person(number), 0.0) for number in range(9)]
    before = dealt(early, began=1.0)
    after = dealt([*early, (person(100), 2.0)], began=1.0)
    assert [group[: len(old)] for group, old in zip(after, before, strict=True)] == list(before)
    assert after[1][-1] == person(100)


def test_a_room_has_groups_only_while_they_make_scenarios(workshop: Workshop, clock: Clock) -> None:
    room, host = opened(workshop)
    seats = [seated(workshop, room.code, f"P{place}", ROLES[place].key) for place in range(8)]
    assert host.board().groups == ()
    clock.pass_by(60)
    to_beat(host, Beat.GROUPS)
    board = host.board()
    assert {board.group_of(seat.me()) for seat in seats} == {1, 2}
    assert seats[0].board().groups == board.groups
    clock.pass_by(60)
    late = seated(workshop, room.code, "Late")
    assert host.board().group_of(late.me()) in (1, 2)
    assert [group[:4] for group in host.board().groups] == list(board.groups)
    host.next()
    assert host.board().group_of(late.me()) == 0


def test_a_vote_of_support_names_who_has_most_by_head_and_by_role() -> None:
    options = [Option("a", "Burn"), Option("b", "Mint")]
    assert support_sentence(options, {"a": 0, "b": 0}, {"a": 0.0, "b": 0.0}) == "Nobody voted."
    assert "“Burn” has most support: 3 of 4 votes, 75%" in support_sentence(
        options, {"a": 3, "b": 1}, {"a": 0.75, "b": 0.25}
    )
    divided = support_sentence(options, {"a": 3, "b": 1}, {"a": 0.4, "b": 0.6})
    assert "“Burn” has most support" in divided
    assert "By role it would be “Mint”, 60%" in divided
    even = support_sentence(options, {"a": 2, "b": 2}, {"a": 0.5, "b": 0.5})
    assert "“Burn” and “Mint” have most support, 2 of 4 votes each" in even
