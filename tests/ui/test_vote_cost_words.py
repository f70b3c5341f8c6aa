"""Cost of votes in words: a range that has no end, and a prize that nobody named."""

from __future__ import annotations

import math

from model.governance.attack_cost import Attack, Market, Prize, bill
from ui.page_fields import offered
from ui.vote.attack import _cells, _prize_words, _range_words


def test_without_a_prize_no_way_is_said_to_pay_or_not() -> None:
    cost = bill("order_book", Market(1.0, daily_volume=100.0), 10.0, days=7.0)
    told = " ".join((_prize_words(Attack(Prize(), 7.0)), *_cells("Market", cost, Attack(Prize(), 7.0))))
    assert "would not pay" not in told
    assert "name what could be taken first" in told
    assert "would not pay" in _cells("Market", cost, Attack(Prize(1.0), 7.0))[-1]


def test_a_range_that_has_no_upper_end_says_what_that_means() -> None:
    assert _range_words(8.2e6, math.inf) == "8.2M or more in nine of ten of them, and in some no number would be enough"
    assert _range_words(1e6, 2e6) == "1M to 2M in nine of ten of them"


def test_a_name_that_cannot_be_chosen_is_answered_by_the_nearest_and_never_by_all() -> None:
    names = ["", *(f"rule_{place}" for place in range(30)), "cosmos_hub"]
    assert offered("cosmos", names).startswith("cosmos_hub")
    assert offered("cosmos", names).count(",") < 4
    assert offered("x", ["", "one", "two"]) == "one, two"
