"""The version of the model, and what changed from version to version, in one place."""

from __future__ import annotations

import re

VERSION = "0.2"
"""Version of the model; it stands in every link and export. It is raised when a baseline moves (docs/baselines.md)."""

CHANGES: dict[str, tuple[str, ...]] = {
    "0.2": (
        "Proposals and stresses can be part of a link, with provisions switched off.",
        "Futures with shocks are drawn; a path without shocks is what it was.",
    ),
}
"""What each version changed, newest first; sentences for somebody who opens an older link."""


def version_numbers(text: str) -> tuple[int, ...] | None:
    """A version as numbers that can be compared; None where the text is no version."""
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6}){0,2}", text, flags=re.ASCII):
        return None
    return tuple(int(part) for part in text.split("."))


def changes_since(text: str) -> tuple[str, ...]:
    """Sentences about what changed after a version, newest first; none where it is the present one or no version."""
    asked = version_numbers(text)
    if asked is None:
        return ()
    return tuple(
        sentence for version, told in CHANGES.items() if (version_numbers(version) or ()) > asked for sentence in told
    )
