"""One schema for every voting rule: tests of counted votes against a share of something, compared exactly."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from model.errors import OutOfRangeError
from model.governance.votes import ELECTORATES, exact
from model.presets.form_parts import StrictForm
from model.proposals.proposal import Citation

Option = Literal["yes", "no", "abstain", "veto"]
Body = Literal["supply", "circulating", "bonded", "delegated", "locked", "stake", "voting_power", "members"]
Base = Literal["electorate", "cast", "yes_no", "not_abstaining", "absolute"]
Power = Literal[
    "token", "delegated", "vote_escrow", "bonded", "neuron", "seat", "stake", "conviction", "quadratic", "multisig"
]
Inheritance = Literal["none", "delegate", "delegate_with_override", "follow", "validator"]
State = Literal["in_force", "past", "proposed", "pattern"]
Extension = Literal["none", "late_quorum", "wait_for_quiet", "review"]

BASES: dict[Base, str] = {
    "electorate": "of the electorate",
    "cast": "of all votes cast",
    "yes_no": "of yes and no",
    "not_abstaining": "of votes cast without abstentions",
    "absolute": "votes",
}


def _fraction(value: Any) -> Any:
    if isinstance(value, (int, float, str)) and not isinstance(value, bool):
        try:
            return exact(value)
        except OutOfRangeError as problem:
            raise ValueError(str(problem)) from None
    return value


Share = Annotated[Fraction, BeforeValidator(_fraction), Field(ge=0)]


class Test(StrictForm):
    """Votes of some options compared with a share of something.

    Attributes
    ----------
    count
        Options that are added up.
    of
        What they are measured by; "absolute" counts votes themselves.
    value
        Share, or number of votes where `of` is "absolute"; written "0.334" or "1/3", and exact.
    compare
        ">" or ">=".
    decimals
        Decimal places to which the contract rounds the share of the body down; None does not round.
    """

    __test__ = False

    count: tuple[Option, ...] = Field(min_length=1)
    of: Base
    value: Share
    compare: Literal[">", ">="]
    decimals: Annotated[int, Field(ge=0, le=30)] | None = None

    @model_validator(mode="after")
    def _is_a_share(self) -> Test:
        if self.of != "absolute" and self.value > 1:
            raise ValueError("a share is at most 1")
        if len(set(self.count)) != len(self.count):
            raise ValueError("an option is counted twice")
        return self


class Clock(StrictForm):
    """How long a rule takes, days.

    Attributes
    ----------
    delay, period, timelock
        Before the vote, the vote, and between passing and taking effect.
    extension
        What may prolong the vote, by `extension_days` (W of wait-for-quiet; the late quorum's grace).
    """

    delay: Annotated[float, Field(ge=0, le=1000)] = 0.0
    period: Annotated[float, Field(ge=0, le=1000)]
    extension: Extension = "none"
    extension_days: Annotated[float, Field(ge=0, le=1000)] = 0.0
    timelock: Annotated[float, Field(ge=0, le=1000)] = 0.0


class Gate(StrictForm):
    """What has to be brought before a vote begins.

    Attributes
    ----------
    threshold
        Voting power of the proposer; counted where the votes say it.
    text
        The gate in words: threshold, deposit, body.
    """

    threshold: Share | None = None
    text: Annotated[str, Field(min_length=1, max_length=400)]


class Chamber(StrictForm):
    """A further body that votes; its approval is needed too."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$", max_length=40)]
    title: Annotated[str, Field(min_length=1, max_length=80)]
    approval: Test
    members: Annotated[int, Field(ge=1, le=10_000)] | None = None


class VotingRule(StrictForm):
    """A way to decide: who counts, when enough take part, when they agree, what stops it, how long it takes.

    Attributes
    ----------
    electorate
        Body that shares "of the electorate" are measured by.
    quorum, approval
        Tests that have to hold at the end; None asks for nothing.
    veto
        Test that defeats the proposal where it holds.
    cancel
        Test on votes against that alone defeats it; with no approval the rule passes by silence.
    all_abstain_fails
        Whether a vote in which everybody abstains fails on that account.
    early_pass, early_fail
        Tests that end the vote at once; in favour only where approval holds too.
    expires
        Whether it lapses, instead of being rejected, where nobody decided it in time.
    chambers
        Bodies that have to approve first.
    members
        Number of seats where the electorate is a fixed body.
    verified
        Whether it was read in a primary source; otherwise it is shown as unverified.
    """

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    title: Annotated[str, Field(min_length=1, max_length=120)]
    summary: Annotated[str, Field(min_length=1, max_length=600)]
    state: State = "in_force"
    power: Power = "token"
    electorate: Body = "supply"
    members: Annotated[int, Field(ge=1, le=10_000)] | None = None
    options: tuple[Option, ...] = ("yes", "no")
    quorum: Test | None = None
    approval: Test | None = None
    veto: Test | None = None
    cancel: Test | None = None
    all_abstain_fails: bool = False
    early_pass: Test | None = None
    early_fail: Test | None = None
    expires: bool = False
    clock: Clock
    inheritance: Inheritance = "none"
    gate: Gate | None = None
    chambers: tuple[Chamber, ...] = ()
    notes: tuple[Annotated[str, Field(min_length=1, max_length=800)], ...] = ()
    verified: bool = True
    sources: tuple[Citation, ...] = Field(min_length=1)

    @property
    def body(self) -> str:
        """The electorate in words."""
        return ELECTORATES[self.electorate]

    @model_validator(mode="after")
    def _can_decide(self) -> VotingRule:
        if self.approval is None and self.cancel is None:
            raise ValueError("a rule has an approval, a cancel, or both")
        if not {"yes", "no"} <= set(self.options):
            raise ValueError("options hold at least yes and no")
        named = ("quorum", "approval", "veto", "cancel", "early_pass", "early_fail")
        for field in named:
            test = getattr(self, field)
            if test is not None and not set(test.count) <= set(self.options):
                raise ValueError(f"{field} counts an option that the rule does not have")
        if self.verified and all(source.grade not in ("primary", "derived") for source in self.sources):
            raise ValueError("a verified rule has a primary source; else say verified = false")
        return self
