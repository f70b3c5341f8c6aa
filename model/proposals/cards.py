"""Proposals as cards: what they touch, and what would move by their stored results; nothing is run for it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from model.parameters import Parameter
from model.presets.files import network_vintages
from model.proposals.expected import expected_of
from model.proposals.files import load_proposal, proposal_names
from model.proposals.proposal import ANY, Proposal, parameter_of
from model.supply_events import EFFECTS
from model.words.text import TOLERANCE, change

THEMES = ("Burn", "Emission", "Staking", "Treasury")
"""What a proposal may touch, for those who look for it."""

MEASURES = {
    "supply": "Supply",
    "price": "Price",
    "revenue": "Revenue",
    "capacity": "Capacity",
    "quality": "Quality",
    "treasury": "Treasury",
    "staking_ratio": "Staked share",
}
"""What a card may tell of the stored results: supply, or what moves most where supply does not."""

_ISSUED = frozenset({"Issuance", "Emission split", "Pay for merit"})
_PAID_IN_NEW_TOKENS = frozenset({"fiat_reward", "fiat_reward_share", "issuance_realised_share"})
_OF_STAKERS = ("staker", "staking", "bonded", "slash", "inflation_rate")


@dataclass(frozen=True)
class Card:
    """One proposal in short.

    Attributes
    ----------
    themes
        Of `THEMES`.
    settings
        Labels of what it moves, most telling first; what it only expects to move comes last.
    years, ratios
        What the card tells of, over the baseline's, after so many years, the first day included, by the stored
        result; empty where there is none.
    measure
        What that is, of `MEASURES`.
    """

    part: Proposal
    themes: tuple[str, ...]
    settings: tuple[str, ...]
    years: tuple[int, ...] = ()
    ratios: tuple[float, ...] = ()
    measure: str = "supply"

    @property
    def outcome(self) -> str:
        """The end of the stored result: "Supply 8.7% lower after 5 years"; empty where nothing is stored."""
        if not self.ratios:
            return ""
        words = change(self.ratios[-1], 1.0)
        told = "as in the baseline" if words == "unchanged" else words
        return f"{MEASURES[self.measure]} {told} after {self.years[-1]} years"


def cards() -> tuple[Card, ...]:
    """All proposals that come with the app: those put to a vote, newest first, then what-ifs by title."""
    found = [_stored(name) for name in proposal_names()]
    found.sort(key=lambda item: item.part.title)
    return tuple(sorted(found, key=lambda item: -item.part.put.toordinal() if item.part.put else 0))


@lru_cache(maxsize=256)
def _stored(name: str) -> Card:
    """The card of a proposal that comes with the app, with its stored result."""
    return card_with_result(load_proposal(name))


def card_with_result(part: Proposal) -> Card:
    """The card of a proposal or stress that comes with the app, with its stored result."""
    found: dict[str, list[tuple[int, float]]] = {}
    for outcome, years, one, two in expected_of(part):
        if outcome in MEASURES and one > 0 and two > 0:
            found.setdefault(outcome, [(0, 1.0)]).append((years, two / one))
    measure = _telling({outcome: rows[-1][1] for outcome, rows in found.items()})
    after, ratios = zip(*found[measure], strict=True)
    return replace(card(part), years=after, ratios=ratios, measure=measure)


def _telling(last: dict[str, float]) -> str:
    """Supply, or what moves most where supply moves by less than the tolerance."""
    if abs(last["supply"] - 1) >= TOLERANCE:
        return "supply"
    most = max(last, key=lambda outcome: abs(math.log(last[outcome])))
    return most if abs(last[most] - 1) >= TOLERANCE else "supply"


def card(part: Proposal) -> Card:
    """The card of any proposal, without a result."""
    return Card(part, themes_of(part), _settings_of(part))


def themes_of(part: Proposal) -> tuple[str, ...]:
    """What a proposal touches by its own provisions; what it expects to follow does not count."""
    touched = set[str]()
    for provision in part.provisions:
        if provision.expected:
            continue
        for key in provision.keys:
            touched |= _themes(key)
        for event in provision.events:
            touched.add("Burn" if event.effect.startswith("burn") else "Emission")
            if "treasury" in EFFECTS[event.effect]:
                touched.add("Treasury")
        payer = {"stakers": "Staking", "treasury": "Treasury"}.get(provision.funded_by or "")
        touched |= {payer} if payer else set()
    return tuple(theme for theme in THEMES if theme in touched)


def _themes(key: str) -> set[str]:
    declared = parameter_of(key)
    if declared is None:
        return set()
    word = declared.word
    found = set[str]()
    if "burn" in word:
        found.add("Burn")
    if declared.group in _ISSUED or word in _PAID_IN_NEW_TOKENS:
        found.add("Emission")
    if any(part in word for part in _OF_STAKERS):
        found.add("Staking")
    if "treasury" in word or "buyback" in word:
        found.add("Treasury")
    return found


def _settings_of(part: Proposal) -> tuple[str, ...]:
    ordered = sorted(part.provisions, key=lambda provision: provision.expected)
    declared: list[Parameter | None] = [parameter_of(key) for provision in ordered for key in provision.keys]
    labels = [item.label.removesuffix(" of a role") for item in declared if item is not None]
    labels += ["Supply event"] if any(provision.events for provision in part.provisions) else []
    return tuple(dict.fromkeys(labels))


def link_fields(part: Proposal) -> dict[str, str]:
    """Network and proposal as a link to it names them, without loading the network."""
    name, _, vintage = part.home.partition("@")
    newest = vintage and network_vintages(name)[:1] == (vintage,)
    return {"network": name if newest else part.home, "proposal": part.name}


def network_of(part: Proposal) -> str:
    """Name of the network that a proposal is for, without its date; "any" for any."""
    return ANY if part.is_for_any else part.network.partition("@")[0]
