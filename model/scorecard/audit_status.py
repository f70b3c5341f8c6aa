"""Sixth point: whether the code was reviewed, when, and whether the review covers what decides and what emits."""

from __future__ import annotations

import datetime as dt

from model.presets.allocation import DAYS_PER_MONTH
from model.presets.audits import STATUSES, Audit
from model.scorecard.quantity import Quantity, Unit, evidence_of, missing
from model.scorecard.subject import Subject

LABELS: dict[str, tuple[str, Unit]] = {
    "audit_status": ("Published review of the code", "count"),
    "audit_age": ("Age of the newest report", "months"),
    "audit_scope": ("Covers voting and emission", "count"),
}


def audit_status(subject: Subject) -> list[Quantity]:
    """Status, age and scope; all missing where no review was found, which is not the same as none."""
    audits = [audit for audit in subject.network.audits if audit.code_matches is not False]
    if not audits:
        old = ", ".join(f"{audit.title} ({audit.date})" for audit in subject.network.audits)
        told = (
            f"Only code that is no longer in use was reviewed: {old}"
            if old
            else "No published review was found; that none exists is not said either"
        )
        return [missing(key, label, unit, told) for key, (label, unit) in LABELS.items()]
    public = [audit for audit in audits if audit.status == "public"]
    best = max(audits, key=lambda audit: (-STATUSES.index(audit.status), audit.date))
    found = [_of(best, "audit_status", 2 - STATUSES.index(best.status), "0 none, 1 not published, 2 public")]
    if public:
        newest = max(public, key=lambda audit: audit.date)
        months = (subject.network.as_of - _day(newest.date)).days / DAYS_PER_MONTH
        found.append(_of(newest, "audit_age", round(max(months, 0.0)), "months from the report to the network's date"))
        covered = {part for audit in public for part in audit.covers or ()}
        if covered or all(audit.covers is not None for audit in public):
            found.append(_of(newest, "audit_scope", len(covered), "of voting and emission, how many were reviewed"))
        else:
            label, unit = LABELS["audit_scope"]
            found.append(missing("audit_scope", label, unit, "Whether voting and emission were reviewed was not found"))
    return found


def _day(text: str) -> dt.date:
    """The first day of a date that may name only a month or a year."""
    parts = [int(part) for part in text.split("-")]
    return dt.date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def _of(audit: Audit, key: str, value: float, definition: str) -> Quantity:
    label, unit = LABELS[key]
    level = evidence_of((audit.grade,), rule=True)
    note = audit.title[:1].upper() + audit.title[1:]
    return Quantity(
        key, label, float(value), unit, level, audit.source.title, audit.date, audit.grade, audit.source.link,
        definition, note,
    )  # fmt: skip
