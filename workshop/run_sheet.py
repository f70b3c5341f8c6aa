"""The run sheet: which beats a room goes through, in which order, and how many minutes each is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from workshop.errors import WorkshopError


class Beat(StrEnum):
    """One thing that a room does at a time."""

    PREPARE = "prepare"
    TOUR = "tour"
    PROPOSE = "propose"
    PREDICT = "predict"
    REVEAL = "reveal"
    REPLAY = "replay"
    EXPLAIN = "explain"
    GROUPS = "groups"
    COMPARE = "compare"
    DEBRIEF = "debrief"
    CLOSED = "closed"


ROUND = (Beat.PROPOSE, Beat.PREDICT, Beat.REVEAL, Beat.REPLAY, Beat.EXPLAIN)
_PART_OF_ROUND = {Beat.PROPOSE: 2, Beat.PREDICT: 2, Beat.REVEAL: 1, Beat.REPLAY: 1, Beat.EXPLAIN: 2}
SHORTEST_ROUND = 5
"""Minutes under which a round cannot be held."""


@dataclass(frozen=True)
class BeatWords:
    """What a beat is called, and one line for each side of the room."""

    label: str
    facilitator: str
    participant: str


BEAT_WORDS: Mapping[Beat, BeatWords] = MappingProxyType(
    {
        Beat.PREPARE: BeatWords(
            "Prepare", "Let everybody join and read the brief of their role.", "Read the brief of your role."
        ),
        Beat.TOUR: BeatWords(
            "Baseline tour",
            "Show where the network goes if nothing is changed.",
            "See where the network goes if nothing is changed.",
        ),
        Beat.PROPOSE: BeatWords(
            "Propose",
            "Choose one proposal and the figures to predict.",
            "Suggest a proposal, or argue for your role.",
        ),
        Beat.PREDICT: BeatWords(
            "Predict", "Wait for the predictions; nobody sees them yet.", "Predict each figure; nobody sees it yet."
        ),
        Beat.REVEAL: BeatWords(
            "Reveal", "Compare what was expected with what the model gives.", "Compare your prediction with the model."
        ),
        Beat.REPLAY: BeatWords("Replay", "Show the change once more, before and after.", "Watch the change once more."),
        Beat.EXPLAIN: BeatWords(
            "Explain", "Ask why: which link in the chain did the room miss?", "Say in one sentence why it came so."
        ),
        Beat.GROUPS: BeatWords(
            "Group scenarios",
            "Each group makes a scenario and submits it under a name.",
            "Make a scenario with your group; one of you submits it.",
        ),
        Beat.COMPARE: BeatWords(
            "Compare and merge",
            "Put the scenarios side by side, merge them and hold a vote.",
            "See what each scenario would come to; then the room votes.",
        ),
        Beat.DEBRIEF: BeatWords("Debrief", "Ask the debrief questions.", "What surprised you?"),
        Beat.CLOSED: BeatWords("Closed", "Export the room or delete it.", "The room is closed; thank you."),
    }
)


@dataclass(frozen=True)
class Plan:
    """Minutes of one length of workshop.

    Attributes
    ----------
    minutes
        Planned minutes of each beat outside the rounds; a beat without minutes is left out.
    rounds_minutes
        Minutes for all rounds together.
    usual_rounds
        Rounds that the guide holds.
    """

    minutes: Mapping[Beat, int]
    rounds_minutes: int
    usual_rounds: int

    @property
    def most_rounds(self) -> int:
        """Rounds that leave each at least the shortest time."""
        return self.rounds_minutes // SHORTEST_ROUND


def _plan(prepare: int, tour: int, rounds: int, usual: int, groups: int, compare: int, debrief: int) -> Plan:
    outside = {
        Beat.PREPARE: prepare,
        Beat.TOUR: tour,
        Beat.GROUPS: groups,
        Beat.COMPARE: compare,
        Beat.DEBRIEF: debrief,
    }
    return Plan(MappingProxyType(outside), rounds, usual)


PLANS: Mapping[int, Plan] = MappingProxyType(
    {
        20: _plan(prepare=2, tour=3, rounds=8, usual=1, groups=0, compare=3, debrief=4),
        45: _plan(prepare=4, tour=4, rounds=16, usual=2, groups=9, compare=6, debrief=6),
        70: _plan(prepare=6, tour=5, rounds=24, usual=3, groups=15, compare=10, debrief=10),
    }
)
"""Minutes of a workshop, and what they are spent on."""


@dataclass(frozen=True)
class Step:
    """One entry of a run sheet.

    Attributes
    ----------
    round_number
        From 1 in a round, 0 outside.
    seconds
        Planned length; 0 for the closed room.
    """

    beat: Beat
    round_number: int
    seconds: int

    @property
    def label(self) -> str:
        """What screens show: "Predict, round 2"."""
        words = BEAT_WORDS[self.beat].label
        return f"{words}, round {self.round_number}" if self.round_number else words


def check_plan(minutes: object, rounds: object) -> tuple[int, int]:
    """Minutes and rounds that go together; rounds None means as many as usual.

    Raises
    ------
    WorkshopError
        For a length or a number of rounds that there is no run sheet for.
    """
    plan = PLANS.get(minutes) if isinstance(minutes, int) else None
    if plan is None or not isinstance(minutes, int):
        allowed = ", ".join(str(length) for length in PLANS)
        raise WorkshopError(f"there is no run sheet of {str(minutes)[:20]} minutes", where="minutes", allowed=allowed)
    count = plan.usual_rounds if rounds is None else rounds
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= plan.most_rounds:
        allowed = "1" if plan.most_rounds == 1 else f"1 to {plan.most_rounds}"
        raise WorkshopError(
            f"{str(count)[:20]} rounds do not fit into {minutes} minutes",
            where="rounds",
            allowed=allowed,
            todo="choose fewer rounds or a longer workshop" if minutes < max(PLANS) else "choose fewer rounds",
        )
    return minutes, count


@lru_cache(maxsize=64)
def run_sheet(minutes: int, rounds: int) -> tuple[Step, ...]:
    """Steps from preparing to the closed room; planned seconds add up to the minutes exactly."""
    minutes, rounds = check_plan(minutes, rounds)
    plan = PLANS[minutes]
    before = [Step(beat, 0, plan.minutes[beat] * 60) for beat in (Beat.PREPARE, Beat.TOUR)]
    after = [Step(beat, 0, plan.minutes[beat] * 60) for beat in (Beat.GROUPS, Beat.COMPARE, Beat.DEBRIEF)]
    whole = sum(_PART_OF_ROUND.values()) * rounds
    cuts, past, within = [0], 0, []
    for number in range(1, rounds + 1):
        for beat in ROUND:
            past += _PART_OF_ROUND[beat]
            cuts.append(round(plan.rounds_minutes * 60 * past / whole))
            within.append(Step(beat, number, cuts[-1] - cuts[-2]))
    steps = [step for step in (*before, *within, *after) if step.seconds]
    return (*steps, Step(Beat.CLOSED, 0, 0))
