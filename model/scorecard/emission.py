"""Second point: whether what is emitted can be carried by what customers pay."""

from __future__ import annotations

from model.scorecard.gap_futures import MONTHS
from model.scorecard.quantity import Quantity
from model.scorecard.subject import Subject
from model.words.text import month

READ = (
    "price", "revenue", "emission_rate", "emission_table", "inflation_rate", "inflation_premium", "fiat_indexed_mint",
    "issuance_realised_share",
)  # fmt: skip
CAVEAT = (
    "Revenue is what customers pay who are not subsidised. Published figures of the same network differ by more than "
    "ten times: the alternatives stand with each figure on the Model page"
)


def emission(subject: Subject) -> list[Quantity]:
    """The gap now, the chance that it closes within three years, and whether it widens."""
    gap = subject.gap
    stopped = f"; {gap.stopped} of {gap.futures} futures stop before the end" if gap.stopped else ""
    told = "" if gap.closes is not None else f"The horizon ends before month {MONTHS}"
    if gap.futures < 2:
        return [_now(subject), *_on_one_path(subject, told)]
    return [
        _now(subject),
        subject.calculated(
            "gap_closes", f"Chance that the revenue gap is below 1 by month {MONTHS}", gap.closes, "share", READ,
            definition=f"share of futures with less emitted than earned at month {MONTHS}{stopped}", modelled=True,
            note=told,
        ),
        subject.calculated(
            "gap_widens", "Futures in which emission minus revenue, in dollars, grows", gap.widens, "share", READ,
            definition="share of futures with more emitted than earned on the last day and a rising difference "
            f"(Theil-Sen slope above zero to {month(gap.until)}{stopped})", modelled=True,
        ),
    ]  # fmt: skip


def _now(subject: Subject) -> Quantity:
    """The ratio of the first day."""
    return subject.calculated(
        "gap", "Revenue gap", subject.year.gap, "ratio", READ,
        definition="dollars of tokens emitted for each dollar that customers pay, on the first day with "
        "everything in force",
        note=CAVEAT,
    )  # fmt: skip


def _on_one_path(subject: Subject, told: str) -> list[Quantity]:
    """What a single path can say: yes or no, scored as all futures or none."""
    gap, note = subject.gap, "A single path says nothing about chances: it is scored as all futures or none"
    return [
        subject.calculated(
            "gap_closes", f"Revenue gap below 1 at month {MONTHS}, on the single path", gap.closes, "yes", READ,
            definition=f"less emitted than earned at month {MONTHS}", modelled=True, note=told or note,
        ),
        subject.calculated(
            "gap_widens", "Emission minus revenue, in dollars, grows on the single path", gap.widens, "yes", READ,
            definition="more emitted than earned on the last day and a rising difference (Theil-Sen slope above zero "
            f"to {month(gap.until)})", modelled=True, note=note,
        ),
    ]  # fmt: skip
