"""What a change takes away is warned of, what was so before is not."""

from __future__ import annotations

from functools import partial

from model import Scenario, load_network
from model.engine.kept import MedianRun
from model.engine.side_by_side import side_by_side
from model.equilibrium import rest_of
from model.words.warning_sentences import futures_warning, rest_warning

PAYMENT = load_network("payment")


def medians(scenario: Scenario) -> MedianRun:
    return MedianRun(partial(side_by_side, scenario, years=10, draws=100, seed=7))


def test_a_rest_point_that_the_changes_take_away_is_warned_of_and_one_that_stays_is_not() -> None:
    today = rest_of(Scenario(PAYMENT))
    assert "would not" in rest_warning(rest_of(Scenario(PAYMENT, {"burn_share": 0.8})), today)
    assert rest_warning(rest_of(Scenario(PAYMENT, {"burn_share": 0.25})), today) == ""


def test_futures_that_collapse_in_the_baseline_too_are_no_warning() -> None:
    assert futures_warning(medians(Scenario(PAYMENT))) == ""
    assert "modelled futures capacity would fall" in futures_warning(medians(Scenario(PAYMENT, {"burn_share": 0.8})))
