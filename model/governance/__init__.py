"""Governance: how votes are counted, who holds power over them, and whom a proposal serves."""

from model.governance.capture import disinterested_majority
from model.governance.chance import chance_of_passing
from model.governance.clocks import duration, late_quorum, review_days, wait_for_quiet
from model.governance.coalition import Coalition, minimum_coalition
from model.governance.concentration import (
    bloc_entropy,
    effective_number,
    entropy,
    gini,
    hhi,
    minimum_quorum,
    nakamoto,
    palma,
    theil,
    theil_by_group,
    top_share,
)
from model.governance.delegation import votes_with_override
from model.governance.holders import Holders, Plan, holders_from, plan_of
from model.governance.oceanic import oceanic, power_of_largest, shapley_by_orders
from model.governance.power import banzhaf, shapley_shubik
from model.governance.quadratic import quadratic_scores
from model.governance.rule_files import RULES, load_rule, read_rule, rule_to_toml
from model.governance.rules import VotingRule
from model.governance.support import Support
from model.governance.tally import Outcome, Reason, Shortfalls, tally
from model.governance.turnout import Turnout
from model.governance.votes import Votes

__all__ = [
    "RULES",
    "Coalition",
    "Holders",
    "Outcome",
    "Plan",
    "Reason",
    "Shortfalls",
    "Support",
    "Turnout",
    "Votes",
    "VotingRule",
    "banzhaf",
    "bloc_entropy",
    "chance_of_passing",
    "disinterested_majority",
    "duration",
    "effective_number",
    "entropy",
    "gini",
    "hhi",
    "holders_from",
    "late_quorum",
    "load_rule",
    "minimum_coalition",
    "minimum_quorum",
    "nakamoto",
    "oceanic",
    "palma",
    "plan_of",
    "power_of_largest",
    "quadratic_scores",
    "read_rule",
    "review_days",
    "rule_to_toml",
    "shapley_by_orders",
    "shapley_shubik",
    "tally",
    "theil",
    "theil_by_group",
    "top_share",
    "votes_with_override",
    "wait_for_quiet",
]
