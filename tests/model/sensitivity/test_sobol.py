"""Points stepped by column are direct runs, and Sobol indices are the published ones and SALib's."""

import numpy as np
import pytest
from SALib.analyze import sobol as salib  # type: ignore[import-untyped]

from model import Scenario, load_network
from model.engine.worlds import Floats
from model.errors import BallastError
from model.presets.usual_range import usual_range
from model.sensitivity.sobol import Sobol, sobol_of, sobol_points
from model.sensitivity.uncertainty import Arm, Question
from model.sensitivity.variations import Variations
from tests.validation import Record


def ishigami(x: Floats) -> Floats:
    return np.asarray(np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0]))


# Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, p. 179: a = 7, b = 0.1.
FIRST, TOTAL = (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)


def test_indices_of_ishigami_are_the_published_ones_within_their_intervals(figure: Record) -> None:
    found = sobol_of(ishigami, np.full(3, -np.pi), np.full(3, np.pi), samples=1024, seed=1)
    figure("ishigami", np.abs([*(found.first - FIRST), *(found.total - TOTAL)]).max())
    for low, high, truth in zip(found.first_low, found.first_high, FIRST, strict=True):
        assert low - 0.005 <= truth <= high + 0.005
    for low, high, truth in zip(found.total_low, found.total_high, TOTAL, strict=True):
        assert low - 0.005 <= truth <= high + 0.005


def test_salib_finds_the_same_indices_from_the_same_points(figure: Record) -> None:
    samples, seed = 1024, 4
    found = sobol_of(ishigami, np.full(3, -np.pi), np.full(3, np.pi), samples=samples, seed=seed)
    one, two, mixed = (np.pi * (2 * part - 1) for part in sobol_points(3, samples, seed))
    # SALib wants the rows of one sample together: the first, each mixed one, the second.
    rows = np.stack([ishigami(one), *(ishigami(part) for part in mixed), ishigami(two)], axis=1).reshape(-1)
    problem = {"num_vars": 3, "names": ["x1", "x2", "x3"], "bounds": [[-np.pi, np.pi]] * 3}
    oracle = salib.analyze(problem, rows, calc_second_order=False, seed=seed)
    worst = max(np.abs(found.first - oracle["S1"]).max(), np.abs(found.total - oracle["ST"]).max())
    figure("salib", worst)
    for name, low, high in (
        ("S1", found.first_low, found.first_high), ("ST", found.total_low, found.total_high)
    ):  # fmt: skip
        assert np.all((low - 1e-3 <= oracle[name]) & (oracle[name] <= high + 1e-3))
        assert 0.5 * (high - low) == pytest.approx(oracle[f"{name}_conf"], rel=0.5, abs=0.02)


def test_samples_come_in_powers_of_two() -> None:
    with pytest.raises(BallastError, match="power of two"):
        sobol_points(3, 100, 0)


QUESTIONS = {
    "levers": Question(Scenario(load_network("payment"), {"burn_share": 0.5}), "price", 3),
    "proposal under stress": Question(
        Scenario(
            load_network("payment"), proposals=["buyback-and-burn"],
            stress=["gpu-cost-doubles", "volatile-revenue", "price-falls", "cliff-unlock"],
        ), "provider_margin", 3,
    ),
    "roles": Question(
        Scenario(load_network("textbook-roles"), stress=["demand-halves"]), "quality", 3, comparison="level"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", QUESTIONS)
def test_points_put_together_by_column_are_direct_runs(name: str) -> None:
    question = QUESTIONS[name]
    ends = {key: usual_range(question.scenario.network, concrete) for key, concrete in question.asked.items()}
    draws = np.random.default_rng(5).random((6, len(ends)))
    points = {key: e.low + (e.high - e.low) * draws[:, i] for i, (key, e) in enumerate(ends.items())}
    arms = [Arm({key: float(values[i]) for key, values in points.items()}) for i in range(6)]
    before, after = question.values(arms)
    by_column = Variations(question, list(points)).values(points)
    assert by_column[0] == pytest.approx(before, rel=1e-9, nan_ok=True)
    assert by_column[1] == pytest.approx(after, rel=1e-9, nan_ok=True)
    assert np.ptp(after) > 0


def test_only_assumptions_vary() -> None:
    with pytest.raises(ValueError, match="no assumption"):
        Variations(QUESTIONS["levers"], ["burn_share"])


def test_what_the_spread_comes_from_is_told_with_intervals_and_progress() -> None:
    sampled = Sobol(QUESTIONS["levers"], samples=32, seed=2)
    progress = list(sampled)
    found = sampled.result()
    assert progress[-1].done == progress[-1].total == found.points == 32 * (len(sampled.keys) + 2)
    assert np.all(np.diff(found.indices.total) <= 0)
    assert np.all(found.indices.total_low <= found.indices.total_high)
    assert "outside_price_ratio" not in found.keys
    assert found.labels[0].lower()[:8] in found.sentence.lower()
    assert found.frame.columns[:3] == ["key", "label", "first"]


def test_a_scenario_that_changes_nothing_has_no_spread_to_explain() -> None:
    sampled = Sobol(Question(Scenario(load_network("payment")), "price", 1), samples=2)
    list(sampled)
    assert sampled.result().keys == ()
    assert "stays" in sampled.result().sentence
