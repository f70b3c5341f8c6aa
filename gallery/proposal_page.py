"""Pages of proposals and stresses: their impact statements, and how a stress bends the baseline."""

from __future__ import annotations

from functools import partial

from charts.pictures import Picture
from gallery.page import YEARS, Page, link_to, without_bare_links
from model import Scenario, load_network
from model.comparison.compare import compare
from model.engine.kept import MedianRun
from model.exports.document import Block, Bullets, Paragraph, Section, Table
from model.exports.impact import closing, opening
from model.outcomes import key_figures, key_measures, measures
from model.proposals.proposal import Proposal, Provision
from model.spread import spread
from model.words.futures_sentences import band_note, basis_sentence, collapse_sentence, spread_sentence
from model.words.measure_sentences import measure_sentence
from model.words.scenario_words import source_line
from model.words.verdict import verdict
from ui.exports import drawn_picture, gains_picture, picture_of, statement, terms_of
from ui.link import Moment
from ui.panels import default_slots
from ui.start.gallery import query_of


def page_of_proposal(part: Proposal, app: str) -> Page:
    """The impact statement of a proposal on the network it was put on, with the charts of the Sandbox."""
    moment = Moment(Scenario(load_network(part.home), proposals=(part,)), YEARS)
    link = link_to(app, "proposal", query_of(part))
    written = statement(moment, link)
    above = [Section("", written.top), *written.sections[:1]]
    pictures = [*(picture_of(moment, chart) for chart in default_slots(moment.scenario.system)), gains_picture(moment)]
    below = [_scope(part), *written.sections[1:]]
    return Page(written.title, [*map(without_bare_links, above)], pictures, [*map(without_bare_links, below)], link)


def _scope(part: Proposal) -> Section:
    """What the file says of itself."""
    told = [f"Put on {part.put.isoformat()} by {part.author}."] if part.put else [f"By {part.author}."]
    told.append(f"Encoded by {part.encoded_by}, figures of {part.as_of.isoformat()}.")
    told += [f"Models: {sentence}" for sentence in part.models]
    return Section("What the file covers", [Bullets(told)])


# ---- stress -----------------------------------------------------------------------------------------------
def page_of_stress(part: Proposal, app: str) -> Page:
    """A stress on its network: the baseline with it held against the baseline without it."""
    calm, pressed = Scenario(load_network(part.home)), Scenario(load_network(part.home), stress=(part,))
    moment = Moment(pressed, YEARS)
    terms = terms_of(moment, link_to(app, "sandbox", moment.query))
    run = MedianRun(
        partial(compare, [pressed, calm], ["scenario", "calm"], years=YEARS, draws=moment.futures, seed=moment.seed)
    )
    above = [Section("", opening([pressed], terms)), Section("Abstract", _abstract(part, run))]
    below = [
        Section("What happens", [Table(["Event", "Begins", "Ends", "Note"], [_provision(p) for p in part.provisions])]),
        Section("Key figures", [Table(["Figure", "Without", "With"], _figures(run))]),
        Section("How sure", _sure(run, moment)),
        *closing([pressed], terms),
    ]
    pictures = [_picture(moment, run, name) for name in default_slots(run.system) if name in measures(run.system)]
    title = f"Stress: {part.title}"
    return Page(title, [*map(without_bare_links, above)], pictures, [*map(without_bare_links, below)], terms.link)


def _abstract(part: Proposal, run: MedianRun) -> list[Block]:
    lead = "The baseline of these sentences and charts is the network without the stress; the scenario is with it."
    return [Paragraph(part.summary), Paragraph(lead), Bullets(verdict(run))]


def _provision(provision: Provision) -> list[str]:
    first = provision.events[0].date if provision.events else provision.start
    begins = first.isoformat() if first else "first day"
    return [provision.title, begins, provision.end.isoformat() if provision.end else "–", provision.note]


def _figures(run: MedianRun) -> list[list[str]]:
    return [
        [found.measure.title, found.measure.write(found.baseline), found.measure.write(found.scenario)]
        for found in key_figures(run)
    ]


def _sure(run: MedianRun, moment: Moment) -> list[Block]:
    told = [spread_sentence(spread(run, measure)) for measure in key_measures(run.system)]
    collapse = collapse_sentence(run)
    counted = [*told, collapse] if collapse else told
    return [Bullets(counted), Paragraph(basis_sentence(run, moment.scenario, moment.seed))]


def _picture(moment: Moment, run: MedianRun, name: str) -> Picture:
    measure = measures(run.system)[name]
    stress = ", ".join(part.title for part in moment.scenario.stresses)
    source = f"{source_line(moment.scenario)} Stress: {stress}. {band_note(run, measure)}"
    return drawn_picture(run, measure, measure_sentence(run, measure), source)
