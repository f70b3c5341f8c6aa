"""Governance: how votes are counted, who holds power over them, and whom a proposal serves."""

from model.governance.rule_files import RULES, load_rule, read_rule, rule_to_toml
from model.governance.rules import VotingRule
from model.governance.tally import Outcome, Reason, Shortfalls, tally
from model.governance.votes import Votes

__all__ = [
    "RULES",
    "Outcome",
    "Reason",
    "Shortfalls",
    "Votes",
    "VotingRule",
    "load_rule",
    "read_rule",
    "rule_to_toml",
    "tally",
]
