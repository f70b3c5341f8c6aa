"""What a proposal moves on the scorecard is told; one that changes nothing moves nothing."""

from __future__ import annotations

from model import Scenario, load_network, load_proposal, project
from model.scorecard import Scorecard, measured
from model.scorecard.moved import moved
from model.scorecard.written import section


def both(scenario: Scenario) -> tuple[Scorecard, Scorecard]:
    run = project(
        scenario.network, proposals=scenario.proposals, changes=scenario.changes, funded_by=scenario.funded_by, years=4
    )
    before, after = measured(scenario, run)
    return before.scored(), after.scored()


def test_an_empty_change_moves_no_point_no_flag_and_no_quantity() -> None:
    found = moved(*both(Scenario(load_network("payment"))))
    assert found.is_empty
    assert found.quantities == ()
    assert "No point and no flag" in found.sentence


def test_ending_the_burn_lowers_alignment_and_is_told() -> None:
    before, after = both(Scenario(load_network("payment"), {"burn_share": 0.0}, "providers"))
    found = moved(before, after)
    first, second = before.point("alignment").score, after.point("alignment").score
    assert first is not None
    assert second is not None
    assert second < first
    assert f"demand-supply alignment from {first} of 4 to {second} of 4" in found.sentence
    assert ("Burned over minted", "0.5", "0") in found.quantities


def test_the_baseline_has_the_scores_of_the_network_alone() -> None:
    part = load_proposal("render-rnp-023")
    network = load_network(part.home)
    alone, _ = both(Scenario(network))
    before, _ = both(Scenario(network, proposals=(part,)))
    for point, same in zip(before.points, alone.points, strict=True):
        assert point.score == same.score


def test_the_section_of_the_statement_has_both_scores_and_never_a_number_for_the_unknown() -> None:
    part = load_proposal("render-rnp-023")
    written = section(*both(Scenario(load_network(part.home), proposals=(part,))))
    rows = next(block for block in written.blocks if hasattr(block, "rows")).rows
    assert len(rows) == 6
    assert all(cell == "unknown" or cell.endswith("of 4") for row in rows for cell in row[1:3])
