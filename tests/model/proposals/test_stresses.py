"""Stresses do what their sentence says: how far, when, and on which networks."""

import numpy as np
import pytest

from model import Scenario, load_network, load_proposal, load_stress, network_names, project, stress_names
from model.errors import BallastError
from model.presets.network_size import tokens_of
from model.proposals.proposal import DatedEvent, Proposal


def ratio(name: str, network: str, variable: str, years: float) -> float:
    """Value with the stress over value without, some time after the first day."""
    plain, pressed = (project(load_network(network), stress=stress, years=6) for stress in ((), (name,)))
    step = int(np.argmin(np.abs(plain.times - years)))
    return float(pressed.values(variable)[0, step] / plain.values(variable)[0, step])


def test_there_is_a_stress_for_each_of_the_ten_things_that_could_go_wrong() -> None:
    told = {
        "gpu-cost-doubles", "demand-halves", "price-falls", "stake-leaves", "fee-market-dries-up",
        "compute-halves-elastic", "compute-halves-inelastic", "accuracy-falls", "cliff-unlock", "volatile-revenue",
        "credits-in-a-crash",
    }  # fmt: skip
    assert told <= set(stress_names())


@pytest.mark.parametrize(
    ("name", "variable", "years", "expected"),
    [
        ("price-falls", "price", 0.5, (0.27, 0.36)),
        ("credits-in-a-crash", "price", 0.5, (0.24, 0.33)),
        ("stake-leaves", "staked", 0.5, (0.78, 0.86)),
        ("fee-market-dries-up", "demand", 1.5, (0.05, 0.11)),
        ("cliff-unlock", "supply", 1.0, (1.09, 1.11)),
        ("demand-halves", "demand", 1.0, (0.45, 0.51)),
    ],
)
def test_a_stress_moves_what_it_says_as_far_as_it_says(
    name: str, variable: str, years: float, expected: tuple[float, float]
) -> None:
    low, high = expected
    assert low < ratio(name, "payment", variable, years) < high


def test_cheap_compute_raises_revenue_where_users_are_elastic_and_lowers_it_where_they_are_not() -> None:
    assert ratio("compute-halves-elastic", "payment", "revenue", 4) > 1.2
    assert ratio("compute-halves-inelastic", "payment", "revenue", 4) < 0.97


def test_revenue_swings_both_ways_and_comes_back() -> None:
    plain, swung = (
        project(load_network("revenue-share"), stress=stress, years=4) for stress in ((), ("volatile-revenue",))
    )
    moved = swung.values("demand")[0] / plain.values("demand")[0]
    assert moved.max() > 1.4
    assert moved.min() < 0.55
    assert moved[-1] == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("name", network_names())
def test_every_stress_stands_on_every_network_but_poor_scoring_needs_pay_for_merit(name: str) -> None:
    network = load_network(name)
    refused = set()
    for stress in stress_names():
        try:
            Scenario(network, stress=[stress])
        except BallastError:
            refused.add(stress)
    assert refused == (set() if network.structure.merit_roles else {"accuracy-falls"})


def test_poor_scoring_lets_poor_work_in() -> None:
    assert ratio("accuracy-falls", "textbook-merit", "high_quality_share.models", 5) < 0.8
    with pytest.raises(BallastError, match="scoring_contrast"):
        Scenario(load_network("payment"), stress=["accuracy-falls"])


def test_stresses_stack_with_each_other_and_with_a_proposal() -> None:
    network = load_network("payment")
    proposal = load_proposal("net-emission-cap")
    all_of_them = [name for name in stress_names() if name != "accuracy-falls"]
    run = project(network, proposals=[proposal], stress=all_of_them, years=4)
    assert np.isfinite(run.values("supply")).all()
    assert run.values("supply")[1, -1] != run.values("supply")[0, -1]


def test_an_event_of_a_stress_is_a_multiple_of_the_network_it_is_laid_on() -> None:
    network = load_network("payment")
    (event,) = Scenario(network, stress=["cliff-unlock"]).baseline_events
    assert event.tokens == pytest.approx(0.1 * project(network, years=1).values("supply")[0, 0])
    assert tokens_of(network, "revenue") == pytest.approx(60e6 / 3, rel=0.01)


def test_only_a_stress_may_mint_a_multiple() -> None:
    stress = load_stress("cliff-unlock")
    with pytest.raises(ValueError, match="which only a stress may have"):
        Proposal.model_validate(
            {**stress.model_dump(), "kind": "proposal", "provisions": [stress.provisions[0].model_dump()]}
        )
    assert DatedEvent(date=stress.as_of, effect="mint_float", tokens=1.0).of == ""
