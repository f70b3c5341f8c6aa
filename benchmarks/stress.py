"""The long work of the Stress page: maps, Sobol indices, regret tables."""

from __future__ import annotations

from benchmarks.machine import median_seconds
from model import Scenario, load_network, load_stress, stress_names
from model.sensitivity.flip_points import flip_points
from model.sensitivity.maps import CELLS, DRAWS, OutcomeMap
from model.sensitivity.regret import RegretTable, options_of
from model.sensitivity.sobol import SAMPLES, Sobol
from model.sensitivity.uncertainty import Question, tornado
from model.tuning.goals import PROVIDERS

ROUNDS = 5


def stress_rows() -> list[tuple[str, float]]:
    """(what, seconds) on the payment archetype over ten years, by hand or with a proposal under two stresses."""
    network = load_network("payment")
    plain = Scenario(network, {"emission_scale": 0.6})
    stressed = Scenario(network, proposals=["buyback-and-burn"], stress=["demand-halves", "gpu-cost-doubles"])
    stresses = [load_stress(name) for name in stress_names()]

    def mapped(scenario: Scenario) -> None:
        OutcomeMap(scenario, "price", "burn_share", "demand_growth", years=10).result()

    def goal_mapped() -> None:
        OutcomeMap(stressed, PROVIDERS, "burn_share", "demand_growth").result()

    def sampled() -> None:
        work = Sobol(Question(stressed, "price", 10))
        for _ in work:
            pass
        work.result()

    def regretted() -> None:
        work = RegretTable(stressed, options_of(stressed), stresses, PROVIDERS)
        for _ in work:
            pass
        work.result()

    question = Question(stressed, "price", 10)
    cells, points = f"{CELLS * CELLS}-cell map in {DRAWS} futures", SAMPLES * (len(question.asked) + 2)
    return [
        (f"{cells}, effect on the price after ten years", median_seconds(lambda: mapped(plain), ROUNDS)),
        (f"{cells}, the same with a proposal under two stresses", median_seconds(lambda: mapped(stressed), ROUNDS)),
        (f"{cells}, a goal of three years under two stresses", median_seconds(goal_mapped, ROUNDS)),
        (f"Sobol indices of {len(question.asked)} assumptions, {points:,} points", median_seconds(sampled, ROUNDS)),
        ("Tornado of all assumptions under two stresses", median_seconds(lambda: tornado(question), ROUNDS)),
        ("Flip points of all assumptions under two stresses", median_seconds(lambda: flip_points(question), ROUNDS)),
        (f"Regret table: 2 options, {len(stresses)} stresses, 128 futures", median_seconds(regretted, ROUNDS)),
    ]
