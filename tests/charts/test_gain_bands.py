"""The bands of who gains: the key names every band once, and no band is told by colour alone."""

from __future__ import annotations

from charts.gain_bands import KEY_SHORT, KEY_TEXT, ROLES, STRENGTH, gain_bands, key_rows
from charts.roles import ROLE_NAMES
from model.gains.who_gains import BANDS


def test_the_key_has_every_band_of_the_ledger_once_and_fills_the_row() -> None:
    key = key_rows()
    assert key["band"].to_list() == list(range(len(BANDS)))
    assert key["start"][0] == 0
    assert key["end"][-1] == 1
    assert key["start"][1:].to_list() == key["end"][:-1].to_list()


def test_words_signs_and_strengths_tell_bands_apart_without_their_colour() -> None:
    assert len(set(KEY_TEXT)) == len(set(KEY_SHORT)) == len(BANDS)
    for role in set(ROLES):
        shades = [strength for name, strength in zip(ROLES, STRENGTH, strict=True) if name == role]
        assert len(set(shades)) == len(shades)


def test_the_words_of_the_key_are_those_of_the_ledger() -> None:
    for word, band in zip(KEY_TEXT, BANDS, strict=True):
        assert word.split("\n")[0] in band


def test_bars_are_coloured_by_declared_roles_and_grow_with_the_number_of_groups() -> None:
    assert set(ROLES) <= set(ROLE_NAMES)
    assert gain_bands(8)["height"] > gain_bands(4)["height"]
