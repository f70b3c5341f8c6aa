"""Keys: declared once, on every page of a scenario, none that the Keyboard window does not list."""

from __future__ import annotations

import pytest

from tests.pages.opening import opened
from ui import keys
from ui.keys import KEYS

EVERYWHERE = {key.press.lower() for key in (keys.UNDO, keys.REDO, keys.SHARE, keys.GLOSSARY, keys.KEYBOARD)}
READING = {key.press.lower() for key in (keys.GLOSSARY, keys.KEYBOARD)}
LAYOUT = {"1", "2", "4"}


def test_no_key_is_given_twice() -> None:
    assert len({key.press for key in KEYS}) == len(KEYS)


@pytest.mark.parametrize(
    ("page", "link", "offered"),
    [
        ("start", "", EVERYWHERE),
        ("proposal", "", EVERYWHERE),
        ("proposal", "proposal=revenue-burn-20-providers", EVERYWHERE | {"b"}),
        ("encode", "", READING),
        ("sandbox", "", EVERYWHERE | LAYOUT | {"b", "p"}),
        ("compare", "", EVERYWHERE),
        ("compare", "a=network%3Dpayment", EVERYWHERE | {"b"}),
        ("stress", "futures=0", EVERYWHERE | {"b"}),
        ("network", "", EVERYWHERE),
    ],
)
def test_a_page_offers_exactly_the_keys_that_are_declared_for_it(page: str, link: str, offered: set[str]) -> None:
    app = opened(f"pages/{page}.py", link)
    assert not app.exception
    assert {button.proto.shortcut for button in app.button} - {""} == offered
    assert offered <= {key.press.lower() for key in KEYS}
