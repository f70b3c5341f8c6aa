"""The form in which a computed quantity is declared."""

from __future__ import annotations

from functools import partial
from typing import Literal

from pydantic import BaseModel, ConfigDict

Scope = Literal["network", "role", "stream", "bucket", "merit-role"]


class Variable(BaseModel):
    """One computed quantity.

    Attributes
    ----------
    word
        Name without suffix (`capacity`; `capacity.compute` where there are several roles).
    symbol
        LaTeX; `{i}` stands for the role, stream or bucket.
    unit
        Unit in words; stocks in tokens, flows a year, money in USD.
    what
        One sentence on what it is.
    scope
        Whether there is one for the network, or one for each role, stream, vesting bucket or role that pays for merit.
    state
        Whether it is carried from step to step; a state has an initial value that a person may set.
    format
        How it is printed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    word: str
    symbol: str
    label: str
    unit: str
    what: str
    scope: Scope = "network"
    state: bool = False
    format: str = "number"


def computed(
    word: str,
    symbol: str,
    label: str,
    unit: str,
    what: str,
    format: str = "number",
    scope: Scope = "network",
    *,
    state: bool = False,
) -> Variable:
    """A quantity that each step works out anew, in one line: word, symbol, label, unit, what it is, how printed."""
    return Variable(
        word=word, symbol=symbol, label=label, unit=unit, what=what, format=format, scope=scope, state=state
    )


carried = partial(computed, state=True)
"""A state: the same line for a quantity that is carried from step to step."""
