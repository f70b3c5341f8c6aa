"""Words of the workshop's screens: what people typed shown as it is, minutes and counts."""

from __future__ import annotations

import re
import textwrap
import time

from model import Scenario
from model.words.moves import move_lines, moves_in_a_line
from model.words.text import change, quantity, share_change
from model.words.value_words import count_words
from ui.text import as_markdown
from workshop import Direction, Question
from workshop.limits import TITLE
from workshop.views import Board, Tally, Timer

_LINKED = re.compile(r"(?i)(?<=www)(?=\.)|(?<=https)(?=\\:)|(?<=http)(?=\\:)|(?=@)")
_JOINER = "\u2060"
"""A sign without width: Markdown makes links of bare addresses after it has read escapes, and of none with this."""

DIRECTION_WORDS = {Direction.UP: "up", Direction.DOWN: "down", Direction.SAME: "no change"}


def typed(text: str) -> str:
    """What somebody typed, as Markdown that shows exactly that: nothing in it becomes a link or a format."""
    return _LINKED.sub(_JOINER, as_markdown(text))


def minutes(seconds: float) -> str:
    """Minutes and seconds: 192 -> "3:12"."""
    whole = round(abs(seconds))
    return f"{whole // 60}:{whole % 60:02d}"


def clock_words(timer: Timer) -> str:
    """How long the beat still has, by the server's clock."""
    if timer.planned <= 0 and timer.ends_at is None and not timer.paused:
        return ""
    left = timer.remaining if timer.ends_at is None else timer.ends_at - time.time()
    told = f"{minutes(left)} left of {minutes(timer.planned)}" if left >= 0 else f"{minutes(left)} over"
    return f"Paused, {told}" if timer.paused else told


def people_words(count: int) -> str:
    """How many people: "1 person", "12 people"."""
    return "1 person" if count == 1 else f"{count} people"


def expected_words(counts: dict[Direction, int]) -> str:
    """What the room expected: "Most of you expected up (12 of 20)."."""
    whole = sum(counts.values())
    if not whole:
        return "Nobody predicted it."
    most = max(counts.values())
    first = [direction for direction, count in counts.items() if count == most]
    if len(first) > 1:
        return f"You were divided: {' and '.join(DIRECTION_WORDS[one] for one in first)}, {most} of {whole} each."
    lead = (
        "All of you"
        if most == whole
        else "Most of you"
        if 2 * most > whole
        else "Half of you"
        if 2 * most == whole
        else "The largest group of you"
    )
    return f"{lead} expected {DIRECTION_WORDS[first[0]]} ({most} of {whole})."


def expected_short(tally: Tally) -> str:
    """What most of the room expected, in a few words beside what came: "up (6 of 13), unlike the model"."""
    whole, most = sum(tally.counts.values()), max(tally.counts.values())
    if not whole:
        return ""
    first = [DIRECTION_WORDS[direction] for direction, count in tally.counts.items() if count == most]
    came = "as the model" if first == [DIRECTION_WORDS[tally.result.direction]] else "unlike the model"
    return f"{' or '.join(first)} ({most} of {whole}), {came}"


def scenario_words(scenario: Scenario, most: int = 160) -> str:
    """What a scenario changes, in one line with today's values; cut at `most` signs, for lists."""
    return textwrap.shorten(moves_in_a_line(scenario), most, placeholder=" …")


ASKING = len("Adopt “”?")
"""What a vote adds to a title to ask about it."""


def title_for(scenario: Scenario) -> str:
    """What a scenario is called where nobody named it: what it changes where that fits into a title, or its name."""
    whole = moves_in_a_line(scenario)
    if len(whole) < TITLE - ASKING:
        return whole
    counted = f"{count_words(len(move_lines(scenario)), 'change')} to {scenario.network.title}"
    return textwrap.shorten(" and ".join(part.title for part in scenario.stacked) or counted, TITLE, placeholder=" …")


def result_words(tally: Tally) -> str:
    """What the model gives: "Supply, Oct 2028: in the model it would be 7.4% lower (98.9M tokens instead of 107M)."."""
    unit, result = tally.question.unit, tally.result
    now, then = quantity(result.scenario, unit), quantity(result.baseline, unit)
    if now == then:
        return f"{tally.question.label}: in the model it would stay at {now}."
    differ = share_change if unit == "%" else change
    became = differ(result.scenario, result.baseline)
    return f"{tally.question.label}: in the model it would be {became} ({now} instead of {then})."


def baseline_words(question: Question) -> str:
    """What a figure would be without the proposal."""
    if question.baseline is None:
        return ""
    return f"Without the proposal it would be {quantity(question.baseline, question.unit)}."


def signature(board: Board, *, counts: bool = True) -> tuple[object, ...]:
    """What a screen draws: it is drawn again when this has changed. Phones need no counts while somebody types."""
    rounds = tuple((one.title, one.link, one.revealed, one.predicted if counts else 0) for one in board.rounds)
    ballots = tuple((one.number, one.result is None, one.cast if counts else 0) for one in board.ballots)
    timer = (board.timer.planned, board.timer.paused, board.timer.ends_at)
    people = tuple(person.number for person in board.people) if counts else ()
    return (board.position, rounds, ballots, timer, people, board.version if counts else 0)
