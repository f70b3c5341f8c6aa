"""What the votes on the Vote page decide: under the rule, with distances, and under eight rules beside each other."""

from __future__ import annotations

import streamlit as st

from model import BallastError
from model.governance import RULES, Outcome, VotingRule, tally
from model.governance.outcome_words import SHORT, distances, verdict
from model.network import Network
from model.text import number, percent
from ui.rows import heading_row, row
from ui.text import as_markdown
from ui.vote_hand import Hand
from ui.vote_rule import own_rule

EIGHT = (
    "openzeppelin",
    "cosmos",
    "nns",
    "livepeer_treasury",
    "curve_ownership",
    "snapshot_quadratic",
    "solana",
    "render_rnp",
)
"""Rules under which stake votes, as unlike each other as they come."""


def decided(rule: VotingRule, hand: Hand) -> Outcome:
    """Outcome of the votes under a rule.

    Raises
    ------
    BallastError
        Where they cannot be counted under it.
    """
    return tally(rule, hand.votes(rule))


def headline(rule: VotingRule, hand: Hand) -> str:
    """The first sentence of the page."""
    return verdict(rule, decided(rule, hand))


def outcome_part(rule: VotingRule, hand: Hand, unit: str) -> None:
    """Why, by how much, and how many voted."""
    outcome, votes = decided(rule, hand), hand.votes(rule)
    named = "seats" if rule.members is not None else unit
    size = votes.size("members" if rule.members is not None else rule.electorate)
    cast = {"yes": votes.yes, "no": votes.no, "abstaining": votes.abstain, "veto": votes.veto}
    told = ", ".join(f"{number(float(count))} {word}" for word, count in cast.items() if count or word in ("yes", "no"))
    turnout = f": {percent(float(votes.cast / size))} of {rule.body}" if size else ""
    st.markdown(as_markdown(f"Cast, in {named}: {told}{turnout}."))
    for sentence in (*distances(rule, outcome, named), *outcome.assumed):
        st.markdown(f"- {as_markdown(sentence)}")


def eight_rules(network: Network, hand: Hand) -> None:
    """The same votes under eight rules, the network's own first where stake votes under it."""
    own = own_rule(network)
    first = [own] if RULES[own].members is None else []
    names = [*first, *(name for name in EIGHT if name != own)][: len(EIGHT)]
    rows, passing = [], 0
    for name in names:
        rule = RULES[name]
        try:
            outcome = decided(rule, hand)
        except BallastError as problem:
            rows.append({"Rule": rule.title, "Outcome": "Cannot be counted", "How far": str(problem)})
            continue
        passing += outcome.passed
        mark = "\u2713" if outcome.passed else "\u2717"
        far = " ".join(distances(rule, outcome, network.token))
        rows.append({"Rule": rule.title, "Outcome": f"{mark} {SHORT[outcome.reason]}", "How far": far})
    st.header("The same votes under eight rules", anchor=False)
    st.markdown(as_markdown(f"The same stakes and votes would pass under {passing} of {len(rows)} rules."))
    headings, weights = ("Rule", "Outcome", "How far"), (3, 2, 5)
    heading_row(headings, weights, key="vote-eight")
    for place, found in enumerate(rows):
        row([as_markdown(found[heading]) for heading in headings], headings, weights, key=f"vote-eight-{place}")
    st.markdown(
        "Each rule measures by its own body, which the table stands in for: total supply is all tokens, every other "
        "body those who may vote. Rules that count a fixed number of votes or seats are left out."
    )
