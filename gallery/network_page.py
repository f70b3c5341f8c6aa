"""Pages of networks: the baseline over ten years, where it would rest, and every figure with its evidence."""

from __future__ import annotations

import polars as pl

from charts.pictures import Picture
from gallery.page import YEARS, Page, link_to, without_bare_links
from model import Scenario, load_network
from model.engine.kept import MedianRun
from model.exports.document import Block, Bullets, Link, Paragraph, Section, Table
from model.exports.impact import closing, opening
from model.outcomes import key_measures, measures
from model.presets.network import Figure, Network, Note
from model.reports.backcast import backcasts_of
from model.reports.calibration_report import drift, drift_sentence, evidence_sentence
from model.rest.headline import clock_note, headline
from model.rest.reach_sentences import way_sentence
from model.spread import spread
from model.words.apart_sentences import apart_sentence
from model.words.futures_sentences import band_note, basis_sentence, collapse_sentence, spread_sentence
from model.words.limits import LIMITS
from model.words.measure_sentences import path_words
from model.words.rest_sentences import stability_sentence
from model.words.scenario_words import source_line
from model.words.text import number, sentence_case
from ui.exports import drawn_picture, terms_of
from ui.link import Moment
from ui.network.figures import GRADES, figure_rows
from ui.reference.backcasts import backcast_row, backcast_sentence
from ui.reports import report_of
from ui.runs import run_of

CHARTS = ("supply", "net_emission_rate", "price", "staking_ratio", "capacity", "provider_margin")
COLUMNS = ("Figure", "Value", "Unit", "Used", "Grade", "Date", "Source")


def page_of_network(name: str, app: str) -> Page:
    """The baseline of the newest figures of a network."""
    network = load_network(name)
    moment = Moment(Scenario(network), YEARS)
    run = run_of(moment)
    if not isinstance(run, MedianRun):
        raise TypeError("a page of the gallery is computed in futures")
    terms = terms_of(moment, link_to(app, "sandbox", moment.query))
    above = [
        Section("", [*opening([moment.scenario], terms), Paragraph(network.summary)]),
        Section("Where it would come to rest", _rest(moment, run)),
    ]
    listed = (("The judgement calls that matter most", network.judgement_calls), ("Not modelled", network.not_modelled))
    below = [
        Section("How sure", _sure(run, moment)),
        _figures(network),
        _derived(network),
        *(Section(title, [Bullets([*map(_sentence, told)])]) for title, told in listed if told),
        *map(_note, network.notes),
        _backcasts(network),
        Section("Limits of every page", [Bullets([f"{limit.title}: {limit.sentence}" for limit in LIMITS])]),
        *closing([moment.scenario], terms)[2:],
    ]
    kept = [*map(without_bare_links, above)], [*map(without_bare_links, below)]
    return Page(network.title, kept[0], _pictures(moment, run), kept[1], terms.link)


def _rest(moment: Moment, run: MedianRun) -> list[Block]:
    report = report_of(moment)
    apart = apart_sentence(report.rest, run, moment.scenario)
    told = [headline(report), apart, clock_note(report), stability_sentence(report.rest), way_sentence(report)]
    return [Paragraph(sentence) for sentence in told if sentence]


def _pictures(moment: Moment, run: MedianRun) -> list[Picture]:
    """One line each, because nothing is compared: the two worlds of the run are the same."""
    offered = measures(run.system)
    found = []
    for measure in (offered[name] for name in CHARTS if name in offered):
        source = f"{source_line(moment.scenario)} {band_note(run, measure)}".replace(" of the scenario", "")
        drawn = drawn_picture(run, measure, f"{path_words(run, measure)}.", source)
        main = drawn.frames["main"].filter(pl.col("series") == "baseline")
        found.append(Picture(drawn.title, drawn.spec, {**drawn.frames, "main": main}, drawn.sentence, source))
    return found


def _sure(run: MedianRun, moment: Moment) -> list[Block]:
    told = [spread_sentence(spread(run, measure)) for measure in key_measures(run.system)]
    told += filter(None, [collapse_sentence(run)])
    return [Bullets(told), Paragraph(basis_sentence(run, moment.scenario, moment.seed))]


# ---- evidence ---------------------------------------------------------------------------------------------
def _figures(network: Network) -> Section:
    lead = f"{evidence_sentence(network)} {GRADES}"
    blocks: list[Block] = [Paragraph(lead)]
    if network.kind == "real":
        blocks.append(Paragraph(drift_sentence(drift(network))))
    rows = [[row[name] for name in COLUMNS] for row in figure_rows(network.figures, network)]
    return Section("Every figure with its source", [*blocks, Table(COLUMNS, rows), *_links(network.figures)])


def _links(figures: tuple[Figure, ...]) -> list[Block]:
    """The sources of a table as links, because its cells are plain text."""
    found = {figure.source.link: figure.source.title for figure in figures if figure.source.link}
    return [Bullets([Link(title, link) for link, title in found.items()])] if found else []


def _derived(network: Network) -> Section:
    keys = network.parameters
    rows = [
        [
            keys[key].label if key in keys else key,
            number(network.values.get(key), 6),
            keys[key].declared.unit if key in keys else "",
            sentence_case(rule),
        ]
        for key, rule in network.derived.items()
    ]
    lead = "Nobody publishes these settings; each is worked out so that the network starts where it was observed."
    table: list[Block] = [Paragraph(lead), Table(["Setting", "Value", "Unit", "Rule"], rows)] if rows else []
    return Section("Derived by calibration", table)


def _sentence(text: str) -> str:
    return sentence_case(text.rstrip(".") + ".")


def _note(note: Note) -> Section:
    cited = f"{note.source.title}, {note.date} ({note.grade})"
    title = sentence_case(note.key.replace("_", " "))
    return Section(title, [Paragraph(note.text), Paragraph(Link(cited, note.source.link))])


def _backcasts(network: Network) -> Section:
    """Past figures stepped forward, against what was published since."""
    if network.kind != "real":
        return Section("What came of the past", [])
    found = backcasts_of(network.name)
    told = [backcast_row(row) for row in found]
    head = list(told[0])
    rows = [list(row.values()) for row in told]
    return Section("What came of the past", [Paragraph(backcast_sentence(found)), Table(head, rows)])
