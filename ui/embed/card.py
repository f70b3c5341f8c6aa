"""What a card says: title, status and dates, the answer in sentences, the count over futures."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from model import VERSION
from model.exports.document import Block, Bullets, Document, Paragraph
from model.exports.impact import NOT_A_FORECAST, linked
from model.scenario.scenario import Scenario
from model.words.headline import headline, nothing_because
from model.words.scenario_words import name_of
from model.words.text import month
from ui.link import Moment
from ui.panels import choices
from ui.proposal.picker import STATUSES
from ui.proposal.verdict import compute, counted_words, verdict_words
from ui.runs import run_of

OPEN = "Open in Ballast"
FIRST_CHART = "supply"


@dataclass(frozen=True)
class Card:
    """One answer in plain text: `sentences` with the largest first, `counted` what they are counted over."""

    title: str
    about: str
    sentences: tuple[str, ...]
    counted: str

    def document(self, link: str) -> Document:
        """The card as a text for a forum, ending in the link to the whole page."""
        counted = f"{self.counted} {NOT_A_FORECAST}"
        words: list[Block] = [Paragraph(self.about), Bullets(self.sentences), Paragraph(counted)]
        return Document(self.title, [*words, *linked(OPEN, link)], [])


def about(scenario: Scenario) -> str:
    """Status of every proposal, network with the date of its figures, version of the model."""
    network = scenario.network
    parts = [
        STATUSES[part.status][0] + (f", put in {month(part.put)}" if part.put else "") for part in scenario.stacked
    ]
    return " · ".join([*dict.fromkeys(parts), f"{network.title} as of {month(network.as_of)}", f"model {VERSION}"])


def charted(moment: Moment, asked: str | None) -> str:
    """The chart that a link asks for, or the first one."""
    return asked if asked in choices(moment.scenario.system) else FIRST_CHART


@lru_cache(maxsize=48)
def card_of(moment: Moment, chart: str = FIRST_CHART) -> Card:
    """The card of what a link shows; what `chart` reads is computed in the same pass."""
    run, shown = run_of(moment), moment.scenario
    compute(run, [chart])
    sentences, counted_on = verdict_words(run, moment)
    if nothing_because(run, shown):
        sentences = [headline(run, shown)]
    counted = " ".join(filter(None, (counted_on, counted_words(run, moment))))
    return Card(name_of(shown), about(shown), tuple(sentences), counted)
