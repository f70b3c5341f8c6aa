"""Parts that the forms of all preset files are made of: strictness, words from a list, grades and payers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

from model.supply_events import EFFECTS

Grade = Literal["primary", "secondary", "derived", "assumed", "invented"]
Payer = Literal["providers", "stakers", "treasury", "users"]


class StrictForm(BaseModel):
    """A form in which an unknown key is a mistake; what was read does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def one_of(field: str, known: Collection[str]) -> AfterValidator:
    """A check that a word is known; what is told names the field and all words."""

    def checked(value: str) -> str:
        if value not in known:
            raise ValueError(f"{field} must be one of {', '.join(known)}")
        return value

    return AfterValidator(checked)


Effect = Annotated[str, one_of("effect", EFFECTS)]
"""What a supply event does."""
