"""How a vote might go, on the page: chance, whose interest, cost and cases, from links that carry all of it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from model.governance.chance import chances_over_lists
from model.governance.holders import GROUPS, Bucket, Plan
from tests.pages.opening import opened, query_of, warned, words
from ui.vote.runs import with_named

PAGE = "pages/vote.py"


@pytest.fixture(autouse=True)
def few_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three lists of holders are enough for what stands on the page."""
    defaults = chances_over_lists.__kwdefaults__
    assert defaults is not None
    monkeypatch.setitem(defaults, "lists", 3)


def part(name: str, **fields: str) -> AppTest:
    return opened(PAGE, urlencode({"vote.part": name, **fields}))


def test_the_chance_says_that_it_is_assumed_and_follows_the_turnout_of_the_link() -> None:
    given = {"network": "fetch", "proposal": "fetch-goal-bonded-inflation"}
    app = part("Would it pass?", **given, **{"vote.turnout": "0.9", "vote.own": "1000000"})
    assert not app.exception
    assert not warned(app)
    text = words(app)
    assert "more than 19 in 20 modelled votes pass" in text or "9 in 10 modelled votes pass" in text
    assert "of 1,000 modelled votes" in text
    assert any("not a forecast" in info.value for info in app.info)
    app.slider("vote-turnout").set_value(2.0).run()
    assert query_of(app)["vote.turnout"] == "0.02"
    assert "fewer than 1 in 20 modelled votes pass" in words(app)


def test_a_case_loads_its_rule_and_vote_and_the_test_without_affiliates_fails() -> None:
    app = part("Cases", network="payment")
    app.button("vote-case-load").click().run()
    assert query_of(app)["vote.case"] == "compound-289"
    assert query_of(app)["vote.rule"] == "compound_bravo"
    app = part("Whose interest?", **{key: text for key, text in query_of(app).items() if key != "vote.part"})
    assert not app.exception
    text = words(app)
    assert "As cast it passes under Compound Governor Bravo" in text
    assert "without those votes it fails: 357k yes against 634k no" in text
    assert "passes with the beneficiaries' votes and fails without them" in text


def test_without_a_declaration_the_interest_is_unknown_and_never_clear() -> None:
    app = part("Whose interest?", network="render", proposal="render-rnp-023")
    assert not app.exception
    assert "Nobody declared who benefits" in words(app)


def test_the_cost_names_every_way_and_a_rule_without_beneficiaries_cannot_be_bought() -> None:
    app = part("Cost of votes", network="render")
    text = words(app)
    assert not app.exception
    assert "an attacker would need" in text
    assert text.count("would pay") + text.count("would not pay") + text.count("not possible") == 6
    app.checkbox("vote-mitigations-disinterested").check().run()
    assert query_of(app)["vote.mitigations"] == "disinterested"
    assert words(app).count("not possible") == 6


def test_broken_fields_are_told_and_the_page_stands() -> None:
    app = opened(PAGE, "network=payment&vote.turnout=2&vote.part=none&vote.buckets=rubbish&vote.lean.users=x")
    assert not app.exception
    told = " ".join(warned(app))
    assert all(field in told for field in ("vote.turnout", "vote.part", "vote.buckets", "vote.lean.users"))


def test_under_a_rule_of_seats_no_market_is_offered_and_the_page_stands() -> None:
    app = part("Cost of votes", network="bittensor")
    assert not app.exception
    assert "counts seats" in words(app)


def test_under_a_rule_of_seats_the_whole_page_speaks_of_seats_and_asks_nothing_about_stakes() -> None:
    app = part("Would it pass?", network="bittensor", **{"vote.turnout": "0.99"})
    assert not app.exception
    assert not warned(app)
    text = words(app)
    assert "Nothing is proposed on this screen" in text
    assert "With the example votes below a proposal would pass" in text
    assert "largest holder" not in text
    assert "TAO" not in text.partition("How a vote might go")[2]
    assert "under eight rules" not in text
    assert {slider.label for slider in app.slider} == {"Expected turnout (assumed)"}
    assert not any("Your stake" in box.label or "Self-interest" in box.label for box in app.number_input)


def test_a_stake_above_all_that_may_vote_is_counted_as_all_of_it_and_said() -> None:
    app = part("Would it pass?", network="fetch", **{"vote.own": "1e14"})
    assert not app.exception
    assert any("your stake is counted as that" in told for told in warned(app))


def test_a_loaded_case_shows_its_published_count_beside_the_votes_of_the_page() -> None:
    text = words(part("Cases", **{"vote.case": "compound-289", "vote.rule": "compound_bravo"}))
    assert "On record, " in text
    assert "so counted it passes under Compound Governor Bravo" in text


def test_holders_typed_by_hand_are_in_the_list_and_their_kind_holds_no_more_than_before() -> None:
    plan = Plan((Bucket("passive", 100.0, 40), Bucket("stakers", 50.0, 10)))
    typed = with_named(plan, [("Anna", "passive", 60.0), ("Ben", "passive", 30.0), ("Cleo", "users", 5.0)])
    holders = typed.draw(1)
    assert holders.total == pytest.approx(155.0)
    assert {"Anna", "Ben", "Cleo"} <= set(holders.names.values())
    assert sum(holders.stakes[holders.groups == list(GROUPS).index("passive")]) == pytest.approx(100.0)
