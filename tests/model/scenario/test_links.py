"""Links: whatever a scenario holds comes back exactly, and whatever is mangled is told in one sentence each."""

from __future__ import annotations

import base64
import datetime as dt
import random
import zlib
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import VERSION, Scenario, load_network, load_proposal, network_names, proposal_names, stress_names
from model.errors import BallastError
from model.parameters import parameter_keys
from model.scenario.links import WRITTEN_OUT, number_text, read_fields
from model.supply_events import EFFECTS, SupplyEvent
from model.version import CHANGES, changes_since, version_numbers
from tests.model.scenario.test_scenarios import one_sentence

FITTING = {
    name: [n for n in proposal_names() if load_proposal(n).network.partition("@")[0] == name]
    for name in network_names()
}

FITTING_ANY = [name for name in proposal_names() if load_proposal(name).is_for_any]


@settings(max_examples=120, deadline=None, derandomize=True)
@given(st.data())
def test_a_link_restores_everything_exactly(data: st.DataObject) -> None:
    network = load_network(data.draw(st.sampled_from(network_names())))
    keys = parameter_keys(network.structure)
    free = [k for k, c in keys.items() if not c.declared.is_share]

    def some(kind: str) -> dict[str, float]:
        names = [k for k in free if keys[k].declared.kind == kind]
        chosen = data.draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
        return {k: data.draw(st.floats(keys[k].declared.minimum, min(keys[k].declared.maximum, 1e9))) for k in chosen}

    parts = (
        data.draw(st.lists(st.sampled_from(FITTING[network.name]), unique=True, max_size=3))
        if FITTING[network.name]
        else []
    )
    ids = [f"{name}:{p.id}" for name in parts for p in load_proposal(name).provisions]
    events = data.draw(st.lists(st.builds(
        SupplyEvent, st.dates(dt.date(2026, 1, 1), dt.date(2036, 1, 1)), st.sampled_from(sorted(EFFECTS)),
        st.floats(0, 1e12), st.text(max_size=12)), max_size=2))  # fmt: skip
    try:
        scenario = Scenario(
            network,
            some("lever"),
            data.draw(st.sampled_from([None, "providers", "treasury"])),
            some("assumption"),
            data.draw(st.sampled_from([{}, {"price": 1 / 3}])),
            start=data.draw(st.sampled_from([None, dt.date(2028, 3, 1)])),
            phase_in_years=data.draw(st.sampled_from([0.0, 0.1 + 0.2])),
            events=tuple(events),
            proposals=parts,
            stress=data.draw(st.lists(st.sampled_from(stress_names()), unique=True, max_size=2)),
            without=frozenset(data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=2)))
            if ids
            else frozenset(),
        )
    except BallastError:
        return  # a lever far out of what somebody can pay for
    again = Scenario.from_link(scenario.to_link())
    assert again.to_link() == scenario.to_link()
    assert (again.changes, again.assumptions, again.initial) == (
        scenario.changes, scenario.assumptions, scenario.initial)  # fmt: skip
    assert (again.stacked, again.stresses, again.without) == (scenario.stacked, scenario.stresses, scenario.without)
    assert (again.events, again.start, again.phase_in_years) == (
        scenario.events, scenario.start, scenario.phase_in_years)  # fmt: skip


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_reads_back_as_itself(value: float) -> None:
    assert float(number_text(value)) == value


def test_a_proposal_of_ones_own_travels_in_the_link() -> None:
    own = load_proposal("buyback-and-hold").model_copy(update={"name": "mine", "title": "Mein Vorschlag – 5 %"})
    scenario = Scenario(load_network("payment"), proposals=[own])
    assert Scenario.from_link(scenario.to_link()).stacked == (own,)
    changed = load_proposal("buyback-and-hold").model_copy(update={"title": "Another title"})
    assert Scenario.from_link(Scenario(load_network("payment"), proposals=[changed]).to_link()).stacked == (changed,)


def packed(text: bytes) -> str:
    return WRITTEN_OUT + base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")


@pytest.mark.parametrize(
    "fields",
    [
        {"proposal": "nowhere"},
        {"proposal": "../../etc/passwd"},
        {"proposal": "icp-mission-70.toml"},
        {"proposal": "demand-halves"},
        {"stress": "icp-mission-70"},
        {"proposal": "icp-mission-70"},
        {"proposal": WRITTEN_OUT},
        {"proposal": WRITTEN_OUT + "!!!"},
        {"proposal": packed(b"name = ")},
        {"proposal": packed(b"\xff\xfe")},
        {"proposal": packed(b"a" * 50_000_000)},
        {"proposal": packed(b"x = 1")[:-6]},
        {"proposal": ",".join(f"p{n}" for n in range(400))},
        {"without": "a:b"},
        {"without": "buyback-and-hold:hold"},
        {"event.1": "soon"},
        {"event.1": "2027-01-01,mint_float,many"},
        {"event.1": "2027-01-01,explode,5"},
        {"event.1": "2027-01-01,mint_float,-5"},
        {"event.1": "2027-13-01,mint_float,5,"},
    ],
)
def test_a_wrong_proposal_stress_or_event_in_a_link_is_told_in_one_sentence(fields: dict[str, str]) -> None:
    scenario, problems = read_fields({"network": "payment", **fields})
    assert len(problems) == 1
    one_sentence(problems[0])
    assert scenario.to_link() == f"?v={VERSION}&network=payment"


def test_a_bad_field_takes_no_proposal_with_it() -> None:
    scenario, problems = read_fields(
        {"network": "payment", "proposal": "buyback-and-hold,nowhere", "stress": "demand-halves", "burn_share": "7"}
    )
    assert len(problems) == 2
    assert [part.name for part in scenario.stacked] == ["buyback-and-hold"]
    assert [part.name for part in scenario.stresses] == ["demand-halves"]


# ---- ten thousand mangled links ---------------------------------------------------------------------------
RICH = [
    Scenario(load_network("internet-computer@2026-02"), {"emission_scale": 0.5}, proposals=["icp-mission-70"],
             without=frozenset({"icp-mission-70:node-pay"}), stress=["demand-halves"]),
    Scenario(load_network("payment"), {"burn_share": 0.3}, "users", {"demand_growth": 0.1}, {"price": 2.5},
             start=dt.date(2028, 1, 1), phase_in_years=1.5, proposals=["buyback-and-hold", "what-if-hip-20"],
             events=(SupplyEvent(dt.date(2027, 5, 1), "burn_treasury", 1e6, "Burn, of a part"),)),
    Scenario(load_network("render@2023-12"), proposals=["render-rnp-013", "render-rnp-018"]),
    Scenario(load_network("payment"), proposals=[load_proposal("buyback-and-burn").model_copy(update={"name": "own"})]),
]  # fmt: skip
JUNK = [
    "",
    "%",
    "%00",
    "&",
    "=",
    "\u202e",
    "nan",
    "-inf",
    "1e999",
    "9" * 50,
    "..",
    "~",
    ",",
    ":",
    ";",
    "'",
    "\\",
    "\n",
    "💥",
]


def mangled(link: str, chance: random.Random) -> str:
    """A link with a few random mistakes: cut, swapped, doubled, overwritten, or with fields of another."""
    text = link
    for _ in range(chance.randint(1, 4)):
        spot = chance.randrange(len(text) + 1)
        match chance.randrange(6):
            case 0:
                text = text[:spot]
            case 1:
                text = text[:spot] + chance.choice(JUNK) + text[spot:]
            case 2:
                text = text[:spot] + chr(chance.randrange(1, 0xD7FF)) + text[spot + 1 :]
            case 3:
                fields = parse_qsl(text.lstrip("?"), keep_blank_values=True)
                chance.shuffle(fields)
                text = "?" + urlencode([(k, chance.choice([v, *JUNK])) for k, v in fields])
            case 4:
                text += "&" + chance.choice(RICH).to_link().lstrip("?")
            case _:
                text = text[:spot] + text[spot + chance.randint(1, 12) :]
    return text


def check_mangled(count: int, seed: int) -> int:
    """Read mangled links; each gives a scenario and sentences, or one sentence. Returns how many were refused."""
    chance, refused = random.Random(seed), 0
    links = [scenario.to_link() for scenario in RICH]
    for _ in range(count):
        text = mangled(chance.choice(links), chance)
        try:
            Scenario.from_link(text)
        except BallastError as problem:
            one_sentence(problem)
            refused += 1
    return refused


def test_five_hundred_mangled_links_give_a_sentence_and_no_traceback() -> None:
    assert check_mangled(500, seed=1) > 250


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 12))
def test_ten_thousand_mangled_links_give_a_sentence_and_no_traceback(seed: int) -> None:
    assert check_mangled(1000, seed) > 500


# ---- versions ---------------------------------------------------------------------------------------------
def test_an_older_link_says_what_changed_and_the_present_one_nothing() -> None:
    assert changes_since("0.1") == tuple(sentence for told in CHANGES.values() for sentence in told)
    assert changes_since(VERSION) == ()
    assert changes_since("nonsense") == ()


def test_every_version_that_changed_something_is_a_version_up_to_the_present_one() -> None:
    assert VERSION in CHANGES
    for version, told in CHANGES.items():
        assert (version_numbers(version) or ()) <= (version_numbers(VERSION) or ())
        assert all(sentence.endswith(".") for sentence in told)
