"""Simulated people for a rehearsal: they join, predict, submit and vote; the same seed gives the same again."""

from __future__ import annotations

from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from model import project
from model.errors import BallastError
from model.presets.files import load_network
from model.scenario.scenario import Scenario
from model.words.no_effect import moves_no_figure
from workshop import ballots, limits, people, predictions, submissions
from workshop.asked import Answer, Direction, Question
from workshop.board import groups_of
from workshop.errors import NotNowError, WorkshopError
from workshop.moves import round_row, step_of
from workshop.roles import ROLE_KEYS
from workshop.run_sheet import Beat
from workshop.tables import ParticipantRow, RoomRow

NAMES = (
    *("Ada", "Amir", "Bela", "Chidi", "Dana", "Elif", "Farid", "Gita", "Hugo", "Ines", "Jonas", "Kofi", "Lena", "Mei"),
    *("Nadia", "Omar", "Paula", "Quentin", "Rosa", "Sami", "Tala", "Uma", "Viktor", "Wanja", "Ximena", "Yusuf", "Zoe"),
)
_IDEAS = 4
_TRIES = 40
_LOOKED_AHEAD = 3
"""Years in which a simulated group's scenario has to move something."""


def add(session: Session, room: RoomRow, count: object, seed: int, now: float) -> None:
    """Let simulated people join, with roles in turn.

    Raises
    ------
    NotNowError, WorkshopError
        In a room that is no rehearsal, and for a number that does not fit.
    """
    _need_rehearsal(room)
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= limits.PARTICIPANTS:
        raise WorkshopError(f"{str(count)[:20]} people cannot be simulated", allowed=f"1 to {limits.PARTICIPANTS}")
    rng = Random(f"{seed} names")
    already = len(_simulated(session, room))
    names, roles = rng.sample(NAMES, len(NAMES)), rng.sample(ROLE_KEYS, len(ROLE_KEYS))
    for place in range(already, already + count):
        people.take_seat(session, room, names[place % len(names)], roles[place % len(roles)], now, simulated=True)


def act(session: Session, room: RoomRow, seed: int, now: float) -> int:
    """Let simulated people do what the moment asks for: vote, predict, suggest or submit; gives how many did."""
    _need_rehearsal(room)
    them, step = _simulated(session, room), step_of(room)
    if ballots.open_row(session, room) is not None:
        return _vote(session, room, them, seed, now)
    if step.beat is Beat.PREDICT:
        return _predict(session, room, them, seed, now)
    if step.beat in (Beat.PROPOSE, Beat.GROUPS):
        return _submit(session, room, them, seed, now)
    return 0


def _need_rehearsal(room: RoomRow) -> None:
    if not room.rehearsal:
        raise NotNowError("this room is no rehearsal", todo="open a rehearsal room for simulated people")


def _simulated(session: Session, room: RoomRow) -> list[ParticipantRow]:
    own = (ParticipantRow.room_id == room.id, ParticipantRow.simulated)
    return list(session.scalars(select(ParticipantRow).where(*own).order_by(ParticipantRow.id)))


def _predict(session: Session, room: RoomRow, them: list[ParticipantRow], seed: int, now: float) -> int:
    number = step_of(room).round_number
    found = round_row(session, room, number)
    if found is None or found.revealed_at is not None:
        return 0
    for place, person in enumerate(them):
        rng = Random(f"{seed} predict {number} {place}")
        answers = {question.kpi: _answer(question, rng) for question in predictions.questions_of(found)}
        predictions.predict(session, room, person, answers, f"simulated-{seed}", now)
    return len(them)


def _answer(question: Question, rng: Random) -> Answer:
    """A direction, and a number some per cent off the baseline on that side."""
    direction = rng.choices(list(Direction), (5, 4, 1))[0]
    if question.baseline is None:
        return Answer(direction)
    side = {Direction.UP: 1, Direction.DOWN: -1, Direction.SAME: 0}[direction]
    return Answer(direction, question.baseline + side * abs(question.baseline) * rng.uniform(0.01, 0.2))


def _submit(session: Session, room: RoomRow, them: list[ParticipantRow], seed: int, now: float) -> int:
    number, done = step_of(room).round_number, 0
    for place, (person, title) in enumerate(_who_submits(session, room, them)):
        scenario = _scenario(room.network, Random(f"{seed} submit {number} {place}"))
        if scenario is not None:
            link = submissions.checked_link(room.network, scenario)
            reason = "Drawn at random."
            submissions.submit(session, room, person.id, title, link, reason, f"simulated-{seed}", now)
            done += 1
    return done


def _who_submits(session: Session, room: RoomRow, them: list[ParticipantRow]) -> list[tuple[ParticipantRow, str]]:
    """Of a round some people with an idea each; later the first simulated one of every group, in its name."""
    if step_of(room).round_number:
        return [(person, f"Idea {place}") for place, person in enumerate(them[:_IDEAS], 1)]
    rows = {row.id: row for row in them}
    first = [next((rows[one.number] for one in group if one.simulated), None) for group in groups_of(session, room)]
    return [(row, f"Group {place}") for place, row in enumerate(first, 1) if row is not None]


def _scenario(network_name: str, rng: Random) -> Scenario | None:
    """One lever somewhere in its usual range that moves a figure; of shares only the burn, so that groups can be
    merged.
    """
    network = load_network(network_name)
    levers = [
        key
        for key, parameter in network.parameters.items()
        if parameter.declared.kind == "lever"
        and parameter.declared.scale == ""
        and (not parameter.declared.is_share or key.endswith("burn_share"))
    ]
    for _ in range(_TRIES):
        key = rng.choice(levers)
        declared = network.parameters[key].declared
        value = round(rng.uniform(declared.usual_minimum, declared.usual_maximum), 3)
        try:
            scenario = Scenario(network, {key: value})
        except BallastError:
            continue
        if not scenario.is_empty and not moves_no_figure(project(network, changes={key: value}, years=_LOOKED_AHEAD)):
            return scenario
    return None


def _vote(session: Session, room: RoomRow, them: list[ParticipantRow], seed: int, now: float) -> int:
    ballot = ballots.need_open(session, room)
    keys = [str(option["key"]) for option in ballot.options]
    for place, person in enumerate(them):
        choice = Random(f"{seed} vote {ballot.number} {place}").choices(keys, range(len(keys), 0, -1))[0]
        ballots.cast(session, room, person, ballot.number, choice, now)
    return len(them)
