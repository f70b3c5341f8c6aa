"""What can be taken away of a comparison."""

from __future__ import annotations

from functools import partial

import polars as pl

from charts.overlay import overlay
from charts.pictures import Picture
from model.comparison.document import comparison_document
from model.comparison.rows import Column, are_of_one_network, gaps, lines, measures_of_all
from model.exports.data import metadata, table
from model.exports.snippet import comparison_snippet
from model.outcomes import Measure
from model.words.assumption_words import told_in_a_picture
from model.words.scenario_words import source_line
from model.words.value_words import lowered
from ui.compare.charts import difference_words, measure_format
from ui.compare.columns import ROLE, reference_of
from ui.exports import Package, fitting, terms_of
from ui.link import Moment


def package_of_comparison(shown: list[Column], measure: Measure, moment: Moment, link: str) -> Package:
    """Columns of the page with the chart that is picked; `moment` has horizon, futures and seed."""
    kept, terms = shown[1:], terms_of(moment, link)
    letters, scenarios = [column.letter for column in kept], [column.scenario for column in kept]
    references = [reference_of(column, shown) for column in shown]
    words = difference_words(shown, measure)
    one = are_of_one_network(shown)
    pictures = {offered.title: partial(overlaid_picture, shown, offered) for offered in measures_of_all(shown).values()}
    difference = f"{measure.title}: differences"
    pictures[difference] = partial(difference_picture, shown, measure)
    return Package(
        stem="ballast-comparison",
        link=link,
        document=lambda: comparison_document(shown, references, words, terms),
        frame=lambda: _frame(kept),
        meant=lambda: metadata(scenarios, terms, letters),
        pictures=pictures,
        shown=(measure.title, difference),
        code=lambda: comparison_snippet(scenarios, letters, terms, shown[0].run.system) if one else "",
    )


def _frame(kept: list[Column]) -> pl.DataFrame:
    """Tables of all runs; where networks differ, each baseline bears the name of its network."""
    runs = {id(column.run): column for column in kept}
    frames = []
    for column in runs.values():
        found = table(column.run)
        if len(runs) > 1:
            name = f"baseline of {column.scenario.network.identity}"
            found = found.with_columns(pl.col("world").replace("baseline", name))
        frames.append(found)
    return pl.concat(frames)


def overlaid_picture(shown: list[Column], measure: Measure) -> Picture:
    """All columns in one chart."""
    by_year = not are_of_one_network(shown)
    frame = lines([(ROLE[c.letter], c) for c in shown], measure, by_year=by_year)
    spec = overlay(
        measure.unit,
        domain=fitting(frame["value"]),
        across="year" if by_year else "date",
        fmt=measure_format(measure),
    )
    sentence = " ".join(difference_words(shown, measure))
    return Picture(measure.title, spec, {"main": frame}, sentence, _sources(shown))


def difference_picture(shown: list[Column], measure: Measure) -> Picture:
    """How far each column is from its reference."""
    by_year = not are_of_one_network(shown)
    held = [(ROLE[c.letter], c, reference_of(c, shown)) for c in shown]
    held = [triple for triple in held if triple[1].letter != triple[2].letter]
    frame = gaps(held, measure, by_year=by_year)
    unit = "percentage points" if measure.percent else "percent"
    spec = overlay(
        f"difference, {unit}",
        domain=fitting(pl.concat([frame["value"], pl.Series([0.0])])),
        across="year" if by_year else "date",
        fmt="percent",
        level=True,
    )
    beside = " and ".join(dict.fromkeys("the baseline" if r.letter == "Baseline" else r.letter for *_, r in held))
    sentence = f"How far the {lowered(measure.title)} of each column would be from {beside}."
    level = pl.DataFrame({"value": [0.0], "label": [""]})
    return Picture(f"{measure.title}: differences", spec, {"main": frame, "level": level}, sentence, _sources(shown))


def _sources(shown: list[Column]) -> str:
    named = " ".join(f"{c.letter}: {c.name}." for c in shown[1:])
    told = told_in_a_picture([c.scenario for c in shown[1:]], [c.letter for c in shown[1:]])
    return f"{named} {' '.join(dict.fromkeys(source_line(column.scenario) for column in shown))} {told}".rstrip()
