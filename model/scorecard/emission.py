"""Second point: whether what is emitted can be carried by what customers pay."""

from __future__ import annotations

from model.scorecard.gap_futures import MONTHS
from model.scorecard.quantity import Quantity
from model.scorecard.subject import Subject
from model.text import month

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
    return [
        subject.calculated(
            "gap", "Revenue gap", subject.year.gap, "ratio", READ,
            definition="dollars of tokens emitted for each dollar that customers pay, on the first day with "
            "everything in force",
            note=CAVEAT,
        ),
        subject.calculated(
            "gap_closes", f"Chance that the gap is below 1 by month {MONTHS}", gap.closes, "share", READ,
            definition=f"share of futures with less emitted than earned at month {MONTHS}{stopped}", modelled=True,
            note=told,
        ),
        subject.calculated(
            "gap_widens", "Futures in which the gap in dollars widens", gap.widens, "share", READ,
            definition="share of futures with more emitted than earned on the last day and a rising difference "
            f"(Theil-Sen slope above zero to {month(gap.until)}{stopped})", modelled=True,
        ),
    ]  # fmt: skip
