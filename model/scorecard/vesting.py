"""Third point: who was given what, when it may be sold, and whether anybody can check that."""

from __future__ import annotations

import datetime as dt

from model.presets.allocation import INSIDERS, Allocation, Bucket
from model.scorecard.quantity import Quantity, Unit, evidence_of, missing
from model.scorecard.subject import Subject

LABELS: dict[str, tuple[str, Unit]] = {
    "team_share": ("Share of team and founders", "share"),
    "insider_share": ("Share of insiders", "share"),
    "cliff": ("Shortest cliff of insiders", "months"),
    "unlocks": ("Unlocks of the next twelve months over circulating", "share"),
    "launch_float": ("Free at launch", "share"),
    "on_chain": ("Schedule kept on chain", "yes"),
}


def vesting(subject: Subject) -> list[Quantity]:
    """Shares, cliff, coming unlocks, float at launch and proof; everything missing where no allocation was found."""
    allocation = subject.allocation
    if allocation is None:
        return [missing(key, label, unit, "No allocation was found") for key, (label, unit) in LABELS.items()]
    insiders = allocation.of(INSIDERS)
    found = [
        _share(allocation, "team_share", ("team",), "tokens given to founders and team over all tokens at launch"),
        _share(
            allocation,
            "insider_share",
            INSIDERS,
            "tokens given to team, advisers and investors before launch over all tokens at launch",
        ),
    ]
    if insiders or not allocation.is_whole:
        found.append(_cliff(allocation, insiders))
    found.append(_unlocks(subject, allocation))
    if not all(bucket.group == "earned" for bucket in allocation.buckets):
        found.append(
            _of(
                allocation,
                "launch_float",
                allocation.at_launch(),
                "tokens free on the first day over all tokens at launch",
                "The launch share of some bucket was not found",
            )
        )
    found.append(_on_chain(allocation))
    return [*found, _diluted(subject)]


def _of(allocation: Allocation, key: str, value: float | None, definition: str, why: str) -> Quantity:
    """A quantity of the whole allocation."""
    label, unit = LABELS[key]
    if value is None:
        return missing(key, label, unit, why, definition=definition, date=allocation.date)
    grades = (allocation.grade, *(bucket.grade for bucket in allocation.buckets))
    return Quantity(
        key, label, value, unit, evidence_of(grades, rule=True), allocation.source.title, allocation.date,
        allocation.grade, allocation.source.link, definition,
        f"Of {allocation.definition}",
    )  # fmt: skip


def _share(allocation: Allocation, key: str, groups: tuple[str, ...], definition: str) -> Quantity:
    why = f"Only {round(100 * allocation.covered)}% of the tokens have a named holder"
    return _of(allocation, key, allocation.share_of(groups), definition, why)


def _cliff(allocation: Allocation, insiders: tuple[Bucket, ...]) -> Quantity:
    """The shortest of all insiders: the one that is free first decides."""
    cliffs = [0.0 if bucket.tge_share else bucket.cliff_months for bucket in insiders]
    known = [cliff for cliff in cliffs if cliff is not None]
    value = min(known) if known and len(known) == len(cliffs) and allocation.is_whole else None
    return _of(
        allocation,
        "cliff",
        value,
        "months from launch until the first insider may sell",
        "The cliff of some insider was not found",
    )


def _unlocks(subject: Subject, allocation: Allocation) -> Quantity:
    """What the model releases, and what the rest of the schedule releases."""
    start = subject.network.as_of
    own = subject.scenario.structure.buckets
    outside = allocation.replaced(b for b in allocation.buckets if b.name not in own)
    whole = allocation.is_whole
    planned: float | None = 0.0
    if outside.buckets:
        scheduled = all(bucket.is_scheduled for bucket in outside.locked) and whole
        year = dt.timedelta(days=365)
        every = outside.replaced((*outside.locked, *_filler(outside)))
        planned = every.unlocked_between(start, start + year) if scheduled else None
    value = None if planned is None else (planned + subject.year.unlocked) / subject.year.circulating
    return _of(
        allocation,
        "unlocks",
        value,
        "tokens that unlock within a year over tokens in float and stake",
        "The schedule of some bucket was not found",
    )


def _filler(allocation: Allocation) -> tuple[Bucket, ...]:
    """Stands for what the model releases itself, so that the rest still counts as a whole list."""
    left = 1 - sum(bucket.share for bucket in allocation.locked)
    source = allocation.source
    return (Bucket("filler", "released by the model", "earned", max(left, 0.0), source, "", allocation.grade),)


def _on_chain(allocation: Allocation) -> Quantity:
    known = [bucket.on_chain for bucket in allocation.buckets if bucket.on_chain is not None]
    value = float(all(known)) if known and len(known) == len(allocation.buckets) else None
    return _of(
        allocation,
        "on_chain",
        value,
        "whether a contract or the chain itself keeps every schedule",
        "Where the schedules are kept was not found",
    )


def _diluted(subject: Subject) -> Quantity:
    """Shown beside, not scored: a cap that is far away is no flaw by itself."""
    figure = subject.figure("maximum_supply")
    label, definition = "Fully diluted over circulating value", "most tokens that can exist over float and stake"
    if figure is None:
        return missing("diluted", label, "ratio", "No cap on supply was found", definition=definition)
    value = figure.value / subject.year.circulating
    level = evidence_of((figure.grade,), rule=True)
    source = figure.source
    return Quantity(
        "diluted", label, value, "ratio", level, source.title, figure.date, figure.grade, source.link, definition
    )
