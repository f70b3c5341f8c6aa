"""Scenarios that people submit: suggestions for a round, and the groups' own."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from model.scenario.scenario import Scenario
from workshop import limits
from workshop.moves import need_beat, touch
from workshop.run_sheet import Beat
from workshop.scenarios import link_for
from workshop.tables import RoomRow, SubmissionRow
from workshop.views import Receipt
from workshop.words import cleaned


def submit(
    session: Session,
    room: RoomRow,
    participant_id: int,
    title: object,
    link: str,
    reason: object,
    token: str,
    now: float,
) -> Receipt:
    """Keep one person's scenario, in place of an earlier one of this beat; the room's row is locked by the caller.

    Parameters
    ----------
    link
        As `checked_link` returned it.

    Raises
    ------
    BallastError
        Outside the beats for it, and for a title or reason that is too long.
    """
    step = need_beat(room, Beat.PROPOSE, Beat.GROUPS, Beat.COMPARE, what="a submission")
    plain = cleaned(title, limits.NAME, "the name of the scenario")
    why = cleaned(reason, limits.REASON, "the reason", may_be_empty=True)
    own = (
        SubmissionRow.room_id == room.id,
        SubmissionRow.round_number == step.round_number,
        SubmissionRow.participant_id == participant_id,
    )
    row = session.scalars(select(SubmissionRow).where(*own)).one_or_none()
    if row is not None and row.client_token == token:
        return Receipt(row.revision, repeated=True)
    if row is None:
        row = SubmissionRow(room_id=room.id, round_number=step.round_number, participant_id=participant_id, revision=0)
        session.add(row)
    row.title, row.reason, row.link, row.client_token, row.made_at = plain, why, link, token, now
    row.revision += 1
    touch(room, now)
    return Receipt(row.revision)


def checked_link(network: str, given: Scenario | str) -> str:
    """The link of a submission, read before any row is locked: it takes some milliseconds."""
    return link_for(network, given)
