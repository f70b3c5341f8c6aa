"""The archetypes react: the tables of section 11, and every main lever moves something within five years."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import pytest

from model import Run, load_network, project

YEARS = 5
COLUMNS = ("supply", "price", "capacity", "quality", "staking_ratio", "revenue_gap")
RELATIVE = frozenset({"supply", "price", "capacity"})

ROWS: Mapping[str, tuple[Mapping[str, float], str | None, tuple[float, ...]]] = {
    "none": ({}, None, (1.14, 1.52, 1.81, 0.95, 0.41, 0.26)),
    "burn .5, paid by providers": ({"burn_share": 0.5}, "providers", (0.88, 1.99, 1.16, 0.87, 0.42, 0.37)),
    "burn .8, paid by providers": ({"burn_share": 0.8}, "providers", (0.76, 1.72, 0.46, 0.53, 0.42, 0.52)),
    "burn .3, paid by stakers": ({"burn_share": 0.3}, "stakers", (1.00, 1.57, 1.81, 0.94, 0.33, 0.27)),
    "emission x 0.5": ({"emission_scale": 0.5}, None, (0.96, 1.75, 1.58, 0.93, 0.40, 0.15)),
    "emission x 2": ({"emission_scale": 2}, None, (1.50, 1.20, 2.13, 0.96, 0.42, 0.40)),
}
NEAR_TIES = frozenset({("none", "quality"), ("none", "staking_ratio"), ("emission x 2", "capacity")})
"""Three of the 36 figures lie within 0.0003 of a rounding edge: 0.9447, 0.4050 and 2.1249 are printed as .95, .41
and 2.13. The table was made with quality that follows the capacity of the end of the week; [E10] takes its start."""


@lru_cache(maxsize=32)
def projected(network: str, changes: tuple[tuple[str, float], ...], funded_by: str | None, years: float) -> Run:
    return project(load_network(network), changes=dict(changes), funded_by=funded_by, years=years)


def after_five_years(network: str, changes: Mapping[str, float], funded_by: str | None, column: str) -> float:
    """Value of the scenario after five years, relative to the start where the table is."""
    run = projected(network, tuple(changes.items()), funded_by, YEARS)
    path = run.values(column)[run.labels.index("scenario")]
    return float(path[-1] / path[0] if column in RELATIVE else path[-1])


@pytest.mark.parametrize("row", ROWS)
def test_the_payment_archetype_reproduces_its_table_to_the_printed_digits(row: str) -> None:
    """Section 11, table "After five years"."""
    changes, funded_by, printed = ROWS[row]
    for column, figure in zip(COLUMNS, printed, strict=True):
        found = after_five_years("payment", changes, funded_by, column)
        if (row, column) in NEAR_TIES:
            assert found == pytest.approx(figure, abs=0.0054), column
        else:
            assert round(found, 2) == figure, column


@pytest.mark.parametrize(
    ("changes", "column", "printed"),
    [
        ({"emission_scale": 0.5}, "capacity", 0.65),
        ({"emission_scale": 0.5}, "quality", 0.70),
        ({"emission_scale": 2}, "supply", 2.00),
        ({"emission_scale": 2}, "staking_ratio", 0.70),
    ],
)
def test_the_staking_archetype_reproduces_its_figures(
    changes: Mapping[str, float], column: str, printed: float
) -> None:
    """Section 11: halving emission takes capacity to .65 and quality to .70, doubling it doubles supply."""
    assert round(after_five_years("staking", changes, None, column), 2) == printed


def test_more_burn_paid_by_providers_lifts_the_price_only_up_to_a_peak() -> None:
    none, half, most = (
        after_five_years("payment", ROWS[row][0], ROWS[row][1], "price")
        for row in ("none", "burn .5, paid by providers", "burn .8, paid by providers")
    )
    assert none < most < half


def test_who_pays_decides_whether_capacity_leaves() -> None:
    """The same burn costs capacity where providers pay for it and stake where stakers do."""
    change = {"burn_share": 0.3}
    paid_by_providers = after_five_years("payment", change, "providers", "capacity")
    paid_by_stakers = after_five_years("payment", change, "stakers", "capacity")
    unchanged = after_five_years("payment", {}, None, "capacity")
    assert paid_by_providers < 0.95 * unchanged
    assert paid_by_stakers == pytest.approx(unchanged, rel=0.01)
    assert after_five_years("payment", change, "stakers", "staking_ratio") < 0.9 * after_five_years(
        "payment", change, "providers", "staking_ratio"
    )


LEVERS = [
    (network, lever, changes, funded_by, column)
    for network, burn, payer, staker_fee in (
        ("payment", 0.4, "providers", 0.2),
        ("staking", 0.2, "stakers", 0.45),
        ("governance", 0.2, "treasury", 0.15),
        ("revenue-share", 0.4, "providers", 0.35),
    )
    for lever, changes, funded_by, column in (
        ("burn share", {"burn_share": burn}, payer, "supply"),
        ("emission multiplier", {"emission_scale": 0.5}, None, "supply"),
        ("emission multiplier", {"emission_scale": 0.5}, None, "capacity"),
        ("staker share of revenue", {"staker_fee_share": staker_fee}, "providers", "staking_ratio"),
        ("staker share of emission", {"staker_emission_share": 0.0}, None, "staking_ratio"),
        ("treasury spend", {"treasury_spend_rate": 0.3}, None, "price"),
        ("treasury spend", {"treasury_spend_rate": 0.3}, None, "treasury"),
        ("provider share of emission", {"provider_emission_share": 0.1}, None, "capacity"),
    )
]


@pytest.mark.parametrize(
    ("network", "changes", "funded_by", "column"),
    [pytest.param(n, c, f, v, id=f"{n}: {lever} moves {v}") for n, lever, c, f, v in LEVERS],
)
def test_each_main_lever_moves_something_visible_within_five_years(
    network: str, changes: Mapping[str, float], funded_by: str | None, column: str
) -> None:
    moved = projected(network, tuple(changes.items()), funded_by, YEARS).values(column)
    assert abs(moved[1, -1] / moved[0, -1] - 1) > 0.02


def test_the_treasury_of_the_governance_archetype_runs_out_within_ten_years() -> None:
    run = projected("governance", (), None, 10)
    treasury, currency = run.values("treasury")[0], run.values("treasury_fiat")[0]
    supply = run.values("supply")[0]
    assert treasury[0] / supply[0] == pytest.approx(0.3)
    currency_gone = int((currency < 1).argmax())
    tokens_gone = int((treasury < 0.01 * treasury[0]).argmax())
    assert 0 < run.times[currency_gone] < 5 < run.times[tokens_gone] < 9


def test_half_the_budget_keeps_the_treasury_of_the_governance_archetype_alive() -> None:
    budget = load_network("governance").values["treasury_budget"]
    run = projected("governance", (("treasury_budget", budget / 2),), None, 10)
    assert run.values("treasury")[1, -1] > 0.5 * run.values("treasury")[1, 0]


def test_the_revenue_share_archetype_buys_back_in_proportion_to_revenue() -> None:
    """A slump of demand cuts the buyback in dollars one for one, and price falls with it."""
    network = load_network("revenue-share")
    slump = project(network, assumptions={"demand_growth": -0.2}, years=YEARS)
    plain = projected("revenue-share", (), None, YEARS)
    bought, usual = (run.values("burn")[0] * run.values("price")[0] for run in (slump, plain))
    revenue, usual_revenue = (run.values("revenue")[0] for run in (slump, plain))
    assert bought[-1] / usual[-1] == pytest.approx(revenue[-1] / usual_revenue[-1], rel=1e-9)
    assert slump.values("price")[0, -1] < 0.6 * plain.values("price")[0, -1]
