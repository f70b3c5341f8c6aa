"""Sealed predictions: the one file that reads answers, and only of a round that has been revealed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from model.words.text import change, quantity
from workshop.asked import Answer, Direction, Question, Result, as_json, check_answers
from workshop.errors import NotNowError
from workshop.moves import need_beat, round_row, touch
from workshop.run_sheet import Beat
from workshop.tables import ParticipantRow, PredictionRow, RoomRow, RoundRow
from workshop.views import Guess, Person, Receipt, Tally

_CLOSEST = 3


def questions_of(found: RoundRow) -> tuple[Question, ...]:
    """What a round asks."""
    return tuple(Question(**question) for question in found.questions)


def predict(
    session: Session, room: RoomRow, own: ParticipantRow, answers: Mapping[str, Answer], token: str, now: float
) -> Receipt:
    """Keep one person's answers, in place of earlier ones of this round; the room's row is locked by the caller.

    Raises
    ------
    NotNowError
        Outside the beat, and once the round has been revealed.
    WordsError
        For answers that do not fit the questions.
    """
    step = need_beat(room, Beat.PREDICT, what="a prediction")
    found = round_row(session, room, step.round_number)
    if found is None or found.revealed_at is not None:
        raise NotNowError("this round has been revealed", todo="predict in the next one")
    kept = {kpi: as_json(answer) for kpi, answer in check_answers(questions_of(found), answers).items()}
    row = _own(session, found, own)
    if row is not None and row.client_token == token:
        return Receipt(row.revision, repeated=True)
    if row is None:
        row = PredictionRow(round_id=found.id, participant_id=own.id, revision=0)
        session.add(row)
    row.answers, row.client_token, row.made_at, row.seat_hash = kept, token, now, own.token_hash
    row.revision += 1
    touch(room, now)
    return Receipt(row.revision)


def own_answers(session: Session, room: RoomRow, own: ParticipantRow, number: int) -> dict[str, Answer] | None:
    """What one person predicted, for that person alone; before the reveal only at the seat that it was made from."""
    found = round_row(session, room, number)
    row = _own(session, found, own) if found is not None else None
    if found is None or row is None or (found.revealed_at is None and row.seat_hash != own.token_hash):
        return None
    return _answers(row)


def count(session: Session, found: RoundRow) -> int:
    """How many have predicted."""
    return session.scalar(select(func.count()).where(PredictionRow.round_id == found.id)) or 0


def who_predicted(session: Session, found: RoundRow) -> frozenset[int]:
    """Numbers of those who have predicted; not what."""
    return frozenset(session.scalars(select(PredictionRow.participant_id).where(PredictionRow.round_id == found.id)))


def tallies(session: Session, found: RoundRow, people: Mapping[int, Person]) -> tuple[Tally, ...]:
    """What was expected of each figure, beside what the model gave; nothing before the reveal."""
    if found.revealed_at is None:
        return ()
    answers = revealed_answers(session, found)
    made = []
    for question in questions_of(found):
        result = Result(**found.results[question.kpi])
        made.append(_tally(question, result, {people[who]: given[question.kpi] for who, given in answers.items()}))
    return tuple(made)


def revealed_answers(session: Session, found: RoundRow) -> dict[int, dict[str, Answer]]:
    """Answers of a revealed round by participant.

    Raises
    ------
    NotNowError
        Before the reveal, whoever asks.
    """
    return {row.participant_id: _answers(row) for row in rows_of_revealed(session, found)}


def rows_of_revealed(session: Session, found: RoundRow) -> Sequence[PredictionRow]:
    """Predictions of a revealed round, in the order of joining.

    Raises
    ------
    NotNowError
        Before the reveal, whoever asks.
    """
    if found.revealed_at is None:
        raise NotNowError("predictions are sealed until the reveal", todo="reveal the round first")
    chosen = select(PredictionRow).where(PredictionRow.round_id == found.id)
    return session.scalars(chosen.order_by(PredictionRow.participant_id)).all()


def _own(session: Session, found: RoundRow, own: ParticipantRow) -> PredictionRow | None:
    chosen = (PredictionRow.round_id == found.id, PredictionRow.participant_id == own.id)
    return session.scalars(select(PredictionRow).where(*chosen)).one_or_none()


def _answers(row: PredictionRow) -> dict[str, Answer]:
    kept: dict[str, Any] = row.answers
    return {kpi: Answer(**answer) for kpi, answer in kept.items()}


def _tally(question: Question, result: Result, answers: Mapping[Person, Answer]) -> Tally:
    counts = dict.fromkeys(Direction, 0)
    for answer in answers.values():
        counts[answer.direction] += 1
    guesses = sorted(
        (
            Guess(person, answer.number, abs(answer.number - result.scenario))
            for person, answer in answers.items()
            if answer.number is not None
        ),
        key=lambda guess: (guess.off_by, guess.person.number),
    )
    numbers = [guess.number for guess in guesses]
    return Tally(
        question,
        result,
        counts,
        math.fsum(numbers) / len(numbers) if numbers else None,
        min(numbers, default=None),
        max(numbers, default=None),
        _nearest(guesses),
        _sentence(question, result, counts),
    )


def _nearest(guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    if len(guesses) <= _CLOSEST:
        return tuple(guesses)
    limit = guesses[_CLOSEST - 1].off_by
    return tuple(guess for guess in guesses if guess.off_by <= limit)


_WENT = {Direction.UP: "up", Direction.DOWN: "down", Direction.SAME: "no change"}


def _sentence(question: Question, result: Result, counts: Mapping[Direction, int]) -> str:
    """What the model gives, and how many expected it: "... 14 of 20 expected that direction (up)."."""
    whole = sum(counts.values())
    became = change(result.scenario, result.baseline)
    now, then = quantity(result.scenario, question.unit), quantity(result.baseline, question.unit)
    told = f"would be {became} ({now} instead of {then})" if now != then else f"would stay at {now}"
    model = f"{question.label}: in the model it {told}."
    if not whole:
        return f"{model} Nobody predicted it."
    right = counts[result.direction]
    return f"{model} {right} of {whole} expected that direction ({_WENT[result.direction]})."
