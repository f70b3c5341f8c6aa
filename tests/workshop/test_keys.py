"""Codes, keys and tokens: a wrong one never works, none is kept or shown, and guessing is slowed down."""

from __future__ import annotations

import logging
import pickle
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from tests.workshop.rooms import Clock, opened, seated
from workshop import TooManyTriesError, Workshop, WorkshopError
from workshop.errors import UnknownRoomError, WrongKeyError
from workshop.secret_keys import CODE_LETTERS, COST, Secret, is_key, new_code, new_key, plain_code, slow_hash
from workshop.tables import Base
from workshop.throttle import BUCKETS


def test_a_thousand_guesses_of_a_code_are_throttled_and_a_wait_is_told(workshop: Workshop, clock: Clock) -> None:
    opened(workshop)
    looked_at, waits = 0, []
    for _ in range(1000):
        clock.pass_by(0.1)
        try:
            workshop.join(new_code(), "Eve", "user", address="203.0.113.9")
        except TooManyTriesError as problem:
            waits.append(problem.wait_seconds)
        except UnknownRoomError:
            looked_at += 1
    own = BUCKETS["code"][0]
    assert looked_at <= own.tries + 100 / own.seconds_each + 1
    assert len(waits) == 1000 - looked_at
    assert all(1 <= wait <= own.seconds_each for wait in waits)


def test_guessing_from_many_addresses_meets_the_bound_of_the_server(workshop: Workshop) -> None:
    opened(workshop)
    looked_at = 0
    for number in range(300):
        with pytest.raises(WorkshopError) as problem:
            workshop.lobby(new_code(), address=f"2001:db8::{number:x}")
        looked_at += isinstance(problem.value, UnknownRoomError)
    assert looked_at == BUCKETS["code"][1].tries


def test_after_the_wait_the_right_code_works_and_meanwhile_it_works_from_elsewhere(
    workshop: Workshop, clock: Clock
) -> None:
    room, _ = opened(workshop)
    for _ in range(BUCKETS["code"][0].tries):
        with pytest.raises(UnknownRoomError, match="There is no such room"):
            workshop.lobby("ZZZZZZ", "a")
    with pytest.raises(TooManyTriesError, match="wait 30 seconds") as problem:
        workshop.lobby(room.code, "a")
    assert workshop.lobby(room.code, "b").title == "Tuesday"
    clock.pass_by(problem.value.wait_seconds)
    assert workshop.lobby(room.code, "a").people == 0


def test_right_codes_are_never_throttled(workshop: Workshop) -> None:
    room, _ = opened(workshop)
    for _ in range(3 * BUCKETS["code"][0].tries):
        workshop.lobby(room.code, "one wireless network for all")


with pytest.MonkeyPatch.context() as cheap:
    cheap.setitem(COST, "n", 2)
    KEPT = slow_hash(new_key())


@given(st.text(max_size=60) | st.binary(max_size=20) | st.none())
def test_a_wrong_key_never_works(typed: object) -> None:
    assert not is_key(typed, KEPT)


def test_a_key_works_however_it_is_typed_and_no_other_room_takes_it(workshop: Workshop) -> None:
    room, _ = opened(workshop)
    other, _ = opened(workshop)
    key = room.facilitator_key.reveal()
    for typed in (key, key.lower(), key.replace("-", " "), f" {key} "):
        assert workshop.facilitator(room.code.lower(), typed).board().code == room.code
    wrong = [(other.code, key), (room.code, other.facilitator_key.reveal()), (room.code, ""), ("ZZZZZZ", key)]
    wrong += [(room.code, room.recovery_code.reveal()), (room.code, key[:-1]), (room.code, key + "A")]
    for number, (code, typed) in enumerate(wrong):
        with pytest.raises(WrongKeyError, match="do not belong together"):
            workshop.facilitator(code, typed, address=str(number))


def test_guesses_of_a_key_are_throttled_and_right_ones_are_not(workshop: Workshop, clock: Clock) -> None:
    room, _ = opened(workshop)
    for _ in range(30):
        workshop.facilitator(room.code, room.facilitator_key.reveal(), "desk")
    tries, each = BUCKETS["key"][0].tries, BUCKETS["key"][0].seconds_each
    for _ in range(tries):
        with pytest.raises(WrongKeyError):
            workshop.facilitator(room.code, new_key(), "desk")
    with pytest.raises(TooManyTriesError):
        workshop.facilitator(room.code, room.facilitator_key.reveal(), "desk")
    clock.pass_by(each)
    assert workshop.facilitator(room.code, room.facilitator_key.reveal(), "desk")


def test_opening_rooms_is_throttled(workshop: Workshop) -> None:
    for _ in range(BUCKETS["open"][0].tries):
        workshop.open_room("payment", address="a")
    with pytest.raises(TooManyTriesError):
        workshop.open_room("payment", address="a")
    workshop.open_room("payment", address="b")


def test_a_recovery_code_gives_a_new_key_and_ends_the_old_one(workshop: Workshop) -> None:
    room, host = opened(workshop)
    new = workshop.recover(room.code, room.recovery_code.reveal())
    with pytest.raises(WrongKeyError, match="key was replaced"):
        host.next()
    for use in (
        lambda: workshop.facilitator(room.code, room.facilitator_key.reveal()),
        lambda: workshop.recover(room.code, room.recovery_code.reveal()),
    ):
        with pytest.raises(WrongKeyError):
            use()
    workshop.facilitator(room.code, new.facilitator_key.reveal()).next()


def test_no_key_or_token_is_stored_printed_logged_or_pickled(
    workshop: Workshop, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    room, host = opened(workshop)
    joined = workshop.join(room.code, "Anna", "user")
    seat = workshop.seat(joined.token.reveal())
    secrets = [room.facilitator_key.reveal(), room.recovery_code.reveal(), joined.token.reveal()]
    secrets += [secret.replace("-", "") for secret in secrets]
    with workshop._store.reading() as session:
        stored = repr([session.execute(select(table)).all() for table in Base.metadata.sorted_tables])
    shown = repr((room, joined, host, seat, workshop)) + str(room.facilitator_key) + f"{joined.token}"
    handles = repr([vars(host), vars(seat)])
    for place in (stored, shown, handles, caplog.text, host.export()):
        assert not [secret for secret in secrets if secret in place]
    with pytest.raises(TypeError):
        pickle.dumps(room)


def test_keys_have_as_many_random_bits_as_promised() -> None:
    assert len({new_key() for _ in range(50)}) == 50
    assert len(new_key().replace("-", "")) * 5 >= 160
    key = new_key()
    assert is_key(key, slow_hash(key))
    assert slow_hash(key) != slow_hash(key)
    assert slow_hash(key).startswith("scrypt$16384$8$1$")
    assert repr(Secret("x")) == "Secret(hidden)"


def test_codes_are_easy_to_read_out_and_form_no_words() -> None:
    codes = {new_code() for _ in range(300)}
    assert len(codes) == 300
    assert not set("".join(codes)) & set("AEIOUY01lFK")
    assert plain_code(" bcd-ghj ") == "BCDGHJ"
    assert [plain_code(typed) for typed in ("", "BCDGH", "ABCDGH", None, 5, "B" * 50, "'; DROP")] == [""] * 7
    assert len(CODE_LETTERS) ** 6 > 30e6


def test_the_file_of_the_default_store_is_closed_to_other_users_of_the_machine(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    Workshop(f"sqlite:///{folder / 'workshop.sqlite'}").close()
    assert folder.stat().st_mode & 0o077 == 0
    with sqlite3.connect(folder / "workshop.sqlite") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_seat_in_one_room_says_nothing_of_a_room_that_was_deleted(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    screen = workshop.screen(room.code)
    host.delete()
    opened(workshop)
    for use, error in ((seat.board, WrongKeyError), (host.board, WrongKeyError), (screen.board, UnknownRoomError)):
        with pytest.raises(error):
            use()
