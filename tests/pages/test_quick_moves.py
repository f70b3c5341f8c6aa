"""Controls that report where they stood before the page answered."""

from __future__ import annotations

from tests.pages.opening import opened

PAGE = "pages/sandbox.py"


def test_a_control_that_follows_late_does_not_undo_the_one_that_is_turned() -> None:
    at = opened(PAGE)
    at.slider(key="slide:burn_share").set_value(21.0).run()
    assert at.slider(key="slide:provider_fee_share").value == 59.0
    at.slider(key="slide:burn_share").set_value(22.0)
    at.slider(key="slide:provider_fee_share").set_value(60.0).run()
    assert not at.error
    assert at.slider(key="slide:burn_share").value == 22.0
    assert at.slider(key="slide:provider_fee_share").value == 58.0


def test_a_control_that_is_turned_back_alone_counts() -> None:
    at = opened(PAGE)
    at.slider(key="slide:burn_share").set_value(21.0).run()
    at.slider(key="slide:burn_share").set_value(20.0).run()
    assert at.slider(key="slide:burn_share").value == 20.0
    assert not at.error
