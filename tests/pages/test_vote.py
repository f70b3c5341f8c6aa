"""The Vote page by hand: rule, votes, other rules, power and clock."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from model.governance import RULES
from tests.pages.opening import drawn, opened, query_of, warned, words
from ui.vote.hand import HOLDERS

PAGE = "pages/vote.py"

ROWS = (
    {"holder": "Anna", "kind": "passive", "tokens": 2_000_000.0, "vote": "yes"},
    {"holder": "Ben *and* Co", "kind": "stakers", "tokens": 1_900_000.0, "vote": "no"},
)
NOBODY_ELSE = {f"vote.body_{option}": "0" for option in ("yes", "no", "abstain")}


def by_hand(**fields: str) -> str:
    return urlencode({"vote.holders": HOLDERS.write(ROWS), **NOBODY_ELSE, **fields})


@pytest.fixture(autouse=True)
def without_the_second_half(monkeypatch: pytest.MonkeyPatch) -> None:
    """How a vote might go is drawn over many lists of holders, and has tests of its own."""
    monkeypatch.setattr("ui.vote.page.future_part", lambda *_: None, raising=False)


@pytest.mark.parametrize("network", ["internet-computer", "bittensor", "textbook"])
def test_every_network_opens_with_its_own_rule_or_says_that_none_is_known(network: str) -> None:
    app = opened(PAGE, f"network={network}")
    assert not app.exception
    assert not warned(app)
    text = words(app)
    shown = str(app.selectbox("vote-rule").value)
    assert f"under {RULES[shown].title}" in text
    assert ("is not known" in text) is network.startswith("textbook")


def test_votes_by_hand_are_counted_under_the_rule_of_the_link() -> None:
    text = words(opened(PAGE, by_hand(network="payment", **{"vote.rule": "livepeer_treasury"})))
    assert "would fail under Livepeer treasury governor: the quorum is missed" in text
    assert "Cast, in PAY: 2M yes, 1.9M no: " in text
    app = opened(PAGE, by_hand(network="payment", **{"vote.rule": "solana_sgp"}))
    assert "Approval missed; it would take 1.8M PAY of further yes." in words(app)
    assert "Ben *and* Co" in drawn(app)["label"].to_list()


def test_a_changed_copy_decides_otherwise_until_another_rule_is_picked() -> None:
    app = opened(PAGE, by_hand(network="payment", **{"vote.rule": "solana_sgp", "vote.changed_approval": "1/2"}))
    assert "would pass under Solana governance proposal (from July 2026), changed" in words(app)
    app.selectbox("vote-rule").select("cosmos").run()
    assert query_of(app).get("vote.rule") == "cosmos"
    assert "vote.changed_approval" not in query_of(app)
    assert "would fail under Cosmos SDK governance (default parameters)" in words(app)


def test_a_tie_fails_as_published_and_passes_in_a_copy_that_asks_for_at_least_half() -> None:
    tied = HOLDERS.write(tuple({**row, "tokens": 1e6} for row in ROWS))
    link = {"vote.holders": tied, "vote.rule": "snapshot_basic", **NOBODY_ELSE}
    assert "would fail under Snapshot, basic voting: approval is too low" in words(opened(PAGE, urlencode(link)))
    link["vote.changed_compare"] = ">="
    assert "would pass under Snapshot, basic voting, changed" in words(opened(PAGE, urlencode(link)))


def test_seats_vote_where_stake_does_not() -> None:
    app = opened(PAGE, urlencode({"network": "bittensor", "vote.seats_yes": "1", "vote.seats_no": "2"}))
    text = words(app)
    assert "would fail under Bittensor in force: 2-of-3 multisig" in text
    assert "stake has no vote of its own" in text
    assert "each has 1/3 of the power" in text


def test_a_broken_link_is_told_in_sentences_and_the_page_stands() -> None:
    rows = HOLDERS.write(({"holder": "x", "kind": "passive", "tokens": -5, "vote": "yes"}, *ROWS))
    link = {"vote.rule": "no_rule", "vote.holders": rows, "vote.body_yes": "7", "vote.unheard": "1"}
    app = opened(PAGE, urlencode(link))
    assert not app.exception
    told = " ".join(warned(app))
    for part in ("no_rule", "row 1 of the holders", "'7' cannot be used", "vote.unheard"):
        assert part in told
    assert "2M yes" not in told


def test_a_rule_without_veto_offers_none_until_a_vote_uses_it() -> None:
    def vetoes(**fields: str) -> bool:
        app = opened(PAGE, by_hand(network="payment", **fields))
        return any(slider.label.startswith("Veto") for slider in app.slider)

    assert not vetoes(**{"vote.rule": "solana_sgp"})
    assert vetoes(**{"vote.rule": "cosmos"})
    assert vetoes(**{"vote.rule": "solana_sgp", "vote.body_veto": "0.1"})


def test_a_proposal_that_was_decided_says_so_beside_the_example_votes() -> None:
    app = opened(PAGE, "network=render&proposal=render-rnp-023")
    text = words(app)
    assert "RNP-023" in app.title[0].value
    assert "With the example votes below “RNP-023" in text
    assert "On record, " in text
    assert "its count of votes is not in the file" in text
