"""What the Vote page computes, once per question and shared by everybody who asks the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from model.governance import VotingRule
from model.governance.chance import SEED, Estimate, chances_over_lists, support_of
from model.governance.holders import GROUPS, Bucket, Plan
from model.governance.one_vote import OneVote, one_vote
from model.governance.stake_shapes import Shape
from model.governance.support import Support, gains_by_group
from model.governance.turnout import Turnout
from model.governance.usual import usual_plan, usual_turnout
from model.presets.network import Network
from ui.link import Moment
from ui.proposal.runs import gains_of
from ui.vote import fields

_KEPT = 64


@dataclass(frozen=True)
class Asked:
    """One question about a vote; hashable, so that its answer can be kept."""

    voting_rule: VotingRule
    plan: Plan
    expected: float
    whales: float
    gains: tuple[tuple[str, float], ...]
    self_interest: float
    lean: tuple[tuple[str, float], ...]
    shock: float
    abstain: float
    veto: float

    @property
    def turnout(self) -> Turnout:
        """Who turns up."""
        return Turnout(self.expected, self.whales)

    @property
    def support(self) -> Support:
        """How they vote."""
        return Support(
            dict(self.gains), self.self_interest, dict(self.lean), self.shock, abstain=self.abstain, veto=self.veto
        )

    def vote(self) -> OneVote:
        """The vote on the typical list."""
        return one_vote(self.voting_rule, self.plan.typical(), self.turnout, support_of(self.support))


@lru_cache(maxsize=64)
def _own_plan(network: Network, rule: VotingRule) -> Plan:
    return usual_plan(network, rule)


def own_plan(moment: Moment, rule: VotingRule) -> Plan:
    """Buckets that the network's preset gives, or the seats of a rule that votes by seats."""
    return _own_plan(moment.scenario.network, rule)


def plan_rows(plan: Plan) -> list[dict[str, object]]:
    """Buckets as rows of the table."""
    return [
        {
            "group": bucket.group,
            "tokens": round(bucket.tokens, 6),
            "holders": bucket.holders,
            "largest": bucket.largest,
            "spread": bucket.shape.value,
            "votes": bucket.votes,
        }
        for bucket in plan.buckets
    ]


def plan_from(rows: list[dict[str, object]]) -> Plan:
    """Buckets from rows as typed.

    Raises
    ------
    BallastError
        In a sentence, for what a bucket cannot be.
    """
    found = []
    for row in rows:
        seats = not float(row["spread"])  # type: ignore[arg-type]
        shape = Shape("zipf", 0.0) if seats else Shape("log-normal", float(row["spread"]))  # type: ignore[arg-type]
        found.append(
            Bucket(
                str(row["group"]), float(row["tokens"]), int(float(row["holders"])), bool(row["votes"]), shape,  # type: ignore[arg-type]
                float(row["largest"]),  # type: ignore[arg-type]
            )
        )  # fmt: skip
    return Plan(tuple(found))


def with_named(plan: Plan, named: Sequence[tuple[str, str, float]]) -> Plan:
    """A plan with some holders typed by hand: (name, kind, tokens), taken out of what their kind holds together."""
    left = {group: sum(tokens for _, kind, tokens in named if kind == group) for _, group, _ in named}
    buckets = []
    for bucket in plan.buckets:
        taken = min(left.get(bucket.group, 0.0), bucket.tokens)
        left[bucket.group] = left.get(bucket.group, 0.0) - taken
        buckets.append(replace(bucket, tokens=bucket.tokens - taken))
    typed = tuple((name, group, tokens, True) for name, group, tokens in named if tokens > 0)
    return Plan(tuple(buckets), (*plan.named, *typed))


def asked(moment: Moment, rule: VotingRule, plan: Plan) -> Asked:
    """The question as the page stands."""
    # A seat is moved by no gain in tokens: whose gain would count is not known.
    moved = is_moved(moment) and rule.members is None
    gains = gains_by_group(gains_of(moment).summary) if moved else {}
    return Asked(
        rule,
        plan,
        fields.TURNOUT.value() or usual_turnout(rule)[0],
        fields.WHALES.value(),
        tuple(sorted(gains.items())),
        fields.SELF.value(),
        tuple((group, fields.LEAN[group].value()) for group in GROUPS),
        fields.SHOCK.value(),
        fields.ABSTAIN.value(),
        fields.VETO.value(),
    )


def is_moved(moment: Moment) -> bool:
    """Whether the scenario proposes anything."""
    shown = moment.scenario
    return bool(shown.stacked or shown.changes or shown.events)


_FOUND: OrderedDict[Asked, Estimate] = OrderedDict()


def estimates(question: Asked) -> Iterator[Estimate]:
    """Running estimates; one that was finished before comes at once."""
    kept = _FOUND.get(question)
    if kept is not None:
        yield kept
        return
    last = None
    for last in chances_over_lists(
        question.voting_rule, question.plan, turnout=question.turnout, support=question.support, seed=SEED
    ):
        yield last
    if last is not None:
        _FOUND[question] = last
        while len(_FOUND) > _KEPT:
            _FOUND.popitem(last=False)
