"""What screens are told of a room: frozen values, whose texts are plain text that somebody may have typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from model.tuning.goals import Goal
from workshop.asked import Direction, Question, Result
from workshop.roles import Role
from workshop.run_sheet import Step
from workshop.secret_keys import Secret

BallotKind = Literal["support", "decision"]
Weighing = Literal["head", "role"]


@dataclass(frozen=True)
class Opened:
    """A room that was just opened. Key and recovery code are shown once; the room keeps only their hashes."""

    code: str
    facilitator_key: Secret
    recovery_code: Secret


@dataclass(frozen=True)
class Person:
    """Somebody in a room; `number` is theirs for as long as the room exists."""

    number: int
    name: str
    role: Role
    simulated: bool = False


@dataclass(frozen=True)
class Joined:
    """A seat that was just taken.

    Attributes
    ----------
    token
        What the phone keeps to come back.
    """

    code: str
    person: Person
    token: Secret


@dataclass(frozen=True)
class Receipt:
    """An acknowledged entry: once this is returned, it is on the disk.

    Attributes
    ----------
    revision
        1 for the first, one more for each replacement.
    repeated
        Whether it is the same submission once more, and nothing was changed.
    """

    revision: int
    repeated: bool = False


@dataclass(frozen=True)
class Timer:
    """Time of the present beat, by the server's clock, in seconds.

    Attributes
    ----------
    planned
        With what was added or taken away.
    remaining
        Negative once the time is over; the room stays where it is.
    ends_at
        Seconds since 1970; None while paused and in a closed room.
    """

    planned: float
    elapsed: float
    remaining: float
    paused: bool
    ends_at: float | None


@dataclass(frozen=True)
class Guess:
    """One person's number, after the reveal; `off_by` is its distance from the result."""

    person: Person
    number: float
    off_by: float


@dataclass(frozen=True)
class Tally:
    """What was expected of one figure, and what the model gave.

    Attributes
    ----------
    counts
        People by direction.
    mean, lowest, highest
        Of the numbers given; None where nobody gave one.
    closest
        Up to three people nearest to the result, nearest first; all of those who are equally near.
    sentence
        The comparison in words.
    """

    question: Question
    result: Result
    counts: Mapping[Direction, int]
    mean: float | None
    lowest: float | None
    highest: float | None
    closest: tuple[Guess, ...]
    sentence: str


@dataclass(frozen=True)
class RoundView:
    """A round whose proposal is chosen.

    Attributes
    ----------
    link
        The proposal as a scenario's link.
    predicted
        People who have predicted; before the reveal that is all that anybody is told.
    tallies
        One per question; empty before the reveal.
    """

    number: int
    title: str
    link: str
    questions: tuple[Question, ...]
    predicted: int
    revealed: bool
    tallies: tuple[Tally, ...] = ()


@dataclass(frozen=True)
class Submission:
    """A scenario that somebody submitted, as a suggestion in a round or as a group's (round number 0)."""

    number: int
    round_number: int
    person: Person
    title: str
    reason: str
    link: str


@dataclass(frozen=True)
class Option:
    """What can be voted for; `link` is the scenario behind it, or ""."""

    key: str
    title: str
    link: str = ""


@dataclass(frozen=True)
class BallotResult:
    """A closed vote.

    Attributes
    ----------
    heads
        People by option.
    weights
        Share of the weight of all votes cast, by option; equal to that of heads unless roles weigh alike.
    passed
        Under the rule; None for support, or where the rule cannot be applied.
    sentence
        The outcome in words.
    """

    heads: Mapping[str, int]
    weights: Mapping[str, float]
    passed: bool | None
    reason: str
    sentence: str


@dataclass(frozen=True)
class BallotView:
    """A vote of the room; `result` is None while it is open, and only the number of votes is told."""

    number: int
    kind: BallotKind
    title: str
    link: str
    rule: str
    weighing: Weighing
    options: tuple[Option, ...]
    cast: int
    result: BallotResult | None


@dataclass(frozen=True)
class Board:
    """A room as everybody in it may see it; the projector shows nothing else.

    Attributes
    ----------
    version
        Rises with every change; a screen that has this one need not be drawn again.
    steps, position
        The run sheet, and which of its steps is on.
    rounds
        Rounds whose proposal is chosen, in order.
    groups
        Who makes a scenario with whom, while groups do; the first is group 1.
    """

    code: str
    title: str
    network: str
    minutes: int
    goals: tuple[Goal, ...]
    rehearsal: bool
    version: int
    steps: tuple[Step, ...]
    position: int
    timer: Timer
    people: tuple[Person, ...]
    rounds: tuple[RoundView, ...]
    ballots: tuple[BallotView, ...] = field(default=())
    groups: tuple[tuple[Person, ...], ...] = field(default=())

    @property
    def step(self) -> Step:
        """What is on now."""
        return self.steps[self.position]

    @property
    def round(self) -> RoundView | None:
        """The round that is on, once its proposal is chosen."""
        return next((one for one in self.rounds if one.number == self.step.round_number), None)

    @property
    def open_ballot(self) -> BallotView | None:
        """The vote that is open; there is at most one."""
        return next((ballot for ballot in self.ballots if ballot.result is None), None)

    def group_of(self, person: Person) -> int:
        """Number of somebody's group, from 1; 0 while there are none."""
        return next((place for place, group in enumerate(self.groups, 1) if person in group), 0)

    @property
    def people_by_role(self) -> dict[str, int]:
        """How many play each role, by its key."""
        counts: dict[str, int] = {}
        for person in self.people:
            counts[person.role.key] = counts.get(person.role.key, 0) + 1
        return counts
