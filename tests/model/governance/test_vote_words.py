"""Words of a vote: seats are called seats, a quorum of yes is missed by yes, and nothing is more than all."""

from __future__ import annotations

import numpy as np
import pytest

from model.errors import OutOfRangeError
from model.governance import RULES, Votes, tally
from model.governance.chance import Chance, cases, chance
from model.governance.chance_words import coalition_words, in_a_thousand, needed_words, why_it_fails
from model.governance.holders import holders_from
from model.governance.one_vote import OneVote, one_vote
from model.governance.outcome_words import distances, verdict
from model.governance.pivotal import turning_coalition, yes_needed
from model.governance.support import Support
from model.governance.turnout import Turnout
from model.words.text import number


@pytest.mark.parametrize(("rule", "counted"), [("nns", "yes"), ("fetch", "votes")])
def test_a_missed_quorum_names_what_the_quorum_counts(rule: str, counted: str) -> None:
    told = why_it_fails(Chance(0.9, quorum=0.1), RULES[rule])
    assert f"10% for too few {counted} for the quorum" in told


@pytest.mark.parametrize("seats", [3, 12, 32])
def test_the_seats_that_a_vote_lacks_are_the_fewest_that_turn_it(seats: int) -> None:
    rule = RULES["bittensor"].model_copy(update={"members": seats})
    vote = one_vote(rule, holders_from([1.0] * seats), Turnout(0.5), Support(lean={"passive": 0.4}, common_shock=0.0))
    share = yes_needed(vote, precision=2e-3)
    assert share
    words = needed_words(share, 1.0, "TAO", seats=seats)
    unit = int(vote.holders.units[0])
    lacking = next(count for count in range(seats) if _passing_with(vote, count * unit) >= 0.5)
    assert f"yes of {lacking} of the {seats} seats" in words
    assert "TAO" not in words


def _passing_with(vote: OneVote, units: int) -> float:
    return cases(vote, np.array([[units, 0, 0, 0]]))[0].passing


def test_seats_that_turn_a_vote_are_not_called_holders() -> None:
    vote = one_vote(RULES["bittensor"], holders_from([1.0] * 3), Turnout(0.5), Support(common_shock=0.0))
    words = coalition_words(turning_coalition(vote), 0.2, seats=True)
    assert "seat" in words
    assert "holder" not in words


def test_no_more_than_all_modelled_votes_are_decided() -> None:
    assert in_a_thousand(1.0) == "all of 1,000 modelled votes"
    assert in_a_thousand(0.9996) == "all of 1,000 modelled votes"
    assert in_a_thousand(0.5) == "500 of 1,000 modelled votes"
    assert in_a_thousand(0.0) == "none of 1,000 modelled votes"


def test_a_turnout_that_cannot_be_is_told_in_percent() -> None:
    vote = one_vote(RULES["nns"], holders_from([3.0, 2.0]), Turnout(1.0), Support())
    with pytest.raises(OutOfRangeError, match=r"cannot be 100% of the electorate.*up to 99\.5%"):
        chance(vote)


def test_a_verdict_says_which_votes_it_counts() -> None:
    rule = RULES["bittensor"]
    told = verdict(rule, tally(rule, Votes(2, 0, members=3)), "the example votes below")
    assert told.startswith("With the example votes below it would pass")


def test_a_quorum_that_rests_on_no_yes_says_so_and_any_other_by_how_much_it_is_met_or_missed() -> None:
    rule = RULES["livepeer_treasury"]  # yes, no and abstentions count towards its quorum
    quorum = [distances(rule, tally(rule, Votes(yes, 60, electorate=100)), "LPT")[0] for yes in (30, 0)]
    assert quorum == ["Quorum reached, even without any of the yes."] * 2
    met = distances(rule, tally(rule, Votes(40, 1, electorate=100)), "LPT")[0]
    least = float(rule.quorum.value) * 100  # type: ignore[union-attr]
    assert met == f"Quorum reached, with {number(41 - least)} LPT of yes more than it needs."
    missed = distances(rule, tally(rule, Votes(5, 1, electorate=100)), "LPT")[0]
    assert missed == f"Quorum missed; it would take {number(least - 6)} LPT of further yes."
