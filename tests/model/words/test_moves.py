"""Everything that a scenario sets, in lines that somebody could vote on."""

from __future__ import annotations

import datetime as dt

from model import Scenario, load_network, project
from model.words.moves import move_lines, moves_in_a_line
from model.words.no_effect import moves_no_figure

PAYMENT = load_network("payment")


def of(**changes: float) -> Scenario:
    return Scenario(PAYMENT, changes, funded_by="providers")


def test_a_moved_share_is_told_with_what_it_is_today_and_who_pays() -> None:
    assert move_lines(of(burn_share=0.69)) == ("Burn share from 20% to 69%, paid by providers (60% to 11%)",)


def test_every_change_of_a_merged_scenario_is_told_and_none_is_cut() -> None:
    moved = of(burn_share=0.3, emission_scale=0.343, slashing_rate=0.002, user_surcharge=0.295)
    told = " | ".join(move_lines(moved))
    assert len(move_lines(moved)) == 4
    assert "Surcharge to users from 0% to 29.5%" in told
    assert "Emission multiplier from 1 to 0.343 times today's schedule" in told
    assert all(part in moves_in_a_line(moved) for part in move_lines(moved))


def test_several_shares_have_one_line_for_who_pays_for_them() -> None:
    lines = move_lines(of(burn_share=0.3, treasury_fee_share=0.2))
    assert lines[-1] == "Paid by providers (60% to 40%)"
    assert not any("paid" in line for line in lines[:-1])


def test_where_several_roles_pay_each_is_named() -> None:
    (line,) = move_lines(Scenario(load_network("bittensor"), {"burn_share": 0.3}))
    assert line.startswith("Burn share from 0% to 30%, paid by ")
    assert line.count("paid by") == 2


def test_a_proposal_comes_with_what_it_sets_and_when_changes_by_hand_begin() -> None:
    start = dt.date(PAYMENT.as_of.year + 1, 3, 1)
    moved = Scenario(PAYMENT, {"emission_scale": 0.5}, proposals=["buyback-and-burn"], start=start, phase_in_years=2.0)
    lines = move_lines(moved)
    assert lines[0].startswith("Proposal “")
    assert any(line.startswith("Burn share from") and "paid by the treasury" in line for line in lines)
    assert lines[-2:] == (f"In force from Mar {start.year}", "Phased in over 2 years")


def test_a_network_as_it_is_has_no_lines() -> None:
    assert move_lines(Scenario(PAYMENT)) == ()
    assert moves_in_a_line(Scenario(PAYMENT)) == f"{PAYMENT.title} as it is today"


def test_a_lever_without_effect_moves_no_figure_and_another_does() -> None:
    unused = {"slashed_burn_share": 0.67}
    assert not Scenario(PAYMENT, unused).is_empty
    assert moves_no_figure(project(PAYMENT, changes=unused, years=3))
    assert not moves_no_figure(project(PAYMENT, changes={"burn_share": 0.21}, years=3))
