"""Stacked scenarios: dates, phases, ends, who decides, what is switched off, and what differs."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Scenario, equilibrium, load_network, load_proposal, project, proposal_names
from model.engine.assembly import scenario_worlds
from model.engine.results import Run
from model.engine.stepper import run
from model.errors import BallastError, OutOfRangeError, UnknownKeyError
from model.proposals.proposal import DatedEvent, Proposal, Provision
from model.scenario.changes import changes_of, conflicts
from model.scenario.stacking import difference, merge, stack, unstack
from model.validation import check_shares
from model.words.no_effect import nothing_reason
from tests.model.scenario.test_scenarios import one_sentence

PAYMENT = load_network("payment")
DATE = dt.date(2028, 1, 1)


def proposal(name: str, *provisions: Provision, network: str = "any") -> Proposal:
    base = load_proposal("buyback-and-hold")
    return base.model_copy(update={"name": name, "title": name.title(), "provisions": provisions, "network": network})


def to(key: str, value: float, start: dt.date | None = DATE, *, id: str = "p", **fields: object) -> Provision:
    return Provision(id=id, title=key, key=key, to=value, start=start, **fields)  # type: ignore[arg-type]


def at(scenario: Scenario, *days: dt.date) -> dict[str, np.ndarray]:
    times = np.array([(day - scenario.network.as_of).days / 365.25 for day in days])
    return {key: np.broadcast_to(value, times.shape) for key, value in scenario.timeline(times).items()}


# ---- dates ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", proposal_names())
def test_nothing_differs_before_a_proposal_starts(name: str) -> None:
    part = load_proposal(name)
    network = load_network(part.home)
    starts = [p.start or network.as_of for p in part.provisions if not p.events]
    starts += [event.date for p in part.provisions for event in p.events]
    result = project(network, proposals=[part], years=2)
    before = [k for k, day in enumerate(result.dates) if day < min(starts)]
    for column in ("supply", "price", "revenue", "capacity", "treasury", "emission", "burn"):
        values = result.values(column)[:, before]
        np.testing.assert_array_equal(values[0], values[1])


def test_an_empty_proposal_is_exactly_zero_in_every_column() -> None:
    empty = proposal("nothing")
    result = project(PAYMENT, proposals=[empty], stress=["gpu-cost-doubles"], years=4)
    for column in result.system.columns:
        values = result.values(column)
        np.testing.assert_array_equal(values[0], values[1], err_msg=column)
    scenario = Scenario(PAYMENT, proposals=[empty])
    assert scenario.is_empty
    assert nothing_reason(scenario, dt.date(2036, 1, 1)) == "Nothing changes: nothing is proposed."


def test_a_proposal_gives_the_same_worlds_as_the_changes_it_stands_for() -> None:
    by_hand = project(PAYMENT, changes={"burn_share": 0.4}, funded_by="providers", start=DATE)
    filed = project(PAYMENT, proposals=[proposal("a", to("burn_share", 0.4, funded_by="providers"))])
    for column in ("supply", "price", "capacity"):
        np.testing.assert_array_equal(by_hand.values(column), filed.values(column))


def test_a_provision_with_an_end_is_over_from_that_day_on() -> None:
    ends = dt.date(2029, 1, 1)
    scenario = Scenario(PAYMENT, proposals=[proposal("a", to("emission_scale", 2.0, end=ends))])
    days = [DATE - dt.timedelta(1), DATE, ends - dt.timedelta(1), ends]
    assert list(at(scenario, *days)["emission_scale"]) == [1.0, 2.0, 2.0, 1.0]
    assert scenario.values["emission_scale"] == 1.0
    assert scenario.moved == {"emission_scale": (1.0, 2.0)}


def test_two_provisions_on_one_key_hold_one_after_the_other() -> None:
    first = proposal("a", to("burn_share", 0.3, DATE))
    second = proposal("b", to("burn_share", 0.5, dt.date(2029, 1, 1)))
    for order in ([first, second], [second, first]):
        scenario = Scenario(PAYMENT, proposals=order)
        values = at(scenario, dt.date(2027, 1, 1), DATE, dt.date(2030, 1, 1))
        assert list(values["burn_share"]) == [0.2, 0.3, 0.5]
        assert values["provider_fee_share"] == pytest.approx([0.6, 0.5, 0.3])


def test_a_later_provision_meets_what_an_earlier_one_has_reached_by_then() -> None:
    slow = proposal("slow", to("burn_share", 0.4, DATE, phase_in_months=24.0, funded_by="providers"))
    quick = proposal("quick", Provision(id="p", title="x", key="burn_share", by=0.1, start=dt.date(2028, 12, 31)))
    values = at(Scenario(PAYMENT, proposals=[slow, quick]), dt.date(2028, 12, 31), dt.date(2031, 1, 1))
    assert values["burn_share"] == pytest.approx([0.4, 0.5], abs=1e-3)
    assert values["provider_fee_share"] == pytest.approx([0.4, 0.3], abs=1e-3)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_shares_sum_to_one_on_every_day_whatever_is_stacked(data: st.DataObject) -> None:
    keys = ["burn_share", "staker_fee_share", "treasury_fee_share", "staker_emission_share", "user_emission_share"]
    parts = []
    for number in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.dates(dt.date(2025, 1, 1), dt.date(2032, 1, 1)))
        months, share = data.draw(st.sampled_from([0.0, 7.0, 40.0])), data.draw(st.floats(0, 0.3))
        end = data.draw(st.sampled_from([None, start + dt.timedelta(days=700)]))
        key = data.draw(st.sampled_from(keys))
        parts.append(proposal(f"p{number}", to(key, share, start, end=end, phase_in_months=months)))
    try:
        scenario = Scenario(PAYMENT, proposals=parts)
    except BallastError as problem:
        one_sentence(problem)
        return
    paths = scenario.timeline(np.linspace(-1, 12, 200))
    for step in range(200):
        now = {key: float(v[step]) if isinstance(v, np.ndarray) else v for key, v in paths.items()}
        check_shares(scenario.structure, now)
        assert min(now[key] for key in keys) >= -1e-12


def test_the_world_of_a_stress_is_the_same_in_baseline_and_scenario() -> None:
    result = project(PAYMENT, stress=["demand-halves"], years=3)
    np.testing.assert_array_equal(result.values("revenue")[0], result.values("revenue")[1])
    plain = project(PAYMENT, years=3)
    step = next(k for k, day in enumerate(result.dates) if day > dt.date(2027, 11, 1))
    assert result.values("revenue")[0, step] < 0.7 * plain.values("revenue")[0, step]


def test_hand_made_changes_lie_on_top_of_proposals() -> None:
    scenario = Scenario(PAYMENT, {"burn_share": 0.25}, proposals=[proposal("a", to("burn_share", 0.5))])
    assert scenario.values["burn_share"] == 0.25
    assert set(at(scenario, dt.date(2027, 1, 1), dt.date(2030, 1, 1))["burn_share"]) == {0.25}


def test_what_a_proposal_builds_on_holds_in_the_baseline_too() -> None:
    network = load_network("render@2023-12")
    alone = Scenario(network, proposals=["render-rnp-018"])
    assert alone.baseline_values["provider_emission_share"] == pytest.approx(0.11863)
    both = Scenario(network, proposals=["render-rnp-013", "render-rnp-018"])
    assert both.baseline_values["provider_emission_share"] == 0.25
    days = dt.date(2024, 1, 1), dt.date(2024, 8, 1), dt.date(2025, 2, 1)
    assert list(at(both, *days)["provider_emission_share"]) == [0.25, 0.11863, 0.25]


# ---- switched off -----------------------------------------------------------------------------------------
def test_with_every_provision_off_a_proposal_is_exactly_zero() -> None:
    part = load_proposal("icp-mission-70")
    off = {f"{part.name}:{p.id}" for p in part.provisions}
    result = project(load_network(part.home), proposals=[part], without=off, years=2)
    np.testing.assert_array_equal(result.values("supply")[0], result.values("supply")[1])
    assert "switched off" in nothing_reason(
        Scenario(load_network(part.home), proposals=[part], without=frozenset(off)), dt.date(2030, 1, 1)
    )


def test_without_one_provision_the_others_stay() -> None:
    network = load_network("internet-computer@2026-02")
    scenario = Scenario(network, proposals=["icp-mission-70"], without=frozenset({"icp-mission-70:node-pay"}))
    assert "fiat_indexed_mint" not in scenario.moved
    assert "inflation_rate" in scenario.moved


def test_a_provision_that_does_not_exist_cannot_be_switched_off() -> None:
    with pytest.raises(UnknownKeyError, match="no provision 'a:b'") as caught:
        Scenario(PAYMENT, without=frozenset({"a:b"}))
    one_sentence(caught.value)


def test_a_proposal_for_another_network_is_refused_and_told_where_it_belongs() -> None:
    with pytest.raises(UnknownKeyError, match="open it on internet-computer@2026-02") as caught:
        Scenario(PAYMENT, proposals=["icp-mission-70"])
    one_sentence(caught.value)


def test_a_payer_who_cannot_pay_on_the_way_is_refused_at_once() -> None:
    burn = proposal("a", to("burn_share", 0.75, DATE, funded_by="providers"))
    more = proposal("b", to("staker_fee_share", 0.3, dt.date(2029, 1, 1), funded_by="providers"))
    with pytest.raises(BallastError) as caught:
        Scenario(PAYMENT, proposals=[burn, more])
    one_sentence(caught.value)


# ---- collisions -------------------------------------------------------------------------------------------
def test_two_proposals_that_set_the_same_thing_are_named_with_both_values_and_the_day() -> None:
    first, second = proposal("first", to("burn_share", 0.3)), proposal("second", to("burn_share", 0.5))
    scenario = Scenario(PAYMENT, proposals=[first, second])
    (found,) = conflicts(scenario)
    assert found.sentence == "“First” and “Second” both set burn share: 30% and 50%; from Jan 2028 the latter holds."
    assert scenario.values["burn_share"] == 0.5
    assert Scenario(PAYMENT, proposals=[second, first]).values["burn_share"] == 0.3


def test_a_change_by_hand_collides_and_a_factor_adds_up() -> None:
    first = proposal("first", to("emission_scale", 0.5))
    scenario = Scenario(PAYMENT, {"emission_scale": 0.8}, proposals=[first])
    (found,) = conflicts(scenario)
    assert "the change by hand" in found.sentence
    factor = proposal("factor", Provision(id="p", title="x", key="emission_scale", by_factor=0.5, start=DATE))
    stacked = Scenario(PAYMENT, proposals=[first, factor])
    assert conflicts(stacked) == ()
    assert stacked.values["emission_scale"] == 0.25


def test_what_changes_is_listed_with_payers_and_days() -> None:
    rows = changes_of(Scenario(PAYMENT, proposals=[proposal("a", to("burn_share", 0.4, phase_in_months=12.0))]))
    shown = {row.concrete.key: (row.before, row.after, row.follows, row.begins, row.complete) for row in rows}
    assert shown["burn_share"] == (0.2, 0.4, False, DATE, dt.date(2028, 12, 31))
    before, after, follows, *_ = shown["provider_fee_share"]
    assert (before, follows) == (0.6, True)
    assert after == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        (Scenario(PAYMENT, {"burn_share": 0.2}), "already has every value"),
        (Scenario(PAYMENT, {"burn_share": 0.3}, start=dt.date(2045, 1, 1)), "starts in Jan 2045, after the horizon"),
        (Scenario(PAYMENT, {"burn_share": 0.3}), ""),
    ],
)
def test_a_reason_is_given_where_nothing_changes(scenario: Scenario, told: str) -> None:
    reason = nothing_reason(scenario, dt.date(2036, 1, 1))
    assert told in reason
    assert bool(told) == bool(reason)


def test_events_before_the_first_day_are_told() -> None:
    past = proposal("past", Provision(id="p", title="x", events=(
        DatedEvent(date=dt.date(2020, 1, 1), effect="mint_float", tokens=5.0),)))  # fmt: skip
    assert "before the first day" in nothing_reason(Scenario(PAYMENT, proposals=[past]), dt.date(2030, 1, 1))


# ---- stack, merge, difference -----------------------------------------------------------------------------
@pytest.mark.parametrize(("one", "two"), list(combinations([
    "buyback-and-burn", "buyback-and-hold", "net-emission-cap", "what-if-hip-20"], 2)))  # fmt: skip
def test_stack_then_take_away_returns_the_scenario(one: str, two: str) -> None:
    below = Scenario(PAYMENT, {"emission_scale": 0.9}, proposals=[one], stress=["demand-halves"])
    above = Scenario(PAYMENT, proposals=[two], without=frozenset(), stress=["price-falls"])
    both = stack(below, above)
    assert [part.name for part in both.stacked] == [one, two]
    assert unstack(unstack(both, two), "price-falls").to_link() == below.to_link()


def test_stacking_two_networks_is_refused() -> None:
    with pytest.raises(OutOfRangeError) as caught:
        stack(Scenario(PAYMENT), Scenario(load_network("staking")))
    one_sentence(caught.value)


def test_a_merge_averages_those_who_moved_a_lever_or_everybody() -> None:
    groups = [Scenario(PAYMENT, {"burn_share": value}) for value in (0.3, 0.5)] + [Scenario(PAYMENT)]
    assert merge(groups).values["burn_share"] == pytest.approx(0.4)
    assert merge(groups, count_defaults=True).values["burn_share"] == pytest.approx(1.0 / 3)


def test_only_inputs_that_differ_are_listed() -> None:
    one = Scenario(PAYMENT, {"burn_share": 0.3})
    assert difference(one, Scenario(PAYMENT, {"burn_share": 0.3})) == ()
    two = Scenario(PAYMENT, {"burn_share": 0.3}, assumptions={"demand_growth": 0.1}, initial={"price": 2.0})
    found = {(d.part, d.name): (d.first, d.second) for d in difference(one, two)}
    assert found == {("assumption", "demand_growth"): (0.15, 0.1), ("stock", "price"): (3.0, 2.0)}


# ---- worlds -----------------------------------------------------------------------------------------------
def test_worlds_of_several_scenarios_share_one_system_and_only_what_moves_is_dated() -> None:
    held = Scenario(PAYMENT, proposals=["buyback-and-hold"])
    dated = Scenario(PAYMENT, proposals=["what-if-hip-20"])
    worlds = scenario_worlds(
        [Scenario(PAYMENT), held, dated], ["plain", "held", "dated"], step_length=1 / 52, steps=200
    )
    assert {key for key, column in worlds.parameters.items() if column.width > 1} == {
        "emission_scale",
        "net_emission_cap",
    }
    result = Run(run(worlds), start=PAYMENT.as_of, draws=[0] * 4)
    np.testing.assert_array_equal(result.values("price")[0], result.values("price")[1])
    alone = project(PAYMENT, proposals=[held.stacked[0]], years=2, step="week")
    assert alone.values("bought_back")[1, 0] == pytest.approx(result.values("bought_back")[2, 0], rel=1e-12)


def test_a_rest_point_is_that_of_the_world_to_which_the_scenario_leads() -> None:
    later = equilibrium("payment", proposals=[proposal("a", to("burn_share", 0.3, dt.date(2040, 1, 1)))])
    now = equilibrium("payment", changes={"burn_share": 0.3})
    assert later.points[0].price == now.points[0].price
    stressed = equilibrium("payment", stress=["gpu-cost-doubles"])
    assert stressed.points[0].price == equilibrium("payment").points[0].price


@pytest.mark.slow
@pytest.mark.parametrize("name", proposal_names())
def test_both_engines_agree_on_every_proposal_and_gains_add_up(name: str) -> None:
    part = load_proposal(name)
    kernel, polars = (
        project(load_network(part.home), proposals=[part], stress=["price-falls"], years=3, engine=engine)
        for engine in ("kernel", "polars")
    )
    for column in ("supply", "price", "revenue", "treasury", "capacity"):
        np.testing.assert_allclose(kernel.values(column), polars.values(column), rtol=1e-9, err_msg=column)
    flow = np.abs(kernel.values("market_cap_change")[:, :-1]).max()
    assert np.abs(kernel.values("ledger_residual")[:, :-1]).max() <= 1e-10 * flow
