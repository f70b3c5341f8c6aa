"""Files with mistakes: every network, proposal, stress, voting rule and case is read or refused in one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import BallastError
from model.governance.cases import load_case
from model.governance.rule_files import read_rule, rule_to_toml
from model.presets.files import read_network
from model.proposals.files import proposal_to_toml, read_proposal
from model.scenario.scenario import Scenario
from tests.fuzz.mutations import RARELY, damaged, edited
from tests.model.scenario.test_scenarios import one_sentence

PRESETS = Path(__file__).resolve().parents[2] / "presets"


def _network(text: str, folder: Path) -> None:
    network = read_network(text)
    assert Scenario(network).to_link().startswith("?")


def _proposal(text: str, folder: Path) -> None:
    found = read_proposal(text)
    assert read_proposal(proposal_to_toml(found)) == found


def _rule(text: str, folder: Path) -> None:
    found = read_rule(text)
    assert read_rule(rule_to_toml(found)) == found


def _case(text: str, folder: Path) -> None:
    path = folder / "case.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    found = load_case(path)
    assert found.outcome is None or found.outcome.reason


READ: dict[str, Callable[[str, Path], None]] = {
    "networks": _network,
    "proposals": _proposal,
    "stress": _proposal,
    "voting_rules": _rule,
    "cases": _case,
}


@cache
def texts(kind: str) -> list[str]:
    """Files of one kind; a network gets a name of its own, because those of the app are taken."""
    found = [path.read_text(encoding="utf-8") for path in sorted((PRESETS / kind).rglob("*.toml"))]
    return (
        [re.sub(r'^name = ".*"$', 'name = "own"', text, flags=re.M) for text in found] if kind == "networks" else found
    )


@RARELY
@pytest.mark.parametrize("kind", READ)
@given(data=st.data())
def test_a_file_with_mistakes_is_read_or_refused_in_one_sentence(
    data: st.DataObject, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = data.draw(st.sampled_from(texts(kind)))
    mistaken = data.draw(st.one_of(edited(text), edited(text), damaged(text)))
    try:
        READ[kind](mistaken, tmp_path_factory.getbasetemp())
    except BallastError as problem:
        one_sentence(problem)
