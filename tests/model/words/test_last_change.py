"""The caption of a replay names what was changed last and what that did."""

from __future__ import annotations

import pytest

from model import Run, Scenario, load_network, project
from model.words.last_change import step_frames, step_sentence, step_words

STAKING = load_network("staking")
PROPOSAL = "revenue-burn-20-providers"


def run_of(scenario: Scenario) -> Run:
    return project(
        STAKING, changes=scenario.changes, proposals=scenario.proposals, without=scenario.without, years=3
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"burn_share": 0.1}, {"burn_share": 0.2}, "Burn share 10% → 20%"),
        ({}, {"emission_scale": 0.5}, "Emission multiplier 1 → 0.5 times today's schedule"),
        ({"burn_share": 0.1}, {"burn_share": 0.1}, ""),
    ],
)
def test_a_moved_lever_is_told_from_and_to_without_who_pays_for_it(
    before: dict[str, float], after: dict[str, float], told: str
) -> None:
    assert step_words(Scenario(STAKING, before), Scenario(STAKING, after)) == told


def test_a_proposal_is_named_instead_of_every_lever_it_moves() -> None:
    bare, proposed = Scenario(STAKING), Scenario(STAKING, proposals=[PROPOSAL])
    assert step_words(bare, proposed) == "“A fifth of revenue burned, paid by providers” added"
    assert step_words(proposed, bare) == "“A fifth of revenue burned, paid by providers” taken off"


def test_a_switched_provision_is_named_by_its_title() -> None:
    on = Scenario(STAKING, proposals=[PROPOSAL])
    off = Scenario(STAKING, proposals=[PROPOSAL], without=frozenset({f"{PROPOSAL}:burn"}))
    assert step_words(on, off) == "“At least 20% of revenue burned” switched off"
    assert step_words(off, on) == "“At least 20% of revenue burned” switched on"


def test_more_than_two_changes_are_counted() -> None:
    told = step_words(
        Scenario(STAKING), Scenario(STAKING, {"burn_share": 0.1, "emission_scale": 0.5, "treasury_fee_share": 0.0})
    )
    assert told.endswith("and 1 more change")


def test_both_frames_name_the_change() -> None:
    frames = list(step_frames(Scenario(STAKING), Scenario(STAKING, {"burn_share": 0.2})))
    assert frames == ["Before the last change (Burn share 0% → 20%)", "After the last change (Burn share 0% → 20%)"]


def test_the_sentence_holds_the_new_run_against_the_old_one() -> None:
    before, after = (run_of(Scenario(STAKING, {"burn_share": share})) for share in (0.1, 0.2))
    supply = [run.values("supply")[1, -1] for run in (before, after)]
    assert supply[1] < supply[0]
    told = step_sentence(before, after)
    assert told.startswith("Supply in Nov 2029 would be ")
    assert f"{100 * (1 - supply[1] / supply[0]):.3g}% lower than before" in told
    assert step_sentence(before, before) == "Supply and price in Nov 2029 would be what they were."
