"""Governance: how votes are counted, who holds power over them, and whom a proposal serves."""

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
from model.governance.oceanic import oceanic, power_of_largest, shapley_by_orders
from model.governance.power import banzhaf, shapley_shubik
from model.governance.quadratic import quadratic_scores
from model.governance.rule_files import RULES, load_rule, read_rule, rule_to_toml
from model.governance.rules import VotingRule
from model.governance.tally import Outcome, Reason, Shortfalls, tally
from model.governance.votes import Votes

__all__ = [
    "RULES",
    "Coalition",
    "Outcome",
    "Reason",
    "Shortfalls",
    "Votes",
    "VotingRule",
    "banzhaf",
    "bloc_entropy",
    "duration",
    "effective_number",
    "entropy",
    "gini",
    "hhi",
    "late_quorum",
    "load_rule",
    "minimum_coalition",
    "minimum_quorum",
    "nakamoto",
    "oceanic",
    "palma",
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
