"""A voting rule as linear conditions on whole votes, so that thousands of counts are decided at once and exactly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from scipy.optimize import linprog

from model.engine.worlds import Floats, Integers
from model.errors import OutOfRangeError
from model.governance.holders import GROUPS, UNITS, Holders
from model.governance.rules import Test, VotingRule
from model.governance.tally import Reason
from model.governance.votes import OPTIONS

OUTCOMES = (
    Reason.PASS,
    Reason.FAIL_QUORUM,
    Reason.FAIL_ALL_ABSTAIN,
    Reason.FAIL_VETO,
    Reason.CANCELLED,
    Reason.FAIL_THRESHOLD,
)
"""What `decide` tells apart; a proposal that lapses counts as one that misses its threshold."""

_LARGEST = 2**62


@dataclass(frozen=True, eq=False)
class Condition:
    """Holds where `votes @ weights >= least`, all whole numbers.

    Attributes
    ----------
    weights
        Shape (4,): what a vote of each option adds, in the order of `OPTIONS`.
    reason
        What it is called when it fails; for early tests what it decides.
    """

    weights: Integers
    least: int
    reason: Reason

    def holds(self, votes: Integers) -> np.ndarray:
        """Whether it holds for counts of shape (..., 4)."""
        return np.asarray(votes @ self.weights >= self.least)

    def negated(self) -> Condition:
        """The condition that holds where this one does not."""
        return Condition(-self.weights, 1 - self.least, self.reason)


@dataclass(frozen=True, eq=False)
class LinearRule:
    """Conditions of a rule for one electorate.

    Attributes
    ----------
    conditions
        All have to hold; the first that fails is the reason.
    early_pass, early_fail
        Decide at once, whatever the others say; in favour only where approval holds too.
    electorate
        Size of the body that the rule measures by, in whole units.
    quadratic
        Whether single ballots are weighed by the quadratic rule before the conditions are looked at.
    """

    rule: VotingRule
    conditions: tuple[Condition, ...]
    early_pass: Condition | None
    early_fail: Condition | None
    electorate: int
    quadratic: bool = False

    def decide(self, votes: Integers) -> Integers:
        """Place in `OUTCOMES` of counts of shape (..., 4)."""
        found = np.zeros(votes.shape[:-1], dtype=np.int64)
        for condition in reversed(self.conditions):
            found = np.where(condition.holds(votes), found, OUTCOMES.index(condition.reason))
        if self.early_fail is not None:
            found = np.where(self.early_fail.holds(votes), OUTCOMES.index(Reason.FAIL_THRESHOLD), found)
        if self.early_pass is not None:
            # As `tally` has it: what ends a vote early in favour never stands in for approval.
            approved = [c.holds(votes) for c in self.conditions if c.reason is Reason.FAIL_THRESHOLD]
            found = np.where(np.logical_and.reduce([self.early_pass.holds(votes), *approved]), 0, found)
        return np.asarray(found)


def electorate_tokens(rule: VotingRule, holders: Holders) -> float:
    """Size of the body that a rule measures by, in the unit of the stakes.

    Total supply counts everybody; circulating supply all but treasury and team; any other body those who may vote.
    """
    if rule.members is not None or rule.electorate == "members":
        return float(rule.members or holders.count)
    if rule.electorate == "supply":
        return holders.total
    if rule.electorate == "circulating":
        places = [list(GROUPS).index(name) for name in ("treasury", "team")]
        return float(holders.stakes[~np.isin(holders.groups, places)].sum())
    return holders.eligible


def _checked_size(rule: VotingRule, holders: Holders) -> float:
    """Size of the body, where somebody may vote and nobody votes from outside it."""
    size = electorate_tokens(rule, holders)
    if not holders.eligible or not size:
        raise OutOfRangeError("nobody may vote", where="holders", todo="let one kind of holder vote")
    if holders.eligible > size * (1 + 1e-9):
        raise OutOfRangeError(
            f"those who may vote have {holders.eligible:.4g}, more than the {rule.body} of {size:.4g}",
            where="holders",
            todo="let fewer vote, or give each seat one vote",
        )
    return size


def linear_rule(rule: VotingRule, holders: Holders, *, veto: bool = True) -> LinearRule:
    """A rule for the electorate of a list; bodies that vote besides are taken to approve.

    Parameters
    ----------
    veto
        Whether anybody votes so; without, the test is left out.

    Raises
    ------
    OutOfRangeError
        When nobody may vote, or a rule by seats meets a list of another size.
    """
    size = _checked_size(rule, holders)
    # Rounded up, so that rounding down of single stakes never makes a body of votes larger than the body.
    electorate = math.ceil(holders.in_units(size))

    def condition(test: Test, reason: Reason, wanted: bool = True) -> Condition:
        found = _condition(test, electorate, holders, reason)
        return found if wanted else found.negated()

    conditions = [condition(rule.quorum, Reason.FAIL_QUORUM)] if rule.quorum else []
    if rule.all_abstain_fails:
        conditions.append(Condition(np.array([1, 1, 0, 1]), 1, Reason.FAIL_ALL_ABSTAIN))
    if rule.veto and veto:
        conditions.append(condition(rule.veto, Reason.FAIL_VETO, wanted=False))
    if rule.cancel:
        conditions.append(condition(rule.cancel, Reason.CANCELLED, wanted=False))
    if rule.approval:
        conditions.append(condition(rule.approval, Reason.FAIL_THRESHOLD))
    return LinearRule(
        rule,
        tuple(conditions),
        condition(rule.early_pass, Reason.PASS) if rule.early_pass else None,
        condition(rule.early_fail, Reason.FAIL_THRESHOLD) if rule.early_fail else None,
        electorate,
        rule.power == "quadratic",
    )


def _condition(test: Test, electorate: int, holders: Holders, reason: Reason) -> Condition:
    """A test as whole numbers: `counted compare value x base` times the denominator of the value."""
    share = test.value if test.of != "absolute" else Fraction(0)
    based = {
        "cast": OPTIONS,
        "yes_no": ("yes", "no"),
        "not_abstaining": ("yes", "no", "veto"),
    }.get(test.of, ())
    weights = [share.denominator * (option in test.count) - share.numerator * (option in based) for option in OPTIONS]
    constant = Fraction(0)
    if test.of == "electorate":
        constant = share * electorate * share.denominator
    elif test.of == "absolute":
        constant = holders.in_units(test.value)
    least = math.floor(constant) + 1 if test.compare == ">" else math.ceil(constant)
    if max(abs(weight) for weight in weights) * UNITS > _LARGEST:
        raise OutOfRangeError(
            f"the share {test.value} has too many digits", where="rule", allowed="at most 6 decimal places"
        )
    return Condition(np.array(weights, dtype=np.int64), least, reason)


# ---- which conditions decide ----------------------------------------------------------------------------
def deciding(rule: LinearRule) -> tuple[Condition, ...] | None:
    """Conditions that decide alone, or None where early tests can decide against them.

    An early test that no count could pass without also passing (or failing) the conditions says nothing new.
    """
    conditions = tuple(c for c in rule.conditions if c.reason != Reason.FAIL_ALL_ABSTAIN)
    early, late = rule.early_pass, rule.early_fail
    if early is not None and not all(_least(c, early, rule.electorate) >= c.least for c in conditions):
        return None
    if late is not None and not any(-_least(c.negated(), late, rule.electorate) < c.least for c in conditions):
        return None
    return conditions


def _least(condition: Condition, given: Condition, electorate: int) -> float:
    """Smallest `votes @ weights` of a condition among counts for which another holds.

    Solved on votes as shares of the electorate; differences below a hundred units are rounding.
    """
    solved = linprog(
        condition.weights.astype(float),
        A_ub=np.array([-given.weights.astype(float), np.ones(4)]),
        b_ub=np.array([-given.least / electorate, 1.0]),
        bounds=(0, 1),
    )
    if solved.status != 0 or solved.fun is None:
        return math.inf
    scale = float(np.abs(condition.weights).max())
    return float(solved.fun) * electorate + 1e-10 * electorate * scale


def room(rule: LinearRule, votes: Integers, reason: Reason) -> Floats | None:
    """Votes by which a test is more than met, as shares of the electorate; below 0 where it is missed.

    Counted in further yes where yes moves the test, else in votes of the option that moves it most.

    Parameters
    ----------
    votes
        Counts of shape (..., 4), in whole units.

    Returns
    -------
    ndarray or None
        Shape (...); None where the rule has no such test.
    """
    condition = next((one for one in rule.conditions if one.reason is reason), None)
    if condition is None:
        return None
    yes, most = int(condition.weights[0]), int(np.abs(condition.weights).max())
    return np.asarray((votes @ condition.weights - condition.least) / (yes if yes > 0 else most) / rule.electorate)
