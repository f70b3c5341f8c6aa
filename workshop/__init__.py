"""Workshops: rooms in which people propose, predict, see what comes of it and decide together. Knows no screen."""

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
