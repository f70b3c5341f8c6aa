"""Links with mistakes: any fields, any packed bytes, and any length give a moment and sentences, never an error."""

from __future__ import annotations

import base64
import importlib
import json
import pkgutil
import zlib
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ui
from model.errors import BallastError
from model.proposals.proposal import Proposal
from model.scenario import links
from model.scenario.links import WRITTEN_OUT, packed
from model.scenario.scenario import MOST_PROPOSALS
from tests.fuzz.mutations import JUNK, RARELY, VALUES, damaged, edited
from tests.fuzz.test_files import texts
from tests.model.scenario.test_scenarios import one_sentence
from ui.link import MOST_FIELDS, read_query
from ui.page_fields import PageField, table

KEYS = [
    "v", "network", "proposal", "stress", "without", "years", "futures", "seed", "start", "phase_in_years",
    "funded_by", "event.1", "burn_share", "demand_growth", "initial.price", "a", "view", "vote.rule", "stress.goal.1",
]  # fmt: skip


def _sealed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _sentences(told: tuple[str, ...]) -> None:
    for sentence in told:
        assert sentence.endswith("."), sentence
        assert "\n" not in sentence
        assert "Traceback" not in sentence


@given(st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=20), st.sampled_from(JUNK) | st.text(max_size=60)))
def test_any_fields_give_a_moment_and_sentences(fields: dict[str, str]) -> None:
    moment, told = read_query(fields)
    _sentences(told)
    assert read_query(moment.query)[0] == moment


@given(field=st.sampled_from(["network", "proposal", "stress"]), content=st.binary(max_size=300), whole=st.booleans())
def test_any_packed_bytes_are_told_and_leave_the_rest_of_the_link(field: str, content: bytes, whole: bool) -> None:
    text = WRITTEN_OUT + _sealed(zlib.compress(content) if whole else content)
    moment, told = read_query({"years": "5", field: text})
    _sentences(told)
    assert told
    assert moment.years == 5


@RARELY
@given(data=st.data())
def test_a_packed_file_with_mistakes_is_read_or_told(data: st.DataObject) -> None:
    kind, field = data.draw(st.sampled_from([("networks", "network"), ("proposals", "proposal")]))
    text = data.draw(st.sampled_from(texts(kind)))
    mistaken = data.draw(st.one_of(edited(text), damaged(text)))
    moment, told = read_query({field: packed(mistaken), "years": "5"})
    _sentences(told)
    assert moment.years == 5


BOMB = WRITTEN_OUT + _sealed(zlib.compress(b"a" * 50_000_000))


@pytest.mark.parametrize("field", ["network", "proposal", "stress", "without", "vote.holders", "a"])
def test_a_huge_link_is_told_and_looks_up_no_more_names_than_may_stand(
    field: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up: list[str] = []
    look_up = links._part

    def counted(name: str, group: str) -> Proposal:
        looked_up.append(name[:9])
        return look_up(name, group)

    monkeypatch.setattr(links, "_part", counted)
    many = {f"x{place}": "1" for place in range(2 * MOST_FIELDS)}
    for text in (BOMB, "a" * 1_000_000, ",".join(map(str, range(50_000)))):
        moment, told = read_query({field: text, **many})
        assert all(len(sentence) < 600 for sentence in told)
        assert moment.query == read_query({})[0].query or field == "vote.holders"
    assert len(looked_up) <= 3 * 2 * MOST_PROPOSALS


# ---- what pages ask -----------------------------------------------------------------------------------------
@cache
def page_fields() -> tuple[PageField[Any], ...]:
    """Every field that a module of `ui` declares by itself, in a list of fields or inside a box."""
    found: dict[str, PageField[Any]] = {}
    for info in pkgutil.walk_packages(ui.__path__, "ui."):
        for value in vars(importlib.import_module(info.name)).values():
            listed = (
                value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else [value]
            )
            for part in listed:
                field = part if isinstance(part, PageField) else getattr(part, "field", None)
                if isinstance(field, PageField):
                    found[field.key] = field
    return tuple(found[key] for key in sorted(found))


def test_the_fields_of_the_pages_are_found() -> None:
    pages = {field.key.partition(".")[0] for field in page_fields()}
    assert pages >= {"vote", "stress", "tune", "design", "scorecard"}


ROWS = st.lists(st.dictionaries(st.text(max_size=8), VALUES, max_size=4), max_size=4)


@given(data=st.data())
def test_what_a_page_asks_is_read_as_what_it_writes_or_refused_in_one_sentence(data: st.DataObject) -> None:
    field = data.draw(st.sampled_from(page_fields()))
    rows = ROWS.map(lambda found: _sealed(zlib.compress(json.dumps(found, default=str).encode())))
    text = data.draw(st.one_of(st.sampled_from(JUNK), st.text(max_size=80), rows))
    try:
        value = field.read(text)
        again = field.read(field.write(value))
    except BallastError as problem:
        one_sentence(problem)
    else:
        assert again == value


@pytest.mark.parametrize("plain", ['[{"a": NaN}]', '[{"a": 1e999}]', '[{"a": [-Infinity]}]', "[1]", "[" * 90_000])
def test_a_table_that_could_not_be_written_again_is_not_read(plain: str) -> None:
    with pytest.raises(BallastError):
        table("vote.some").read(_sealed(zlib.compress(plain.encode())))
