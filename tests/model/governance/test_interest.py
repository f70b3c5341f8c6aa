"""What declared affiliates take of a proposal's gains, and what is said where nobody declared any."""

from __future__ import annotations

import polars as pl
import pytest

from model import load_proposal
from model.errors import BallastError, PresetError
from model.governance.interest import affiliates_of, interest_words, taking_of
from model.governance.usual import preview
from model.presets.files import load_network
from model.proposals.files import proposal_to_toml, read_proposal
from model.proposals.proposal import Affiliate, Proposal

GAINS = pl.DataFrame(
    {
        "group": ["stakers", "passive", "users"],
        "label": ["Stakers", "Passive holders", "Users"],
        "base": [100.0, 300.0, 0.0],
        "difference": [20.0, -10.0, 5.0],
    }
)


def _declared(*affiliates: tuple[str, float]) -> Proposal:
    text = proposal_to_toml(load_proposal("bittensor-no-first-halving"))
    rows = ", ".join(
        f'{{who = "A fund", of = "{of}", share = {share}, source = "subtensor"}}' for of, share in affiliates
    )
    return read_proposal(text.replace("\n[sources", f"\naffiliates = [{rows}]\n\n[sources", 1))


def test_affiliates_are_unknown_unless_every_proposal_declares_them() -> None:
    silent, none, some = load_proposal("bittensor-no-first-halving"), _declared(), _declared(("stakers", 0.2))
    assert affiliates_of([]) is None
    assert affiliates_of([silent]) is None
    assert affiliates_of([silent, some]) is None
    assert affiliates_of([none]) == ()
    assert affiliates_of([none, some]) == (Affiliate(who="A fund", of="stakers", share=0.2, source="subtensor"),)
    assert "unknown" in interest_words(GAINS, [silent])
    assert "no part" in interest_words(GAINS, [none])


def test_declared_affiliates_survive_a_file_and_a_wrong_source_is_refused() -> None:
    some = _declared(("stakers", 0.2), ("role.models", 1.0))
    assert read_proposal(proposal_to_toml(some)) == some
    with pytest.raises(PresetError, match="cites 'nobody'"):
        read_proposal(proposal_to_toml(some).replace('"subtensor"}', '"nobody"}'))


def test_affiliates_take_their_share_of_every_group_that_gains() -> None:
    found = taking_of(GAINS, _declared(("stakers", 0.5)).affiliates or ())
    assert found is not None
    assert found.capture == pytest.approx(10 / 25)
    assert found.share_before == pytest.approx(50 / 400)
    assert found.lift == pytest.approx((10 / 25) / (50 / 400))
    assert "40% would go to declared affiliates, 3.2 times" in interest_words(GAINS, [_declared(("stakers", 0.5))])


def test_affiliates_of_an_unknown_group_or_of_more_than_all_are_refused() -> None:
    for affiliates in ((("wizards", 0.5),), (("stakers", 0.6), ("stakers", 0.6))):
        with pytest.raises(BallastError):
            taking_of(GAINS, _declared(*affiliates).affiliates or ())


def test_a_preview_gives_a_chance_only_where_stake_votes_under_a_known_rule() -> None:
    assert preview(load_network("bittensor"), GAINS).chance is None
    assert "3 seats decide" in preview(load_network("bittensor"), GAINS).sentence
    assert preview(load_network("textbook"), GAINS).chance is None
    found = preview(load_network("fetch"), GAINS)
    assert found.chance is not None
    assert 0 < found.chance.passing < 1
    assert "both assumed" in found.sentence
    against = preview(load_network("fetch"), GAINS.with_columns(-pl.col("difference")))
    assert against.chance is not None
    assert against.chance.passing < found.chance.passing
