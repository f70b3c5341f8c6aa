"""What the Tune page asks, kept in its link: goals, levers with their ends, how many settings and futures, axes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from model import BallastError
from model.errors import LinkError
from model.scenario.links import number_text
from model.tuning.goals import TUNED
from model.tuning.lever_box import LeverBox, LeverRange, box_of, first_levers, usual_ends
from ui.goal_fields import goal_fields
from ui.link import Moment
from ui.page_fields import PageField, choice, words

SETTINGS = ("256", "512", "1024", "4096", "8192")
FUTURES = ("0", "20", "50", "200")

GOALS = goal_fields("tune", TUNED)
HOW_MANY = choice("tune.settings", SETTINGS, "512")
DRAWS = choice("tune.futures", FUTURES, "50")
ACROSS = words("tune.across", longest=80)
UP = words("tune.up", longest=80)
FIRST = choice("tune.first", [str(n) for n in range(1, 7)], "1")
SECOND = choice("tune.second", [str(n) for n in range(1, 7)], "2")

Ends = tuple[LeverRange, ...]


def _read(text: str) -> Ends:
    found = []
    for part in text.split(","):
        key, *ends = part.split("~")
        try:
            low, high = map(float, ends)
        except ValueError:
            raise LinkError(
                f"{part[:60]!r} is not a lever with its ends",
                where="tune.levers",
                allowed="a text such as burn_share~0.1~0.6",
                todo="the usual levers move",
            ) from None
        found.append(LeverRange(key[:80], low, high))
    return tuple(found)


def _write(ranges: Ends) -> str:
    return ",".join(f"{own.key}~{number_text(own.low)}~{number_text(own.high)}" for own in ranges)


LEVERS: PageField[Ends] = PageField("tune.levers", (), _read, _write)
"""Nothing stands for the usual levers over their usual ranges."""

ALL: tuple[PageField[Any], ...] = (*GOALS, LEVERS, HOW_MANY, DRAWS, ACROSS, UP, FIRST, SECOND)


@lru_cache(maxsize=32)
def usual_box(moment: Moment) -> LeverBox:
    """The box that a reader begins with."""
    shown = moment.scenario
    return box_of(shown, {key: usual_ends(shown, key) for key in first_levers(shown)})


def box_on_screen(moment: Moment) -> tuple[LeverBox, str]:
    """The box that the link asks for, and why it cannot be had where the usual one stands instead."""
    asked = LEVERS.value()
    if not asked:
        return usual_box(moment), ""
    try:
        return box_of(moment.scenario, {own.key: (own.low, own.high) for own in asked}), ""
    except BallastError as problem:
        return usual_box(moment), str(problem)
