"""The form of a proposal: files come out as they went in, and every field says what is wrong with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model import Scenario, load_network, load_proposal, proposal_names
from model.proposals.draft import (
    Draft,
    EventDraft,
    MoveDraft,
    ProvisionDraft,
    SourceDraft,
    draft_by_hand,
    draft_of,
    slug,
    unique,
)
from model.proposals.draft_check import check, complete_provisions, placeholder
from model.proposals.draft_words import settings as offered_settings
from model.proposals.draft_words import shown_factor, value_label
from model.proposals.files import proposal_to_toml, read_proposal

TODAY = dt.date(2026, 11, 15)


def filled(*provisions: ProvisionDraft, **fields: object) -> Draft:
    """A draft in which only what a test is about can be wrong."""
    source = SourceDraft("A thread", "https://example.org/thread", "2026-11")
    draft = Draft(
        title="A test", summary="It tests.", author="Somebody", does_not_model="listings", sources=[source],
        provisions=list(provisions),
    )  # fmt: skip
    return replace(draft, **fields)  # type: ignore[arg-type]


def moved(key: str, value: float | None, way: str = "to", **fields: object) -> ProvisionDraft:
    return ProvisionDraft(moves=[MoveDraft(key, value)], way=way, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", proposal_names())
def test_a_file_that_is_opened_in_the_form_comes_out_the_same(name: str) -> None:
    found = check(draft_of(load_proposal(name)), TODAY)
    assert found.wrong == {}
    assert found.missing == {}
    assert found.proposal == load_proposal(name)


def test_an_empty_form_misses_everything_and_blames_nobody() -> None:
    found = check(Draft(), TODAY)
    assert found.wrong == {}
    assert {word for _, word in found.missing} >= {"title", "summary", "author", "does_not_model", "key", "date"}
    assert found.proposal is None
    assert Draft().is_blank


def test_a_complete_change_can_be_looked_at_before_anything_else_is_filled_in() -> None:
    draft = Draft(network="staking", provisions=[moved("burn_share", 0.2, funded_by="providers"), ProvisionDraft()])
    (only,) = complete_provisions(draft)
    shown = Scenario(load_network("staking"), proposals=[placeholder(draft, [only])])
    assert shown.values["burn_share"] == 0.2
    assert only.title == "Burn share to 20%"


@pytest.mark.parametrize(
    ("provision", "field", "told"),
    [
        (moved("burn_share", 1.7), "value", "Burn share is 170%"),
        (moved("burn_share", -1.0, "by_factor"), "value", "A factor is 0 or more"),
        (moved("burn_share", 0.9, funded_by="treasury"), "", "cannot pay"),
        (moved("burn_share", 0.1, phase_in_months=-3.0), "phase_in_months", "greater than or equal to 0"),
        (moved("burn_share", 0.1, note="x" * 200, title="y" * 2001), "title", "too long; allowed: up to 2000"),
        (moved("burn_share", 0.1, start=dt.date(2028, 1, 1), end=dt.date(2027, 1, 1)), "end", "end before it starts"),
    ],
)
def test_what_cannot_stand_is_told_beside_its_field(provision: ProvisionDraft, field: str, told: str) -> None:
    found = check(filled(provision), TODAY)
    assert found.proposal is None
    places = {provision.uid, *(move.uid for move in provision.moves)}
    assert {(uid in places, name) for uid, name in found.wrong} == {(True, field)}
    (sentence,) = found.wrong.values()
    assert told in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence


def test_one_setting_twice_in_one_change_is_told() -> None:
    twice = ProvisionDraft(moves=[MoveDraft("burn_share", 0.1), MoveDraft("burn_share", 0.2)])
    found = check(filled(twice), TODAY)
    assert list(found.wrong) == [(twice.moves[1].uid, "key")]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"status": "passed"}, "put"),
        ({"put": dt.date(2026, 2, 1), "decided": dt.date(2026, 1, 1)}, "decided"),
        ({"provisions": []}, "provisions"),
        ({"sources": []}, "sources"),
    ],
)
def test_header_fields_say_what_they_lack(fields: dict[str, object], place: str) -> None:
    found = check(filled(moved("burn_share", 0.3), **fields), TODAY)
    assert (0, place) in {**found.wrong, **found.missing}
    assert found.proposal is None


@pytest.mark.parametrize(("name", "value"), [("link", "not an address"), ("date", "last week")])
def test_a_source_that_is_not_written_as_it_has_to_be_says_how(name: str, value: str) -> None:
    source = SourceDraft("A thread", "", "2026-11")
    setattr(source, name, value)
    found = check(filled(moved("burn_share", 0.3), sources=[source]), TODAY)
    assert list(found.wrong) == [(source.uid, name)]
    assert "allowed:" in found.wrong[(source.uid, name)]


def test_what_the_form_leaves_empty_is_made_of_what_it_has() -> None:
    proposal = check(filled(moved("burn_share", 0.3), moved("emission_scale", 0.5, "by_factor")), TODAY).proposal
    assert proposal is not None
    assert [p.title for p in proposal.provisions] == ["Burn share to 30%", "Emission multiplier times 0.5"]
    assert proposal.models == ("Burn share to 30%", "Emission multiplier times 0.5")
    assert (proposal.encoded_by, proposal.as_of, proposal.name) == ("Somebody", TODAY, "a-test")
    assert {p.source for p in proposal.provisions} == {"a_thread"}


def test_two_changes_of_one_title_have_names_of_their_own() -> None:
    late = dt.date(2030, 1, 1)
    proposal = check(filled(moved("burn_share", 0.3), moved("burn_share", 0.3, start=late)), TODAY).proposal
    assert proposal is not None
    assert [p.id for p in proposal.provisions] == ["burn-share-to-30", "burn-share-to-30-2"]


def test_another_title_is_another_file() -> None:
    draft = draft_of(load_proposal("icp-mission-70"))
    draft.title = "Mission 80: more of it"
    proposal = check(draft, TODAY).proposal
    assert proposal is not None
    assert proposal.name == "mission-80-more-of-it"


def test_supply_events_make_a_proposal_of_their_own() -> None:
    events = ProvisionDraft(moves=[], events=[EventDraft(dt.date(2027, 5, 1), "mint_treasury", 5e6)])
    proposal = check(filled(events), TODAY).proposal
    assert proposal is not None
    assert proposal.provisions[0].events[0].tokens == 5e6
    events.events[0].tokens = -1.0
    assert list(check(filled(events), TODAY).wrong) == [(events.events[0].uid, "tokens")]


def test_what_is_moved_by_hand_becomes_a_proposal_with_the_same_values() -> None:
    network = load_network("payment")
    shown = Scenario(
        network, {"burn_share": 0.3, "emission_scale": 0.5}, "treasury", start=dt.date(2028, 1, 1), phase_in_years=0.5
    )
    draft = draft_by_hand(shown)
    draft.title, draft.summary, draft.author, draft.does_not_model = "By hand", "It is.", "Somebody", "the rest"
    draft.sources = [SourceDraft("Own idea", "", "2026-11", "assumed")]
    proposal = check(draft, TODAY).proposal
    assert proposal is not None
    assert Scenario(network, proposals=[proposal]).values == shown.values
    assert proposal.provisions[0].start == shown.start
    assert proposal.provisions[0].phase_in_months == 6


def test_an_assumption_is_marked_as_expected_without_being_asked() -> None:
    proposal = check(filled(moved("demand_growth", 0.3)), TODAY).proposal
    assert proposal is not None
    assert proposal.provisions[0].expected


def test_settings_for_any_network_have_keys_that_every_network_knows() -> None:
    anywhere = offered_settings("render", True)
    assert all("." not in key for key in anywhere)
    assert "(Render jobs)" in anywhere["burn_share"].today
    assert "jobs.burn_share" in offered_settings("render", False)


def test_the_number_is_typed_in_the_unit_that_its_label_names() -> None:
    burn = offered_settings("payment", False)["burn_share"]
    assert (value_label(burn, "to", ""), shown_factor(burn, "to", "")) == ("New value, percent", 100)
    assert (value_label(burn, "by", ""), shown_factor(burn, "by", "")) == ("Plus, percentage points", 100)
    assert shown_factor(burn, "by_factor", "") == 1


@given(share=st.floats(0, 0.8), title=st.text(min_size=1, max_size=80).filter(str.strip), note=st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_the_file_reads_back_as_the_same_proposal(share: float, title: str, note: str) -> None:
    found = check(filled(moved("burn_share", share, note=note), title=title), TODAY)
    assert found.wrong == {}
    assert found.proposal is not None
    assert read_proposal(proposal_to_toml(found.proposal)) == found.proposal


@given(st.text(max_size=100))
def test_every_text_makes_a_name(text: str) -> None:
    name = slug(text)
    assert name
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert unique(name, [name]) == f"{name}-2"


def test_what_is_missing_is_named_in_the_order_of_the_form() -> None:
    draft = Draft(network="staking", provisions=[ProvisionDraft()])
    needed = list(check(draft, TODAY).missing_in_order(draft).values())
    parts = ("a title", "a summary", "an author", "the setting of a change", "the title of a source")
    places = [needed.index(part) for part in parts]
    assert places == sorted(places)
    assert needed[-1] == "what it does not model"
    assert "a change" not in needed
    empty = Draft(network="staking", provisions=[])
    told = list(check(empty, TODAY).missing_in_order(empty).values())
    assert told.index("an author") < told.index("a change") < told.index("the title of a source")
