"""Colours: one meaning each, readable on both backgrounds, the same in the theme."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from charts.roles import ROLES, Mode, palette, with_colours
from charts.trajectory import trajectory

ROOT = Path(__file__).resolve().parents[2]
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
MODES: tuple[Mode, ...] = get_args(Mode)


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def drawn(name: str, mode: Mode) -> str:
    return palette(mode)[list(ROLES).index(name)]


def test_contrast_is_computed_as_the_standard_defines_it() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ROLES)
def test_a_mark_has_three_to_one_against_the_page(name: str, mode: Mode) -> None:
    assert contrast(drawn(name, mode), THEME[mode]["backgroundColor"]) >= 3


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", ROLES)
def test_the_label_of_a_mark_has_four_and_a_half_to_one(name: str, mode: Mode) -> None:
    assert contrast(drawn(ROLES[name].label_role, mode), THEME[mode]["backgroundColor"]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("surface", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize("text", ["textColor", "grayTextColor", "linkColor", "primaryColor"])
def test_page_text_has_four_and_a_half_to_one(text: str, surface: str, mode: Mode) -> None:
    assert contrast(THEME[mode][text], THEME[mode][surface]) >= 4.5


def test_words_on_a_primary_button_take_the_colour_of_the_page() -> None:
    """The accent is readable against the page in both themes, so the page's colour is readable on it."""
    light, dark = (THEME[mode]["backgroundColor"] for mode in ("light", "dark"))
    assert f"light-dark({light}, {dark})" in (ROOT / "ui" / "style.css").read_text(encoding="utf-8")


@pytest.mark.parametrize("mode", MODES)
def test_the_theme_lists_the_role_colours_in_the_same_order(mode: Mode) -> None:
    assert THEME[mode]["chartCategoricalColors"] == palette(mode)


def test_two_roles_of_one_colour_differ_in_dash() -> None:
    seen = [(role.light, role.dash) for role in ROLES.values()]
    assert len(set(seen)) == len(seen)


def test_lines_that_share_a_chart_differ_in_more_than_colour() -> None:
    shared = [ROLES[name] for name in ("scenario", "baseline", "previous", "goal")]
    assert len({(role.dash, role.width) for role in shared}) == len(shared)


def test_a_picture_outside_the_app_gets_its_colours_without_changing_the_shared_specification() -> None:
    spec = trajectory("tokens")
    assert with_colours(spec, "dark")["config"]["range"]["category"] == palette("dark")
    assert "config" not in spec
