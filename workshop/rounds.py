"""What a round is about and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from workshop import limits, moves
from workshop.asked import Question, Result, as_json, check_questions, check_results
from workshop.errors import NotNowError
from workshop.predictions import questions_of
from workshop.run_sheet import Beat
from workshop.tables import PredictionRow, RoomRow, RoundRow
from workshop.words import cleaned


def propose(
    session: Session, room: RoomRow, title: object, link: str, questions: Iterable[Question], now: float
) -> None:
    """Choose what the round is about; predictions of an earlier choice are deleted, they were of something else."""
    step = moves.need_beat(room, Beat.PROPOSE, what="choosing a proposal")
    plain, asked = cleaned(title, limits.TITLE, "the title of the proposal"), check_questions(questions)
    row = moves.round_row(session, room, step.round_number)
    if row is not None and row.revealed_at is not None:
        raise NotNowError("this round has been revealed", todo="propose in the next one")
    if row is None:
        row = RoundRow(room_id=room.id, number=step.round_number, results={})
        session.add(row)
    else:
        session.execute(delete(PredictionRow).where(PredictionRow.round_id == row.id))
    row.title, row.link, row.questions = plain, link, [as_json(question) for question in asked]
    moves.touch(room, now)


def reveal(session: Session, room: RoomRow, results: Mapping[str, Result], now: float) -> None:
    """Record what the model gave, and go to the reveal."""
    step = moves.need_beat(room, Beat.PREDICT, what="the reveal")
    row = moves.round_row(session, room, step.round_number)
    if row is None:
        raise NotNowError("this round has no proposal yet", todo="go back and choose one")
    if row.revealed_at is None:
        row.results = {kpi: as_json(result) for kpi, result in check_results(questions_of(row), results).items()}
    moves.reveal(session, room, row, now)
