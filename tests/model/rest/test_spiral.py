"""The spiral gauge says beforehand what 300 simulated years do, and cheaper compute follows the rule of section 7."""

import numpy as np
import pytest

from model import Scenario, equilibrium, load_network, project
from model.rest.cheap_compute import cheap_compute
from model.rest.report import RestReport
from model.rest.spiral import compared_sentence, spiral_gauge
from tests.validation import Record

FEES, EMISSION = 0.3, 0.6
"""Shares of revenue and of emission that the textbook pays to its providers."""


def with_quality(quality: float) -> dict[str, float]:
    """Assumptions at which the textbook rests at a quality: N = Gamma q, and half of it is reached at N_h."""
    capacity = 6.0 * quality
    return {"half_quality_capacity": capacity * np.sqrt((1 - quality) / quality)}


def capacity_after(cut: float, quality: float) -> float:
    """Capacity over its rest point 300 years after all payouts to providers were cut for good."""
    assumptions = with_quality(quality)
    point = equilibrium("textbook", assumptions=assumptions).points[0]
    names = ("price", "float_supply", "staked", "treasury", "capacity", "quality")
    changes = {
        "provider_fee_share": FEES * (1 - cut), "treasury_fee_share": FEES * cut,
        "provider_emission_share": EMISSION * (1 - cut), "user_emission_share": 0.05 + EMISSION * cut,
    }  # fmt: skip
    run = project(
        "textbook", changes=changes, assumptions=assumptions, years=300,
        initial={name: getattr(point, name) for name in names},
    )  # fmt: skip
    assert run.values("capacity")[0, -1] == pytest.approx(point.capacity, rel=1e-3)
    return float(run.values("capacity")[1, -1] / point.capacity)


@pytest.mark.parametrize(("quality", "limit"), [(0.7, 0.083), (0.9, 0.40)])
def test_a_lasting_cut_tips_the_textbook_where_the_gauge_says(quality: float, limit: float, figure: Record) -> None:
    """1 - 2 sqrt(q (1 - q)) of section 5.2, told before anything is simulated and met within two points."""
    report = RestReport(Scenario(load_network("textbook"), assumptions=with_quality(quality)))
    gauge = spiral_gauge(report)
    assert gauge.quality == pytest.approx(quality, rel=1e-6)
    assert gauge.distance is not None
    figure("spiral", abs(gauge.distance - (1 - 2 * np.sqrt(quality * (1 - quality)))))
    assert gauge.distance == pytest.approx(limit, abs=0.002)
    assert f"may fall by {100 * gauge.distance:.3g}%" in gauge.sentence
    assert capacity_after(gauge.distance - 0.02, quality) > 0.4
    assert capacity_after(gauge.distance + 0.02, quality) < 0.05


def test_roles_leave_in_the_order_of_the_gauge_when_the_price_falls() -> None:
    """[E39] is exact in the first step: dlnN_r = -D nu_out tk_r d."""
    network = load_network("textbook-roles")
    gauge = spiral_gauge(RestReport(Scenario(network)))
    point = equilibrium(network).points[0]
    fall = 0.5
    run = project(network, initial={"price": point.price * (1 - fall)}, years=1)
    lost = {
        role.role: -float(np.log(run.values(f"capacity.{role.role}")[0, 1] / run.values(f"capacity.{role.role}")[0, 0]))
        for role in gauge.roles
    }
    assert list(lost.values()) == sorted(lost.values(), reverse=True)
    for role in gauge.roles:
        assert lost[role.role] == pytest.approx(run.step_length * role.leaving * fall, rel=1e-6)
    assert gauge.order_sentence.index(gauge.roles[0].called) < gauge.order_sentence.index(gauge.roles[-1].called)
    assert gauge.nearest is not None
    assert gauge.nearest.role == "compute"


NEVER_TIPS = {"quality_steepness": 0.5, "units_per_capacity": 1e9}
"""eta h below one, and more capacity than demand could ever fill (section 5.2)."""


def test_a_network_that_cannot_tip_or_has_nothing_to_hold_is_told() -> None:
    safe = spiral_gauge(RestReport(Scenario(load_network("textbook"), assumptions=NEVER_TIPS)))
    assert "shrinks smoothly, without a tipping point" in safe.sentence
    lost = spiral_gauge(RestReport(Scenario(load_network("textbook"), assumptions={"demand_scale": 2.0})))
    assert lost.quality is None
    assert "no capacity would hold" in lost.sentence.lower()
    here = spiral_gauge(RestReport(Scenario(load_network("textbook"))))
    assert compared_sentence(here, lost, "demand at a fifth").startswith("With demand at a fifth no point")


@pytest.mark.parametrize("name", ["payment", "render", "fetch", "internet-computer", "bittensor", "textbook-merit"])
def test_every_network_has_a_gauge_in_finished_sentences(name: str) -> None:
    gauge = spiral_gauge(RestReport(Scenario(load_network(name))))
    for sentence in (gauge.sentence, gauge.order_sentence):
        assert sentence.endswith(".")
        assert "nan" not in sentence
        assert "not known" not in sentence


# ---- cheaper compute --------------------------------------------------------------------------------------
@pytest.mark.parametrize("elasticity", [0.5, 0.8, 0.95, 1.11, 1.6])
@pytest.mark.parametrize("half_quality", [0.8, 1.5, 2.7])
def test_one_percent_cheaper_compute_moves_the_rest_price_by_the_sign_of_the_rule(
    elasticity: float, half_quality: float
) -> None:
    assumptions = {"demand_elasticity": elasticity, "half_quality_capacity": half_quality}
    point = equilibrium("textbook", assumptions=assumptions).points[0]
    found = cheap_compute(point)
    assert found is not None
    cheaper = equilibrium("textbook", assumptions={**assumptions, "unit_cost": 0.99}).points[0]
    assert np.sign(cheaper.price - point.price) == np.sign(found.rule)
    assert found.one_percent == pytest.approx(found.rule / (1 - found.feedback), rel=1e-4)
    assert (" raises " in found.sentences[0]) == (found.rule > 0)


def test_halving_is_solved_and_not_carried_on_from_one_percent() -> None:
    point = equilibrium("textbook").points[0]
    found = cheap_compute(point)
    assert found is not None
    half = equilibrium("textbook", assumptions={"unit_cost": 0.5}).points[0]
    assert found.solved == pytest.approx(half.price / point.price, rel=1e-9)
    assert found.carried_on != pytest.approx(found.solved, rel=0.01)
    assert "solved anew" in found.sentences[1]


def test_a_network_with_several_roles_follows_the_same_rule() -> None:
    point = equilibrium("textbook-roles").points[0]
    found = cheap_compute(point)
    assert found is not None
    assert found.one_percent == pytest.approx(found.rule / (1 - found.feedback), rel=1e-3)
