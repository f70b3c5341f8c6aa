"""Writes the reference documents from the declarations: `python -m model.reports.reference`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from model.equations import Equation
from model.lowering.latex import equation_latex, equations_reading, says_nothing_new
from model.parameters import PARAMETERS, Parameter, indexed
from model.scorecard.reference import scorecard_document
from model.stages import STAGES
from model.structure import EMISSION_FAMILIES, MODULES, Structure
from model.system import System, system_for
from model.version import VERSION
from model.words.glossary import TERMS

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "reference"

_GENERATED = f"Generated from the declarations of model version {VERSION} by `make docs`; do not edit by hand."

_KINDS = {"lever": "Levers: what a vote can change", "assumption": "Assumptions: how the world behaves"}


def documents() -> dict[str, str]:
    """Every reference document by file name."""
    return {
        "parameters.md": _parameters(),
        "equations.md": _equations(),
        "glossary.md": _glossary(),
        "scorecard.md": scorecard_document(_GENERATED),
    }


def write(folder: Path = FOLDER) -> None:
    """Write all documents."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in documents().items():
        (folder / name).write_text(text, encoding="utf-8")


# ---- shapes -------------------------------------------------------------------------------------------
_TEXTBOOK = Structure()
_SEVERAL = Structure(
    roles=("compute", "validators"), streams=("jobs", "cloud"), capacity_role="compute", modules=frozenset({"staking"})
)


@lru_cache(maxsize=1)
def shapes() -> Mapping[str, System]:
    """The textbook, then one system for each thing that a network may have besides, by its title."""
    found = {
        "The core: one role, one stream, constant emission": _TEXTBOOK,
        "Several roles and several streams": _SEVERAL,
        "Pay for merit inside a role": replace(_SEVERAL, scoring_role="validators", merit_roles=("compute",)),
        "Tokens that vest": replace(_TEXTBOOK, buckets=("team",)),
    }
    for family in EMISSION_FAMILIES:
        years = 2 if family == "table" else 0
        found[f"Emission: {family.replace('-', ' ')}"] = replace(_TEXTBOOK, emission=family, table_years=years)
    for module in MODULES:
        found[f"Optional part: {module.replace('-', ' ')}"] = replace(_TEXTBOOK, modules=frozenset({"staking", module}))
    return {title: system_for(shape) for title, shape in found.items()}


@lru_cache(maxsize=1)
def _entering() -> dict[str, dict[str, None]]:
    """Per parameter word the numbers of all equations that it stands in, over all shapes."""
    found: dict[str, dict[str, None]] = {parameter.word: {} for parameter in PARAMETERS}
    for system in shapes().values():
        for key, numbers in equations_reading(system).items():
            found[system.parameters[key].declared.word].update(dict.fromkeys(numbers))
    return found


def entering(parameter: Parameter) -> tuple[str, ...]:
    """Numbers of all equations that a parameter stands in, in any network."""
    return tuple(sorted(_entering()[parameter.word], key=lambda number: int(re.sub(r"\D", "", number) or 0)))


# ---- parameters ---------------------------------------------------------------------------------------
def _parameters() -> str:
    lines = ["# Parameters", "", _GENERATED, ""]
    lines += [
        f"{len(PARAMETERS)} parameters. Beyond hard bounds a value is refused, beyond usual bounds it is marked. "
        "Bounds written as multiples follow the size of the network. Where there are several roles or streams, a "
        "role's or stream's parameter carries its name in front (`compute.unit_cost`).",
        "",
    ]
    for kind, title in _KINDS.items():
        lines += [f"## {title}", ""]
        for group in dict.fromkeys(p.group for p in PARAMETERS if p.kind == kind):
            lines += [f"### {group}", ""]
            for parameter in PARAMETERS:
                if parameter.kind == kind and parameter.group == group:
                    lines += _parameter(parameter)
    return "\n".join(lines).rstrip() + "\n"


def _parameter(p: Parameter) -> list[str]:
    names = f"`{p.word}`" + (f", with one role `{p.single}`" if p.single else "")
    times = {
        "": "",
        "value": " times the network's value",
        "revenue": " times revenue",
        "emission": " times emission",
        "supply": " times supply",
    }
    facts = [
        f"unit: {p.unit}",
        f"default {p.default:g}",
        f"hard bounds {p.minimum:g} to {p.maximum:g}",
        f"usual {p.usual_minimum:g} to {p.usual_maximum:g}{times[p.scale]}",
    ]
    if p.module:
        facts.append(f"optional part: {p.module}")
    found = [f"#### {p.label} ${indexed(p.symbol, '')}$", "", names, "", f"- {p.what}", f"- {p.enters}"]
    numbers = entering(p)
    found.append(
        f"- Stands in {', '.join(numbers)}." if numbers else "- Stands in no equation; read where it is shown."
    )
    found.append(f"- {'; '.join(facts)}.")
    if p.zones:
        found.append("- Zones: " + ", ".join(f"{zone.word} from {zone.start:g}" for zone in p.zones) + ".")
    source = f"[{p.source.title}]({p.source.link})" if p.source.link else p.source.title
    found.append(f"- Why this range: {p.why_range} Source: {source}{f' ({p.source.date})' if p.source.date else ''}.")
    return [*found, ""]


# ---- equations ----------------------------------------------------------------------------------------
def _equations() -> str:
    lines = ["# Equations", "", _GENERATED, ""]
    lines += [
        "The core comes first, in the order of one period. Every later part lists only what differs from the parts "
        "before it. A prime stands for a value at the end of the step. Guards against rounding are left out.",
        "",
    ]
    printed: set[str] = set()
    for title, system in shapes().items():
        body = list(_equations_of(system, printed))
        if body:
            lines += [f"## {title}", "", *body]
    return "\n".join(lines).rstrip() + "\n"


def _equations_of(system: System, printed: set[str]) -> Iterator[str]:
    for stage in STAGES:
        fresh = [e for e in system.documented if e.stage == stage.key and _is_fresh(e, system, printed)]
        if not fresh:
            continue
        yield from (f"### {stage.title}", "", stage.sentence, "")
        for equation in fresh:
            index = f" ({equation.index.replace('_', ' ')})" if _is_indexed(equation, system) else ""
            yield from (f"**({equation.number}) {equation.name}{index}.** {equation.sentence}", "")
            if not says_nothing_new(equation, system.vocabulary):
                yield from ("$$", equation_latex(equation, system.vocabulary, numbered=False), "$$", "")


def _is_fresh(equation: Equation, system: System, printed: set[str]) -> bool:
    text = f"{equation.number} {equation.name} {equation_latex(equation, system.vocabulary, numbered=False)}"
    fresh = text not in printed
    printed.add(text)
    return fresh


def _is_indexed(equation: Equation, system: System) -> bool:
    shape = system.structure
    single = {*(shape.roles if shape.one_role else ()), *(shape.streams if shape.one_stream else ())}
    return bool(equation.index) and equation.index not in single


# ---- glossary -----------------------------------------------------------------------------------------
def _glossary() -> str:
    lines = ["# Glossary", "", _GENERATED, ""]
    for found in sorted(TERMS, key=lambda entry: entry.name.lower()):
        lines += [f"## {found.name[:1].upper()}{found.name[1:]}", ""]
        lines += [f"- **What it is.** {found.what}", f"- **How computed.** {found.how_computed}"]
        lines.append(f"- **Why shown.** {found.why_shown}")
        if found.equation:
            lines.append(f"- Enters equation {found.equation}.")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    write()
