"""Render before burn and mint began and before its third year; and what a real preset file may not lack."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from model import load_network, project
from model.errors import PresetError
from model.networks import render
from model.presets.files import FOLDER
from model.reports.backcast import between


@pytest.mark.parametrize(("vintage", "first_year"), [("2023-12", 1), ("2025-12", 2), ("2026-11", 3)])
def test_emission_holds_the_table_from_the_year_of_the_vintage_on(vintage: str, first_year: int) -> None:
    """Ten table years; at each edge one step of seven days may still hold the year before."""
    network = load_network(f"render@{vintage}")
    run = project(network, years=10.1)
    begins = network.as_of - dt.timedelta(days=365.25 * network.values["schedule_age"])
    assert abs((begins - dt.date(2023, 12, 20)).days) <= 1
    for year in range(first_year + (vintage != "2023-12"), first_year + 9):
        since, until = (begins + dt.timedelta(days=365.25 * edge) for edge in (year - 1, year))
        table = float(render.emission_in_year(year))
        a_step = 8 / 365.25 * abs(float(render.emission_in_year(max(year - 1, 1))) - table)
        assert between(run, {"nominal_emission": 1.0}, since, until) == pytest.approx(table, abs=a_step + 0.002 * table)


def test_the_first_vintage_splits_emission_as_its_first_year_did() -> None:
    """RNP-006: 50 % foundation, 190,142 of 760,567 RENDER a month to nodes."""
    values = load_network("render@2023-12").values
    assert values["provider_emission_share"] == pytest.approx(190_142 / 760_567, abs=1e-5)
    assert values["treasury_emission_share"] == 0.5
    run = project(load_network("render@2023-12"), years=0.1)
    assert run.values("nominal_emission")[0, 0] == 9_126_804


def test_the_price_of_the_first_vintage_is_that_of_its_first_epoch() -> None:
    """USD 75,490 bought and burned 14,998.5 RENDER from 20 to 27 December 2023."""
    assert load_network("render@2023-12").initial["price"] == pytest.approx(75_490 / 14_998.5, rel=1e-4)


@pytest.mark.parametrize("vintage", ["2023-12", "2025-12"])
def test_ten_years_of_a_past_vintage_are_slow(vintage: str) -> None:
    run = project(load_network(f"render@{vintage}"), years=10)
    price = run.values("price")[0]
    assert price.min() / price[0] > 0.95
    assert run.values("burn_mint_ratio")[0].max() < 1
    assert run.values("quality")[0].min() > 0.75


def test_salad_is_nothing_before_it_was_proposed() -> None:
    assert load_network("render@2025-12").initial["float_supply"] == 518.58e6
    assert load_network("render@2025-12").values["salad.demand_scale"] == 0
    assert load_network("render@2023-12").structure.streams == ("jobs",)


# ---- one form for every file ----------------------------------------------------------------------------------
def refused(folder: Path, old: str, new: str) -> str:
    """The sentence that a real file is refused with after one replacement."""
    text = (FOLDER / "fetch" / "2026-11.toml").read_text(encoding="utf-8")
    assert old in text
    path = folder / "bad.toml"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(PresetError) as caught:
        load_network(path)
    return str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('default_source = "specification"', 'default_source = "nowhere"', "price"),
        ('inflation_rate = { value = 0.03, source = "mint_module"', 'inflation_rate = { value = 0.03, source = "x"',
         "inflation_rate"),
        ('source = "listing_2025", grade = "derived", definition = "FET circulating',
         'source = "listing_2025", grade = "guessed", definition = "FET circulating', "float_supply.grade"),
        ('text = "No published audit of the present ledger was found."\nsource = "specification"',
         'text = "No published audit of the present ledger was found."\nsource = "x"', "audit"),
    ],
)  # fmt: skip
def test_a_figure_without_source_or_grade_is_refused_with_its_key(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert told in refused(tmp_path, old, new)


@pytest.mark.parametrize("dropped", ["date", "grade"])
def test_a_figure_of_a_real_network_without_date_or_grade_is_refused_with_its_key(tmp_path: Path, dropped: str) -> None:
    if dropped == "date":
        told = refused(tmp_path, 'title = "fetchai/cosmos-sdk 0.19.4, x/mint: fixed inflation rate"\n'
                       'link = "https://github.com/fetchai/cosmos-sdk"\ndate = "2024"\n',
                       'title = "fetchai/cosmos-sdk 0.19.4, x/mint: fixed inflation rate"\n')  # fmt: skip
        assert "inflation_rate has no date" in told
    else:
        told = refused(tmp_path, 'inflation_rate = { value = 0.03, source = "mint_module", grade = "primary",',
                       'inflation_rate = { value = 0.03, source = "mint_module",')  # fmt: skip
        assert "inflation_rate has no grade" in told


def test_no_preset_names_a_machine_or_a_file_outside_the_project() -> None:
    for path in FOLDER.rglob("*.toml"):
        assert not re.search(r"/(work|home|tmp)/|facts/", path.read_text(encoding="utf-8")), path.name
