"""Errors of a room, in the one family that a person can meet: one sentence with a way out."""

from __future__ import annotations

from model.errors import BallastError


class WorkshopError(BallastError):
    """Anything that a room refuses."""


class UnknownRoomError(WorkshopError):
    """No room has this code, or it has been deleted since."""


class WrongKeyError(WorkshopError):
    """A facilitator key, recovery code or participant token that is not the room's."""


class NotNowError(WorkshopError):
    """Something that another beat of the run sheet is for."""


class FullError(WorkshopError):
    """A bound on rooms, people or entries is reached."""


class WordsError(WorkshopError):
    """A name or text that is empty, too long or unreadable."""


class FileError(WorkshopError):
    """A room's file that cannot be read back."""


class StoreError(WorkshopError):
    """The store does not answer, or was written by a later version."""


class TooManyTriesError(WorkshopError):
    """Too many wrong tries.

    Attributes
    ----------
    wait_seconds
        After this time the next try is looked at.
    """

    def __init__(self, wait_seconds: int) -> None:
        self.wait_seconds = wait_seconds
        word = "second" if wait_seconds == 1 else "seconds"
        super().__init__("there were too many wrong tries", todo=f"wait {wait_seconds} {word} and try again")
