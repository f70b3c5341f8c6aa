"""Group scenarios: who moved what, merged by hand and by the code, and votes under the network's own rule."""

from __future__ import annotations

from fractions import Fraction

import pytest

from model import Scenario, load_network
from model.governance import RULES
from tests.workshop.rooms import opened, seated, to_beat
from workshop import Beat, Workshop, WorkshopError
from workshop.ballots import decided, decision_options, support_weights, usual_rule, weighed
from workshop.errors import NotNowError
from workshop.merging import lever_table, merged

PAYMENT = load_network("payment")
BURN = PAYMENT.values["burn_share"]
SCALE = PAYMENT.values["emission_scale"]


def of(**changes: float) -> Scenario:
    return Scenario(PAYMENT, changes, funded_by="providers")


GROUPS = [of(burn_share=0.4), of(burn_share=0.1, emission_scale=0.5), of(emission_scale=0.8), of()]


def test_the_table_says_per_lever_who_moved_it_and_how_far_as_by_hand() -> None:
    burn, scale = lever_table(GROUPS)
    assert (burn.key, burn.movers, burn.values) == ("burn_share", 2, (0.4, 0.1, None, None))
    assert (burn.lowest, burn.highest) == (0.1, 0.4)
    assert burn.mean == pytest.approx((0.4 + 0.1) / 2)
    assert burn.mean_of_everybody == pytest.approx((0.4 + 0.1 + 2 * BURN) / 4)
    assert (scale.key, scale.movers, scale.values) == ("emission_scale", 2, (None, 0.5, 0.8, None))
    assert scale.mean == pytest.approx(0.65)
    assert scale.baseline == SCALE


def test_shares_that_only_pay_for_a_move_are_no_moves() -> None:
    assert [row.key for row in lever_table([of(burn_share=0.4)])] == ["burn_share"]


def test_merging_takes_the_mean_of_movers_of_everybody_or_of_votes_as_by_hand() -> None:
    assert dict(merged(GROUPS).changes) == pytest.approx({"burn_share": 0.25, "emission_scale": 0.65})
    everybody = {"burn_share": (0.5 + 2 * BURN) / 4, "emission_scale": (1.3 + 2 * SCALE) / 4}
    assert dict(merged(GROUPS, "everybody").changes) == pytest.approx(everybody)
    votes = merged(GROUPS, "votes", [0.5, 0.25, 0.25, 0])
    assert dict(votes.changes) == pytest.approx(
        {"burn_share": (0.5 * 0.4 + 0.25 * 0.1) / 0.75, "emission_scale": (0.5 + 0.8) / 2}
    )
    assert votes.funded_by == "providers"
    assert Scenario.from_link(votes.to_link()).values == pytest.approx(votes.values)


def test_a_proposal_that_all_share_stays_and_one_of_a_single_group_becomes_its_levers() -> None:
    name = "buyback-and-burn"
    proposed = Scenario(PAYMENT, proposals=[name])
    assert [part.name for part in merged([proposed, proposed]).stacked] == [name]
    alone = merged([proposed, of(emission_scale=0.5)])
    assert alone.stacked == ()
    rows = {row.key: row for row in lever_table([proposed, of(emission_scale=0.5)])}
    assert rows["burn_share"].values == (proposed.values["burn_share"], None)
    assert alone.changes["burn_share"] == proposed.values["burn_share"]


def test_what_cannot_be_merged_is_told() -> None:
    with pytest.raises(WorkshopError, match="nothing to merge"):
        merged([])
    with pytest.raises(WorkshopError, match="different networks"):
        merged([of(burn_share=0.4), Scenario(load_network("staking"))])
    with pytest.raises(WorkshopError, match="No scenario has been voted for"):
        merged(GROUPS, "votes", [0, 0, 0, 0])
    with pytest.raises(WorkshopError, match="no way to merge"):
        merged(GROUPS, "magic")  # type: ignore[arg-type]


def test_by_role_every_role_weighs_alike_whoever_turns_up() -> None:
    roles = {1: "user", 2: "user", 3: "user", 4: "staker"}
    chosen = {1: "a", 2: "a", 3: "b", 4: "b"}
    assert support_weights(["a", "b", "c"], roles, chosen) == pytest.approx({"a": 1 / 3, "b": 2 / 3, "c": 0})
    ballots, everybody = weighed(["a", "b"], roles, {1: "a", 4: "b"}, "role")
    assert (ballots, everybody) == ({"a": [Fraction(1, 3)], "b": [Fraction(1)]}, Fraction(2))
    ballots, everybody = weighed(["a", "b"], roles, {1: "a", 4: "b"}, "head")
    assert (ballots, everybody) == ({"a": [Fraction(1)], "b": [Fraction(1)]}, Fraction(4))


def test_a_room_supports_a_scenario_merges_by_it_and_decides_under_the_networks_rule(workshop: Workshop) -> None:
    room, host = opened(workshop)
    users = [seated(workshop, room.code, "U", "user") for _ in range(3)]
    staker = seated(workshop, room.code, "S", "staker")
    to_beat(host, Beat.GROUPS)
    with pytest.raises(NotNowError, match="No group has submitted"):
        host.open_support()
    users[0].submit("Burn", of(burn_share=0.4), "m")
    staker.submit("Both", of(burn_share=0.1, emission_scale=0.5), "m")
    assert [row.movers for row in host.lever_table()] == [2, 1]
    host.next()
    with pytest.raises(NotNowError, match="No vote of support"):
        host.merged("votes")
    number = host.open_support()
    for seat, choice in zip([*users, staker], ["s1", "s1", "s2", "s2"], strict=True):
        seat.vote(number, choice)
    with pytest.raises(NotNowError, match="Another vote is open"):
        host.open_support()
    host.close_vote()
    assert host.merged("votes").changes["burn_share"] == pytest.approx(0.4 / 3 + 0.1 * 2 / 3)
    with pytest.raises(NotNowError, match="No vote is open"):
        users[0].vote(number, "s1")
    merged_one = host.merged()
    number = host.open_decision("The merged one?", merged_one, weighing="role")
    for seat in users:
        seat.vote(number, "yes")
    assert staker.vote(number, "yes").revision == 1
    assert staker.vote(number, "no").revision == 2
    with pytest.raises(WorkshopError, match="cannot be voted for"):
        staker.vote(number, "maybe")
    host.close_vote()
    ballot = host.board().ballots[-1]
    assert ballot.result is not None
    assert ballot.rule == PAYMENT.voting_rule == usual_rule("payment")
    assert (ballot.link, ballot.result.heads) == (merged_one.to_link(), {"yes": 3, "no": 1, "abstain": 0})
    assert ballot.result.weights == {"yes": 0.5, "no": 0.5, "abstain": 0.0}
    # OpenZeppelin's Governor needs more yes than no: a tie does not pass.
    assert (ballot.result.passed, ballot.result.reason) == (False, "FAIL_THRESHOLD")
    assert "would not pass" in ballot.result.sentence
    head = host.open_decision("By head?", merged_one)
    for seat in users:
        seat.vote(head, "yes")
    host.close_vote()
    seated(workshop, room.code, "Late")
    result = host.board().ballots[-1].result
    assert result is not None
    assert result.passed is True


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_can_be_held_in_a_room_or_says_why_not(name: str) -> None:
    tests = (getattr(RULES[name], part) for part in ("quorum", "approval", "veto", "cancel"))
    if any(test is not None and test.of == "absolute" for test in tests):
        with pytest.raises(WorkshopError, match="counts tokens in absolute amounts"):
            decision_options(name)
        return
    keys, roles = [option.key for option in decision_options(name)], dict.fromkeys(range(5), "user")
    for choice, passes in (("yes", True), ("no", False)):
        ballots, everybody = weighed(keys, roles, dict.fromkeys(roles, choice), "head")
        assert decided(name, ballots, everybody)[0] is passes


def test_averages_that_nobody_can_pay_for_are_told_with_a_way_out() -> None:
    greedy = [of(staker_emission_share=0.7), of(user_emission_share=0.7)]
    with pytest.raises(WorkshopError, match="merge with the mean of everybody"):
        merged(greedy)
    assert merged(greedy, "everybody").changes
