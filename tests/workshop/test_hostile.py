"""Names and texts that mean harm: they are kept as text, or refused in a sentence, and do nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from model import BallastError
from tests.workshop.rooms import QUESTIONS, answers, opened, scenario, seated, to_beat
from workshop import Answer, Beat, Question, Workshop, WorkshopError
from workshop.errors import WordsError
from workshop.tables import ParticipantRow, RoomRow
from workshop.words import cleaned

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1)) **bold**",
    "$\\frac{1}{0}$ :material/bolt: :red[x]",
    "'; DROP TABLE rooms; --",
    "%s %(name)s {0} {room.key_hash}",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_and_sql_are_kept_as_the_text_that_they_are(workshop: Workshop, text: str) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code, text)
    to_beat(host, Beat.PROPOSE)
    host.propose(text, scenario(), [Question("supply", text, text)])
    seat.submit(text, scenario(), "m", reason=text)
    board = host.board()
    assert board.people[0].name == text
    assert board.round is not None
    assert (board.round.title, board.round.questions[0].label) == (text, text)
    assert (host.suggestions()[0].title, host.suggestions()[0].reason) == (text, text)
    with workshop._store.reading() as session:
        assert session.scalar(select(func.count()).select_from(RoomRow)) == 1
        assert session.scalar(select(ParticipantRow.name)) == text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("abc\u202edef\u202c", "abcdef"),
        ("\u2066Anna\u2069\u200f", "Anna"),
        ("An\u200bna\ufeff", "Anna"),
        ("A\x00n\x07na\x1b[31m", "Anna[31m"),
        ("  Anna \n\t Maria\u2028x ", "Anna Maria x"),
        ("Zo\u0308e", "Zöe"),
        ("Z" + "\u0301" * 30 + "oe", "Ź" + "\u0301" * 3 + "oe"),
        ("محمد", "محمد"),
        ("李雷 🙂", "李雷 🙂"),
    ],
)
def test_control_marks_and_reading_directions_are_taken_out_and_letters_of_all_scripts_stay(
    workshop: Workshop, typed: str, kept: str
) -> None:
    room, _ = opened(workshop)
    assert workshop.join(room.code, typed, "user").person.name == kept


@pytest.mark.parametrize("typed", ["", "   ", "\u202e\u200b", "x" * 41, "x" * 10_000, "\u0000" * 10_000, None, 7])
def test_a_name_that_is_empty_too_long_or_no_text_is_refused(workshop: Workshop, typed: object) -> None:
    room, _ = opened(workshop)
    with pytest.raises(WordsError, match=r"(?i)the name (is empty|has \d+ characters|is not a text)"):
        workshop.join(room.code, typed, "user")  # type: ignore[arg-type]


@given(st.text(max_size=200))
def test_any_text_becomes_one_line_without_unseen_marks_or_is_refused(text: str) -> None:
    try:
        kept = cleaned(text, 120, "the text")
    except WordsError as problem:
        told = str(problem)
        assert told.endswith(".") and "\n" not in told  # noqa: PT018
        return
    assert 0 < len(kept) <= 120
    assert kept == kept.strip()
    assert not [mark for mark in kept if unicodedata.category(mark).startswith("C")]
    assert cleaned(kept, 120, "the text") == kept


@pytest.mark.parametrize(
    "link",
    [
        "",
        "x" * 20_000,
        "?network=payment&burn_share=nan",
        "?network=payment&burn_share=7",
        "?network=../../etc/passwd",
        "?network=render&burn_share=0.5",
        "?network=payment&proposal=~AAAA",
        "?network=payment&no_such_key=1",
        "javascript:alert(1)?network=payment&__proto__=1",
    ],
)
def test_a_link_that_is_no_scenario_of_this_network_is_refused_in_one_sentence(workshop: Workshop, link: str) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    to_beat(host, Beat.GROUPS)
    with pytest.raises(BallastError) as problem:
        seat.submit("Ours", link, "m")
    assert len(str(problem.value)) < 1500
    assert host.submissions() == ()


def test_a_link_is_kept_in_the_apps_own_form_without_the_host_it_came_from(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    to_beat(host, Beat.GROUPS)
    seat.submit("Ours", "https://evil.example/x?network=payment&burn_share=0.4&funded_by=providers&name=<b>", "m")
    assert host.submissions()[0].link == scenario().to_link()


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 1e31, True, "1", 10**400])
def test_numbers_that_are_none_are_refused(number: object) -> None:
    with pytest.raises(WordsError, match="predicted number"):
        Answer("up", number)  # type: ignore[arg-type]


def test_sizes_are_bounded(workshop: Workshop) -> None:
    room, host = opened(workshop)
    seat = seated(workshop, room.code)
    to_beat(host, Beat.PROPOSE)
    many = [Question(f"k{place}", "x") for place in range(9)]
    refused: list[Callable[[], object]] = [
        lambda: host.propose("x" * 121, scenario(), QUESTIONS),
        lambda: host.propose("x", scenario(), many),
        lambda: host.propose("x", scenario(), [QUESTIONS[0]] * 2),
        lambda: host.propose("x", scenario(), []),
        lambda: Question("k" * 81, "x"),
        lambda: seat.submit("x" * 41, scenario(), "m"),
        lambda: seat.submit("x", scenario(), "m", reason="x" * 501),
        lambda: seat.submit("x", scenario(), "m" * 65),
        lambda: workshop.import_room("x" * 8_000_001),
    ]
    for use in refused:
        with pytest.raises(WorkshopError):
            use()
    host.propose("x", scenario(), many[:8])
    host.next()
    with pytest.raises(WorkshopError, match="missing"):
        seat.predict(answers(), "m")
