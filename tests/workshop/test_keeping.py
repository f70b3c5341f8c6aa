"""A room as one file, deleting, and forgetting rooms that nobody uses."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from model import BallastError
from model.tuning.goals import PROVIDERS
from tests.workshop.rooms import Clock, opened, scenario, seated, to_beat
from workshop import Beat, Board, Facilitator, Opened, Workshop
from workshop.errors import FileError, StoreError, UnknownRoomError, WorkshopError
from workshop.retention import DAY
from workshop.tables import Base, TriesRow


def held(workshop: Workshop) -> tuple[Opened, Facilitator]:
    """A room in which everything has happened."""
    room = workshop.open_room("payment", title="Tuesday", minutes=45, goals=[PROVIDERS], rehearsal=True)
    host = workshop.facilitator(room.code, room.facilitator_key.reveal())
    host.add_simulated(9)
    anna = seated(workshop, room.code, "Anna <b>", "treasury-council")
    while (step := host.board().step).beat is not Beat.COMPARE:
        if step.beat is Beat.PROPOSE:
            host.simulate()
            to_beat(host, Beat.PREDICT)
            host.simulate()
            to_beat(host, Beat.REVEAL)
        elif step.beat is Beat.GROUPS:
            host.simulate()
            anna.submit("Ours", scenario(), "m", reason="It pays")
            host.next()
        else:
            host.next()
    host.open_support()
    host.simulate()
    host.close_vote()
    host.open_decision("The merged one?", host.merged("votes"))
    host.simulate()
    host.close_vote()
    return room, host


def seen(board: Board) -> Board:
    """A board without what a new room has of its own: code, version, timer and the numbers of people."""
    first = min(person.number for person in board.people)
    people = {person.number: replace(person, number=person.number - first) for person in board.people}
    rounds = tuple(
        replace(
            one,
            tallies=tuple(
                replace(t, closest=tuple(replace(g, person=people[g.person.number]) for g in t.closest))
                for t in one.tallies
            ),
        )
        for one in board.rounds
    )
    timer = replace(board.timer, paused=True, ends_at=None)
    return replace(board, code="", version=0, timer=timer, people=tuple(people.values()), rounds=rounds)


def rows(workshop: Workshop) -> dict[str, int]:
    """Rows of every table of rooms."""
    with workshop._store.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
            if table.name != TriesRow.__tablename__
        }


def test_export_delete_import_gives_the_same_room_with_new_keys(workshop: Workshop, clock: Clock) -> None:
    room, host = held(workshop)
    clock.pass_by(33.3337)
    before, file, submitted = host.board(), host.export(), host.submissions()
    deleted = host.delete()
    assert deleted == {name: count for name, count in deleted.items() if count}
    assert rows(workshop) == dict.fromkeys(rows(workshop), 0)
    clock.pass_by(1e5)
    new = workshop.import_room(file)
    again = workshop.facilitator(new.code, new.facilitator_key.reveal())
    after = again.board()
    assert seen(after) == replace(seen(before), timer=seen(after).timer)
    assert after.timer.remaining == pytest.approx(before.timer.remaining, abs=0.001)
    assert after.timer.paused
    assert [(one.title, one.link, one.reason) for one in again.submissions()] == [
        (one.title, one.link, one.reason) for one in submitted
    ]
    assert again.export() == file
    assert new.facilitator_key.reveal() != room.facilitator_key.reveal()
    with pytest.raises(WorkshopError):
        workshop.facilitator(new.code, room.facilitator_key.reveal())
    anna = next(person for person in after.people if not person.simulated)
    assert workshop.seat(again.new_token_for(anna.number).reveal()).me() == anna
    again.next()


def test_deleting_leaves_no_row_of_the_room_in_any_table_and_others_alone(workshop: Workshop) -> None:
    _, first = held(workshop)
    alone = rows(workshop)
    _, second = held(workshop)
    counts = second.delete()
    assert counts == {name: count for name, count in alone.items() if name in counts}
    assert set(counts) == set(alone)
    assert rows(workshop) == alone
    assert first.board().people


def test_deleted_words_are_gone_from_the_file_of_the_store_too(tmp_path: Path, quick_keys: None) -> None:
    workshop = Workshop(f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    room, host = opened(workshop)
    seated(workshop, room.code, "Unmistakable Name")
    host.delete()
    workshop.close()
    assert not [path.name for path in tmp_path.iterdir() if b"Unmistakable" in path.read_bytes()]


def test_rooms_that_nobody_used_are_deleted_and_others_stay(
    workshop: Workshop, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BALLAST_ROOM_DAYS", "10")
    old, _ = opened(workshop)
    used, host = opened(workshop)
    clock.pass_by(6 * DAY)
    host.next()
    clock.pass_by(5 * DAY)
    assert workshop.purge() == 1
    with pytest.raises(UnknownRoomError):
        workshop.lobby(old.code)
    assert workshop.lobby(used.code).beat == "Baseline tour"
    clock.pass_by(11 * DAY)
    opened(workshop)
    assert rows(workshop)["rooms"] == 1
    monkeypatch.setenv("BALLAST_ROOM_DAYS", "soon")
    with pytest.raises(WorkshopError, match="BALLAST_ROOM_DAYS"):
        workshop.purge()


def change(file: str, **more: Any) -> str:
    return json.dumps({**json.loads(file), **more})


def test_a_file_that_was_tampered_with_is_refused_in_one_sentence(workshop: Workshop) -> None:
    _, host = held(workshop)
    file = host.export()
    plain = json.loads(file)
    one_round, ballot = plain["held_rounds"][0], plain["ballots"][0]
    stranger = {**one_round, "predictions": [{**one_round["predictions"][0], "person": 99}]}
    sealed = {**one_round, "revealed_at": None}
    bad = [
        "",
        "[]",
        "[" * 100_000,
        file[:-20],
        change(file, facilitator_key="x"),
        change(file, network="mars"),
        change(file, network="../../etc/passwd"),
        change(file, minutes=46),
        change(file, position=99),
        change(file, title="x" * 121),
        change(file, goals=["soon"]),
        change(file, version=2),
        change(file, elapsed_seconds=float("nan")),
        change(file, people=plain["people"][:2]),
        change(file, people=[plain["people"][0]] * 2),
        change(file, people=[{**plain["people"][0], "role": "king"}, *plain["people"][1:]]),
        change(file, held_rounds=[stranger]),
        change(file, held_rounds=[sealed]),
        change(file, held_rounds=[{**one_round, "results": {}}]),
        change(file, held_rounds=[{**one_round, "link": "javascript:alert(1)"}]),
        change(file, held_rounds=[one_round] * 2),
        change(file, ballots=[{**ballot, "votes": [{**ballot["votes"][0], "choice": "s99"}]}]),
    ]
    for text in bad:
        with pytest.raises(BallastError) as problem:
            workshop.import_room(text, address=str(len(text)))
        assert "\n" not in str(problem.value)
    with pytest.raises(FileError, match="held_rounds"):
        workshop.import_room(change(file, held_rounds=[sealed]))
    assert rows(workshop)["rooms"] == 1


def test_an_address_that_is_no_store_is_refused_without_telling_the_password() -> None:
    for url in ("mysql://user:hunter2@host/x", "sqlite://", "nonsense", "postgresql://user:hunter2@host:port/x"):
        with pytest.raises(StoreError) as problem:
            Workshop(url)
        assert "hunter2" not in str(problem.value)


def test_a_store_that_does_not_answer_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="does not answer; try again"):
        Workshop(f"postgresql://nobody@/rooms?host={tmp_path}&connect_timeout=2")
