"""Five reasons to trust the model and five to doubt it; numbers are those of the last validation.

`python -m model.reports.trust` writes the page of the workshop kit.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from model.reports.claims import Claim, claims

FILE = Path(__file__).resolve().parents[2] / "docs" / "workshop" / "trust-and-doubt.md"


@dataclass(frozen=True)
class Reason:
    """One reason: a heading, what it means, and the tab of the Model page and the document that show it.

    A sentence names figures as `{key}`, the claim of docs/validation.json whose figure stands there.
    """

    title: str
    sentence: str
    tab: str = ""
    document: str = ""


TRUST: tuple[Reason, ...] = (
    Reason(
        "It can be read.",
        "Every equation is declared once, shown with its numbers on the Model page, and is the one that runs. Nothing "
        "is hidden in a spreadsheet or a service.",
        "Equations",
        "../reference/equations.md",
    ),
    Reason(
        "It is checked against itself.",
        "Two engines step the same equations and agree to {engines}; after 300 years the simulation stands where the "
        "rest point was solved, to {long-run}; every token is accounted for, to {supply}.",
        "Validation",
        "../validation.md",
    ),
    Reason(
        "It is checked against what happened.",
        "Past months of public networks are replayed and the error is written down beside the result, also where it is "
        "large: {past-bittensor} for what Bittensor issued, {past-render-burned} for what Render burned.",
        "Back-casts",
        "../backcasts.md",
    ),
    Reason(
        "Its figures say where they come from.",
        "Each has a source, a date and a grade: primary, secondary, derived or assumed.",
        "Figures",
        "../calibration.md",
    ),
    Reason(
        "Doing nothing changes nothing.",
        "An empty proposal gives exactly zero difference in every figure, and baseline and proposal meet the same "
        "random futures, so a difference is the proposal's and not luck.",
    ),
)

DOUBT: tuple[Reason, ...] = (
    Reason(
        "It is not a forecast.",
        "Prices of tokens move for reasons that no equation here has: news, fashion, law, other markets. Read "
        "differences, not levels.",
        "Limits",
    ),
    Reason(
        "People are simpler in it.",
        "Providers enter and leave by margin, stakers by yield. Nobody panics, copies others, lobbies or plans ahead.",
        "Limits",
    ),
    Reason(
        "Some assumptions decide.",
        "The answer can turn with one that nobody can measure well, such as how fast the wish to hold grows. The page "
        "names those that would turn it; the reader has to judge them.",
        "Assumptions",
        "../ASSUMPTIONS.md",
    ),
    Reason(
        "A calibration is a snapshot.",
        "A network is set to rest on one day. One that was already in motion, or that changes its rules tomorrow, is "
        "another network: from December 2023 the model is off by {past-render-nodes} on what Render minted to nodes, "
        "mostly because a vote cut it half a year later.",
        "Back-casts",
        "../backcasts.md",
    ),
    Reason(
        "Whoever builds a model chooses what to leave out.",
        "Legal cost, taxes, exchange listings, attacks and bridges are among what is left out here. What a proposal "
        "does not model stands in its scope line; read it first.",
        "Limits",
    ),
)


def told(reason: Reason) -> str:
    """The sentence with its figures; a figure that was never measured is said to be so."""
    known, sentence = claims(), reason.sentence
    for key in figures_of(reason):
        words = _words(known[key]) if key in known else "a figure not measured yet"
        sentence = sentence.replace(f"{{{key}}}", words)
    return sentence


def _words(claim: Claim) -> str:
    """Relative differences as digits that agree, everything else in its unit: 3.9e-15 -> "14 digits"."""
    if claim.unit == "relative" and 0 < claim.reached < 1:
        return f"{math.floor(-math.log10(claim.reached))} digits"
    return claim.reached_words


def figures_of(reason: Reason) -> tuple[str, ...]:
    """Keys of the claims that a sentence names."""
    return tuple(part.partition("}")[0] for part in reason.sentence.split("{")[1:])


def document() -> str:
    """The page of the workshop kit."""
    lines = [
        "# Five reasons to trust it, five to doubt it",
        "",
        "Written by `make docs` from `model/reports/trust.py`.",
        "",
    ]
    lines += ["Read both halves aloud, or neither."]
    for heading, reasons in (("Five reasons to trust", TRUST), ("Five to doubt", DOUBT)):
        lines += ["", f"## {heading}", ""]
        for count, reason in enumerate(reasons, start=1):
            seen = f" ([shown here]({reason.document}))" if reason.document else ""
            lines.append(f"{count}. **{reason.title}** {told(reason)}{seen}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
