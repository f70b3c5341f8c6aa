"""What the votes on the Vote page decide: under the rule, with distances, and under eight rules beside each other."""

from __future__ import annotations

import streamlit as st

from model import BallastError
from model.governance import RULES, Outcome, VotingRule, tally
from model.governance.cases import cases
from model.governance.outcome_words import SHORT, distances, verdict
from model.presets.network import Network
from model.words.text import number, percent
from ui.link import Moment
from ui.rows import heading_row, row
from ui.text import as_markdown
from ui.vote.fields import CASE
from ui.vote.hand import Hand, is_example
from ui.vote.rule import own_rule
from ui.vote.runs import is_moved

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


def subject(moment: Moment) -> str:
    """What would be voted on, inside a sentence."""
    proposals = moment.scenario.stacked
    if proposals:
        return (
            f"{len(proposals)} proposals" if len(proposals) > 2 else " and ".join(f"“{one.title}”" for one in proposals)
        )
    return "what was changed by hand" if is_moved(moment) else "a proposal"


def tried_out(rule: VotingRule, hand: Hand, what: str) -> str:
    """What the votes by hand would decide."""
    return verdict(
        rule, decided(rule, hand), "the example votes below" if is_example(rule) else "the votes below", what
    )


def _beside_the_chance(rule: VotingRule, hand: Hand, expected: float) -> str:
    """Why the count of votes by hand and the chance further down may differ, in a sentence."""
    votes = hand.votes(rule)
    size = votes.size("members" if rule.members is not None else rule.electorate)
    cast = percent(float(votes.cast / size)) if size else "an unknown part"
    which = "The example has" if is_example(rule) else "These votes have"
    return (
        f"{which} {cast} of {rule.body} cast; the modelled chance above expects a turnout of {percent(expected)} and "
        "votes that may go either way, so the two answers may differ."
    )


def on_record() -> str:
    """The published count of the case that is loaded, under its rule; "" where there is none."""
    case = cases().get(CASE.value())
    if case is None or case.votes is None or case.outcome is None:
        return ""
    counts = ", ".join(f"{number(count)} {option}" for option, count in case.counts.items() if count)
    rule, source = RULES[case.rule].title, case.sources[case.votes.source]
    ended = "passes" if case.outcome.passed else "fails"
    return (
        f"On record, {case.title} ({case.date}): {counts}, in {case.votes.unit}; so counted it {ended} under {rule} "
        f"({source.title}, {source.date}, {source.grade})."
    )


def outcome_part(rule: VotingRule, hand: Hand, unit: str, expected: float) -> None:
    """How many voted, how far each test was from the other outcome, and why the modelled chance may differ."""
    outcome, votes = decided(rule, hand), hand.votes(rule)
    named = "seats" if rule.members is not None else unit
    size = votes.size("members" if rule.members is not None else rule.electorate)
    cast = {"yes": votes.yes, "no": votes.no, "abstaining": votes.abstain, "veto": votes.veto}
    told = ", ".join(f"{number(float(count))} {word}" for word, count in cast.items() if count or word in ("yes", "no"))
    turnout = f": {percent(float(votes.cast / size))} of {rule.body}" if size else ""
    st.markdown(as_markdown(f"Cast, in {named}: {told}{turnout}."))
    for sentence in (*distances(rule, outcome, named), *outcome.assumed):
        st.markdown(f"- {as_markdown(sentence)}")
    st.markdown(as_markdown(_beside_the_chance(rule, hand, expected)))


def compared_rules(rule: VotingRule, own: str) -> list[VotingRule]:
    """Eight rules: the one that is shown, with what was changed in it, the network's own, and others."""
    names = [own] if RULES[own].members is None else []
    others = [RULES[name] for name in dict.fromkeys((*names, *EIGHT)) if RULES[name] != rule]
    return [rule, *others][: len(EIGHT)]


def eight_rules(network: Network, shown: VotingRule, hand: Hand) -> None:
    """The same votes under eight rules, the one above first; nothing where seats vote, which no other rule counts."""
    if shown.members is not None:
        return
    rows, passing = [], 0
    for rule in compared_rules(shown, own_rule(network)):
        try:
            outcome = decided(rule, hand)
        except BallastError as problem:
            rows.append({"Rule": rule.title, "Outcome": "Cannot be counted", "How far": str(problem)})
            continue
        passing += outcome.passed
        mark = "\u2713" if outcome.passed else "\u2717"
        far = " ".join(distances(rule, outcome, network.token))
        rows.append({"Rule": rule.title, "Outcome": f"{mark} {SHORT[outcome.reason]}", "How far": far})
    st.subheader("The same votes under eight rules", anchor=False)
    st.markdown(as_markdown(f"The same stakes and votes would pass under {passing} of {len(rows)} rules."))
    headings, weights = ("Rule", "Outcome", "How far"), (3, 2, 5)
    heading_row(headings, weights, key="vote-eight")
    for place, found in enumerate(rows):
        row([as_markdown(found[heading]) for heading in headings], headings, weights, key=f"vote-eight-{place}")
    st.markdown(
        "Each rule measures by its own body, which the table stands in for: total supply is all tokens, every other "
        "body those who may vote. Rules that count a fixed number of votes or seats are left out."
    )
