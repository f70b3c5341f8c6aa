"""Every equation holds on the first week of a run, evaluated a second time from what was declared."""

from __future__ import annotations

import pytest

from model import Scenario, load_network, network_names
from model.reports.residuals_now import away, residuals_now
from tests.validation import Record


@pytest.mark.slow
@pytest.mark.parametrize("name", network_names())
def test_every_equation_holds_on_the_first_week_with_emission_cut(name: str, figure: Record) -> None:
    scenario = Scenario(load_network(name), {"emission_scale": 0.6})
    found = residuals_now(scenario)
    assert len(found) == len(scenario.system.equations) > 90
    figure("equations", max(away(residual) for residual in found.values()))


def test_a_side_that_is_off_is_seen() -> None:
    residual = next(iter(residuals_now(Scenario(load_network("textbook"))).values()))
    assert away(residual) == 0
    assert away(type(residual)("E1", "Unit cost", 1.01, 1.0, "")) == pytest.approx(0.01 / 1.01)
