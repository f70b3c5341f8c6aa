"""What the room looks at together beside the room's own state: which frame of the replay, which figure.

Kept in the memory of the process: it is worth nothing after the beat, and a server that starts again begins with the
first frame.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock

MOST = 600
"""Rooms remembered; the one that was looked at longest ago gives way."""


@dataclass(frozen=True)
class Stage:
    """What is shown.

    Attributes
    ----------
    frame
        Of the replay: 0 before, 1 after. While scenarios are compared: 0 what they come to, 1 their levers.
    figure
        Place among the questions.
    merged
        Link of the scenario that the groups' were merged into; empty until then.
    """

    frame: int = 0
    figure: int = 0
    merged: str = ""


_stages: OrderedDict[tuple[str, int], Stage] = OrderedDict()
_lock = Lock()


def stage_of(code: str, position: int) -> Stage:
    """What a room looks at in one of its steps."""
    with _lock:
        return _stages.get((code, position), Stage())


def flip(code: str, position: int) -> None:
    """From before to after, or back."""
    shown = stage_of(code, position)
    _put(code, position, replace(shown, frame=1 - shown.frame))


def show_frame(code: str, position: int, frame: int) -> None:
    """Look at one of the frames."""
    _put(code, position, replace(stage_of(code, position), frame=frame))


def show_merged(code: str, position: int, link: str) -> None:
    """Put the merged scenario beside those of the groups."""
    _put(code, position, replace(stage_of(code, position), merged=link, frame=0))


def show_figure(code: str, position: int, figure: int) -> None:
    """Look at another figure of the round."""
    _put(code, position, replace(stage_of(code, position), figure=figure))


def _put(code: str, position: int, stage: Stage) -> None:
    with _lock:
        _stages[code, position] = stage
        _stages.move_to_end((code, position))
        while len(_stages) > MOST:
            _stages.popitem(last=False)
