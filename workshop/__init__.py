"""Workshops: rooms in which people propose, predict, see what comes of it and decide together. Knows no screen.

One `Workshop` per process is the way in; it gives three handles, each a side of one room, that hold no connection and
no secret and may be kept in a session:

    workshop = Workshop()                                  # DATABASE_URL, or a SQLite file in the data folder
    opened = workshop.open_room("render", minutes=45)      # code, facilitator_key, recovery_code: shown once
    host = workshop.facilitator(opened.code, key)          # next, propose, reveal, merged, open_decision, export ...
    joined = workshop.join(opened.code, "Anna", "staker")  # token: the phone keeps it
    seat = workshop.seat(token)                            # predict, submit, vote
    screen = workshop.screen(opened.code)                  # the projector: looks only

Every handle has `version()`, which rises with every change of the room and costs less than a millisecond, and
`board()`, the room as everybody may see it: a screen asks for the version every second and draws when it has moved.
What a room refuses is a `BallastError` in one sentence. Texts are as people typed them: show them as plain text.
"""

from workshop.asked import Answer, Direction, Question, Result
from workshop.errors import TooManyTriesError, WorkshopError
from workshop.facade import Lobby, Screen, Workshop
from workshop.facilitator import Facilitator
from workshop.roles import ROLES, Role
from workshop.run_sheet import BEAT_WORDS, PLANS, Beat, Step, run_sheet
from workshop.seat import Seat
from workshop.views import Board, Joined, Opened, Person

__all__ = [
    "BEAT_WORDS",
    "PLANS",
    "ROLES",
    "Answer",
    "Beat",
    "Board",
    "Direction",
    "Facilitator",
    "Joined",
    "Lobby",
    "Opened",
    "Person",
    "Question",
    "Result",
    "Role",
    "Screen",
    "Seat",
    "Step",
    "TooManyTriesError",
    "Workshop",
    "WorkshopError",
    "run_sheet",
]
