"""Proposal and stress files: every one loads, is cited, runs where it belongs and meets its expected result."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Scenario, load_network, load_proposal, load_stress, project, proposal_names, stress_names
from model.errors import BallastError, PresetError
from model.networks.internet_computer import day_of, voting_reward_rate
from model.networks.mission_70 import NET_GOAL, NODE_RATE, SUPPLY, net_inflation, nominal_minting, price_of_goal
from model.parameters import parameters_by_word
from model.presets.toml_files import PRESETS
from model.proposals.expected import COMMAND, differences, expected_of, outcomes_of, path_of
from model.proposals.files import LONGEST, proposal_to_toml, read_proposal
from model.proposals.proposal import DatedEvent, Proposal, Provision
from model.words.no_effect import in_force, provision_states, vintage_sentence
from tests.model.scenario.test_scenarios import one_sentence

PARTS = [load_proposal(name) for name in proposal_names()] + [load_stress(name) for name in stress_names()]
EACH = pytest.mark.parametrize("part", PARTS, ids=[part.name for part in PARTS])


def test_there_are_files_for_every_network_and_for_any() -> None:
    homes = {part.network.partition("@")[0] for part in PARTS}
    assert {"internet-computer", "render", "bittensor", "fetch", "any"} <= homes
    assert len(proposal_names()) >= 24
    assert len(stress_names()) >= 3


@EACH
def test_a_file_is_named_as_it_says_cited_and_honest_about_its_scope(part: Proposal) -> None:
    assert path_of(part).with_name(f"{part.name}.toml").is_file()
    assert part.models
    assert part.does_not_model
    for provision in part.provisions:
        assert provision.source in part.sources
    for citation in part.sources.values():
        assert citation.link or citation.grade in ("assumed", "invented")


@EACH
def test_a_file_meets_its_expected_result(part: Proposal) -> None:
    if told := differences(part):
        pytest.fail("\n".join(told), pytrace=False)  # the sentences say it; a traceback would bury them


@EACH
def test_a_file_changes_something_on_its_own_network(part: Proposal) -> None:
    rows = expected_of(part)
    assert any(abs(two - one) > 1e-6 * abs(one) for _, _, one, two in rows)
    if part.kind == "proposal":
        assert not in_force(part, load_network(part.home))


@EACH
def test_what_is_written_reads_back_as_the_same_proposal(part: Proposal) -> None:
    assert read_proposal(proposal_to_toml(part)) == part


def test_a_result_that_moved_says_so_and_how_to_write_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    part = load_proposal("revenue-burn-20-users")
    moved = [(name, years, one, two * (1 + 2e-6)) for name, years, one, two in outcomes_of(part)]
    monkeypatch.setattr("model.proposals.expected.outcomes_of", lambda _: moved)
    told = differences(part)
    assert "supply after 1 year is" in told[0]
    assert COMMAND in told[-1]


def test_a_file_without_its_expected_result_says_how_to_write_it() -> None:
    part = load_proposal("revenue-burn-20-users").model_copy(update={"name": "fresh"})
    assert differences(part) == [f"fresh has no expected result beside it. Run `{COMMAND}`."]


# ---- what is refused --------------------------------------------------------------------------------------
def edited(**fields: Any) -> str:
    """A good file with some of its header changed."""
    document = tomlkit.parse((PRESETS / "proposals" / "render-rnp-013.toml").read_text(encoding="utf-8"))
    for key, value in fields.items():
        document[key] = value
    return tomlkit.dumps(document)


def with_provision(**fields: Any) -> str:
    good: dict[str, Any] = {"id": "x", "title": "X", "key": "emission_scale", "to": 0.5}
    good.update(fields)
    return edited(provisions=[{k: v for k, v in good.items() if v is not None}])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "not readable as TOML"),
        ("x" * (LONGEST + 1), "characters"),
        (edited(status="maybe"), "the field status is not valid"),
        (edited(network="Render 2023"), 'such as "render@2025-12"'),
        (edited(sauces={}), "did you mean 'sources'"),
        (edited(put=dt.date(2024, 4, 1), decided=dt.date(2023, 4, 1)), "decided on 2023-04-01"),
        (with_provision(key="emission_scal"), "did you mean 'emission_scale'"),
        (with_provision(to=40.0), "allowed: 0 to 10"),
        (with_provision(to=float("nan")), "finite number"),
        (with_provision(by=1.0), "exactly one of to, by"),
        (with_provision(to=None), "exactly one of to, by"),
        (with_provision(key=None), "exactly one of key, set and events"),
        (with_provision(key="demand_scale"), "expected = true"),
        (with_provision(expected=True), "a lever"),
        (with_provision(source="nowhere"), "cites 'nowhere'"),
        (with_provision(start=dt.date(2027, 1, 1), end=dt.date(2026, 1, 1)), "before it starts"),
        (with_provision(id="Not An Id"), "provisions.0.id"),
        (with_provision(phase_in_month=3), "did you mean 'phase_in_months'"),
        (edited(kind="stress", provisions=[{"id": "x", "title": "X", "key": "burn_share", "to": 0.5}]), "a lever"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_refused_in_one_sentence_with_file_and_key(text: str, told: str) -> None:
    with pytest.raises(PresetError) as caught:
        read_proposal(text, where="mine.toml")
    sentence = one_sentence(caught.value)
    assert told.lower() in sentence.lower()
    assert "mine.toml" in sentence


@pytest.mark.parametrize("name", ["nowhere", "../networks/payment", "a" * 500, "icp mission", "missing.toml", ""])
def test_a_proposal_that_does_not_exist_is_told_in_one_sentence(name: str) -> None:
    with pytest.raises(PresetError) as caught:
        load_proposal(name)
    one_sentence(caught.value)


def test_a_near_name_is_suggested() -> None:
    with pytest.raises(PresetError, match="did you mean 'icp-mission-70'"):
        load_proposal("icp-mision-70")


def test_a_stress_is_no_proposal_and_a_proposal_no_stress() -> None:
    with pytest.raises(BallastError, match="is a stress"):
        Scenario(load_network("payment"), proposals=[load_stress("demand-halves")])
    with pytest.raises(PresetError):
        load_stress("icp-mission-70")


# ---- any proposal at all ----------------------------------------------------------------------------------
LEVERS = [p for p in parameters_by_word.values() if p.kind == "lever" and p.scope == "network"]
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1))
WORDS = st.text(min_size=1, max_size=40)


@st.composite
def provisions(draw: st.DrawFn, number: int) -> Provision:
    lever = draw(st.sampled_from(LEVERS))
    way = draw(st.sampled_from(["to", "by", "by_factor", "at_least", "at_most", "events", "set"]))
    value = draw(st.floats(lever.minimum, min(lever.maximum, 1e9)))
    fields: dict[str, Any] = {"id": f"p-{number}", "title": draw(WORDS), "note": draw(st.text(max_size=30))}
    if way == "events":
        tokens = draw(st.floats(0, 1e12))
        return Provision(**fields, events=(DatedEvent(date=draw(DAYS), effect="mint_float", tokens=tokens),))
    if way == "set":
        fields["set"] = {lever.word: value}
    else:
        fields |= {"key": lever.word, way: value}
    start = draw(DAYS)
    fields["phase_in_months"] = draw(st.sampled_from([0.0, 0.1, 12.0]))
    fields["funded_by"] = draw(st.sampled_from([None, "users", "providers"]))
    return Provision(**fields, start=start, end=draw(st.sampled_from([None, start + dt.timedelta(days=400)])))


@st.composite
def proposals(draw: st.DrawFn) -> Proposal:
    base = load_proposal("buyback-and-hold")
    listed = tuple(draw(provisions(number)) for number in range(draw(st.integers(0, 4))))
    return base.model_copy(
        update={
            "title": draw(WORDS),
            "summary": draw(WORDS),
            "models": tuple(draw(st.lists(WORDS, min_size=1, max_size=3))),
            "put": draw(st.none() | DAYS),
            "provisions": tuple(p.model_copy(update={"source": ""}) for p in listed),
        }
    )


@settings(max_examples=150, deadline=None, derandomize=True)
@given(proposals())
def test_encode_then_decode_is_the_identity(proposal: Proposal) -> None:
    assert read_proposal(proposal_to_toml(proposal)) == proposal


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=400))
def test_no_text_at_all_ends_in_a_traceback(text: str) -> None:
    with pytest.raises(BallastError) as caught:
        read_proposal(text)
    one_sentence(caught.value)


# ---- Mission 70 -------------------------------------------------------------------------------------------
def test_mission_70_takes_nominal_minting_from_9_72_to_5_42_percent_as_the_white_paper_counts() -> None:
    before, after = NODE_RATE.values()
    assert nominal_minting("2026-01-01", node_rate=before) == pytest.approx(0.0972, abs=5e-5)
    assert nominal_minting("2027-01-01", node_rate=after, factor=0.635) == pytest.approx(0.0542, abs=5e-5)


def test_the_file_of_mission_70_takes_the_same_steps() -> None:
    """What the scenario mints by votes and the factor on node pay give the paper's total, the live factor apart."""
    network = load_network("internet-computer@2026-02")
    run = project(network, proposals=["icp-mission-70"], years=1)
    step = run.dates.index(min(run.dates, key=lambda day: abs(day - dt.date(2027, 1, 1))))
    rate = run.values("nominal_emission")[:, step] / run.values("supply")[:, step]
    cut = run.values("fiat_indexed")[1, step] / run.values("fiat_indexed")[0, step]
    before, after = NODE_RATE.values()
    assert cut == pytest.approx(after / before, rel=1e-4)
    assert rate[1] + before * cut == pytest.approx(0.0542, abs=2e-4)
    assert rate[0] == pytest.approx(voting_reward_rate(day_of(run.dates[step])), rel=1e-3)


def test_the_net_goal_of_mission_70_is_met_at_one_price_only() -> None:
    voting, node_xdr = float(voting_reward_rate(day_of("2027-01-01"), 0.635)), 0.0197 * SUPPLY * 1.655
    price = price_of_goal(voting_rate=voting, node_xdr=node_xdr)
    assert price == pytest.approx(1.655, abs=0.01)
    paths = [net_inflation(p, voting_rate=voting, node_xdr=node_xdr) for p in (1.0, price, 3.0)]
    assert paths[1] == pytest.approx(NET_GOAL, rel=1e-9)
    assert paths[0] < NET_GOAL < paths[2]


def test_a_fifth_of_cloud_engine_revenue_raises_the_burn_and_a_fifth_of_all_revenue_cuts_it() -> None:
    network = load_network("internet-computer@2026-02")
    run = project(network, proposals=["icp-mission-70-revenue-burn"], years=3)
    burned = run.values("burn") * run.values("price")
    started = [step for step, day in enumerate(run.dates) if day > dt.date(2026, 4, 8)]
    assert (burned[1, started] > burned[0, started]).all()
    naive = project(network, changes={"burn_share": 0.2}, years=3)
    burned = naive.values("burn") * naive.values("price")
    assert burned[1, 0] == pytest.approx(0.2 * burned[0, 0])
    assert any(
        "would cut that burn to a fifth" in line for line in load_proposal("icp-mission-70-revenue-burn").does_not_model
    )


def test_a_floor_of_20_percent_leaves_what_burns_more_alone() -> None:
    network = load_network("internet-computer@2026-02")
    proposal = load_proposal("revenue-burn-20-users")
    assert in_force(proposal, network)
    assert Scenario(network, proposals=[proposal]).is_empty


# ---- already in force -------------------------------------------------------------------------------------
def test_on_a_later_vintage_the_page_can_say_that_it_is_in_force() -> None:
    proposal = load_proposal("icp-mission-70-voting-rewards")
    assert not in_force(proposal, load_network("internet-computer@2026-02"))
    later = load_network("internet-computer@2026-11")
    assert in_force(proposal, later)
    assert "already has" in vintage_sentence(proposal, later)
    assert provision_states(load_proposal("icp-mission-70"), later)["node-pay"] == "moves"


def test_a_past_mint_is_over_on_a_later_vintage() -> None:
    proposal = load_proposal("fetch-cudos-mint")
    assert in_force(proposal, load_network("fetch@2026-11"))
    assert not in_force(proposal, load_network("fetch@2024-04"))
    assert not in_force(proposal, load_network("render"))
