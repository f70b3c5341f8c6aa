"""Designs to begin with: each stands, and what is said about it follows from its run."""

from __future__ import annotations

from functools import partial

import pytest

from model import Scenario
from model.design.design import Design, RoleDesign, network_of
from model.design.figures import first_day
from model.design.kinds import KINDS
from model.design.standing import margin_columns, standing, standing_sentence, stands_out
from model.engine.kept import MedianRun
from model.engine.results import Run
from model.engine.side_by_side import side_by_side
from model.spread import DOTS

FUTURES, YEARS = 200, 5


def medians(design: Design) -> Run:
    run = MedianRun(partial(side_by_side, Scenario(network_of(design)), years=YEARS, draws=FUTURES, seed=7))
    run.compute(["price", "collapsed", *margin_columns(run.system)])
    return run


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_stands_in_nine_of_ten_futures_and_pays_for_its_work_on_the_first_day(kind: str) -> None:
    design = KINDS[kind]
    found = standing(design, medians(design))
    assert found.stopped is not None
    assert found.stopped <= 0.1 * DOTS
    assert all(value >= 1 for value in found.coverage.values())
    assert stands_out(first_day(design)) == []


def test_a_design_that_pays_half_of_its_cost_is_counted_out_and_said_so() -> None:
    design = Design(roles=(RoleDesign(title="compute providers", cost=20e6),))
    run = medians(design)
    found = standing(design, run)
    assert found.stopped is not None
    assert found.stopped > standing(Design(), medians(Design())).stopped  # type: ignore[operator]
    assert f"in {found.stopped} capacity would fall" in standing_sentence(found, run, YEARS)
    assert "of their cost on the first day" in stands_out(first_day(design))[0]
