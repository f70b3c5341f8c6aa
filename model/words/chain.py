"""From cause to effect in a few steps: what each link of a network comes to without and with a change, and how far."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from model.engine.results import Run
from model.outcomes import Measure, Outcome, measure_of, measures, outcome
from model.words.measure_sentences import is_tiny
from model.words.text import month
from model.words.value_words import instead, lowered

LINKS = (
    ("emission", "the schedule, and what is paid in tokens"),
    ("burn", "burned share of revenue, at the price"),
    ("supply", "minted less burned, step by step"),
    ("price", "what the token is wanted for, over how many there are"),
    ("revenue", "what users pay, by price and quality"),
    ("provider_margin", "their share of revenue and of new tokens, over their cost"),
    ("capacity", "providers come and go by their margin"),
    ("quality", "capacity beside use"),
)
"""Columns from cause to effect, each with what it follows from."""
NAMES = {"emission": "Minted tokens", "burn": "Burned tokens"}


@dataclass(frozen=True)
class Link:
    """One step of the chain.

    Attributes
    ----------
    name, follows_from
        What it is called, and what it depends on.
    told
        Its values without and with the change.
    """

    name: str
    follows_from: str
    told: Outcome

    @property
    def moved(self) -> float:
        """How far it moved: a share in points, anything else in parts of what it would be; 0 where not known."""
        before, after = self.told.baseline, self.told.scenario
        size = after - before if self.told.measure.percent else (after - before) / before if before else math.inf
        return abs(size) if not math.isnan(size) else 0.0

    @property
    def words(self) -> tuple[str, str, str]:
        """Without, with, and the change."""
        write = self.told.measure.write
        change = "less than 0.1%" if is_tiny(self.told) else self.told.change
        return write(self.told.baseline), write(self.told.scenario), change


def chain(run: Run, step: int, more: Sequence[str] = ()) -> tuple[Link, ...]:
    """Every link that the network has, at one step of a run; `more` names further columns, put at the end.

    Medians where the run holds futures, as everywhere; baseline and scenario are its first two worlds.
    """
    declared, offered = run.system.vocabulary.variables, measures(run.system)
    known = dict(LINKS)
    found = []
    for column in dict.fromkeys((*known, *more)):
        if column not in run.system.columns or column not in declared:
            continue
        measure: Measure = offered.get(column) or measure_of(declared[column], column, run.system.structure)
        name = NAMES.get(column, measure.title)
        found.append(Link(name, known.get(column, measure.what.rstrip(".")), outcome(run, measure, step)))
    return tuple(found)


def chain_sentence(links: Sequence[Link]) -> str:
    """Which link moved most, and which stood still."""
    moved = [link for link in links if not is_tiny(link.told)]
    if not moved:
        return "No link of the chain would move."
    most = max(moved, key=lambda link: link.moved)
    before, after, change = most.words
    lead = f"By {month(most.told.date)} {lowered(most.name)} would move most of all links"
    told = f"{lead}, {change} ({instead(after, before)})"
    still = [lowered(link.name) for link in links if is_tiny(link.told)]
    if not still:
        return f"{told}."
    return f"{told}; {' and '.join(filter(None, (', '.join(still[:-1]), still[-1])))} would hardly move."
