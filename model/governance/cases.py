"""Cases of disputed or captured votes: what is on record, what each side says, what is not known, with sources."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, model_validator

from model.errors import PresetError
from model.governance.capture import PROCESS_FLAGS, Disinterested, disinterested_majority
from model.governance.holders import GROUPS
from model.governance.rule_files import RULES
from model.governance.tally import Outcome, tally
from model.governance.votes import OPTIONS, Votes
from model.presets.form_parts import StrictForm
from model.presets.toml_files import PRESETS, first_mistake, text_of, toml_of
from model.proposals.proposal import Citation, Text

FOLDER = PRESETS / "cases"

LONGEST = 40_000
"""Characters that the text of one case may have."""

Amount = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Statement(StrictForm):
    """A fact on record, or what one side says, with its source."""

    text: Text
    source: str
    who: str = ""


class Counted(StrictForm):
    """A vote of record; `electorate` is the body that the rule measures by."""

    yes: Amount
    no: Amount
    abstain: Amount = 0.0
    veto: Amount = 0.0
    electorate: Amount
    unit: str
    source: str

    @property
    def votes(self) -> Votes:
        """As the tally takes it."""
        return Votes(self.yes, self.no, self.abstain, self.veto, electorate=self.electorate)


class Known(StrictForm):
    """A holder whose share is known or reported."""

    name: Text
    group: str
    share: Annotated[float, Field(gt=0, le=1)]
    votes: bool = True


class Moved(StrictForm):
    """What one recipient received before and after, USD; who belongs to the proposers is attributed, not proven."""

    name: Text
    before: Amount
    after: Amount
    affiliated: bool


class Case(StrictForm):
    """One case, told neutrally.

    Attributes
    ----------
    kind
        "vote" (one was counted), "attack" (votes were got and used at once), "allocation" (standing votes decide who
        is paid), "dispute" (no vote decided it) or "hypothetical" (a rule that allows it, nobody did it).
    rule, rule_note
        Rule of the library under which it opens, and how that differs from the real one.
    votes, affiliates
        The vote of record and what is attributed to the beneficiaries of it.
    says
        What each side says; never told as fact.
    not_known
        What no source told.
    holders
        Holders whose share is reported; the rest is drawn.
    flows
        Who received what it moved.
    process
        Keys of `PROCESS_FLAGS` that sources report.
    prize, price
        USD that it moved, and of one token, where known.
    read_at_execution
        Whether power was read when it executed.
    """

    name: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
    title: Text
    date: Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
    kind: Literal["vote", "attack", "allocation", "dispute", "hypothetical"]
    pattern: Text
    summary: Text
    rule: str
    rule_note: str = ""
    votes: Counted | None = None
    affiliates: Amount = 0.0
    affiliates_source: str = ""
    facts: tuple[Statement, ...] = Field(min_length=1)
    says: tuple[Statement, ...] = ()
    not_known: tuple[Text, ...] = ()
    holders: tuple[Known, ...] = ()
    flows: tuple[Moved, ...] = ()
    process: tuple[str, ...] = ()
    prize: Amount = 0.0
    price: Amount = 0.0
    read_at_execution: bool = False
    sources: dict[str, Citation] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits_together(self) -> Case:
        cited = [line.source for line in (*self.facts, *self.says)]
        cited += [self.votes.source] if self.votes else []
        cited += [self.affiliates_source] if self.affiliates else []
        for source in cited:
            if source not in self.sources:
                raise ValueError(f"{source!r} is cited; allowed: {', '.join(self.sources)}")
        if self.rule not in RULES:
            raise ValueError(f"there is no rule {self.rule!r}")
        if unknown := set(self.process) - set(PROCESS_FLAGS):
            raise ValueError(f"there is no process flag {min(unknown)!r}")
        if unknown := {one.group for one in self.holders} - set(GROUPS):
            raise ValueError(f"there is no kind of holder {min(unknown)!r}")
        if sum(one.share for one in self.holders) > 1:
            raise ValueError("holders have more than everything")
        if any(not line.who for line in self.says):
            raise ValueError("what is said needs somebody who says it")
        if self.affiliates and (self.votes is None or self.affiliates > self.votes.yes):
            raise ValueError("affiliates are part of the yes of a vote of record")
        return self

    @property
    def outcome(self) -> Outcome | None:
        """Outcome of the vote of record under the rule; None where there was none."""
        return tally(RULES[self.rule], self.votes.votes) if self.votes else None

    @property
    def disinterested(self) -> Disinterested | None:
        """The same without the votes attributed to the beneficiaries; None where nobody reported any."""
        if self.votes is None or not self.affiliates:
            return None
        return disinterested_majority(RULES[self.rule], self.votes.votes, affiliates=self.affiliates)

    @property
    def counts(self) -> dict[str, float]:
        """The vote of record by option; empty where there was none."""
        return {option: float(getattr(self.votes, option)) for option in OPTIONS} if self.votes else {}


def load_case(path: Path) -> Case:
    """Load one case from its file.

    Raises
    ------
    PresetError
        For a file that is missing, unreadable or not valid.
    """
    try:
        found = Case.model_validate(toml_of(text_of(path, LONGEST), path.name, LONGEST))
    except ValidationError as problem:
        raise first_mistake(problem, path.name, lambda place: Case.model_fields if len(place) == 1 else ()) from None
    if found.name != path.stem:
        raise PresetError(f"the case is called {found.name!r}", where=path.name, allowed=path.stem, todo="rename one")
    return found


@cache
def cases() -> dict[str, Case]:
    """All cases that come with the app, newest first."""
    found = [load_case(path) for path in FOLDER.glob("*.toml")]
    return {case.name: case for case in sorted(found, key=lambda case: (case.date, case.name), reverse=True)}
