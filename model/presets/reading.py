"""From the text of a network preset to a network; every figure keeps its source, date and grade."""

from __future__ import annotations

import difflib
from typing import Any

from pydantic import ValidationError

from model.errors import PresetError
from model.presets.calibration import calibrate
from model.presets.evidence import allocation_of, audits_of, listed
from model.presets.forms import FigureFile, NetworkFile
from model.presets.network import Figure, Network, Note
from model.presets.toml_files import PRESETS, toml_of
from model.structure import Structure
from model.supply_events import SupplyEvent

LONGEST = 60_000
"""Characters that the text of a network may have."""


def _flatten(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """TOML nests dotted keys; figures and numbers are the leaves."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict) and "value" not in value:
            flat.update(_flatten(value, f"{prefix}{key}."))
        else:
            flat[prefix + key] = value
    return flat


def validated(text: str, where: str) -> NetworkFile:
    """The file as a checked form; `where` names it in what is told."""
    data = toml_of(text, where, LONGEST)
    for part in ("observed", "parameters", "context"):
        if isinstance(data.get(part), dict):
            flat = _flatten(data[part])
            data[part] = {
                key: figure if isinstance(figure, dict) else {"value": figure} for key, figure in flat.items()
            }
    try:
        return NetworkFile.model_validate(data)
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        told = first["msg"].removeprefix("Value error, ")
        raise PresetError(
            f"{place} is not valid: {told[:1].lower() + told[1:]}",
            where=where,
            todo="mend it; nothing of the file was used",
        ) from None


def _structure(file: NetworkFile, where: str) -> Structure:
    form = file.structure
    years = len([key for key in file.parameters if key.startswith("emission_table.")])
    if form.emission == "table" and years == 0:
        raise PresetError(
            "the emission table has no years", where=where, todo="add emission_table.1 and so on under [parameters]"
        )
    return Structure(
        roles=form.roles,
        streams=form.streams,
        buckets=form.buckets,
        capacity_role=form.capacity_role or form.roles[0],
        scoring_role=form.scoring_role or None,
        merit_roles=form.merit_roles,
        emission=form.emission,
        table_years=years if form.emission == "table" else 0,
        modules=frozenset(form.modules) | (frozenset({"supply-events"}) if file.events else frozenset()),
        labels=tuple(sorted(form.labels.items())),
    )


def _events(file: NetworkFile, where: str) -> tuple[SupplyEvent, ...]:
    """Decided events; each cites a source that the file lists."""
    for event in file.events:
        listed(event.source, f"the event {event.title!r}", file.sources, where)
    return tuple(SupplyEvent(event.date, event.effect, event.tokens, event.title) for event in file.events)


def _notes(file: NetworkFile, where: str) -> tuple[Note, ...]:
    """Published rules in words; each cites a source that the file lists."""
    found = []
    for key, note in file.notes.items():
        source = listed(note.source, f"the note {key}", file.sources, where)
        date = note.date or source.date or file.as_of.isoformat()
        found.append(Note(key=key, text=note.text, source=source, date=date, grade=note.grade))
    return tuple(found)


def _voting_rule(file: NetworkFile, where: str) -> str:
    """Name of the rule by which the network decides; a file of presets/voting_rules, or nothing."""
    names = sorted(rule.stem for rule in (PRESETS / "voting_rules").glob("*.toml"))
    if file.voting_rule and file.voting_rule not in names:
        near = difflib.get_close_matches(file.voting_rule, names, 1)
        raise PresetError(
            f"there is no voting rule {file.voting_rule[:40]!r}",
            where=where,
            allowed="the name of a file in presets/voting_rules",
            todo=f"did you mean {near[0]!r}" if near else "leave it out where the rule is not known",
        )
    return file.voting_rule


def _missing_evidence(file: NetworkFile, form: FigureFile) -> str:
    """What a figure lacks of source, grade and date; a figure that names none of them takes the file's defaults."""
    if form.source and form.grade is None:
        return "grade"
    if not form.source and form.grade not in (None, file.default_grade):
        return "source"
    cited = [(form.date, form.source or file.default_source), *((a.date, a.source) for a in form.alternatives)]
    return "" if all(date or file.sources[name].date for date, name in cited) else "date"


def _figures(file: NetworkFile, where: str) -> tuple[Figure, ...]:
    tables = {"observed": file.observed, "parameter": file.parameters, "context": file.context}
    return tuple(_figure(file, where, part, key, form) for part, table in tables.items() for key, form in table.items())


def _figure(file: NetworkFile, where: str, part: str, key: str, form: FigureFile) -> Figure:
    """One figure with its evidence; every source it names is one that the file lists."""
    source, *others = (
        listed(name, f"the figure {key}", file.sources, where)
        for name in (form.source or file.default_source, *(a.source for a in form.alternatives))
    )
    if missing := _missing_evidence(file, form):
        raise PresetError(
            f"the figure {key} has no {missing}",
            where=where,
            todo="a figure with a source of its own names its grade, and it or its source a date",
        )
    return Figure(
        key=key,
        part=part,
        value=form.value,
        source=source,
        date=form.date or source.date,
        grade=form.grade or file.default_grade,
        definition=form.definition,
        note=form.note,
        alternatives=tuple(
            Figure(key=key, part=part, value=a.value, source=s, date=a.date or s.date, grade=a.grade, note=a.note)
            for a, s in zip(form.alternatives, others, strict=True)
        ),
    )


def network_of(file: NetworkFile, where: str, vintage: str, written: str) -> Network:
    """The calibrated network of a file.

    Parameters
    ----------
    where
        Name of the file in what is told.
    vintage
        Name of the dated file; "" for an undated one.
    written
        Text of a network from outside, which links carry; "" for those that come with the app.
    """
    return calibrate(
        Network(
            name=file.name,
            vintage=vintage,
            title=file.title,
            kind=file.kind,
            token=file.token,
            summary=file.summary,
            token_model=file.token_model,
            voting_rule=_voting_rule(file, where),
            as_of=file.as_of,
            step_length=1 / file.steps_per_year,
            structure=_structure(file, where),
            figures=_figures(file, where),
            fee_balance=file.fee_balance,
            emission_balance=file.emission_balance,
            judgement_calls=file.judgement_calls,
            not_modelled=file.not_modelled,
            starts_at_rest=file.start == "rest",
            events=_events(file, where),
            notes=_notes(file, where),
            allocation=allocation_of(file.allocation, file.sources, where),
            audits=audits_of(file.audits, file.sources, where),
            values={},
            initial={},
            derived={},
            report={},
            written=written,
        ),
        where=where,
    )
