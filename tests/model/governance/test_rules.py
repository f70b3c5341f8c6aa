"""Voting rules: golden vectors, votes of record, and properties that hold for every rule."""

import dataclasses
import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from model.errors import BallastError, OutOfRangeError, PresetError
from model.governance import (
    RULES,
    Reason,
    Votes,
    chance_of_passing,
    disinterested_majority,
    quadratic_scores,
    read_rule,
    rule_to_toml,
    tally,
)
from model.governance.outcome_words import distances, rule_rows, verdict
from model.governance.rules import VotingRule
from tests.validation import Record

TEXT = rule_to_toml(RULES["nns"])


# ---- what a call may be given ---------------------------------------------------------------------------
def test_a_rule_may_be_named_and_votes_may_be_counts_by_name() -> None:
    spelled = tally(RULES["nns"], Votes(3, 2, total=100))
    assert tally("nns", {"yes": 3, "no": 2, "total": 100}) == spelled
    assert tally("NNS", Votes(3, 2, electorate=100)) == spelled
    named = {"for": 600, "no_with_veto": 310, "bonded": 1000}
    assert tally("cosmos", named) == tally(RULES["cosmos"], Votes(600, 0, 0, 310, bonded=1000))
    taken = disinterested_majority("nns", {"yes": 60, "no": 50, "total": 300}, affiliates=20)
    assert (taken.with_them.passed, taken.without_them.passed) == (True, False)
    assert chance_of_passing("nns", [5, 3, 2], turnout=0.9, support=0.9).passing > 0.5


@pytest.mark.parametrize(
    ("rule", "votes", "told"),
    [
        ("cosmo", {"yes": 3}, "did you mean 'cosmos'"),
        ("nns", None, "counts by name"),
        ("nns", [3, 2], "counts by name"),
        ("nns", {"yes": 3, "maybe": 2}, "Votes have no 'maybe'"),
        ("nns", {"yes": "many", "total": 9}, "allowed: a number from 0 on"),
    ],
)
def test_what_no_vote_could_be_is_refused_in_a_sentence(rule: str, votes: Any, told: str) -> None:
    with pytest.raises(BallastError, match=re.escape(told)):
        tally(rule, votes)


@pytest.mark.parametrize(
    ("holders", "method", "told"), [("ab", "auto", "no list of stakes"), ([1], "hybrid", "auto, solved, simulated")]
)
def test_holders_and_methods_that_there_are_not_are_refused(holders: Any, method: Any, told: str) -> None:
    with pytest.raises(BallastError, match=told):
        chance_of_passing("nns", holders, turnout=0.5, support=0.5, method=method)


# ---- golden vectors -------------------------------------------------------------------------------------
VECTORS = [
    # Same tie under two rules: one project lets it pass, another does not.
    ("compound_bravo", Votes(650_000, 650_000), Reason.FAIL_THRESHOLD),
    ("openzeppelin", Votes(50, 50, supply=100), Reason.FAIL_THRESHOLD),
    ("livepeer_treasury", Votes(50, 50, stake=100), Reason.PASS),
    ("livepeer_poll", Votes(50, 50, stake=100), Reason.FAIL_THRESHOLD),
    # Votes against do not count towards this quorum, abstentions do.
    ("openzeppelin", Votes(3, 90, supply=100), Reason.FAIL_QUORUM),
    ("openzeppelin", Votes(3, 0, 1, supply=100), Reason.PASS),
    ("livepeer_treasury", Votes(60, 10, stake=100, proposer=99), Reason.FAIL_GATE),
    ("livepeer_treasury", Votes(60, 10, stake=100, proposer=100), Reason.PASS),
    ("compound_bravo", Votes(399_999, 0, 1_000_000), Reason.FAIL_QUORUM),
    # Turnout of exactly 33.4% is a quorum; 10.2% of veto is none, 34.07% is.
    ("cosmos", Votes(150, 50, 100, 34, bonded=1000), Reason.PASS),
    ("cosmos", Votes(600, 0, 0, 310, bonded=1000), Reason.FAIL_VETO),
    ("cosmos", Votes(0, 0, 400, 0, bonded=1000), Reason.FAIL_ALL_ABSTAIN),
    ("cosmos", Votes(0, 0, 0, 0, bonded=0), Reason.FAIL_QUORUM),
    # fetchai/cosmos-sdk, x/gov/keeper/tally.go: cases constructed from the code.
    ("fetch", Votes(30, 5, bonded=100), Reason.FAIL_QUORUM),
    ("fetch", Votes(30, 10, 5, bonded=100), Reason.PASS),
    ("fetch", Votes(30, 0, 0, 16, bonded=100), Reason.FAIL_VETO),
    ("fetch", Votes(20, 20, 5, bonded=100), Reason.FAIL_THRESHOLD),
    ("fetch", Votes(0, 0, 50, bonded=100), Reason.FAIL_ALL_ABSTAIN),
    ("nns", Votes(3, 2, total=100), Reason.PASS),
    ("nns", Votes(2.9, 0, total=100), Reason.FAIL_QUORUM),
    ("sns_critical", Votes("67", "33", total=300), Reason.FAIL_THRESHOLD),
    ("sns_critical", Votes("67.1", "32.9", total=300), Reason.PASS),
    ("render_rnp", Votes(8, 8, supply=100), Reason.PASS),
    ("render_rnp", Votes(14, 0, supply=100), Reason.FAIL_QUORUM),
    ("render_rnp_emergency", Votes(15, 4, supply=100), Reason.FAIL_QUORUM),
    ("render_rnp_emergency", Votes(15, 4, 1, supply=100), Reason.PASS),
    ("near_house_of_stake", Votes(500, 500, supply=10**9), Reason.PASS),
    ("near_house_of_stake", Votes(500, 499, supply=10**9), Reason.FAIL_QUORUM),
    ("near_emergency_override", Votes(70, 4, supply=100), Reason.FAIL_QUORUM),
    ("curve_ownership", Votes(30, 0, supply=100), Reason.FAIL_QUORUM),
    ("snapshot_optimistic", Votes(0, 4, supply=100), Reason.PASS),
    ("snapshot_optimistic", Votes(90, 5, supply=100), Reason.CANCELLED),
    ("bittensor", Votes(2, 1), Reason.PASS),
    ("bittensor", Votes(1, 0), Reason.FAIL_THRESHOLD),
    ("bittensor_legacy", Votes(6, 0), Reason.FAIL_THRESHOLD),
    ("bittensor_legacy", Votes(7, 5), Reason.PASS),
    ("bittensor_proposed", Votes(0, 16), Reason.PASS),
    ("bittensor_proposed", Votes(0, 17), Reason.CANCELLED),
    ("bittensor_proposed", Votes(24, 0, chambers={"triumvirate": Votes(1, 0)}), Reason.FAIL_CHAMBER),
    ("bittensor_triumvirate", Votes(1, 1), Reason.EXPIRED),
    ("bittensor_triumvirate", Votes(1, 2), Reason.FAIL_THRESHOLD),
]


@pytest.mark.parametrize(("name", "votes", "reason"), VECTORS)
def test_every_rule_decides_its_edge_cases_as_its_source_does(
    name: str, votes: Votes, reason: Reason, figure: Record
) -> None:
    outcome = tally(RULES[name], votes)
    assert outcome.passed is (reason is Reason.PASS)
    figure("votes", outcome.reason is not reason)


def test_the_nns_ends_early_at_more_than_half_for_and_at_half_against() -> None:
    assert tally(RULES["nns"], Votes(51, 0, total=100)).early
    assert tally(RULES["nns"], Votes(51, 0, total=100)).passed
    half = tally(RULES["nns"], Votes(0, 50, total=100))
    assert (half.early, half.passed, half.reason) == (True, False, Reason.FAIL_THRESHOLD)
    assert not tally(RULES["nns"], Votes(50, 49, total=100)).early


def test_quadratic_scores_are_those_of_the_source() -> None:
    scores = quadratic_scores({"A": [9], "B": [4, 1, 1]})
    assert scores == {"A": Fraction(27, 5), "B": Fraction(48, 5)}
    assert not tally(RULES["snapshot_quadratic"], Votes([9], [4, 1, 1])).passed
    assert tally(RULES["snapshot_basic"], Votes([9], [4, 1, 1])).passed


# ---- votes of record ------------------------------------------------------------------------------------
def test_compound_289_passed_by_48_555_votes() -> None:
    """Counts of The Block, unchainedcrypto and others, July 2024 (secondary, they agree)."""
    outcome = tally(RULES["compound_bravo"], Votes(682_191, 633_636))
    assert outcome.passed
    assert outcome.shortfalls.yes_spare == 48_555


def test_simd_0228_failed_with_a_majority_below_two_thirds() -> None:
    """Shares of active stake, 13 March 2025 (solanafloor.com, secondary)."""
    votes = Votes("43.6", "27.4", "3.3", stake=100)
    outcome = tally(RULES["solana"], votes)
    assert outcome.reason is Reason.FAIL_THRESHOLD
    assert tally(RULES["cosmos"], votes).passed
    # A majority of two thirds would have needed as many more yes as the sentence says.
    needed = outcome.shortfalls.yes
    assert needed is not None
    assert tally(RULES["solana"], Votes(votes.yes + needed, votes.no, votes.abstain, stake=100)).passed


def test_cosmos_82_was_vetoed_with_more_yes_than_anything_else() -> None:
    """Shares of votes cast and turnout, 14 November 2022 (cryptovesti.ru, secondary); the rest is no."""
    votes = Votes("47.51", "1.83", "13.27", "37.39", bonded=Fraction(10_000, 1) * 100 / 7341)
    outcome = tally(RULES["cosmos_hub"], votes)
    assert outcome.reason is Reason.FAIL_VETO
    assert outcome.shortfalls.veto_headroom == 0


@pytest.mark.parametrize("bonded", [178_000_000, 240_000_000, 444_560_000])
def test_cosmos_848_passed_with_a_plurality_of_41_percent(bonded: int) -> None:
    """Tally on the chain, ATOM (atomone-hub/govbox, PROP-001.md). The bonded stake was not found: any will do here."""
    votes = Votes(73_165_203, 56_667_011, 36_323_836, 11_669_549, bonded=bonded)
    assert votes.yes / votes.cast == pytest.approx(0.411, abs=5e-4)
    assert tally(RULES["cosmos_hub"], votes).passed


def test_nns_34485_was_adopted_with_12_percent_of_voting_power() -> None:
    """Shares of all voting power (coinhustle.com, secondary): 88.2% did not vote."""
    outcome = tally(RULES["nns"], Votes("11.721", "0.064", total=100))
    assert outcome.passed
    assert not outcome.early
    assert outcome.shortfalls.quorum_spare == Fraction("8.721")


# ---- properties -----------------------------------------------------------------------------------------
COUNT = st.fractions(min_value=0, max_value=1000, max_denominator=50)
NAMES = st.sampled_from(sorted(RULES))
STAKED = [name for name in sorted(RULES) if not RULES[name].members]


def _absolute(rule: VotingRule) -> bool:
    return any(test is not None and test.of == "absolute" for test in (rule.quorum, rule.approval))


def _votes(yes: Fraction, no: Fraction, abstain: Fraction, veto: Fraction, away: Fraction) -> Votes:
    return Votes(yes, no, abstain, veto, electorate=yes + no + abstain + veto + away)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STAKED), COUNT, COUNT, COUNT, COUNT, COUNT, st.integers(1, 10**9))
def test_scaling_all_stakes_changes_nothing_under_relative_rules(
    name: str, yes: Fraction, no: Fraction, abstain: Fraction, veto: Fraction, away: Fraction, factor: int
) -> None:
    rule = RULES[name]
    assume(not _absolute(rule))
    one = tally(rule, _votes(yes, no, abstain, veto, away))
    other = tally(rule, _votes(*(count * factor for count in (yes, no, abstain, veto, away))))
    assert (one.passed, one.reasons, one.early) == (other.passed, other.reasons, other.early)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STAKED), COUNT, COUNT, COUNT, COUNT, COUNT, COUNT)
def test_more_yes_never_turns_a_pass_into_a_fail(
    name: str, yes: Fraction, no: Fraction, abstain: Fraction, veto: Fraction, away: Fraction, more: Fraction
) -> None:
    rule = RULES[name]
    before = _votes(yes, no, abstain, veto, away + more)
    after = _votes(yes + more, no, abstain, veto, away)
    assert tally(rule, after).passed or not tally(rule, before).passed


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STAKED), COUNT, COUNT, COUNT, COUNT, COUNT)
def test_the_missing_yes_is_exactly_what_approval_and_quorum_lack(
    name: str, yes: Fraction, no: Fraction, abstain: Fraction, veto: Fraction, away: Fraction
) -> None:
    rule = RULES[name]
    votes = Votes(yes, no, abstain, veto, electorate=10**7)
    gaps = tally(rule, votes).shortfalls
    lacking = [gap for gap in (gaps.yes, gaps.quorum) if gap]
    assume(lacking and rule.power != "quadratic" and max(lacking) < 10**6)
    missing, tiny = max(lacking), Fraction(1, 10**9)
    fixed = {Reason.FAIL_VETO, Reason.CANCELLED, Reason.FAIL_ALL_ABSTAIN}
    short = tally(rule, Votes(yes + missing - min(tiny, missing), no, abstain, veto, electorate=10**7))
    enough = tally(rule, Votes(yes + missing + tiny, no, abstain, veto, electorate=10**7))
    assert not short.passed
    assert set(enough.reasons) <= fixed


def test_abstentions_count_towards_the_quorum_exactly_where_the_rule_says() -> None:
    for name in STAKED:
        rule = RULES[name]
        if rule.quorum is None or _absolute(rule):
            continue
        few = Votes(1, 0, 0, electorate=10_000)
        many = Votes(1, 0, 9_000, electorate=10_000)
        assert Reason.FAIL_QUORUM in tally(rule, few).reasons
        assert (Reason.FAIL_QUORUM not in tally(rule, many).reasons) is ("abstain" in rule.quorum.count), name


def test_a_tie_passes_only_where_the_source_says_at_least_half() -> None:
    passed = {name for name in STAKED if tally(RULES[name], Votes(3000, 3000, electorate=6000)).passed}
    near = {"near_house_of_stake", "near_emergency_override"}
    assert passed == {"livepeer_treasury", "render_rnp", "render_rnp_emergency", *near}


# ---- counts and words -----------------------------------------------------------------------------------
def test_counts_are_read_as_they_are_written() -> None:
    assert Votes(2.9, "0.1", Fraction(1, 3)).cast == Fraction(10, 3)
    assert Votes([1, 2.5], 0).yes == Fraction(7, 2)


@pytest.mark.parametrize("wrong", [-1, float("nan"), float("inf"), "many", "1/0", True, "1e999", None])
def test_what_is_no_count_is_refused_in_one_sentence(wrong: object) -> None:
    with pytest.raises(OutOfRangeError, match="allowed"):
        Votes(wrong)  # type: ignore[arg-type]


def test_a_vote_larger_than_its_electorate_and_a_missing_electorate_are_refused() -> None:
    with pytest.raises(OutOfRangeError, match="more than"):
        tally(RULES["cosmos"], Votes(60, 50, bonded=100))
    with pytest.raises(OutOfRangeError, match="give bonded"):
        tally(RULES["cosmos"], Votes(60, 50))


def test_options_that_a_rule_does_not_have_are_said_to_be_counted_otherwise() -> None:
    outcome = tally(RULES["nns"], Votes(10, 1, 5, 8, total=100))
    assert len(outcome.assumed) == 2
    assert outcome.passed is True
    assert tally(RULES["nns"], Votes(10, 1, 5, 10, total=100)).passed is False


@given(NAMES, st.integers(0, 3), st.integers(0, 3))
def test_every_outcome_is_told_in_words(name: str, yes: int, no: int) -> None:
    assume(yes + no <= 3)
    rule = RULES[name]
    outcome = tally(rule, Votes(yes, no, electorate=100) if not rule.members else Votes(yes, no))
    told = (verdict(rule, outcome), *distances(rule, outcome), *(words for _, words in rule_rows(rule)))
    assert all(sentence[:1].isupper() and sentence.endswith(".") for sentence in told[:2])
    assert "None" not in " ".join(told)


# ---- files ----------------------------------------------------------------------------------------------
def test_every_rule_has_dated_sources_and_reads_back_from_its_own_text() -> None:
    for name, rule in RULES.items():
        assert rule.name == name
        assert read_rule(rule_to_toml(rule)) == rule
        assert all(source.link.startswith("http") for source in rule.sources)
    assert RULES["compound-bravo"] is RULES["compound_bravo"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("power = ", "powr = ", "did you mean 'power'"),
        ('value = "3/100"', 'value = "3%"', "quorum.value"),
        ('value = "3/100"', "value = 3", "at most 1"),
        ('compare = ">"', 'compare = "=="', "compare"),
        ("[clock]", "[clok]", "clok"),
        ('title = "Internet Computer NNS"', "", "title is missing"),
        ('grade = "primary"', 'grade = "secondary"', "verified = false"),
        ("name = ", "name", "not readable as TOML"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(old: str, new: str, told: str) -> None:
    assert old in TEXT
    with pytest.raises(PresetError) as caught:
        read_rule(TEXT.replace(old, new, 1), where="nns.toml")
    assert told in str(caught.value)
    assert "nns.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_rule_is_answered_with_the_nearest() -> None:
    with pytest.raises(PresetError, match="did you mean 'compound_bravo'"):
        RULES.find("compound_brav")


def test_an_outcome_cannot_be_changed_afterwards() -> None:
    outcome = tally(RULES["nns"], Votes(1, 0, total=10))
    with pytest.raises(dataclasses.FrozenInstanceError):
        outcome.passed = False  # type: ignore[misc]
