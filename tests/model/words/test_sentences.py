"""Sentences for zero, tiny, up and down; neutral words; every network."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest

from model import BallastError, Run, Scenario, load_network, network_names, project
from model.equilibrium import rest_of
from model.outcomes import measures
from model.parameters import parameter_keys
from model.scenario.arguments import arguments_of
from model.words.by_hand import by_hand, followers, payer_sentence, state_words, who_pays
from model.words.headline import headline
from model.words.measure_sentences import daily_sentence, flows_sentence, measure_sentence
from model.words.rest_sentences import rest_sentence, stability_sentence
from model.words.scenario_words import source_line
from model.words.value_words import change_words, instead, value_words
from model.words.warning_sentences import warnings

PAYMENT = load_network("payment")


def made(network: str = "payment", years: float = 5, **fields: object) -> tuple[Run, Scenario]:
    scenario = Scenario(load_network(network), **fields)  # type: ignore[arg-type]
    run = project(scenario.network, **arguments_of(scenario), years=years)
    return run, scenario


def said(run: Run, scenario: Scenario) -> Iterator[str]:
    """Every sentence that a page could show."""
    yield headline(run, scenario)
    yield from (measure_sentence(run, measure) for measure in measures(run.system).values())
    yield flows_sentence(run)
    yield from warnings(run)
    rest = rest_of(scenario)
    yield rest_sentence(rest, rest_of(scenario, baseline=True))
    yield stability_sentence(rest) or "Nothing."
    yield payer_sentence(scenario)
    yield source_line(scenario)
    yield state_words(scenario)


# ---- zero, tiny, up, down -------------------------------------------------------------------------------
def test_zero_says_why_no_lever_is_moved() -> None:
    assert headline(*made()).startswith("No lever is moved, so scenario and baseline are the same. Supply would rise")


def test_zero_says_why_the_settings_equal_today_s() -> None:
    assert headline(*made(changes={"burn_share": 0.2})).startswith("The settings equal today's")


def test_zero_says_why_the_start_is_after_the_horizon() -> None:
    told = headline(*made(changes={"burn_share": 0.3}, start=dt.date(2040, 1, 1)))
    assert "the changes start in Jan 2040, after the horizon" in told


def test_zero_says_why_the_network_makes_no_use_of_a_lever() -> None:
    told = headline(*made(changes={"slashed_burn_share": 0.5}))
    assert "Payment network makes no use of burned part of slashed stake as it stands" in told


def test_tiny_is_told_with_the_tolerance() -> None:
    run, _ = made(changes={"burn_share": 0.2001})
    offered = measures(run.system)
    assert "would differ from the baseline by less than 0.1% (" in measure_sentence(run, offered["supply"])
    assert "by less than 0.1 percentage points (" in measure_sentence(run, offered["staking_ratio"])


def test_up_and_down_give_both_values_and_the_date() -> None:
    run, scenario = made(changes={"burn_share": 0.3})
    offered = measures(run.system)
    assert re.fullmatch(
        r"Supply in Nov 2031 would be [\d.]+% lower \([\d.]+M instead of [\d.]+M tokens\)\.",
        measure_sentence(run, offered["supply"]),
    )
    assert re.fullmatch(
        r"Token price in Nov 2031 would be [\d.]+% higher than in the baseline \(index [\d.]+ instead of [\d.]+\)\.",
        measure_sentence(run, offered["price"]),
    )
    assert "percentage points" in measure_sentence(run, offered["net_emission_rate"])
    assert "burn share at 30% instead of 20%, paid by providers" in headline(run, scenario)


def test_values_that_look_alike_are_written_with_more_digits() -> None:
    run, _ = made(changes={"burn_share": 0.2006}, years=10)
    told = measure_sentence(run, measures(run.system)["price"])
    new, old = re.findall(r"[\d.]+(?= instead)|(?<=of )[\d.]+", told)
    assert new != old


# ---- parts ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("key", "value", "written"),
    [
        ("burn_share", 0.305, "30.5%"),
        ("burn_share", 0.0004, "0.04%"),
        ("demand_growth", -0.05, "−5% a year"),
        ("emission_scale", 0.5, "0.5 times today's schedule"),
        ("emission_rate", 8e6, "8M tokens a year"),
        ("unit_cost", 45.9e6, "$45.9M a year per unit of capacity"),
        ("demand_elasticity", 1.11, "1.11"),
        ("price_speed", 8.0, "8 a year"),
        ("unrealised_to_treasury", 1.0, "on"),
    ],
)
def test_a_value_is_written_with_its_unit(key: str, value: float, written: str) -> None:
    assert value_words(parameter_keys(PAYMENT.structure)[key], value) == written


def test_a_unit_is_said_once() -> None:
    keys = parameter_keys(PAYMENT.structure)
    assert (
        change_words(keys["emission_scale"], 1, 0.5) == "emission multiplier at 0.5 instead of 1 times today's schedule"
    )
    assert instead("30%", "20%") == "30% instead of 20%"
    assert instead("$4.1M a year", "$3M a year") == "$4.1M instead of $3M a year"


def test_who_pays_is_named_only_where_somebody_has_to() -> None:
    assert who_pays(Scenario(PAYMENT, {"burn_share": 0.3}, "treasury")) == "the treasury"
    assert who_pays(Scenario(PAYMENT, {"emission_scale": 0.5})) == ""
    assert payer_sentence(Scenario(PAYMENT, {"burn_share": 0.25}, "stakers")) == (
        "Stakers pay: staker share of revenue at 5% instead of 10%."
    )
    assert payer_sentence(Scenario(PAYMENT)) == "Providers would pay when a share of revenue moves."


def test_changes_by_hand_and_their_followers_are_told_apart() -> None:
    scenario = Scenario(PAYMENT, {"burn_share": 0.3})
    assert list(by_hand(scenario)) == ["burn_share"]
    assert list(followers(scenario)) == ["provider_fee_share"]


def test_one_word_for_all_streams_counts_as_each_stream_s_change() -> None:
    scenario = Scenario(load_network("render"), {"burn_share": 0.5}, "providers")
    assert set(by_hand(scenario)) == {"jobs.burn_share", "salad.burn_share"}


def test_assumptions_are_counted_in_the_source_line() -> None:
    assert source_line(Scenario(PAYMENT)) == "Payment network of Nov 2026, default assumptions, model 0.2."
    moved = Scenario(PAYMENT, assumptions={"demand_growth": 0.1}, initial={"price": 2})
    assert "2 non-default assumptions" in source_line(moved)


def test_the_first_page_s_sentence_counts_tokens_a_day() -> None:
    run, _ = made(changes={"burn_share": 0.5})
    told = daily_sentence(run, 0.5)
    assert told.startswith("At 50% burn, ")
    assert "supply shrinks" in told


# ---- rest point and warnings ----------------------------------------------------------------------------
def test_a_rest_point_is_never_told_without_its_clock() -> None:
    rest = rest_of(Scenario(PAYMENT, {"burn_share": 0.3}))
    told = rest_sentence(rest, rest_of(Scenario(PAYMENT)))
    assert re.search(r"a price [\d.]+ times today's, half of the way in about [\d.]+ years \(baseline: ", told)
    assert "before the network tips" in stability_sentence(rest)


def test_no_rest_point_is_told_with_its_reason_and_what_was_frozen() -> None:
    told = rest_sentence(rest_of(Scenario(PAYMENT, {"burn_share": 0.8})))
    assert told.startswith(
        "With emission, demand and costs held as they are today, there would be no rest point: providers would earn"
    )


def test_a_treasury_that_runs_out_is_warned_of_with_its_month() -> None:
    run, _ = made("governance", years=10)
    assert any(re.search(r"run out in \w+ \d{4}, month \d+ \(the same in the baseline\)", w) for w in warnings(run))


def test_a_collapse_and_low_staking_are_warned_of() -> None:
    run, _ = made("textbook", changes={"emission_scale": 0.0, "burn_share": 0.8}, years=30)
    told = " ".join(warnings(run))
    assert "below a fifth" in told or "stops" in told


def test_a_run_that_stops_says_when_and_why() -> None:
    run, scenario = made(changes={"fiat_indexed_mint": 6e7}, years=40)
    if run.stopped.height:
        assert "would stop in" in headline(run, scenario)
        assert any(sentence.startswith("The run stops in ") for sentence in warnings(run))


# ---- everywhere -----------------------------------------------------------------------------------------
LEVERS = {"burn_share": (0.0, 0.35, 0.9), "emission_scale": (0.0, 0.5, 3.0), "treasury_spend_rate": (0.0, 0.5)}


@pytest.mark.parametrize("name", network_names())
def test_every_sentence_of_every_network_is_neutral_whole_and_free_of_slips(name: str) -> None:
    for key, values in LEVERS.items():
        for value in values:
            try:
                run, scenario = made(name, changes={key: value}, years=3)
            except BallastError:
                continue
            for sentence in said(run, scenario):
                assert sentence[0].isupper() or sentence[0].isdigit(), sentence
                assert sentence.endswith("."), sentence
                assert not re.search(r"\b(should|good|bad|better|worse|nan|inf|None)\b", sentence), sentence
                assert ".." not in sentence, sentence
                assert "  " not in sentence, sentence


def test_the_payer_stands_beside_the_share_that_is_paid_for() -> None:
    run, scenario = made(changes={"burn_share": 0.3, "emission_scale": 0.5})
    assert "and burn share at 30% instead of 20%, paid by providers, supply" in headline(run, scenario)


def test_large_percentages_are_written_in_full() -> None:
    run, _ = made("textbook", changes={"emission_scale": 0.0}, years=20)
    assert re.search(r"\d\u202f\d{3}% higher", measure_sentence(run, measures(run.system)["price"]))


# ---- proposals ------------------------------------------------------------------------------------------
def test_a_headline_names_the_proposal_and_one_change_by_hand_on_top_of_it() -> None:
    told = headline(*made("staking", proposals=["revenue-burn-20-providers"], changes={"burn_share": 0.4}))
    assert told.startswith(
        "With “A fifth of revenue burned, paid by providers” and burn share at 40% instead of 20%, paid by "
    )


def test_several_changes_on_top_of_a_proposal_are_counted() -> None:
    changes = {"burn_share": 0.4, "emission_scale": 0.5}
    told = headline(*made("staking", proposals=["revenue-burn-20-providers"], changes=changes))
    assert told.startswith("With “A fifth of revenue burned, paid by providers” and 2 changes by hand, paid by ")


@pytest.mark.parametrize(
    ("off", "told"),
    [
        (["node-pay"], "With “Mission 70” without “Node pay halved”, supply"),
        (["node-pay", "voting-rewards"], "With “Mission 70” without 2 of its provisions, supply"),
    ],
)
def test_a_headline_says_what_of_a_proposal_is_switched_off(off: list[str], told: str) -> None:
    without = frozenset(f"icp-mission-70:{name}" for name in off)
    run, scenario = made("internet-computer@2026-02", proposals=["icp-mission-70"], without=without)
    assert headline(run, scenario).startswith(told)


def test_what_a_proposal_moves_does_not_follow_a_change_by_hand() -> None:
    proposed = Scenario(load_network("staking"), proposals=["revenue-burn-20-providers"])
    assert proposed.moved
    assert followers(proposed) == {}
    on_top = Scenario(load_network("staking"), {"burn_share": 0.4}, "stakers", proposals=proposed.proposals)
    assert by_hand(on_top) == {"burn_share": (proposed.values["burn_share"], 0.4)}
    assert list(followers(on_top)) == ["staker_fee_share"]


def test_a_start_after_the_horizon_is_no_reason_while_a_proposal_holds() -> None:
    late = dt.date(2060, 1, 1)
    run, scenario = made(
        "staking", proposals=["revenue-burn-20-providers"], changes={"emission_scale": 0.5}, start=late
    )
    assert headline(run, scenario).startswith("With ")
