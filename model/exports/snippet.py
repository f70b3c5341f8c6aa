"""Python that computes a page's numbers again, from nothing but the model's public names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pprint import pformat
from typing import Any

from model.exports.impact import Terms
from model.outcomes import Measure, key_measures
from model.proposals.files import load_proposal, load_stress, proposal_names, stress_names
from model.proposals.proposal import Proposal
from model.scenario.scenario import Scenario
from model.system import System
from model.version import VERSION
from model.words.assumption_words import told_lines
from model.words.text import month

_COMPARING = ("import polars as pl", "", "from model import Scenario, compare")
_FOOT = """
figures = {measures}
first, last = run.dates[0], run.dates[-1]
names = [name for name, *_ in figures]
table = run.summary(names).filter(pl.col("date").is_in([first, last]))
for name, indexed, unit in figures:
    rows = table.filter(pl.col("variable") == name)
    for world in run.worlds:
        values = dict(rows.filter(pl.col("world") == world).select("date", "{column}").iter_rows())
        scale = 100 / values[first] if indexed else 1
        print(f"{{name}}, {{world}}, {{last}}: {{values[last] * scale!r}} {{unit}}")
"""


def snippet(scenario: Scenario, terms: Terms, system: System) -> str:
    """A script that prints the key figures of a scenario and its baseline on the last day, to the last digit."""
    if _is_of_files(scenario):
        call = _project_call(scenario, terms)
        imports = ["import datetime as dt"] if "dt." in call else []
        opening = [*imports, "", "import polars as pl", "", "from model import project"]
        return _script(opening, call, system, terms, told_lines([scenario]))
    call = f'scenario = Scenario.from_link(\n    "{_link(scenario)}"\n)\n'
    call += f'run = compare([scenario], ["scenario"], years={terms.years}, draws={terms.futures}, seed={terms.seed})'
    return _script(_COMPARING, call, system, terms, told_lines([scenario]))


def comparison_snippet(scenarios: Sequence[Scenario], letters: Sequence[str], terms: Terms, system: System) -> str:
    """The same for scenarios of one network beside each other."""
    lines = ["scenarios = ["]
    lines += [f'    Scenario.from_link("{_link(scenario)}"),' for scenario in scenarios]
    lines += [
        "]",
        f"run = compare(scenarios, {list(letters)!r}, years={terms.years}, draws={terms.futures}, seed={terms.seed})",
    ]
    return _script(_COMPARING, "\n".join(lines), system, terms, told_lines(scenarios, letters))


def _script(imports: Sequence[str], call: str, system: System, terms: Terms, assumed: Sequence[str]) -> str:
    head = [f"# Ballast, model {VERSION}. Not a forecast. Run it in a copy of the repository: python snippet.py"]
    told = [f"# {terms.link}", *(f"# {' '.join(line.split(chr(10)))}" for line in assumed)]
    foot = _FOOT.format(measures=_figures(key_measures(system)), column="p50" if terms.futures else "mean")
    return "\n".join([*head, *told, *_trimmed(imports), "", call]) + "\n" + foot


def _trimmed(lines: Sequence[str]) -> list[str]:
    first = next(place for place, line in enumerate(lines) if line)
    return list(lines[first:])


def _figures(measures: Sequence[Measure]) -> str:
    """Name, whether the first day is 100, and the unit."""
    rows = [(m.column, m.indexed, "(first day = 100)" if m.indexed else _unit(m)) for m in measures]
    return "[\n" + "".join(f"    {row!r},\n" for row in rows) + "]"


def _unit(measure: Measure) -> str:
    if measure.percent:
        return "(share a year)" if measure.unit.endswith("a year") else "(share)"
    return measure.unit


def _link(scenario: Scenario) -> str:
    return scenario.to_link().replace("\\", "").replace('"', "%22")


def _is_of_files(scenario: Scenario) -> bool:
    """Whether everything in it can be named: network and proposals are files, supply events are theirs."""
    return not (scenario.events or scenario.network.written) and all(
        _is_file(part) for part in (*scenario.stacked, *scenario.stresses)
    )


def _is_file(part: Proposal) -> bool:
    names, load = (proposal_names(), load_proposal) if part.kind == "proposal" else (stress_names(), load_stress)
    return part.name in names and load(part.name) == part


def _project_call(scenario: Scenario, terms: Terms) -> str:
    given: dict[str, Any] = {
        "proposals": [part.name for part in scenario.stacked],
        "changes": _plain(scenario.changes),
        "funded_by": scenario.funded_by,
        "assumptions": _plain(scenario.assumptions),
        "initial": _plain(scenario.initial),
        "stress": [part.name for part in scenario.stresses],
        "without": sorted(scenario.without),
        "phase_in_years": scenario.phase_in_years,
    }
    lines = [f'    "{scenario.network.identity}",  # {scenario.network.title} of {month(scenario.network.as_of)}']
    lines += [f"    {key}={pformat(value, width=90, sort_dicts=False)}," for key, value in given.items() if value]
    if scenario.start:
        lines.append(f"    start=dt.date({scenario.start.year}, {scenario.start.month}, {scenario.start.day}),")
    lines += [f"    years={terms.years},", f"    draws={terms.futures},", f"    seed={terms.seed},"]
    return "run = project(\n" + "\n".join(lines) + "\n)"


def _plain(values: Mapping[str, float]) -> dict[str, float]:
    return {key: float(value) for key, value in values.items()}
