"""The library of cases: every one is read, sourced and neutral, and votes of record come out as they did."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from model.errors import PresetError
from model.governance.cases import FOLDER, cases, load_case
from model.governance.tally import Reason

NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def test_every_file_is_a_case_and_every_pattern_of_the_specification_has_one() -> None:
    assert sorted(cases()) == NAMES
    assert {"compound-289", "balancer-vebal", "beanstalk", "build-finance", "bittensor-covenant-2026"} <= set(NAMES)


def test_compound_289_of_record_passes_and_fails_without_those_it_paid() -> None:
    case = cases()["compound-289"]
    assert case.outcome is not None
    assert case.outcome.passed
    assert case.disinterested is not None
    assert not case.disinterested.passes
    assert case.disinterested.without_them.reason == Reason.FAIL_QUORUM


@pytest.mark.parametrize("name", NAMES)
def test_a_case_judges_nobody_and_says_what_is_not_known(name: str) -> None:
    case = cases()[name]
    told = " ".join([case.title, case.summary, case.pattern, *(line.text for line in case.facts)])
    assert not re.search(
        r"\b(should|evil|crime|criminal|stole|theft|thief|greedy|scam|malicious|villain)\b", told, re.I
    )
    assert case.not_known
    assert all(source.title and source.date for source in case.sources.values())


def test_the_dispute_of_april_2026_gives_both_sides_and_loads_the_rule_in_force() -> None:
    case = cases()["bittensor-covenant-2026"]
    assert len({line.who for line in case.says}) >= 3
    assert case.rule == "bittensor"
    assert case.votes is None
    assert case.outcome is None


def test_a_case_that_cites_nothing_is_refused_in_a_sentence(tmp_path: Path) -> None:
    text = (FOLDER / "near-absolute-quorum.toml").read_text(encoding="utf-8")
    broken = tmp_path / "near-absolute-quorum.toml"
    for old, new in (('source = "hsp"', 'source = "rumour"'), ('rule = "near_house_of_stake"', 'rule = "none"')):
        broken.write_text(text.replace(old, new), encoding="utf-8")
        with pytest.raises(PresetError, match=r"\.$"):
            load_case(broken)
