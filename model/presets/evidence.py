"""The parts of a preset file that tell who was given what and who reviewed the code, checked and made into objects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from model.errors import PresetError
from model.parameters import Source
from model.presets.allocation import GROUPS, Allocation, Bucket
from model.presets.audits import STATUSES, Audit
from model.presets.form_parts import Grade, StrictForm, one_of

Share = Annotated[float, Field(ge=0, le=1)]
Months = Annotated[float, Field(ge=0, le=600)]
Group = Annotated[str, one_of("group", GROUPS)]
"""Who holds a bucket of the first supply."""


class BucketFile(StrictForm):
    """One bucket; what was not found is left out."""

    name: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]
    title: Annotated[str, Field(min_length=1, max_length=40)]
    group: Group
    share: Share
    tge_share: Share | None = None
    cliff_months: Months | None = None
    vesting_months: Months | None = None
    on_chain: bool | None = None
    source: str = ""
    date: str = ""
    grade: Grade | None = None
    note: str = ""


class AllocationFile(StrictForm):
    """How the first supply was divided; buckets without a source of their own take the table's."""

    launched: dt.date
    tokens: Annotated[float, Field(gt=0, lt=1e18)]
    definition: Annotated[str, Field(min_length=1)]
    source: str
    date: str = ""
    grade: Grade
    buckets: tuple[BucketFile, ...]

    @model_validator(mode="after")
    def _shares_fit(self) -> AllocationFile:
        names = [bucket.name for bucket in self.buckets]
        if not names or len(set(names)) < len(names):
            raise ValueError("an allocation has at least one bucket, each with a name of its own")
        if sum(bucket.share for bucket in self.buckets) > 1.001:
            raise ValueError("the shares of the buckets add up to more than 1")
        return self


class AuditFile(StrictForm):
    """One review of the code."""

    title: Annotated[str, Field(min_length=1)]
    status: Annotated[str, one_of("status", STATUSES)]
    covers: tuple[Literal["governance", "emission"], ...] | None = None
    code_matches: bool | None = None
    source: str
    date: str
    grade: Grade


def allocation_of(form: AllocationFile | None, sources: Mapping[str, Source], where: str) -> Allocation | None:
    """The allocation with its sources; `where` names the file in errors."""
    if form is None:
        return None
    own = listed(form.source, "the allocation", sources, where)
    date = form.date or own.date
    buckets = []
    for bucket in form.buckets:
        source = listed(bucket.source or form.source, f"the bucket {bucket.name}", sources, where)
        values = bucket.model_dump(exclude={"source", "date", "grade"})
        grade = bucket.grade or form.grade
        buckets.append(Bucket(**values, source=source, date=bucket.date or source.date or date, grade=grade))
    return Allocation(form.launched, form.tokens, form.definition, own, date, form.grade, tuple(buckets))


def audits_of(forms: tuple[AuditFile, ...], sources: Mapping[str, Source], where: str) -> tuple[Audit, ...]:
    """Audits with their sources."""
    return tuple(
        Audit(
            form.title,
            form.status,
            form.date,
            listed(form.source, f"the audit {form.title!r}", sources, where),
            form.grade,
            form.covers,
            form.code_matches,
        )
        for form in forms
    )


def listed(name: str, what: str, sources: Mapping[str, Source], where: str) -> Source:
    """The source of this name; refused where the file does not list it."""
    if name not in sources:
        raise PresetError(
            f"{what} cites the source {name!r}, which the file does not list",
            where=where,
            allowed=", ".join(sources),
            todo="add it under [sources]",
        )
    return sources[name]
