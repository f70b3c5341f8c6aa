"""Reads and validates the files under presets/; every figure keeps its source, date and grade."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from model.errors import PresetError
from model.parameters import Source
from model.presets.calibration import calibrate
from model.presets.evidence import AllocationFile, AuditFile, allocation_of, audits_of
from model.presets.network import Figure, Network, Note
from model.structure import EMISSION_FAMILIES, MODULES, READS_THE_STAKE, Structure
from model.supply_events import EFFECTS, SupplyEvent

FOLDER = Path(__file__).resolve().parents[2] / "presets" / "networks"

LONGEST = 60_000
"""Characters that the text of a network may have."""

MOST_PAIRS = 12
"""Roles times streams, and buckets, that a network from outside may have: each pair is an equation to compile."""

Grade = Literal["primary", "secondary", "derived", "assumed", "invented"]
Payer = Literal["providers", "stakers", "treasury", "users"]

_NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Alternative(_Strict):
    """A figure that another source gives; it stands in the file and on the page, but is not used."""

    value: float
    source: str
    date: str = ""
    grade: Grade = "secondary"
    note: str = ""


class _FigureFile(_Strict):
    value: Annotated[float, Field(strict=True)]
    source: str = ""
    date: str = ""
    grade: Grade | None = None
    definition: str = ""
    note: str = ""
    alternatives: tuple[_Alternative, ...] = ()

    @field_validator("value")
    @classmethod
    def _is_finite(cls, value: float) -> float:
        if not abs(value) < 1e300:
            raise ValueError("must be a finite number")
        return value


class _StructureFile(_Strict):
    roles: tuple[str, ...] = ("providers",)
    streams: tuple[str, ...] = ("jobs",)
    buckets: tuple[str, ...] = ()
    capacity_role: str = ""
    scoring_role: str = ""
    merit_roles: tuple[str, ...] = ()
    emission: str = "constant"
    modules: tuple[str, ...] = ("staking",)
    labels: dict[str, Annotated[str, Field(min_length=1, max_length=24)]] = Field(default_factory=dict)

    @field_validator("emission")
    @classmethod
    def _family_is_known(cls, value: str) -> str:
        if value not in EMISSION_FAMILIES:
            raise ValueError(f"emission must be one of {', '.join(EMISSION_FAMILIES)}")
        return value

    @field_validator("modules")
    @classmethod
    def _modules_are_known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        unknown = set(value) - set(MODULES)
        if unknown:
            raise ValueError(f"unknown module {', '.join(sorted(unknown))}; known: {', '.join(MODULES)}")
        return value

    @model_validator(mode="after")
    def _parts_fit_together(self) -> _StructureFile:
        named = (*self.roles, *self.streams, *self.buckets)
        if not self.roles or not self.streams:
            raise ValueError("a network has at least one role and one stream")
        if wrong := [name for name in named if not _NAME.fullmatch(name)]:
            raise ValueError(f"{wrong[0]!r} is no name; a role, stream or bucket is named like cloud_engines")
        if len(set(named)) < len(named):
            raise ValueError("two roles, streams or buckets have the same name")
        for role in (self.capacity_role or self.roles[0], self.scoring_role or self.roles[0], *self.merit_roles):
            if role not in self.roles:
                raise ValueError(f"{role!r} is not one of the roles {', '.join(self.roles)}")
        if unknown := set(self.labels) - set(named):
            raise ValueError(f"there is a label for {min(unknown)!r}, which is no role, stream or bucket here")
        if "staking" not in self.modules and self.emission in READS_THE_STAKE:
            raise ValueError(f"{self.emission} emission follows the stake, so the module staking is needed")
        return self


class _EventFile(_Strict):
    """A supply event that is decided, with its evidence."""

    date: dt.date
    effect: str
    tokens: float = Field(ge=0, lt=1e18)
    title: str
    source: str
    grade: Grade

    @field_validator("effect")
    @classmethod
    def _effect_is_known(cls, value: str) -> str:
        if value not in EFFECTS:
            raise ValueError(f"effect must be one of {', '.join(EFFECTS)}")
        return value


class _NoteFile(_Strict):
    """What a network has decided or published in words: its governance rule, its audits."""

    text: str = Field(min_length=1)
    source: str
    date: str = ""
    grade: Grade


class NetworkFile(_Strict):
    """The form of a network preset file."""

    name: str
    title: str
    kind: Literal["textbook", "archetype", "real"]
    token: str = "token"
    summary: str
    as_of: dt.date
    steps_per_year: float = Field(default=365.25 / 7, ge=12, le=366)
    start: Literal["rest", "observed"] = "observed"
    token_model: str = ""
    voting_rule: str = ""
    fee_balance: Payer = "providers"
    emission_balance: Literal["treasury", "providers"] = "treasury"
    judgement_calls: tuple[str, ...] = ()
    not_modelled: tuple[str, ...] = ()
    default_source: str
    default_grade: Grade = "assumed"
    sources: dict[str, Source]
    structure: _StructureFile = Field(default_factory=_StructureFile)
    observed: dict[str, _FigureFile] = Field(default_factory=dict)
    parameters: dict[str, _FigureFile] = Field(default_factory=dict)
    context: dict[str, _FigureFile] = Field(default_factory=dict)
    events: tuple[_EventFile, ...] = ()
    notes: dict[str, _NoteFile] = Field(default_factory=dict)
    allocation: AllocationFile | None = None
    audits: tuple[AuditFile, ...] = ()


def _flatten(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """TOML nests dotted keys; figures and numbers are the leaves."""
    flat: dict[str, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict) and "value" not in value:
            flat.update(_flatten(value, f"{prefix}{key}."))
        else:
            flat[prefix + key] = value
    return flat


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        raise PresetError("there is no such preset file", where=str(path.name), todo="check the path") from None
    except UnicodeDecodeError as problem:
        raise _unreadable(path.name, problem) from None
    except OSError as problem:
        raise PresetError(f"the file cannot be opened: {problem.strerror}", where=path.name) from None


def _unreadable(where: str, problem: Exception) -> PresetError:
    return PresetError(
        f"the file is not readable as TOML: {problem}",
        where=where,
        allowed="a network preset in TOML",
        todo="mend the named line",
    )


def _validated(text: str, where: str) -> NetworkFile:
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        raise _unreadable(where, problem) from None
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
        place = ".".join(str(part) for part in first["loc"] if part != "_FigureFile")
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
        if event.source not in file.sources:
            raise PresetError(
                f"the event {event.title!r} cites the source {event.source!r}, which the file does not list",
                where=where,
                allowed=", ".join(file.sources),
                todo="add it under [sources]",
            )
    return tuple(SupplyEvent(event.date, event.effect, event.tokens, event.title) for event in file.events)


def _notes(file: NetworkFile, where: str) -> tuple[Note, ...]:
    """Published rules in words; each cites a source that the file lists."""
    for key, note in file.notes.items():
        if note.source not in file.sources:
            raise PresetError(
                f"the note {key} cites the source {note.source!r}, which the file does not list",
                where=where,
                allowed=", ".join(file.sources),
                todo="add it under [sources]",
            )
    return tuple(
        Note(
            key=key,
            text=note.text,
            source=file.sources[note.source],
            date=note.date or file.sources[note.source].date or file.as_of.isoformat(),
            grade=note.grade,
        )
        for key, note in file.notes.items()
    )


def _voting_rule(file: NetworkFile, where: str) -> str:
    """Name of the rule by which the network decides; a file of presets/voting_rules, or nothing."""
    names = sorted(rule.stem for rule in (FOLDER.parent / "voting_rules").glob("*.toml"))
    if file.voting_rule and file.voting_rule not in names:
        near = difflib.get_close_matches(file.voting_rule, names, 1)
        raise PresetError(
            f"there is no voting rule {file.voting_rule[:40]!r}",
            where=where,
            allowed="the name of a file in presets/voting_rules",
            todo=f"did you mean {near[0]!r}" if near else "leave it out where the rule is not known",
        )
    return file.voting_rule


def _missing_evidence(file: NetworkFile, form: _FigureFile) -> str:
    """What a figure lacks of source, grade and date; a figure that names none of them takes the file's defaults."""
    if form.source and form.grade is None:
        return "grade"
    if not form.source and form.grade not in (None, file.default_grade):
        return "source"
    cited = [(form.date, form.source or file.default_source), *((a.date, a.source) for a in form.alternatives)]
    return "" if all(date or file.sources[name].date for date, name in cited) else "date"


def _figures(file: NetworkFile, where: str) -> tuple[Figure, ...]:
    found = []
    for part, table in (
        ("observed", file.observed),
        ("parameter", file.parameters),
        ("context", file.context),
    ):
        for key, form in table.items():
            name = form.source or file.default_source
            for needed in (name, *(a.source for a in form.alternatives)):
                if needed not in file.sources:
                    raise PresetError(
                        f"the figure {key} cites the source {needed!r}, which the file does not list",
                        where=where,
                        allowed=", ".join(file.sources),
                        todo="add it under [sources]",
                    )
            source = file.sources[name]
            if missing := _missing_evidence(file, form):
                raise PresetError(
                    f"the figure {key} has no {missing}",
                    where=where,
                    todo="a figure with a source of its own names its grade, and it or its source a date",
                )
            found.append(
                Figure(
                    key=key,
                    part=part,
                    value=form.value,
                    source=source,
                    date=form.date or source.date,
                    grade=form.grade or file.default_grade,
                    definition=form.definition,
                    note=form.note,
                    alternatives=tuple(
                        Figure(
                            key=key,
                            part=part,
                            value=a.value,
                            source=file.sources[a.source],
                            date=a.date or file.sources[a.source].date,
                            grade=a.grade,
                            note=a.note,
                        )
                        for a in form.alternatives
                    ),
                )
            )
    return tuple(found)


@lru_cache(maxsize=64)
def _load(path: Path, changed: float) -> Network:  # noqa: ARG001
    """Load one file; `changed` is its time of change, so that an edited file is read again."""
    text = _text_of(path)
    file = _validated(text, path.name)
    own = path.is_relative_to(FOLDER)
    return _network(file, path.name, path.stem if path.parent.name == file.name else "", "" if own else text)


@lru_cache(maxsize=32)
def read_network(text: str, *, where: str = "network") -> Network:
    """A network from the text of a preset file that is not among those that come with the app.

    Raises
    ------
    PresetError
        For a text that is too long, not valid or incomplete, or that takes the name of a network of the app.
    """
    if len(text) > LONGEST:
        raise PresetError(
            f"the network has {len(text):,} characters", where=where, allowed=f"up to {LONGEST:,} characters"
        )
    file = _validated(text, where)
    if file.name in network_names():
        added = FOLDER / f"{file.name}.toml"
        if added.exists() and added.read_text(encoding="utf-8") == text:
            return load_network(file.name)  # written out in a link before its file was added
        raise PresetError(
            f"{file.name!r} is the name of a network that comes with the app", where=where, todo="give it another name"
        )
    if len(file.structure.roles) * len(file.structure.streams) > MOST_PAIRS or len(file.structure.buckets) > MOST_PAIRS:
        raise PresetError(
            "the network has too many roles, streams or buckets",
            where=where,
            allowed=f"roles times streams, and buckets, up to {MOST_PAIRS}",
        )
    return _network(file, where, "", text)


def _network(file: NetworkFile, where: str, vintage: str, written: str) -> Network:
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


def network_names() -> tuple[str, ...]:
    """Names of all networks, newest vintage each: textbooks, archetypes, then real ones."""
    names = {path.stem for path in FOLDER.glob("*.toml")} | {
        path.name for path in FOLDER.iterdir() if path.is_dir() and any(path.glob("*.toml"))
    }
    return tuple(sorted(names))


def network_vintages(name: str) -> tuple[str, ...]:
    """Dated vintages of a network, newest first; empty for undated ones."""
    folder = FOLDER / name
    return tuple(sorted((path.stem for path in folder.glob("*.toml")), reverse=True)) if folder.is_dir() else ()


def load_network(name: str | Path) -> Network:
    """Load a network.

    Parameters
    ----------
    name
        "render" (its newest vintage), "render@2026-11" (one vintage), or a path to a .toml file.

    Raises
    ------
    PresetError
        For an unknown name or vintage, or a file that is missing, unreadable or incomplete.
    """
    text = str(name)
    if text.endswith(".toml"):
        path = Path(text)
        if not path.is_file():
            raise PresetError("there is no such preset file", where=path.name, todo="check the path")
        return _load(path.resolve(), path.stat().st_mtime)
    stem, _, vintage = text.partition("@")
    names = network_names()
    if stem not in names:
        near = difflib.get_close_matches(stem, names, 1)
        raise PresetError(
            f"there is no network {stem[:40]!r}",
            where="network",
            allowed=", ".join(names),
            todo=f"did you mean {near[0]!r}" if near else "choose one of them",
        )
    vintages = network_vintages(stem)
    if vintage and vintage not in vintages:
        raise PresetError(
            f"{stem} has no vintage {vintage[:20]!r}",
            where="network",
            allowed=", ".join(f"{stem}@{v}" for v in vintages) or stem,
            todo="choose one of them",
        )
    path = FOLDER / stem / f"{vintage or vintages[0]}.toml" if vintages else FOLDER / f"{stem}.toml"
    return _load(path, path.stat().st_mtime)
