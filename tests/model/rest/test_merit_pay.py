"""Pay for merit: the closed forms of section 16.6, typed by hand, against the solved ones and against simulation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from model import Scenario, equilibrium, load_network
from model.engine.stepper import Paths, run
from model.equilibrium import rest_of
from model.rest.merit_theory import rest_share, thresholds
from model.rest.roots import RestProblem
from model.structure import Structure
from tests.model.corners import Start, of_structure

Floats = npt.NDArray[np.float64]

WEIGHTS, CONTRASTS = st.floats(0, 1), st.floats(0.001, 0.999)
RATIOS, SPAM = st.floats(1.01, 10), st.floats(1, 8)


def share_of_e46(mw: float, vs: float, rc: float) -> float:
    """[E46] without spam."""
    return float(np.clip(0.5 * (1 + mw * (rc + 1) / ((1 - mw) * (rc - 1)) - 1 / ((1 - mw) * vs)), 0, 1))


def share_of_e46_with_spam(mw: float, vs: float, rc: float, dl: float) -> float:
    """[E46] for any activity inflation."""
    kx = (1 + vs) - rc * (1 - vs)
    above = (1 - mw) * (rc * dl - 1) * (1 - vs) - mw * dl * kx
    below = mw * kx * (1 - dl) - 2 * vs * (1 - mw) * (rc * dl - 1)
    return above / below


def advantage(x: Floats, mw: float, vs: float, rc: float, dl: float) -> Floats:
    """[E44]: pay of a high unit per cost minus pay of a low unit per cost, times the high cost."""
    D1, D2 = x + dl * (1 - x), 1 + vs * (2 * x - 1)
    high = (1 - mw) / D1 + mw * (1 + vs) / D2
    low = (1 - mw) * dl / D1 + mw * (1 - vs) / D2
    assert np.allclose(x * high + (1 - x) * low, 1)
    return high - rc * low


@given(mw=st.floats(0, 0.999), vs=CONTRASTS, rc=RATIOS)
def test_the_share_at_rest_is_e46(mw: float, vs: float, rc: float) -> None:
    assert float(rest_share(mw, vs, rc)) == pytest.approx(share_of_e46(mw, vs, rc), abs=1e-9)


@given(mw=WEIGHTS, vs=CONTRASTS, rc=RATIOS, dl=SPAM)
def test_the_share_at_rest_attracts_every_start(mw: float, vs: float, rc: float, dl: float) -> None:
    """High units gain below it and lose above it, also with spam; inside it is [E46]."""
    rest = float(rest_share(mw, vs, rc, dl))
    x = np.linspace(0, 1, 201)
    gain = advantage(x, mw, vs, rc, dl)
    assert np.all(gain[x < rest - 1e-6] > -1e-9)
    assert np.all(gain[x > rest + 1e-6] < 1e-9)
    if 1e-6 < rest < 1 - 1e-6:
        assert rest == pytest.approx(share_of_e46_with_spam(mw, vs, rc, dl), abs=1e-6)


@given(vs=CONTRASTS, rc=RATIOS, dl=SPAM)
def test_thresholds_are_e47(vs: float, rc: float, dl: float) -> None:
    found = thresholds(vs, rc, dl)
    low = (rc * dl - 1) * (1 - vs) / (dl * (1 + vs) - (1 - vs))
    assert found.lowest_weight == pytest.approx(low)
    assert found.full_weight == pytest.approx(low * (1 + vs) / (rc * (1 - vs)))
    assert found.needed_contrast == pytest.approx((rc - 1) / (rc + 1))
    assert found.needed_accuracy == pytest.approx(rc / (1 + rc))
    assert 2 * found.needed_accuracy - 1 == pytest.approx(found.needed_contrast)
    if dl == 1:
        assert low == pytest.approx((rc - 1) * (1 - vs) / (2 * vs))
    if found.lowest_weight < 1:
        assert rest_share(found.lowest_weight, vs, rc, dl) == pytest.approx(0, abs=1e-9)
    if found.full_weight < 1 and vs > found.needed_contrast + 1e-6:
        assert rest_share(found.full_weight, vs, rc, dl) == pytest.approx(1, abs=1e-6)


@given(rc=RATIOS, short=st.floats(0.0, 1.0), mw=WEIGHTS)
def test_below_the_needed_accuracy_no_weight_helps(rc: float, short: float, mw: float) -> None:
    """Score ratio below cost ratio: the race to the bottom, whatever the weight."""
    contrast = (rc - 1) / (rc + 1) * short
    assert rest_share(mw, contrast, rc) == 0


def test_pure_activity_pay_is_a_race_to_the_bottom_and_perfect_scores_need_one_minus_one_over_rc() -> None:
    for rc in (1.5, 2.0, 4.0):
        assert rest_share(0.0, 1.0, rc) == 0
        assert thresholds(1.0, rc).full_weight == pytest.approx(1 - 1 / rc)
        assert rest_share(1 - 1 / rc + 1e-9, 1.0, rc) == 1
        assert 0 < float(rest_share(1 - 1 / rc - 0.05, 1.0, rc)) < 1


@given(mw=st.floats(0.01, 0.98), vs=CONTRASTS, rc=st.floats(1.1, 6))
def test_levers_move_the_share_as_e51_says(mw: float, vs: float, rc: float) -> None:
    rest = float(rest_share(mw, vs, rc))
    assume(0.02 < rest < 0.98)
    step = 1e-6
    by_weight = float(rest_share(mw + step, vs, rc) - rest_share(mw - step, vs, rc)) / (2 * step)
    by_contrast = float(rest_share(mw, vs + step, rc) - rest_share(mw, vs - step, rc)) / (2 * step)
    assert by_weight == pytest.approx(((rc + 1) / (rc - 1) - 1 / vs) / (2 * (1 - mw) ** 2), rel=1e-3)
    assert by_contrast == pytest.approx(1 / (2 * (1 - mw) * vs**2), rel=1e-3)
    assert by_weight > 0


# ---- by simulation ------------------------------------------------------------------------------------
ONE = Structure(merit_roles=("providers",))


def competing(columns: dict[str, Floats], years: float = 120, initial: dict[str, float] | None = None) -> Paths:
    """One role without a link to validators, indifferent users, so that only the mix of units moves."""
    start: Start = of_structure(ONE)
    values = {**start.values, "quality_elasticity": 0.0, "entry_speed": 8.0, "exit_speed": 8.0}
    start = replace(start, values=values, initial={**start.initial, **(initial or {})})
    return run(start.worlds(columns, round(years * 365.25 / 7)), "kernel")


def share_at_end(paths: Paths) -> Floats:
    end: Floats = paths.states[paths.worlds.system.state_names.index("high_quality_share"), :, -1]
    return end


@pytest.mark.slow
@pytest.mark.parametrize("first", [0.02, 0.98])
def test_simulation_ends_at_the_share_of_the_closed_form(first: float) -> None:
    """Six hundred random mixes, with and without spam, from both ends; the corners keep their seed of entrants."""
    generator = np.random.Generator(np.random.Philox(20))
    count = 600
    columns = {
        "merit_weight": generator.uniform(0, 1, count), "scoring_contrast": generator.uniform(0.1, 0.98, count),
        "cost_ratio": generator.uniform(1.3, 5, count), "low_quality_level": generator.uniform(0, 1, count),
        "activity_inflation": np.where(generator.random(count) < 0.5, 1.0, generator.uniform(1, 3, count)),
        "quality_mode": generator.integers(0, 2, count).astype(float),
    }  # fmt: skip
    words = ("merit_weight", "scoring_contrast", "cost_ratio", "activity_inflation")
    rest = np.array([float(rest_share(*row)) for row in zip(*(columns[word] for word in words), strict=True)])
    assert (rest == 0).sum() > 50
    assert (rest == 1).sum() > 50
    assert ((rest > 0.02) & (rest < 0.98)).sum() > 100
    paths = competing(columns, initial={"high_quality_share": first})
    np.testing.assert_allclose(share_at_end(paths), np.clip(rest, 0.01, 0.99), atol=2e-3)


def test_weights_just_around_the_thresholds_of_simulation() -> None:
    """rc = 2, vs = .8: nothing at .125 and below, everything at .5625 and above."""
    weights = np.array([0.0, 0.10, 0.124, 0.20, 0.40, 0.55, 0.57, 0.9])
    columns = {
        "merit_weight": weights, "scoring_contrast": np.full(8, 0.8), "cost_ratio": np.full(8, 2.0),
    }  # fmt: skip
    end = share_at_end(competing(columns, years=200))
    np.testing.assert_allclose(end[:3], 0.01, atol=1e-4)
    np.testing.assert_allclose(end[6:], 0.99, atol=1e-4)
    assert np.all(np.diff(end[2:7]) > 0.04)


def test_weak_validators_pull_merit_pay_down_with_them() -> None:
    """[E49]: the contrast is the best contrast times validators' quality."""
    strong = equilibrium("textbook-merit").points[0]
    weak = equilibrium("textbook-merit", assumptions={"validators.half_quality_capacity": 0.9}).points[0]
    assert weak.high_quality_share is not None
    assert strong.high_quality_share is not None
    assert weak.high_quality_share < strong.high_quality_share - 0.1
    network = load_network("textbook-merit")
    contrast = network.values["scoring_contrast"] * strong.state["quality.validators"]
    assert strong.high_quality_share == pytest.approx(share_of_e46(0.45, contrast, 2.0), abs=1e-9)


def merit_problem(generator: np.random.Generator) -> RestProblem:
    """A network near one whose two middle rest points lie closer together than two points of the scan."""
    near = generator.uniform(0.97, 1.03, 5)
    scenario = Scenario(
        load_network("textbook-merit"),
        {"models.merit_weight": 0.66675 * near[0]},
        assumptions={
            "models.cost_ratio": 2.84388 * near[1], "models.low_quality_level": 0.11353 * near[2],
            "scoring_contrast": 0.70794 * near[3], "demand_scale": 16.93051 * near[4],
        },
    )  # fmt: skip
    problem = rest_of(scenario).problem
    assert problem is not None
    return problem


def test_no_pair_of_rest_points_is_lost_between_two_points_of_the_scan() -> None:
    """Section 16.6: with validators that score, kinks make more than two rest points; a far finer scan sees all."""
    generator = np.random.default_rng(5)
    counts = set()
    for _ in range(25):
        problem = merit_problem(generator)
        top = problem.largest_log_revenue
        finer = np.linspace(top - 8, top, 15_000)
        gap = problem.gap(finer)
        places = np.flatnonzero((gap[:-1] > 0) != (gap[1:] > 0))
        found = problem.roots()
        assert len(found) == len(places)
        np.testing.assert_allclose(found, finer[places], atol=finer[1] - finer[0])
        counts.add(len(found))
    assert counts == {2, 4}
