"""The impact statement of a scenario: a document for a forum, generated from its run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from model.engine.kept import MedianRun
from model.engine.results import Run
from model.equilibrium import rest_of
from model.exports.document import Block, Bullets, Document, Link, Paragraph, Section, Table
from model.governance.behaviour import SHORT_BANNER
from model.governance.interest import affiliates_of, interest_words
from model.governance.usual import preview
from model.outcomes import date_at, key_measures, last_step
from model.scenario.changes import Change, changes_of, conflicts
from model.scenario.scenario import Scenario
from model.scorecard import measured
from model.scorecard.affiliates import capture_ratio
from model.scorecard.written import section as scorecard_section
from model.spread import DOTS, spread
from model.version import VERSION
from model.words.apart_sentences import apart_sentence
from model.words.assumption_words import assumption_line, judgement_calls, moved_assumptions, not_modelled
from model.words.futures_sentences import basis_sentence, collapse_sentence, spread_sentence
from model.words.glossary import TERMS
from model.words.headline import headline, nothing_because
from model.words.on_the_way import on_the_way
from model.words.rest_sentences import rest_sentence, stability_sentence
from model.words.scenario_words import name_of, source_of
from model.words.text import month, quantity
from model.words.value_words import lowered, value_words
from model.words.verdict import verdict
from model.words.voted_sentences import counted_on_sentence, turned

MOST_TERMS = 8
ONLY_HERE = (
    "This link opens only on this machine, because its address is the machine's own. Behind the address of a public "
    "copy the same settings open for everybody."
)
NOT_A_FORECAST = "Not a forecast: a calculation of what follows from these rules under these assumptions."


@dataclass(frozen=True)
class Terms:
    """What a result was computed with, and the link that restores it."""

    years: int
    futures: int
    seed: int
    link: str

    @property
    def words(self) -> str:
        """In a line."""
        drawn = (
            f"{self.futures} modelled futures of seed {self.seed}" if self.futures else "a single path without shocks"
        )
        return f"Ballast model {VERSION}; {self.years} years; {drawn}."


@dataclass(frozen=True)
class Voted:
    """A scenario without what its proposals count on and no vote decides.

    Attributes
    ----------
    run
        Its worlds, on the same draws.
    gains
        Its `WhoGains.summary`.
    """

    run: Run
    gains: pl.DataFrame


def impact(
    scenario: Scenario, run: Run, terms: Terms, gains: pl.DataFrame, line: str, voted: Voted | None = None
) -> Document:
    """What a scenario would change, for whom and how sure that is.

    Parameters
    ----------
    run
        Worlds "baseline" and "scenario" over the horizon of `terms`.
    gains
        `WhoGains.summary` of the same scenario.
    line
        Its conservation line in words.
    voted
        The same with what is voted alone; None where the proposals count on nothing else.
    """
    written = [
        Section("Abstract", _abstract(scenario, run, voted)),
        Section("Specification", _specification(scenario)),
        Section("Timeline", _timeline(scenario, run)),
        Section("Overall cost: who gains and who pays", _gains(gains, line, terms, voted)),
        Section("How sure", _uncertainty(run, terms, scenario)),
        Section("Where it would come to rest", _rest(scenario, run)),
        _scorecard(scenario, run, terms, gains),
        _vote(scenario, gains),
    ]
    text = " ".join(_texts(section.blocks) for section in written)
    sections = [written[0], Section("Key terms", _terms(text)), *written[1:]]
    sections += [*closing([scenario], terms)]
    return Document(name_of(scenario), opening([scenario], terms), sections)


# ---- top and bottom, alike for every document ----------------------------------------------------------
def opening(scenarios: Sequence[Scenario], terms: Terms, letters: Sequence[str] = ()) -> list[Block]:
    """What has to be read first: what it is not, what it was computed with, assumptions that were moved."""
    blocks: list[Block] = [Paragraph(NOT_A_FORECAST), Paragraph(terms.words)]
    for place, scenario in enumerate(scenarios):
        lead = f"{letters[place]}: " if letters else ""
        moved = moved_assumptions(scenario)
        blocks.append(Paragraph(f"{lead}{source_of(scenario, counted=False)}. {assumption_line(scenario)}"))
        blocks += [Bullets(moved)] if moved else []
    return [*blocks, *linked("Open this in Ballast", terms.link)]


def linked(text: str, address: str) -> list[Block]:
    """The way back into the app, and beside a local address that it leads nobody else there."""
    link = Link(text, address)
    return [Paragraph(link), Paragraph(ONLY_HERE)] if link.is_local else [Paragraph(link)]


def closing(scenarios: Sequence[Scenario], terms: Terms) -> list[Section]:
    """What it hangs on, what it leaves out, where it comes from and how to check it."""
    calls, left_out = judgement_calls(scenarios), not_modelled(scenarios)
    lead = "Nobody publishes these; they were chosen, and the numbers hang on them most."
    check = f"{terms.words} The link restores every setting; the same seed draws the same futures for everybody."
    return [
        Section("The calls of judgement that matter most", [Paragraph(lead), Bullets(calls)] if calls else []),
        Section("Not modelled", [Bullets(left_out)] if left_out else []),
        Section("Sources", [Bullets(sources(scenarios))]),
        Section("Check it", [Paragraph(check), *linked(terms.link, terms.link), Paragraph(NOT_A_FORECAST)]),
    ]


def sources(scenarios: Sequence[Scenario]) -> list[str | Link]:
    """Where proposals, stresses and the figures of the networks come from, each once with date and grade."""
    found: dict[str, str | Link] = {}
    for scenario in scenarios:
        for part in scenario.parts:
            for cited in part.sources.values():
                words = f"{part.title}: {cited.title}, {cited.date}, {cited.grade}"
                found.setdefault(words, Link(words, cited.link))
        for figure in scenario.network.figures:
            if figure.source.link:
                words = f"{scenario.network.title}: {figure.source.title}"
                found.setdefault(words, Link(words, figure.source.link))
        words = f"{scenario.network.title} of {month(scenario.network.as_of)}: every figure with its grade in the app."
        found.setdefault(words, words)
    return list(found.values())


# ---- sections -----------------------------------------------------------------------------------------
def _abstract(scenario: Scenario, run: Run, voted: Voted | None) -> list[Block]:
    told = [part.summary for part in scenario.stacked]
    if nothing_because(run, scenario):
        return [*map(Paragraph, told), Paragraph(headline(run, scenario))]
    sentences = verdict(run, voted=voted.run if voted else None)
    aside = [counted_on_sentence(scenario) if voted else "", on_the_way(run)]
    return [*map(Paragraph, told), Bullets([*sentences, *filter(None, aside)])]


def _terms(text: str) -> list[Block]:
    """Cards of the glossary for words that the document uses."""
    low = text.lower()
    used = [term for term in TERMS if term.name.lower() in low][:MOST_TERMS]
    return [Bullets([f"{term.name[:1].upper() + term.name[1:]}: {term.what}" for term in used])] if used else []


def _specification(scenario: Scenario) -> list[Block]:
    rows = [_row(scenario, change) for change in changes_of(scenario)]
    if not rows:
        return [Paragraph("No lever is moved.")]
    head = ["Parameter", f"In {month(scenario.network.as_of)}", "Proposed", "From", "By"]
    blocks: list[Block] = [Table(head, rows)]
    off = {f"{part.name}:{p.id}": p.title for part in scenario.parts for p in part.provisions}
    if scenario.without:
        blocks.append(Paragraph("Switched off: " + "; ".join(sorted(off[name] for name in scenario.without)) + "."))
    told = [conflict.sentence for conflict in conflicts(scenario)]
    return [*blocks, Bullets(told)] if told else blocks


def _row(scenario: Scenario, change: Change) -> list[str]:
    concrete = change.concrete
    old, new = value_words(concrete, change.before), value_words(concrete, change.after)
    by = change.provision.title if change.provision else "by hand"
    tail = " (follows, because it pays)" if change.follows else ""
    if change.provision and change.provision.expected:
        tail += " (expected to follow, decided by no vote)"
    return [concrete.label, old, new, _day(change.begins, scenario), f"{by}{tail}"]


def _day(day: dt.date | None, scenario: Scenario) -> str:
    return f"first day ({month(scenario.network.as_of)})" if day is None else day.isoformat()


def _timeline(scenario: Scenario, run: Run) -> list[Block]:
    dated: dict[tuple[dt.date, str], None] = {}
    for change in changes_of(scenario):
        name = lowered(change.provision.title) if change.provision else "changes by hand"
        begins = change.begins or scenario.network.as_of
        dated[begins, f"begins: {name}"] = None
        if change.complete and change.complete != begins:
            dated[change.complete, f"in full force: {name}"] = None
        if change.ends:
            dated[change.ends, f"ends: {name}"] = None
    for event in scenario.own_events:
        dated[event.date, f"{event.title or 'supply event'}: {event.effect} {quantity(event.tokens, 'tokens')}"] = None
    dated[date_at(run, last_step(run)), "ends: the horizon"] = None
    return [Bullets([f"{day.isoformat()} {told}" for day, told in sorted(dated)])]


def _gains(gains: pl.DataFrame, line: str, terms: Terms, voted: Voted | None) -> list[Block]:
    head = [
        "Group",
        f"Difference over {terms.years} years",
        *(["With what is voted alone"] if voted else []),
        "In tokens of the first day's price",
        "Gains in",
        "Because",
    ]
    rows = []
    for row in gains.iter_rows(named=True):
        counted = f"{round(DOTS * row['gains_in'])} of {DOTS} futures" if terms.futures else "the single path"
        gain_words = counted if terms.futures or row["gains_in"] else "–"
        rows.append(
            [
                str(row["label"]),
                _signed(row["difference"], "$"),
                *([_signed(_alone(voted, row["group"]), "$")] if voted else []),
                _signed(row["in_tokens"], "tokens"),
                gain_words,
                str(row["reason"]),
            ]
        )
    told = turned(voted.gains, gains) if voted else ""
    return [Table(head, rows), *([Paragraph(told)] if told else []), Paragraph(line)]


def _alone(voted: Voted, group: str) -> float:
    return float(voted.gains.filter(pl.col("group") == group)["difference"].sum())


def _signed(value: float, unit: str) -> str:
    written = quantity(value, unit)
    return f"+{written}" if value > 0 else written


def _rest(scenario: Scenario, run: Run) -> list[Block]:
    """The rest point, whether today's network gets there, and why the run may point elsewhere."""
    rest = rest_of(scenario)
    told = [
        rest_sentence(rest, rest_of(scenario, baseline=True)),
        apart_sentence(rest, run, scenario),
        stability_sentence(rest),
    ]
    return [Paragraph(sentence) for sentence in told if sentence]


def _uncertainty(run: Run, terms: Terms, scenario: Scenario) -> list[Block]:
    if not isinstance(run, MedianRun):
        return [Paragraph("One path without shocks was computed: how far futures spread is not shown.")]
    told = [spread_sentence(spread(run, measure)) for measure in key_measures(run.system)]
    collapse = collapse_sentence(run)
    counted = [*told, collapse] if collapse else told
    return [Bullets(counted), Paragraph(basis_sentence(run, scenario, terms.seed))]


def _scorecard(scenario: Scenario, run: Run, terms: Terms, gains: pl.DataFrame) -> Section:
    """The six points before and after; who is affiliated is what the proposals declare."""
    before, after = measured(scenario, run, seed=terms.seed)
    capture = capture_ratio(gains, affiliates_of(scenario.stacked))
    return scorecard_section(before.scored(), after.scored(capture=capture))


def _vote(scenario: Scenario, gains: pl.DataFrame) -> Section:
    """Whether it would pass under the network's own rule, and whose interest it would serve where that is declared."""
    told = (preview(scenario.network, gains).sentence, SHORT_BANNER, interest_words(gains, scenario.stacked))
    return Section("Would it pass, and whose interest", [Paragraph(text) for text in told])


def _texts(blocks: Sequence[Block]) -> str:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found.append(block.text if isinstance(block.text, str) else block.text.text)
        elif isinstance(block, Bullets):
            found += [item if isinstance(item, str) else item.text for item in block.items]
        elif isinstance(block, Table):
            found += [*block.head, *(cell for row in block.rows for cell in row)]
    return " ".join(found)
