"""Points are scored by their weakest known quantity, never where something needed is missing, never on average."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import theilslopes

from model import BallastError, Scenario, load_network, load_proposal, network_names
from model.presets.files import network_vintages
from model.scorecard import LADDERS, LIMITS, TOPICS, Thresholds, is_stale
from model.scorecard.first_year import first_years
from model.scorecard.gap_futures import theil_sen
from model.scorecard.points import scored_point
from model.scorecard.quantity import Quantity, missing
from model.scorecard.thresholds import BEST, LADDER_BY_KEY, Ladder
from tests.model.scorecard.designs import UNLINKED, card, design

NETWORKS = [name for name in network_names() if not name.startswith("textbook")]
ladders = st.sampled_from(LADDERS)
values = st.floats(0, 10, allow_nan=False)


def quantity(key: str, value: float | None) -> Quantity:
    ladder = LADDER_BY_KEY[key]
    if value is None:
        return missing(key, ladder.label, ladder.unit, "Not found")
    return Quantity(key, ladder.label, value, ladder.unit, "measured", "test", "2026-01", "primary")


@pytest.mark.parametrize("name", NETWORKS)
def test_every_score_follows_from_its_quantities_and_the_thresholds(name: str) -> None:
    found = card(Scenario(load_network(name)))
    for point in found.points:
        scores = []
        for row in point.quantities:
            ladder = LADDER_BY_KEY.get(row.quantity.key)
            value = row.quantity.value
            assert (row.score is None) == (ladder is None or value is None)
            if ladder is not None and value is not None:
                better = [value >= c - 1e-9 if ladder.higher else value <= c + 1e-9 for c in ladder.cuts]
                capped = BEST if ladder.crowded is None or value <= ladder.crowded else 3
                scores.append(min(sum(better), capped))
        lacking = [r for r in point.quantities if r.ladder and r.ladder.needed and r.quantity.value is None]
        assert point.score == (None if lacking else min(scores))


@pytest.mark.parametrize("name", NETWORKS)
def test_every_quantity_names_its_source_date_and_evidence_or_why_it_is_missing(name: str) -> None:
    for point in card(Scenario(load_network(name))).points:
        for row in point.quantities:
            found = row.quantity
            if found.value is None:
                assert found.evidence == "missing"
                assert found.note
            else:
                assert found.evidence != "missing"
                assert found.source
                assert found.date
                assert found.grade
                assert found.definition
        if point.score is None:
            assert point.evidence == "missing"
            assert point.raises


def test_the_headline_is_the_weakest_known_point_and_counts_the_unknown() -> None:
    found = card(Scenario(load_network("render")))
    known = [point.score for point in found.points if point.score is not None]
    assert f"{min(known)} of 4" in found.headline
    assert f"{len(found.unknown)} of 6 points" in found.headline
    assert {point.key for point in found.unknown} >= {"vesting", "governance", "audit"}


def test_what_a_network_does_not_publish_is_unknown() -> None:
    found = card(Scenario(load_network("fetch")))
    assert found.point("vesting").score is None
    assert "share of team and founders" in found.point("vesting").because


def test_a_past_vintage_is_not_judged_by_the_rule_of_today() -> None:
    past = network_vintages("render")[-1]
    found = card(Scenario(load_network(f"render@{past}")))
    assert found.subject.rule is None
    assert found.point("governance").score is None


@given(ladders, values, values)
def test_a_better_value_never_scores_lower(ladder: Ladder, first: float, second: float) -> None:
    low, high = sorted((first, second))
    if ladder.crowded is not None:
        high = min(high, ladder.crowded)
        low = min(low, high)
    worse, better = (low, high) if ladder.higher else (high, low)
    assert 0 <= ladder.score(worse) <= ladder.score(better) <= BEST


@given(ladders, values)
def test_reaching_the_next_step_raises_the_score(ladder: Ladder, value: float) -> None:
    cut = ladder.next_cut(value)
    if cut is not None:
        assert ladder.score(cut) > ladder.score(value)


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=6, max_size=6))
def test_a_missing_quantity_never_raises_a_point(given_values: list[float | None]) -> None:
    topic = TOPICS[2]
    keys = [ladder.key for ladder in LADDERS if ladder.point == "vesting"]
    rows = [quantity(key, value) for key, value in zip(keys, given_values, strict=True)]
    whole = scored_point(topic, rows, Thresholds()).score
    for place, key in enumerate(keys):
        less = scored_point(topic, [*rows[:place], quantity(key, None), *rows[place + 1 :]], Thresholds()).score
        assert less is None or not LADDER_BY_KEY[key].needed
        assert whole is None or less is None or less >= whole


def test_a_point_that_lacks_something_needed_has_no_score() -> None:
    rows = [quantity("sinks", 3), quantity("elasticity", None), quantity("not_for_rewards", 1)]
    assert scored_point(TOPICS[0], rows, Thresholds()).score is None


@given(st.floats(0, 0.5), st.floats(0, 0.5))
def test_a_larger_share_for_the_team_never_raises_the_score(first: float, second: float) -> None:
    def scored(team: float) -> int:
        rows = [quantity("team_share", team), quantity("insider_share", 0.2 + team), quantity("cliff", 12),
                quantity("unlocks", 0), quantity("launch_float", 0.9 - team)]  # fmt: skip
        score = scored_point(TOPICS[2], rows, Thresholds()).score
        assert score is not None
        return score

    small, large = sorted((first, second))
    assert scored(large) <= scored(small)


def test_raising_the_share_of_the_team_in_a_preset_never_raises_the_score(tmp_path: Path) -> None:
    found = [card(design(tmp_path, team=share)).point("vesting").score for share in (0.1, 0.16, 0.19, 0.22, 0.3)]
    assert None not in found
    assert found == sorted(found, reverse=True)  # type: ignore[type-var]  # none of them is None
    assert found[0] == BEST
    assert found[-1] == 0


HOSTILE = [(1, 2, 3), (math.nan, 0, 0, 0), (math.inf,) * 4, (0.9, 0.8, 0.7, 0.6), (-1, 0, 0.1, 0.2), (0, 0, 0, 1e9)]


@pytest.mark.parametrize("cuts", HOSTILE)
def test_thresholds_that_do_not_stand_are_refused(cuts: tuple[float, ...]) -> None:
    with pytest.raises(BallastError, match="four numbers"):
        Thresholds(cuts={"elasticity": cuts})


def test_unknown_thresholds_and_limits_out_of_bounds_are_refused() -> None:
    with pytest.raises(BallastError, match="no threshold"):
        Thresholds(cuts={"nothing": (0, 0, 0, 0)})
    for limit in LIMITS:
        with pytest.raises(BallastError, match="does not stand"):
            Thresholds(limits={limit.key: math.nan})


def test_every_ladder_stands_within_its_own_bounds_and_belongs_to_a_point() -> None:
    for ladder in LADDERS:
        assert ladder.checked(ladder.cuts) == ladder.cuts
        assert ladder.point in {topic.key for topic in TOPICS}
    for topic in TOPICS:
        assert any(ladder.needed for ladder in LADDERS if ladder.point == topic.key)


@given(st.lists(st.floats(-100, 100), min_size=3, max_size=12))
def test_the_slope_is_that_of_theil_and_sen(path: list[float]) -> None:
    times = np.arange(len(path), dtype=float) / 4
    assert theil_sen(times, np.array([path]))[0] == pytest.approx(theilslopes(path, times).slope, abs=1e-9)


def test_without_any_link_a_tenth_more_use_moves_no_demand(tmp_path: Path) -> None:
    bare = design(tmp_path, observed=UNLINKED, parameters={"burn_share": 0.0, "provider_fee_share": 1.0})
    assert first_years(bare)[0].demand_response == pytest.approx(0, abs=1e-4)


def test_demand_that_is_all_of_use_follows_it_one_for_one(tmp_path: Path) -> None:
    """A little more than that: more use pays for capacity, whose quality brings more use within the year."""
    whole = design(tmp_path, observed={"revenue_linked_share": 0.999999})
    assert 1 <= first_years(whole)[0].demand_response < 1.1


def test_figures_of_a_real_network_go_stale_and_invented_ones_do_not() -> None:
    render, payment = load_network("render"), load_network("payment")
    assert not is_stale(render, render.as_of + dt.timedelta(days=180))
    assert is_stale(render, render.as_of + dt.timedelta(days=181))
    assert not is_stale(payment, payment.as_of + dt.timedelta(days=9999))


SOME = ("icp-mission-70", "render-rnp-023", "fetch-merger-mint", "bittensor-no-first-halving", "goal-bonded-emission",
        "pay-for-merit", "revenue-burn-20-users", "what-if-hip-20")  # fmt: skip


@pytest.mark.parametrize("name", SOME)
def test_a_proposal_has_a_scorecard_before_and_after(name: str) -> None:
    part = load_proposal(name)
    shown = Scenario(load_network(part.home), proposals=(part,))
    before, after = first_years(shown)
    assert all(np.isfinite([year.demand, year.demand_response, year.use_growth]).all() for year in (before, after))


def test_a_review_of_code_that_is_no_longer_in_use_scores_nothing_and_is_named() -> None:
    point = card(Scenario(load_network("render"))).point("audit")
    assert point.score is None
    assert "no longer in use" in point.quantities[0].quantity.note
