"""What can be taken away of one scenario or of a comparison; everything is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode

import polars as pl

from charts.domain import nice_domain
from charts.gain_bands import gain_bands, key_rows
from charts.mint_burn import mint_burn
from charts.offline import html_page
from charts.pictures import Picture
from charts.trajectory import trajectory
from model.engine.kept import MedianRun
from model.engine.results import Run
from model.exports.data import metadata, table
from model.exports.document import Document
from model.exports.impact import Terms, Voted, impact
from model.exports.snippet import snippet
from model.outcomes import Measure, band, flows, measures, paths
from model.words.assumption_words import told_in_a_picture
from model.words.futures_sentences import band_note
from model.words.measure_sentences import flows_sentence, measure_sentence
from model.words.scenario_words import name_of, source_line
from ui.link import Moment
from ui.panels import FLOWS, choices, default_slots, labelled_rules, within_reach
from ui.proposal.gains import bands_source, reached, segments, summary_sentence, totals
from ui.proposal.runs import gains_of, voted_alone
from ui.runs import run_of

GAINS = "Who gains and who pays"
"""Title of the chart of gains and losses."""


@dataclass(frozen=True, eq=False)
class Package:
    """One thing to take away, in every form.

    Attributes
    ----------
    stem
        Name of its files without their endings.
    link
        Address that restores it.
    pictures
        Charts by title, each made on demand.
    shown
        Titles of the charts that the page shows, for the HTML page.
    code
        Python that prints its key figures; empty where one script cannot.
    card
        What a card in a forum or a frame would show; None of a comparison.
    """

    stem: str
    link: str
    document: Callable[[], Document]
    frame: Callable[[], pl.DataFrame]
    meant: Callable[[], dict[str, Any]]
    pictures: Mapping[str, Callable[[], Picture]]
    shown: tuple[str, ...]
    code: Callable[[], str]
    card: Moment | None = None

    def html(self) -> str:
        """The document and the charts of the page in one file, the charts before everything that can wait."""
        written = self.document()
        above, below = written.html_around_charts()
        return html_page(written.title, above, [self.pictures[title]() for title in self.shown], below)


def address_of(page_url: str, query: Mapping[str, str]) -> str:
    """Link to the page at an address with another query."""
    return f"{page_url.split('?')[0].split('#')[0]}?{urlencode(query)}"


def terms_of(moment: Moment, link: str) -> Terms:
    """What the numbers of a moment were computed with."""
    return Terms(moment.years, moment.futures, moment.seed, link)


def package_of(moment: Moment, link: str, charts: tuple[str, ...] = ()) -> Package:
    """One scenario beside its baseline; `charts` are those that the page shows."""
    system, terms = moment.scenario.system, terms_of(moment, link)
    titles = choices(system)
    shown = [titles[chart] for chart in charts or default_slots(system) if chart in titles]
    pictures = {title: _drawn(moment, chart) for chart, title in titles.items()}
    return Package(
        stem=f"ballast-{moment.scenario.network.name}",
        link=link,
        document=lambda: statement(moment, link),
        frame=lambda: table(run_of(moment)),
        meant=lambda: metadata([moment.scenario], terms),
        pictures={**pictures, GAINS: partial(gains_picture, moment)},
        shown=(*shown, GAINS),
        code=lambda: snippet(moment.scenario, terms, system),
        card=moment,
    )


def _drawn(moment: Moment, chart: str) -> Callable[[], Picture]:
    return lambda: picture_of(moment, chart)


@lru_cache(maxsize=16)
def statement(moment: Moment, link: str) -> Document:
    """The impact statement of a scenario."""
    gains = gains_of(moment)
    line = gains.line
    if gains.futures and gains.futures < moment.futures:
        line += f" Means over {gains.futures} of the {moment.futures} futures."
    other = voted_alone(moment)
    voted = Voted(run_of(other), gains_of(other).summary) if other else None
    return impact(moment.scenario, run_of(moment), terms_of(moment, link), gains.summary, line, voted)


# ---- pictures of one scenario -------------------------------------------------------------------------
def picture_of(moment: Moment, chart: str) -> Picture:
    """A chart of the Sandbox with its sentence and sources."""
    run = run_of(moment)
    title, rules = choices(run.system)[chart], _rules(moment)
    told = (f"{name_of(moment.scenario)}.", source_line(moment.scenario), told_in_a_picture([moment.scenario]))
    source = " ".join(filter(None, (*told, labelled_rules(moment, small=False)[1])))
    if chart == FLOWS:
        frame = flows(run)
        extent = pl.concat([frame["mint"], -frame["burn"], frame["net"], frame["baseline_net"], pl.Series([0.0])])
        spec = mint_burn("tokens a year", domain=fitting(extent), rules=bool(rules))
        return Picture(title, spec, {"main": frame, **rules}, flows_sentence(run), source)
    measure = measures(run.system)[chart]
    if isinstance(run, MedianRun):
        source = f"{source} {band_note(run, measure)}"
    return drawn_picture(run, measure, measure_sentence(run, measure), source, rules)


def gains_picture(moment: Moment) -> Picture:
    """Who gains and who pays, as the Proposal page draws it."""
    found = gains_of(moment)
    groups = reached(found)
    frames = {"main": segments(groups), "totals": totals(groups, found), "key": key_rows()}
    named = f"{name_of(moment.scenario)}. {bands_source(moment, found)} {told_in_a_picture([moment.scenario])}".rstrip()
    return Picture(GAINS, gain_bands(groups.height + 1), frames, summary_sentence(groups, found), named)


def drawn_picture(
    run: Run, measure: Measure, sentence: str, source: str, rules: Mapping[str, pl.DataFrame] | None = None
) -> Picture:
    """One measure of both worlds over time, with the band of the second where there are futures."""
    frames = {"main": paths(run, measure), **(rules or {})}
    values = frames["main"]["value"]
    if isinstance(run, MedianRun):
        frames["band"] = band(run, measure)
        values = within_reach(values, frames["band"])
    spec = trajectory(
        measure.unit,
        domain=fitting(values),
        rules="rules" in frames,
        band="band" in frames,
        fmt="percent" if measure.percent else "number",
    )
    return Picture(measure.label, spec, frames, sentence, source)


def fitting(values: pl.Series) -> tuple[float, float]:
    """Range of an axis around values."""
    finite = values.drop_nulls().drop_nans()
    if not len(finite):
        return (0.0, 1.0)
    return nice_domain(float(finite.min()), float(finite.max()))  # type: ignore[arg-type]


def _rules(moment: Moment) -> dict[str, pl.DataFrame]:
    """The dataset of dated rules, where there is any."""
    rows, _ = labelled_rules(moment, small=False)
    frame = pl.DataFrame(rows, schema={"date": pl.Date, "label": pl.String}, orient="row")
    return {"rules": frame} if rows else {}
