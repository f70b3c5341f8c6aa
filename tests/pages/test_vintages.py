"""A past vintage opens from the picker beside the network, and the link keeps it."""

from __future__ import annotations

import pytest

from model.presets.files import network_names, network_vintages
from tests.pages.opening import opened, query_of, words

WORKING = ("pages/sandbox.py", "pages/equilibrium.py")
DATED = [name for name in network_names() if len(network_vintages(name)) > 1]


@pytest.mark.parametrize("page", WORKING)
def test_a_past_vintage_opens_from_the_picker_and_stays_in_the_link(page: str) -> None:
    app = opened(page, "network=render")
    picker = app.selectbox(key="pick-vintage")
    assert picker.options[0] == "Oct 2026"
    assert "Dec 2023" in picker.options
    picker.set_value("render@2023-12").run()
    assert not app.exception
    assert query_of(app)["network"] == "render@2023-12"
    assert "As of Dec 2023" in words(app)


def test_going_back_to_the_newest_vintage_leaves_no_date_in_the_link() -> None:
    app = opened("pages/sandbox.py", "network=fetch@2024-04")
    assert app.selectbox(key="pick-vintage").value == "fetch@2024-04"
    assert app.selectbox(key="pick-network").value == "fetch"
    app.selectbox(key="pick-vintage").set_value("fetch").run()
    assert query_of(app)["network"] == "fetch"


@pytest.mark.parametrize("name", DATED)
def test_every_network_with_several_vintages_offers_all_of_them_newest_first(name: str) -> None:
    app = opened("pages/sandbox.py", f"network={name}")
    days = app.selectbox(key="pick-vintage").options
    assert len(days) == len(network_vintages(name))
    assert [day[-4:] for day in days] == sorted((day[-4:] for day in days), reverse=True)


def test_a_network_without_a_past_offers_no_date() -> None:
    app = opened("pages/sandbox.py", "network=payment")
    assert not [box for box in app.selectbox if box.key == "pick-vintage"]


def test_shares_come_along_from_one_vintage_to_another() -> None:
    app = opened("pages/sandbox.py", "network=fetch&inflation_rate=0.02")
    app.selectbox(key="pick-vintage").set_value("fetch@2024-04").run()
    assert query_of(app).items() >= {"network": "fetch@2024-04", "inflation_rate": "0.02"}.items()
