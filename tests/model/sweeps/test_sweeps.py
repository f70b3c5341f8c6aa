"""Maps of levers and assumptions: each cell is the projection it stands for, whichever way it was put together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import polars as pl
import pytest

from model import BallastError, Sweep, load_network, project, sweep
from model.engine.worlds import Integers, Worlds
from model.errors import OutOfRangeError, ShareError, UnknownKeyError
from model.sweeps.columns import by_column
from model.sweeps.grid import MOST_CELLS, grid_of
from model.sweeps.worlds import Assembled, Question, one_by_one

OUTPUTS = ("price", "capacity")


# ---- two ways to put worlds together ------------------------------------------------------------------
def assert_same_rows(one: Worlds, rows: Integers, other: Worlds, others: Integers) -> None:
    length = one.steps + 1
    assert set(one.parameters) == set(other.parameters)
    for key, column in one.parameters.items():
        np.testing.assert_allclose(
            column.matrix(length)[rows], other.parameters[key].matrix(length)[others], rtol=1e-14, err_msg=key
        )
    for name, values in one.initial.items():
        np.testing.assert_array_equal(values[rows], other.initial[name][others], err_msg=name)
    for symbol, column in one.shocks.items():
        np.testing.assert_array_equal(column.matrix(length)[rows], other.shocks[symbol].matrix(length)[others])


def both_ways(name: str, over: Mapping[str, Sequence[float]], **fixed: Any) -> tuple[Assembled, Assembled]:
    network = load_network(name)
    fixed = {"changes": {}, "funded_by": None, "assumptions": {}, "initial": {}, **fixed}
    question, grid = Question(network, **fixed), grid_of(network, over)
    assert question.is_steady
    return by_column(question, grid, step_length=1 / 52, steps=3), one_by_one(
        question, grid, step_length=1 / 52, steps=3
    )


SHARES = np.linspace(0, 1, 6).tolist()

MAPS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("payment", {"burn_share": SHARES, "emission_scale": [0.5, 1.0, 2.0]}, {}),
    ("payment", {"burn_share": SHARES, "treasury_fee_share": SHARES}, {"funded_by": "stakers"}),
    ("payment", {"burn_share": [0.1, 0.3, 1.0]}, {"funded_by": "users", "initial": {"price": 2.0}}),
    ("payment", {"burn_share": SHARES, "treasury_emission_share": SHARES}, {"changes": {"staker_emission_share": 0.2}}),
    ("payment", {"burn_share": SHARES}, {"changes": {"treasury_fee_share": 0.3, "emission_scale": 0.5}}),
    ("payment", {"cost_volatility": [0.1, 0.5], "demand_growth": [0.0, 0.2], "burn_share": [0.2]}, {}),
    ("payment", {"buyback_share": [0.0, 0.2], "burn_share": [0.1, 0.2]}, {"assumptions": {"demand_growth": 0.1}}),
    ("internet-computer", {"burn_share": [0.5, 0.9, 1.0], "cycles.provider_fee_share": [0.0, 0.1]}, {}),
    ("internet-computer", {"demand_growth": [0.0, 0.3], "emission_scale": [0.5]}, {"changes": {"burn_share": 0.9}}),
    ("bittensor", {"provider_emission_share": [0.1, 0.5, 0.9], "models.emission_share": [0.0, 0.4]}, {}),
    ("bittensor", {"provider_fee_share": [0.1, 0.6], "owners.quality_weight": [0.1, 0.5]}, {"funded_by": "treasury"}),
    ("textbook-merit", {"models.merit_weight": [0.0, 1.0], "burn_share": SHARES}, {}),
]


@pytest.mark.parametrize(("name", "over", "fixed"), MAPS, ids=[f"{n}-{'-'.join(o)}" for n, o, _ in MAPS])
def test_by_column_and_scenario_by_scenario_give_the_same_worlds(
    name: str, over: dict[str, Any], fixed: dict[str, Any]
) -> None:
    fast, slow = both_ways(name, over, **fixed)
    assert fast.reasons == slow.reasons
    assert fast.worlds is not None
    assert slow.worlds is not None
    cells = np.flatnonzero(fast.row >= 0)
    np.testing.assert_array_equal(cells, np.flatnonzero(slow.row >= 0))
    assert_same_rows(fast.worlds, fast.row[cells], slow.worlds, slow.row[cells])
    assert_same_rows(fast.worlds, fast.baseline_row[cells], slow.worlds, slow.baseline_row[cells])
    assert fast.worlds.count == slow.worlds.count


def test_some_of_these_maps_have_cells_that_nobody_can_pay_for() -> None:
    found = [both_ways(name, over, **fixed)[0].reasons for name, over, fixed in MAPS[:3]]
    assert all(None in reasons for reasons in found)
    assert any(reason is not None for reasons in found for reason in reasons)


# ---- cells --------------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def drawn() -> Sweep:
    """Burn by demand growth on the payment network in nine futures; half of the cells cannot be paid for."""
    over = {"burn_share": [0.2, 0.4, 0.9], "demand_growth": [0.0, 0.1]}
    return sweep("payment", over, years=2, draws=9, seed=4, outputs=OUTPUTS, at=[dt.date(2027, 6, 1)])


def cell_of(found: pl.DataFrame, **at: float) -> dict[str, Any]:
    return found.filter(*(pl.col(key) == value for key, value in at.items())).row(0, named=True)


def test_every_combination_is_a_cell_and_the_last_key_moves_fastest(drawn: Sweep) -> None:
    assert drawn.cells["burn_share"].to_list() == [0.2, 0.2, 0.4, 0.4, 0.9, 0.9]
    assert drawn.cells["demand_growth"].to_list() == [0.0, 0.1] * 3


def test_a_cell_that_nobody_can_pay_for_says_why_and_is_not_run(drawn: Sweep) -> None:
    with pytest.raises(ShareError) as caught:
        project("payment", changes={"burn_share": 0.9})
    assert drawn.cells["feasible"].to_list() == [True] * 4 + [False] * 2
    assert drawn.cells["reason"].to_list() == [None] * 4 + [str(caught.value)] * 2
    assert drawn.table("price").tail(2).select("futures", "value", "baseline", "difference").rows() == [(None,) * 4] * 2
    assert drawn.result().worlds == ("baseline", "cell")
    assert len(drawn.result().labels) == (2 + 4) * 9


@pytest.mark.parametrize("statistic", ["median", "mean", "p05", "p25", "p50", "p75", "p95"])
def test_each_cell_is_the_projection_it_stands_for(drawn: Sweep, statistic: str) -> None:
    found = drawn.table("price", statistic=statistic)
    level = {"median": 0.5, "mean": None}.get(statistic, int(statistic[1:]) / 100 if statistic[1:].isdigit() else None)

    def over_futures(values: Any) -> float:
        return float(np.mean(values) if level is None else np.quantile(values, level))

    for burn, growth in ((0.2, 0.1), (0.4, 0.0)):
        run = project(
            "payment", changes={"burn_share": burn}, assumptions={"demand_growth": growth}, years=2, draws=9, seed=4
        )
        base, own = run.values("price")[:9, -1], run.values("price")[9:, -1]
        row = cell_of(found, burn_share=burn, demand_growth=growth)
        assert row["futures"] == 9
        assert row["value"] == pytest.approx(over_futures(own), rel=1e-12)
        assert row["baseline"] == pytest.approx(over_futures(base), rel=1e-12)
        assert row["difference"] == pytest.approx(over_futures(own - base), rel=1e-9, abs=1e-12)


def test_the_baseline_moves_with_assumptions_and_not_with_levers(drawn: Sweep) -> None:
    base = drawn.table("price")["baseline"].to_list()
    assert base[0] == base[2]
    assert base[1] == base[3]
    assert base[0] != base[1]


def test_a_cell_with_today_s_levers_differs_from_its_baseline_in_nothing() -> None:
    today = load_network("payment").values["burn_share"]
    found = sweep("payment", {"demand_growth": [0.0, 0.2], "burn_share": [today]}, years=1, draws=5, outputs=OUTPUTS)
    for name in OUTPUTS:
        assert found.table(name)["difference"].to_list() == [0.0, 0.0]


def test_a_date_that_was_kept_can_be_shown(drawn: Sweep) -> None:
    day = dt.date(2027, 6, 1)
    run = project("payment", changes={"burn_share": 0.4}, assumptions={"demand_growth": 0.1}, years=2, draws=9, seed=4)
    step = int(np.argmin([abs((date - day).days) for date in run.dates]))
    row = cell_of(drawn.table("price", at=day), burn_share=0.4, demand_growth=0.1)
    assert row["value"] == pytest.approx(np.median(run.values("price")[9:, step]), rel=1e-12)
    first = drawn.table("price", at=run.start)
    assert set(first["value"].drop_nulls()) == {run.values("price")[0, 0]}


def test_a_single_path_is_its_own_statistic() -> None:
    found = sweep("payment", {"emission_scale": [0.5, 1.5]}, years=1, outputs=OUTPUTS)
    one = project("payment", changes={"emission_scale": 1.5}, years=1).values("price")[:, -1]
    for statistic in ("median", "mean", "p05"):
        row = cell_of(found.table("price", statistic=statistic), emission_scale=1.5)
        assert (row["baseline"], row["value"]) == tuple(one)
        assert row["difference"] == one[1] - one[0]


def test_collapse_is_the_share_of_futures_whatever_the_variable() -> None:
    over, spreads = {"fiat_indexed_mint": [0.0, 25.0]}, {"demand_volatility": 0.35, "price_volatility": 0.5}
    how: dict[str, Any] = {"assumptions": spreads, "years": 8, "draws": 30, "seed": 1}
    found = sweep("textbook", over, changes={"burn_share": 0.1}, outputs=["price"], **how)
    run = project("textbook", changes={"burn_share": 0.1, "fiat_indexed_mint": 25.0}, **how)
    row = cell_of(found.table("price", statistic="collapse"), fiat_indexed_mint=25.0)
    assert 0 < run.collapse_probability() < 1
    assert row["value"] == pytest.approx(run.collapse_probability(), rel=1e-12)
    assert row["baseline"] == pytest.approx(run.collapse_probability("baseline"), rel=1e-12)
    assert row["futures"] == 30
    alive = cell_of(found.table("price"), fiat_indexed_mint=25.0)
    assert alive["futures"] == 30 - run.stopped.filter(pl.col("world") == "scenario").height < 30
    assert found.table().equals(found.table("collapsed"))


def test_a_swept_key_takes_the_place_of_the_same_change() -> None:
    over = {"burn_share": [0.3], "demand_growth": [0.1]}
    alone = sweep("payment", over, years=1, outputs=OUTPUTS)
    both = sweep(
        "payment", over, changes={"burn_share": 0.05}, assumptions={"demand_growth": 0.9}, years=1, outputs=OUTPUTS
    )
    assert both.table("price").equals(alone.table("price"))


# ---- what is dated ------------------------------------------------------------------------------------
def test_a_change_that_starts_later_is_laid_on_every_cell_from_that_day() -> None:
    network = load_network("payment")
    start = network.as_of.replace(year=network.as_of.year + 1)
    over = {"burn_share": [0.3, 0.9], "demand_growth": [0.0, 0.2]}
    found = sweep(network, over, start=start, phase_in_years=0.5, years=2, outputs=OUTPUTS, at=[start])
    assert found.cells["feasible"].to_list() == [True, True, False, False]
    assert found.table("price", at=start)["difference"].to_list() == [0.0, 0.0, None, None]
    for growth in (0.0, 0.2):
        run = project(
            network, changes={"burn_share": 0.3}, assumptions={"demand_growth": growth}, start=start,
            phase_in_years=0.5, years=2,
        )  # fmt: skip
        row = cell_of(found.table("price"), burn_share=0.3, demand_growth=growth)
        assert (row["baseline"], row["value"]) == tuple(run.values("price")[:, -1])


def test_levers_and_stresses_are_swept_on_top_of_a_proposal() -> None:
    how: dict[str, Any] = {"proposals": ["icp-mission-70"], "years": 3, "draws": 3, "seed": 2}
    found = sweep("internet-computer", {"emission_scale": [0.6, 1.0]}, outputs=OUTPUTS, **how)
    for scale in (0.6, 1.0):
        run = project("internet-computer", changes={"emission_scale": scale}, **how)
        row = cell_of(found.table("capacity"), emission_scale=scale)
        assert row["value"] == pytest.approx(np.median(run.values("capacity")[3:, -1]), rel=1e-12)
        assert row["baseline"] == pytest.approx(np.median(run.values("capacity")[:3, -1]), rel=1e-12)


def test_a_stress_holds_in_every_baseline() -> None:
    over = {"emission_scale": [0.6], "demand_growth": [0.0, 0.1]}
    found = sweep("render", over, stress=["gpu-cost-doubles"], years=3, outputs=OUTPUTS)
    calm = sweep("render", over, years=3, outputs=OUTPUTS)
    for growth in (0.0, 0.1):
        run = project(
            "render", changes={"emission_scale": 0.6}, assumptions={"demand_growth": growth},
            stress=["gpu-cost-doubles"], years=3,
        )  # fmt: skip
        row = cell_of(found.table("capacity"), demand_growth=growth)
        assert (row["baseline"], row["value"]) == pytest.approx(tuple(run.values("capacity")[:, -1]), rel=1e-12)
        assert row["baseline"] < cell_of(calm.table("capacity"), demand_growth=growth)["baseline"]


# ---- how it is carried out ----------------------------------------------------------------------------
def test_progress_counts_the_rows_of_all_worlds_and_a_left_sweep_is_taken_up() -> None:
    over = {"emission_scale": np.linspace(0.5, 1.5, 24)}
    how: dict[str, Any] = {"years": 1, "draws": 100, "outputs": OUTPUTS}
    found = sweep("payment", over, **how)
    for progress in found:
        assert progress.total == 25 * 100
        break
    assert [progress.done for progress in found] == [2000, 2500]
    assert list(found) == []
    assert found.table("price").equals(sweep("payment", over, **how).table("price"))


def test_an_executor_and_the_other_engine_give_the_same_map(drawn: Sweep) -> None:
    over = {"burn_share": [0.2, 0.4, 0.9], "demand_growth": [0.0, 0.1]}
    how: dict[str, Any] = {"years": 2, "draws": 9, "seed": 4, "outputs": OUTPUTS}
    with ThreadPoolExecutor(2) as pool:
        elsewhere = sweep("payment", over, executor=pool, **how).table("price")
    assert elsewhere.equals(drawn.table("price"))
    polars = sweep("payment", over, engine="polars", **how).table("price")
    np.testing.assert_allclose(polars["value"].to_numpy(), elsewhere["value"].to_numpy(), rtol=1e-9)


def test_a_map_of_which_no_cell_can_be_paid_for_is_a_map() -> None:
    found = sweep("payment", {"burn_share": [0.9, 1.0]}, years=1, draws=2)
    assert found.cells["feasible"].to_list() == [False, False]
    assert found.table("price")["value"].to_list() == [None, None]
    assert list(found) == []
    with pytest.raises(ShareError, match="None of the 2 cells can be paid for"):
        found.result()


def test_a_sweep_says_what_it_is(drawn: Sweep) -> None:
    assert repr(drawn) == "Sweep of 6 cells (3 burn_share x 2 demand_growth), 4 of them feasible"
    assert drawn.outputs == (*OUTPUTS, "collapsed")


# ---- refusals -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"over": {}}, r"Nothing is swept \(over\)"),
        ({"over": {"burn_shar": [0.1]}}, r"did you mean 'burn_share'"),
        ({"over": {"burn_share": []}}, r"Burn share.* has no values \(burn_share\)"),
        ({"over": {"burn_share": [0.1, 1.2]}}, r"Burn share.* is 120% \(burn_share\); allowed: 0% to 100%"),
        ({"over": {"burn_share": ["much"]}}, r"which is not a number"),
        ({"over": {"burn_share": [float("nan")]}}, r"is not a finite number"),
        ({"over": {"emission_scale": np.linspace(0, 1, 1500), "demand_growth": np.linspace(0, 0.1, 1500)}},
         rf"2,250,000 cells cannot be swept at once \(over\); allowed: up to {MOST_CELLS:,} cells"),
        ({"changes": {"burn_shar": 0.1}}, r"did you mean 'burn_share'"),
        ({"changes": {"treasury_spend_rate": -1}}, r"allowed: "),
        ({"assumptions": {"burn_share": 0.1}}, r"burn_share is a lever \(burn_share\); pass it in changes"),
        ({"initial": {"pric": 1.0}}, r"did you mean 'price'"),
        ({"funded_by": "nobody"}, r"'nobody' cannot pay \(funded_by\)"),
        ({"engine": "gpu"}, r"There is no engine 'gpu' \(engine\); allowed: auto, kernel, polars"),
        ({"draws": -1}, r"futures cannot be drawn \(draws\)"),
        ({"seed": "x"}, r"is not a seed \(seed\)"),
        ({"years": 0}, r"years cannot be projected \(years\)"),
        ({"outputs": ["pric"]}, r"There is no key 'pric' \(outputs\); allowed: price.*did you mean 'price'"),
        ({"at": [dt.date(2050, 1, 1)]}, r"'2050-01-01' cannot be kept \(at\); allowed: a date from"),
    ],
)  # fmt: skip
def test_what_cannot_be_swept_is_refused_in_one_sentence(more: dict[str, Any], told: str) -> None:
    with pytest.raises(BallastError, match=told) as caught:
        sweep("payment", **{"over": {"emission_scale": [0.5, 1.0]}, "years": 1, **more})
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600


@pytest.mark.parametrize(
    ("asked", "kind", "told"),
    [
        ({"variable": "supply"}, UnknownKeyError, r"'supply' was not kept"),
        ({"statistic": "p10"}, UnknownKeyError, r"There is no statistic 'p10' .*allowed: median, mean, collapse, p05"),
        ({"at": dt.date(2027, 9, 1)}, UnknownKeyError, r"was not kept \(at\); allowed: .*2027-0"),
        ({"at": dt.date(2035, 1, 1)}, OutOfRangeError, r"cannot be kept \(at\)"),
    ],
)
def test_what_a_map_does_not_have_is_refused(
    drawn: Sweep, asked: dict[str, Any], kind: type[BallastError], told: str
) -> None:
    with pytest.raises(kind, match=told):
        drawn.table(**{"variable": "price", **asked})
