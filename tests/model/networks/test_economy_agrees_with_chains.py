"""Nominal emission of the economy against the chains' own rules over ten years.

The economy takes weekly steps, so a rate holds for the whole week in which it changes: a halving or a new table year
comes up to one step late. Everything else agrees to the precision of floats.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from model import Run, load_network, project
from model.networks import bittensor, cosmos, fetch, render
from tests.model.presets.preset_files import write_preset

YEARS = 10
WEEK = 7 / 365.25
BLOCKS_A_WEEK = {"bittensor": 7 * bittensor.BLOCKS_PER_DAY, "cosmos": 7 * 86_400 // 5}


def ten_years(
    folder: Path,
    emission: str,
    parameters: dict[str, float],
    observed: dict[str, float] | None = None,
    stake: bool = False,
) -> Run:
    """The small network of the tests with another emission."""
    path = write_preset(
        folder,
        observed=observed,
        parameters=parameters,
        structure={"emission": emission, "modules": ["staking"] if stake else []},
    )
    return project(load_network(path), years=YEARS)


def baseline(run: Run, name: str) -> np.ndarray:
    return np.asarray(run.values(name)[0])


@pytest.mark.parametrize(
    ("issued", "recycled", "halvings"),
    [(11_100_766.877818994, 0.0, 1), (10_400_000.0, 0.0, 2), (11_100_766.877818994, 0.0078, 1), (20_900_000.0, 0.0, 2)],
)
def test_supply_halving_issues_what_bittensors_blocks_do(
    tmp_path: Path, issued: float, recycled: float, halvings: int
) -> None:
    """Each halving comes at most one step late: half a step of the emission before it, and never past the cap.

    From the tenth halving on the chain also drops parts of a rao, under a millionth of a block.
    """
    full = bittensor.BASE_EMISSION_RAO / bittensor.RAO * bittensor.BLOCKS_PER_YEAR
    run = ten_years(
        tmp_path,
        "supply-halving",
        {"emission_rate": full, "maximum_supply": 21e6, "emission_recycled_share": recycled},
        {"float_supply": issued, "issued": issued, "revenue": 1e6},
    )
    weeks = np.arange(baseline(run, "issued").size)
    start = round(issued * bittensor.RAO)
    chain = [
        bittensor.issuance_after(start, int(week) * BLOCKS_A_WEEK["bittensor"], recycled_share=recycled)
        for week in weeks
    ]
    difference = baseline(run, "issued") - np.array(chain) / bittensor.RAO
    half_a_step = bittensor.daily_emission(start) * 7 / 2
    assert np.abs(difference).max() <= half_a_step * (1 + 1e-6)
    assert baseline(run, "issued").max() <= 21e6
    reached = (bittensor.halvings(chain[-1]) or 0) - (bittensor.halvings(start) or 0)
    assert reached >= halvings
    at_chain = bittensor.block_emission(np.floor(baseline(run, "issued") * bittensor.RAO)) / bittensor.RAO
    rates = at_chain * bittensor.BLOCKS_PER_YEAR
    assert baseline(run, "nominal_emission") == pytest.approx(rates, rel=1e-6)


def test_renders_table_holds_in_every_step_of_its_year() -> None:
    """Rates equal the table in each step; a table year is 365.25 days here and begins on 20 December there."""
    network = load_network("render")
    run = project(network, years=YEARS)
    age = network.values["schedule_age"] + np.asarray(run.times)
    years = np.floor(age * (1 + 1e-12)).astype(int) + 1
    assert baseline(run, "scheduled_emission") == pytest.approx(render.emission_in_year(years), rel=1e-12)
    for year in range(years[0] + 1, years[-1]):
        minted = baseline(run, "scheduled_emission")[years == year].sum() * WEEK
        assert minted == pytest.approx(render.emission_in_year(year), rel=WEEK)


def test_target_bonded_inflation_moves_as_the_sdks_at_the_economys_own_bonded_ratio(tmp_path: Path) -> None:
    """A step holds the bonded ratio for 120,960 blocks of 5 seconds; the chain would read it in each."""
    change, maximum, minimum, goal = 0.13, 0.20, 0.07, 0.67
    run = ten_years(
        tmp_path,
        "target-bonded",
        {
            "inflation_response": change,
            "inflation_cap": maximum,
            "inflation_floor": minimum,
            "target_bonded_ratio": goal,
        },
        stake=True,
    )
    inflation, bonded = baseline(run, "inflation"), baseline(run, "staked") / baseline(run, "supply")
    chain = cosmos.next_inflation(
        inflation[:-1],
        bonded[:-1],
        change=change,
        maximum=maximum,
        minimum=minimum,
        goal=goal,
        blocks=BLOCKS_A_WEEK["cosmos"],
    )
    assert inflation[1:] == pytest.approx(np.asarray(chain), abs=1e-12)
    assert np.ptp(inflation) > 0.001
    assert baseline(run, "nominal_emission") == pytest.approx(inflation * baseline(run, "supply"), rel=1e-12)


def test_percentage_inflation_mints_what_fetchs_blocks_do(tmp_path: Path) -> None:
    """Blocks cut to whole afet and see supply grow within the week, which a step does not."""
    run = ten_years(tmp_path, "percentage", {"inflation_rate": 0.03})
    supply, nominal = baseline(run, "supply"), baseline(run, "nominal_emission")
    for week in (0, supply.size // 2, supply.size - 1):
        block = fetch.block_provision(round(float(supply[week]) * fetch.AFET))
        assert nominal[week] == pytest.approx(block * fetch.BLOCKS_PER_YEAR / fetch.AFET, rel=1e-9)
