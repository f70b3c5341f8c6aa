"""The facilitator's kit: what it prints of figures is what the code has, and it is complete."""

from __future__ import annotations

import re

import pytest

from workshop import ROLES, Role
from workshop.kit import BURN_SHARES, FOLDER, envelope, filled, first_day, parts

PARTS = parts()


@pytest.mark.parametrize("name", sorted(PARTS))
def test_every_generated_part_stands_in_the_documents_as_the_code_gives_it(name: str) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.md"))]
    holding = [text for text in texts if f"<!-- {name} -->" in text]
    assert len(holding) == 1
    assert PARTS[name] in holding[0]
    assert filled(holding[0], PARTS) == holding[0]


def test_the_envelope_worked_out_by_hand_is_the_models_first_day() -> None:
    today = first_day()
    for share in BURN_SHARES:
        found = envelope(share)
        assert found.burned == pytest.approx(today["revenue"] * share / today["price"])
        assert found.model_burned == pytest.approx(found.burned)
        assert found.model_growth == pytest.approx(found.growth, abs=1e-9)
    balance = today["emission"] * today["price"] / today["revenue"]
    assert envelope(balance).model_growth == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("role", ROLES, ids=[role.key for role in ROLES])
def test_every_role_has_a_brief_of_one_page_with_interest_red_line_and_secret_worry(role: Role) -> None:
    path = FOLDER / "roles" / f"{role.key}.md"
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {role.label}\n")
    assert {"## Interest", "## Red line", "## Secret worry", "## Figures to watch"} <= set(text.splitlines())
    assert len(text.split()) < 250
    assert f"roles/{path.name}" in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_there_are_five_reasons_on_each_side() -> None:
    trust, doubt = (FOLDER / "trust-and-doubt.md").read_text(encoding="utf-8").split("## Five to doubt")
    for half in (trust, doubt):
        assert re.findall(r"^(\d)\. ", half, re.MULTILINE) == list("12345")


def test_the_kit_gives_no_advice() -> None:
    for path in FOLDER.rglob("*.md"):
        assert not re.search(r"\b(should|ought)\b", path.read_text(encoding="utf-8")), path.name
