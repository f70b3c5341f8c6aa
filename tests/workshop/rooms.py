"""Rooms as tests need them."""

from __future__ import annotations

from model import Scenario, load_network
from workshop import Answer, Beat, Direction, Facilitator, Opened, Question, Result, Seat, Workshop

QUESTIONS = (
    Question("supply", "Supply in 2028", "tokens", 1e9),
    Question("staking_yield", "Staking yield in 2028", "%", 0.08),
)
RESULTS = {"supply": Result(1e9, 9.7e8), "staking_yield": Result(0.08, 0.08)}


class Clock:
    """Time that stands still until a test moves it."""

    def __init__(self, now: float = 1_800_000_000.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += seconds


def answers(direction: Direction | None = None, number: float | None = None) -> dict[str, Answer]:
    """Up unless said otherwise; direction and number on the same side of a billion."""
    direction = direction or (Direction.DOWN if number is not None and number < 1e9 else Direction.UP)
    if number is None:
        number = 1.1e9 if direction is Direction.UP else 0.9e9
    return {"supply": Answer(direction, number), "staking_yield": Answer(Direction.SAME)}


def scenario(burn_share: float = 0.4) -> Scenario:
    return Scenario(load_network("payment"), {"burn_share": burn_share}, funded_by="providers")


def opened(workshop: Workshop, minutes: int = 45, rehearsal: bool = False) -> tuple[Opened, Facilitator]:
    made = workshop.open_room("payment", title="Tuesday", minutes=minutes, rehearsal=rehearsal)
    return made, workshop.facilitator(made.code, made.facilitator_key.reveal())


def seated(workshop: Workshop, code: str, name: str = "Anna", role: str = "staker") -> Seat:
    return workshop.seat(workshop.join(code, name, role).token.reveal())


def to_beat(host: Facilitator, beat: Beat) -> None:
    """Forward until the room is there; rounds get a proposal and results on the way."""
    while (step := host.board().step).beat is not beat:
        if step.beat is Beat.PROPOSE:
            host.propose("More burn", scenario(), QUESTIONS)
        if step.beat is Beat.PREDICT:
            host.reveal(RESULTS)
        else:
            host.next()
