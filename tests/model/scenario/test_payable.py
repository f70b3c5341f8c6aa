"""How far a share of revenue can go before nobody is left to pay."""

from __future__ import annotations

import pytest

from model import BallastError, Scenario, load_network
from model.scenario.shares import most_payable

PAYMENT = load_network("payment")


def test_the_highest_payable_share_stands_and_anything_above_is_refused() -> None:
    shown = Scenario(PAYMENT)
    most = most_payable(shown.structure, shown.values, "burn_share", set(), "providers")
    assert Scenario(PAYMENT, {"burn_share": most}).values["provider_fee_share"] == 0
    with pytest.raises(BallastError) as refused:
        Scenario(PAYMENT, {"burn_share": most + 0.01})
    assert "provider_fee_share" in str(refused.value)
    assert "_" not in refused.value.told


def test_nothing_is_said_of_shares_that_users_pay_on_top_or_that_are_no_shares() -> None:
    shown = Scenario(PAYMENT)
    assert most_payable(shown.structure, shown.values, "burn_share", set(), "users") == 1
    assert most_payable(shown.structure, shown.values, "emission_scale", set(), "providers") == 1
