"""Columns of a comparison row by row: inputs that differ, key figures at a few dates, lines and counted futures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from model.engine.kept import MedianRun
from model.engine.results import Run
from model.engine.worlds import Floats
from model.outcomes import Measure, date_at, key_measures, last_step, measures, series
from model.parameters import ParameterKey
from model.scenario.scenario import Scenario
from model.scenario.stacking import Difference, difference, how_it_stands
from model.spread import DOTS, fifty
from model.words.text import TOLERANCE, month, sentence_case
from model.words.value_words import instead, lowered, value_words

YEARS = (1, 2, 5)
"""After how many years key figures are compared, beside the end of the horizon."""
ABSENT = "–"


@dataclass(frozen=True, eq=False)
class Column:
    """One scenario of a comparison.

    Attributes
    ----------
    letter
        "A", "B", "C"; "Baseline" for the first column.
    run, row
        Run of all columns of its network, and which of its worlds this one is.
    """

    letter: str
    name: str
    scenario: Scenario
    run: Run
    row: int

    @property
    def own_baseline(self) -> Column:
        """The network of this column without what it changes."""
        return replace(self, letter="Baseline", row=0)


def are_of_one_network(columns: Sequence[Column]) -> bool:
    """Whether all columns start from the same figures, so that amounts can be compared as they are."""
    return len({column.scenario.network.identity for column in columns}) == 1


def shown_measure(measure: Measure, one_network: bool) -> Measure:
    """How a measure is compared: amounts of different networks as an index of each one's own first day."""
    if one_network or measure.percent or measure.indexed:
        return measure
    return replace(measure, indexed=True, unit="index, first day = 100")


def values(column: Column, measure: Measure) -> Floats:
    """Shape (steps,): a measure in one column as it is shown."""
    with np.errstate(all="ignore"):
        found = np.asarray(series(column.run, measure)[column.row], dtype=np.float64)
    found[np.isinf(found)] = np.nan
    return found


def measures_of_all(columns: Sequence[Column]) -> dict[str, Measure]:
    """What every column has, in the order of the first one."""
    shared = [measures(column.run.system) for column in columns]
    one = are_of_one_network(columns)
    return {key: shown_measure(m, one) for key, m in shared[0].items() if all(key in other for other in shared)}


# ---- inputs -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class InputRow:
    """One input: its name and what each column has, in words."""

    label: str
    cells: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether two columns have different values."""
        return len(set(self.cells)) > 1


_PARTS = {"date": "Date", "payer": "Payer", "event": "Supply event", "proposal": "Proposal", "stress": "Stress"}
_NAMES = {"start": "Changes by hand start", "phase_in_years": "Changes by hand phase in", "funded_by": "Who pays"}


def input_rows(scenarios: Sequence[Scenario], *, only_differing: bool = True) -> list[InputRow]:
    """Inputs of scenarios, each in a column: those in which two of them differ, or all levers and assumptions too.

    The first scenario is what the others are held against; values are those in full force.
    """
    if len({scenario.network.identity for scenario in scenarios}) > 1:
        return _rows_of_networks(scenarios)
    first = scenarios[0]
    found = [{(d.part, d.name): d for d in difference(first, other)} for other in scenarios[1:]]
    rows: dict[tuple[str, str], InputRow] = {}
    for at, example in {at: d for differences in reversed(found) for at, d in differences.items()}.items():
        cells = [_cell(example, example.first)]
        cells += [_cell(here[at], here[at].second) if at in here else cells[0] for here in found]
        if example.part == "provision":  # a column can lack its proposal, which the first one need not
            cells = [how_it_stands(scenario, example.name) or ABSENT for scenario in scenarios]
        rows[at] = InputRow(_input_label(example), tuple(cells))
    ordered = sorted(rows.items(), key=lambda item: _order(*item[0]))
    shown = [row for _, row in ordered if row.differs]
    if only_differing:
        return shown
    keys = {key: concrete for s in scenarios for key, concrete in s.layering.keys.items()}
    alike = [concrete for key, concrete in keys.items() if (concrete.declared.kind, key) not in rows]
    return shown + [InputRow(c.label, tuple(_parameter_cell(s, c) for s in scenarios)) for c in alike]


def _rows_of_networks(scenarios: Sequence[Scenario]) -> list[InputRow]:
    """What each scenario moves on its own network; all other figures differ because the networks do."""
    named = [f"{s.network.title} of {month(s.network.as_of)}" for s in scenarios]
    keys = {key: s.layering.keys[key] for s in scenarios for key in s.moved}
    rows = [
        InputRow(concrete.label, tuple(_parameter_cell(s, concrete) for s in scenarios)) for concrete in keys.values()
    ]
    return [InputRow("Network", tuple(named)), *rows]


def _order(part: str, name: str) -> tuple[int, str]:
    order = ("network", "proposal", "provision", "lever", "date", "payer", "event", "stress", "assumption", "stock")
    return order.index(part), name


def _input_label(found: Difference) -> str:
    if found.concrete is not None:
        return found.concrete.label
    if found.part == "stock":
        return f"First day: {found.name.replace('_', ' ')}"
    if found.part == "provision":
        return f"Provision {found.name.partition(':')[2].replace('-', ' ')}"
    if found.part in ("proposal", "stress"):
        return f"{_PARTS[found.part]}: {found.first or found.second}"
    return _NAMES.get(found.name, sentence_case(found.name.replace("_", " ")))


def _cell(found: Difference, value: float | str | None) -> str:
    if found.part in ("proposal", "stress"):
        return "yes" if value else "no"
    if found.name == "phase_in_years" and value is not None:
        return f"{float(value):g} years"
    if value is None:
        return {"start": "first day", "funded_by": "the network's own balance"}.get(found.name, ABSENT)
    if found.concrete is not None and not isinstance(value, str):
        return value_words(found.concrete, value)
    return value if isinstance(value, str) else f"{value:.6g}"


def _parameter_cell(scenario: Scenario, concrete: ParameterKey) -> str:
    value = scenario.values.get(concrete.key)
    return ABSENT if value is None else value_words(concrete, value)


# ---- key figures --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Figure:
    """One value with its difference from the reference in an arrow and words; no words where there is none."""

    value: str
    change: str = ""

    @property
    def text(self) -> str:
        """Both in a line."""
        return f"{self.value} ({self.change})" if self.change else self.value


@dataclass(frozen=True)
class FigureRow:
    """One measure after so many years in every column."""

    measure: Measure
    years: int
    figures: tuple[Figure, ...]


def figure_rows(columns: Sequence[Column], references: Sequence[Column]) -> list[FigureRow]:
    """Key figures after 1, 2 and 5 years and at the horizon; `references` has one column for each."""
    shared = measures_of_all(columns)
    chosen = [shared[m.column] for m in key_measures(columns[0].run.system) if m.column in shared]
    rows = []
    for measure in chosen:
        for years in compared_years(round(float(columns[0].run.times[-1]))):
            cells = [_figure(c, r, measure, years) for c, r in zip(columns, references, strict=True)]
            rows.append(FigureRow(measure, years, tuple(cells)))
    return rows


def compared_years(horizon: int) -> list[int]:
    """After how many years a horizon's key figures are compared."""
    return [*(years for years in YEARS if years < horizon), horizon]


def at_years(run: Run, years: float) -> int:
    """The kept step nearest to so many years after the first day."""
    return int(np.abs(run.times - years).argmin())


def _figure(column: Column, reference: Column, measure: Measure, years: int) -> Figure:
    value = float(values(column, measure)[at_years(column.run, years)])
    written = measure.write(value)
    if column.row == reference.row and column.run is reference.run:
        return Figure(written)
    base = float(values(reference, measure)[at_years(reference.run, years)])
    if np.isnan(value) or np.isnan(base):
        return Figure(written)
    return Figure(written, change_with_arrow(measure, value, base))


def change_with_arrow(measure: Measure, value: float, base: float) -> str:
    """A difference as an arrow and words: "↑ 3.1% higher"."""
    if value == base:
        return "= unchanged"
    scale = 1.0 if measure.percent else abs(base)
    arrow = "≈" if abs(value - base) < TOLERANCE * scale else "↑" if value > base else "↓"
    return f"{arrow} {measure.compare(value, base)}"


# ---- lines --------------------------------------------------------------------------------------------
def lines(columns: Iterable[tuple[str, Column]], measure: Measure, *, by_year: bool) -> pl.DataFrame:
    """Columns date (or year), series and value; `columns` come with the role that draws them."""
    frames = [_line(role, column, values(column, measure), by_year) for role, column in columns]
    return pl.concat(frames).with_columns(pl.col("value").fill_nan(None))


def gaps(columns: Iterable[tuple[str, Column, Column]], measure: Measure, *, by_year: bool) -> pl.DataFrame:
    """The same for differences: parts of the reference, or points of a share; (role, column, reference) each."""
    frames = []
    for role, column, reference in columns:
        mine, theirs = values(column, measure), values(reference, measure)
        if len(theirs) != len(mine):
            theirs = np.interp(column.run.times, reference.run.times, theirs)
        with np.errstate(all="ignore"):
            gap = mine - theirs if measure.percent else mine / theirs - 1
        gap[~np.isfinite(gap)] = np.nan
        frames.append(_line(role, column, gap, by_year))
    return pl.concat(frames).with_columns(pl.col("value").fill_nan(None))


def _line(role: str, column: Column, drawn: Floats, by_year: bool) -> pl.DataFrame:
    run = column.run
    name, across = ("year", np.asarray(run.times)) if by_year else ("date", _dates(run))
    return pl.DataFrame({name: across, "series": [role] * len(drawn), "value": drawn})


def _dates(run: Run) -> pl.Series:
    return pl.Series([date_at(run, step) for step in range(len(run.at))], dtype=pl.Date)


# ---- sentences ----------------------------------------------------------------------------------------
def difference_sentence(column: Column, reference: Column, measure: Measure) -> str:
    """What one column comes to beside the reference at the end of the horizon."""
    step, other = last_step(column.run), last_step(reference.run)
    value, base = float(values(column, measure)[step]), float(values(reference, measure)[other])
    when = month(date_at(column.run, step))
    lead = f"{column.letter}: {lowered(measure.title)} in {when} would be"
    if np.isnan(value):
        return f"{column.letter}: {lowered(measure.title)} in {when} is not known, because the run stops before."
    beside = _beside(reference)
    if np.isnan(base):
        return f"{lead} {measure.write(value)}; {beside} is not known then."
    if value == base:
        return f"{lead} {measure.write(value)}, the same as {beside}."
    both = instead(measure.write(value), measure.write(base))
    return f"{lead} {measure.compare(value, base)} than {beside} ({both})."


def _beside(reference: Column) -> str:
    return "in the baseline" if reference.letter == "Baseline" else f"in {reference.letter}"


def counted_sentence(column: Column, reference: Column, measure: Measure) -> str:
    """In how many of fifty futures a column ends above or below the reference; both are of one run of futures."""
    run = column.run
    if not isinstance(run, MedianRun) or run is not reference.run:
        return ""
    mine, theirs = (run.at_the_end(measure.column)[row] for row in (column.row, reference.row))
    with np.errstate(all="ignore"):
        gap = mine - theirs if measure.percent else mine / theirs - 1
    gap[~np.isfinite(gap)] = np.nan
    dots = fifty(gap)
    higher, lower = int((dots > TOLERANCE).sum()), int((dots < -TOLERANCE).sum())
    side, count = max((("lower", lower), ("higher", higher)), key=lambda pair: pair[1])
    others = ((higher, "higher") if side == "lower" else (lower, "lower"), *_undecided(dots))
    rest = ", ".join(f"{others_count} {word}" for others_count, word in others if others_count)
    if not count:
        return f"Counted over {DOTS} modelled futures: {rest}."
    counted = f"all {DOTS}" if count == DOTS else f"{count} of {DOTS}"
    return f"It would be {side} in {counted} modelled futures{f' ({rest})' if rest else ''}."


def _undecided(dots: Floats) -> tuple[tuple[int, str], ...]:
    alike = int((np.abs(dots) <= TOLERANCE).sum())
    return (alike, "within 0.1%"), (DOTS - len(dots), "stopped before")


def conflict_sentences(below: Scenario, above: Scenario, names: tuple[str, str]) -> list[str]:
    """What both scenarios set by hand to different values: the one on top decides."""
    keys = {**below.layering.keys, **above.layering.keys}
    told = []
    for part in ("changes", "assumptions"):
        mine, theirs = getattr(below, part), getattr(above, part)
        for key in (key for key in mine if key in theirs and mine[key] != theirs[key] and key in keys):
            concrete = keys[key]
            told.append(
                f"Both set {lowered(concrete.label)}: {names[0]} {value_words(concrete, mine[key])}, "
                f"{names[1]} {value_words(concrete, theirs[key])}. {names[1]} lies on top, so it decides."
            )
    for name in (name for name in below.initial if above.initial.get(name, below.initial[name]) != below.initial[name]):
        told.append(f"Both set the first day's {name.replace('_', ' ')}. {names[1]} lies on top, so it decides.")
    return told
