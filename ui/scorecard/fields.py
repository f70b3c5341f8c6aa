"""Thresholds of the Scorecard page in the link: four numbers for each quantity, one for each flag."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from model.errors import BallastError, LinkError
from model.scenario.links import number_text
from model.scorecard import LADDERS, LIMITS, Thresholds
from model.scorecard.thresholds import Ladder, Limit
from ui.page_fields import PageField, put

Cuts = tuple[float, ...]


def _reader(ladder: Ladder) -> Callable[[str], Cuts]:
    def read(text: str) -> Cuts:
        try:
            cuts = [float(part) for part in text.split(",")] if len(text) < 200 else []
        except ValueError:
            cuts = []
        return ladder.checked(cuts)

    return read


def _limit_reader(limit: Limit) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            return limit.checked(float(text))
        except ValueError:
            told = f"a number from {number_text(limit.low)} to {number_text(limit.high)}"
            raise LinkError(
                f"{text[:30]!r} is not a number", where=f"scorecard.flag_{limit.key}", allowed=told
            ) from None

    return read


def _written(cuts: Sequence[float]) -> str:
    return ",".join(number_text(cut) for cut in cuts)


CUTS: dict[str, PageField[Cuts]] = {
    ladder.key: PageField(f"scorecard.{ladder.key}", ladder.cuts, _reader(ladder), _written) for ladder in LADDERS
}
LIMIT_FIELDS: dict[str, PageField[float]] = {
    limit.key: PageField(f"scorecard.flag_{limit.key}", limit.value, _limit_reader(limit), number_text)
    for limit in LIMITS
}
FIELDS: tuple[PageField[Any], ...] = (*CUTS.values(), *LIMIT_FIELDS.values())
"""Everything that the page asks beside the scenario."""


def thresholds() -> Thresholds:
    """The thresholds of the link; what does not stand is the usual one."""
    cuts = {key: field.value() for key, field in CUTS.items()}
    limits = {key: field.value() for key, field in LIMIT_FIELDS.items()}
    return Thresholds(
        {key: found for key, found in cuts.items() if found != CUTS[key].default},
        {key: found for key, found in limits.items() if found != LIMIT_FIELDS[key].default},
    )


def set_cut(ladder: Ladder, place: int, value: float) -> str:
    """Move one of four cuts; the sentence that refuses it, or nothing."""
    cuts = list(CUTS[ladder.key].value())
    cuts[place] = value
    try:
        CUTS[ladder.key].set(ladder.checked(cuts))
    except BallastError as problem:
        return str(problem)
    return ""


def set_limit(limit: Limit, value: float) -> None:
    """Move the limit of a flag."""
    LIMIT_FIELDS[limit.key].set(limit.checked(value))


def back_to_usual() -> None:
    """Every threshold and limit as declared, as one step of the history."""
    put({field: field.default for field in FIELDS})
