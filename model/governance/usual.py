"""A vote as it usually is under a rule: who may vote, how many turn up, and what a proposal's gains make of it."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from model.errors import BallastError
from model.governance.chance import LISTS, Chance, chance
from model.governance.chance_words import in_ten, why_it_fails
from model.governance.holders import Bucket, Plan, plan_of
from model.governance.one_vote import one_vote
from model.governance.rule_files import RULES
from model.governance.rules import VotingRule
from model.governance.stake_shapes import Shape
from model.governance.support import Support, gains_by_group
from model.governance.turnout import USUAL, USUAL_UNDER, Turnout
from model.presets.network import Network
from model.words.text import percent


def usual_turnout(rule: VotingRule) -> tuple[float, float, float, str]:
    """Turnout that is usual under a rule, or for how its votes are held: expected, low, high and source."""
    if rule.name in USUAL_UNDER:
        return USUAL_UNDER[rule.name]
    if rule.members is not None or rule.electorate == "members":
        return USUAL["seats"]
    if rule.electorate in ("bonded", "stake"):
        return USUAL["validator"]
    return USUAL["token" if rule.electorate in ("supply", "circulating") else "delegated"]


EVERYBODY = frozenset({"passive", "stakers"})
"""Kinds of holders that may vote where tokens as such do."""


def voting_kinds(rule: VotingRule) -> frozenset[str]:
    """Kinds of holders that may vote under a rule unless somebody says otherwise."""
    staked = rule.electorate in ("bonded", "stake", "locked", "voting_power")
    return frozenset({"stakers"}) if staked else EVERYBODY


def usual_plan(network: Network, rule: VotingRule) -> Plan:
    """Buckets that the network's preset gives, or the seats of a rule that votes by seats."""
    if rule.members is not None:
        return Plan((Bucket("team", float(rule.members), rule.members, shape=Shape("zipf", 0.0)),))
    plan = plan_of(network, voting=voting_kinds(rule))
    return plan if may_vote(plan) else plan_of(network, voting=EVERYBODY)


def may_vote(plan: Plan) -> bool:
    """Whether anybody of a plan may vote and holds something."""
    return any(bucket.votes and bucket.tokens > 0 for bucket in plan.buckets)


def stands_in_sentence(network: Network, rule: VotingRule) -> str:
    """That everybody may vote here because nobody stakes what the rule counts; empty where somebody does."""
    if rule.members is not None or may_vote(plan_of(network, voting=voting_kinds(rule))):
        return ""
    return (
        f"{rule.title} lets only staked or locked tokens vote, and {network.title} has none: here all holders may vote "
        "in their place, which is assumed."
    )


@dataclass(frozen=True)
class Preview:
    """A proposal's vote in two sentences, with nothing set by hand.

    Attributes
    ----------
    chance
        On the typical list of holders; None where the rule does not let stake vote, or is not known.
    """

    sentence: str
    chance: Chance | None = None


def preview(network: Network, gains: pl.DataFrame) -> Preview:
    """Whether a proposal would pass under the network's own rule with usual turnout, moved by its simulated gains.

    Parameters
    ----------
    gains
        Table of gains with group, difference and base or relative.
    """
    if not network.voting_rule:
        return Preview(f"By which rule {network.title} decides is not known, so no chance of passing is given.")
    rule = RULES[network.voting_rule]
    if rule.members is not None:
        return Preview(f"{rule.title}: {rule.members} seats decide and stake has no vote, so no chance is given.")
    expected = usual_turnout(rule)[0]
    try:
        plan = usual_plan(network, rule)
        vote = one_vote(rule, plan.typical(), Turnout(expected), Support(gains_by_group(gains), common_shock=0.5))
        found = chance(vote)
    except BallastError as problem:
        return Preview(str(problem))
    return Preview(
        f"A first look on one typical list of holders, where the Vote page averages over {LISTS}: under {rule.title} "
        f"{in_ten(found.passing)} modelled votes would pass, with a turnout of {percent(expected)} "
        f"and votes that follow simulated gains, both assumed. {why_it_fails(found, rule)}",
        found,
    )
