"""Everything that gets a page, as the index lists it: title, state, one sentence and a small picture of supply."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from gallery.network_page import page_of_network
from gallery.page import YEARS, Page
from gallery.proposal_page import page_of_proposal, page_of_stress
from model import load_stress, project, stress_names
from model.presets.catalogue import catalogue, entry
from model.proposals.cards import card_with_result, cards, network_of
from model.proposals.proposal import ANY, Proposal
from model.words.text import change, month
from ui.proposal.picker import STATUSES
from ui.start.gallery import first_sentence

KINDS = {"network": "Networks", "proposal": "Proposals", "stress": "Stresses"}
"""Kinds of pages with their headings, in the order of the index; a kind is also the folder of its pages."""
_LEADS = {
    "network": "The small picture is supply over ten years on the path without shocks; dashed is the first day.",
    "proposal": "The small picture is supply over five years, or what moves most where supply moves by less than 0.1%, "
    "on the path without shocks; dashed is the baseline.",
    "stress": "Each on the network it was written for. The small picture is supply; dashed is the same without it.",
}


@dataclass(frozen=True, eq=False)
class Card:
    """One page in the index.

    Attributes
    ----------
    kind, name
        Folder and file of the page.
    told
        Status, network, month.
    abstract
        One sentence.
    years, ratios, outcome
        The small picture and what it shows.
    make
        Computes the page, given the address of an app or "".
    """

    kind: str
    name: str
    title: str
    told: str
    abstract: str
    years: Sequence[float]
    ratios: Sequence[float]
    outcome: str
    make: Callable[[str], Page]

    @property
    def path(self) -> str:
        """Where its page stands, seen from the index."""
        return f"{self.kind}/{self.name}.html"


def lead(kind: str) -> str:
    """What the small pictures of a kind show."""
    return _LEADS[kind]


def all_cards() -> Iterator[Card]:
    """Networks, proposals and stresses in the order in which the app lists them."""
    for found in catalogue():
        yield network_card(found.name)
    for item in cards():
        yield proposal_card(item.part)
    for name in stress_names():
        yield proposal_card(load_stress(name))


def network_card(name: str) -> Card:
    """A network with its supply on the path without shocks."""
    known = entry(name)
    run = project(name, years=YEARS)
    supply = run.values("supply")[0]
    steps = [round(year / YEARS * (len(supply) - 1)) for year in range(YEARS + 1)]
    ratios = [float(supply[step] / supply[0]) for step in steps]
    words = change(ratios[-1], 1.0)
    told = "as on the first day" if words == "unchanged" else words
    return Card(
        "network",
        name,
        known.title,
        f"Real · {month(known.as_of)}" if known.is_real else known.kind.capitalize(),
        first_sentence(known.summary),
        range(YEARS + 1),
        ratios,
        f"Supply {told} after {YEARS} years",
        partial(page_of_network, name),
    )


def proposal_card(part: Proposal) -> Card:
    """A proposal or a stress with its stored result."""
    found = card_with_result(part)
    home = entry(part.home).title
    state = ["Stress" if part.kind == "stress" else STATUSES[part.status][0]]
    state.append(f"Any network, here {home}" if network_of(part) == ANY else home)
    state += [month(part.put)] if part.put else []
    return Card(
        part.kind,
        part.name,
        part.title,
        " · ".join(state),
        first_sentence(part.summary),
        found.years,
        found.ratios,
        found.outcome,
        partial(page_of_stress if part.kind == "stress" else page_of_proposal, part),
    )
