"""Render's epoch ledger: budgets do not follow the burn, everything paid is accounted for, rules differ as voted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import BallastError
from model.networks import render
from model.networks.render_ledger import (
    EXAMPLE_JOBS,
    EXAMPLE_NODES,
    KINDS,
    RULE_SETS,
    Ledger,
    salad_terms,
    settle,
)
from model.networks.tables import Row

BURNING = [key for key, rule in RULE_SETS.items() if rule.burns]
kinds = st.sampled_from(list(KINDS))
payments = st.floats(0.01, 1e7)
jobs = st.lists(
    st.fixed_dictionaries(
        {
            "job": st.just("job"),
            "kind": kinds,
            "payment": payments,
            "node": st.sampled_from(["A", "B", "C"]),
            "approved": st.floats(0, 1),
        }
    ),
    min_size=1,
    max_size=8,
)


def week(typed: tuple[Row, ...] | list[Row] = EXAMPLE_JOBS, rule: str = "rnp-023", price: float = 1.9) -> Ledger:
    return settle(typed, EXAMPLE_NODES, RULE_SETS[rule], price_usd=price, usd_per_eur=1.16)


@pytest.mark.parametrize("rule", BURNING)
@pytest.mark.parametrize("price", [0.1, 1.9, 40.0])
def test_pay_of_nodes_is_the_weeks_budget_whatever_is_burned(rule: str, price: float) -> None:
    done, terms = week(rule=rule, price=price), RULE_SETS[rule]
    assert sum(line.jobs for line in done.nodes) == pytest.approx(terms.jobs)
    assert sum(line.availability for line in done.nodes) == pytest.approx(terms.availability)


@given(jobs, st.sampled_from(list(RULE_SETS)), st.floats(0.05, 100))
def test_every_euro_paid_is_burned_handed_on_kept_or_the_fee(typed: list[Row], rule: str, price: float) -> None:
    done = week(typed, rule, price)
    in_eur = price / 1.16
    for line in done.jobs:
        used = (line.burned + line.to_node) * in_eur + line.fee_eur + line.operator_eur
        assert used == pytest.approx(line.payment_eur)


def test_before_burn_and_mint_nothing_is_burned_or_minted_and_nodes_get_the_tokens_of_their_jobs() -> None:
    done = week(rule="before-bme")
    assert [done.burned, done.minted] == pytest.approx([0, 0], abs=1e-9)
    own = next(line for line in done.nodes if line.node == "B")
    assert own.total == pytest.approx(0.95 * 1_500 * 1.16 / 1.9)


def test_salads_jobs_reach_the_network_only_under_rnp_023() -> None:
    salad = [job for job in EXAMPLE_JOBS if str(job["kind"]).startswith("salad")]
    assert week(salad, "rnp-022").burned == 0
    joined = week(salad, "rnp-023")
    assert joined.burned > joined.rewarded > 0


@pytest.mark.parametrize(
    ("kind", "burned", "rewarded"), [("salad-container", 300, 280), ("salad-gateway", 175, 155), ("render", 475, 0)]
)
def test_a_thousand_paid_at_a_price_of_two_settles_as_in_the_proposals(
    kind: str, burned: float, rewarded: float
) -> None:
    job: Row = {"job": "x", "kind": kind, "payment": 1_000.0, "node": "A", "approved": 1.0}
    (line,) = settle([job], (), RULE_SETS["rnp-023"], price_usd=2.0, usd_per_eur=1.0).jobs
    assert [line.burned, line.rewarded] == pytest.approx([burned, rewarded])


def test_the_expected_mix_of_salad_gives_the_terms_of_the_preset() -> None:
    assert salad_terms(EXAMPLE_JOBS)["salad.burn_share"] == pytest.approx((0.60 * 54 + 0.35 * 20) / 74)
    mix: list[Row] = [
        {"job": "c", "kind": "salad-container", "payment": 73.0, "node": "", "approved": 1.0},
        {"job": "g", "kind": "salad-gateway", "payment": 27.0, "node": "", "approved": 1.0},
    ]
    terms = salad_terms(mix)
    assert list(terms.values()) == pytest.approx([0.5325, 0.4175, 0.05, 0.4925])


def test_no_salad_jobs_set_nothing_in_the_economy() -> None:
    assert salad_terms([job for job in EXAMPLE_JOBS if job["kind"] == "render"]) == {}


def test_compute_pay_is_scaled_down_at_the_monthly_cap() -> None:
    many = [{**EXAMPLE_NODES[2], "node": str(n), "compute_hours": 168.0} for n in range(400)]
    paid = settle((), many, RULE_SETS["rnp-023"], price_usd=1.9, usd_per_eur=1.16)
    assert sum(line.compute for line in paid.nodes) == pytest.approx(render.COMPUTE_CAP * 12 * 7 / 365.25)


@pytest.mark.parametrize("price", [0.0, -1.0, float("nan")])
def test_a_price_that_cannot_be_is_refused(price: float) -> None:
    with pytest.raises(BallastError, match=r"[Pp]rice"):
        week(price=price)


def test_an_empty_week_mints_nothing_for_jobs() -> None:
    done = settle((), (), RULE_SETS["rnp-023"], price_usd=1.9, usd_per_eur=1.16)
    assert (done.burned, done.minted) == (0, 0)
