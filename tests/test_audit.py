"""What the audit of dependencies says, without asking the database."""

from __future__ import annotations

import json

import pytest

from tests import audit


def test_a_weakness_is_named_with_the_version_that_mends_it() -> None:
    found = {
        "dependencies": [
            {"name": "one", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]},
            {"name": "two", "version": "2.0", "vulns": []},
            {"name": "three", "skip_reason": "not in the database"},
        ]
    }
    lines, code = audit.told(json.dumps(found), "Found 1 known vulnerability")
    assert code == 1
    assert "one 1.0: PYSEC-1, mended in 1.1" in lines
    assert lines[0].startswith("three: not audited")
    assert lines[-1].startswith("2 packages audited, 1 ")
    found["dependencies"].pop(0)
    assert audit.told(json.dumps(found), "")[1] == 0


def test_a_database_that_knows_no_package_has_audited_nothing() -> None:
    """As behind a mirror that holds packages and answers nothing about them."""
    found = {"dependencies": [{"name": "one", "version": "1.0", "skip_reason": "Dependency not found on PyPI"}]}
    assert audit.told(json.dumps(found), "") == ([audit.UNKNOWN], 2)


def test_without_a_network_one_sentence_says_so_and_nothing_passes_for_audited(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")  # where nobody listens
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert audit.main() == 2
    assert capsys.readouterr().out.strip() == audit.UNREACHABLE
