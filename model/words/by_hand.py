"""What of a scenario was moved by hand, who pays for it, and how a sentence says so."""

from __future__ import annotations

from collections.abc import Iterable

from model.parameters import parameter_keys
from model.proposals.proposal import Proposal
from model.scenario.scenario import Scenario
from model.words.value_words import change_words, count_words


def by_hand(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Levers that were moved by hand: (what is in force without that: today's or a proposal's value, set by hand)."""
    before, after = scenario.proposed_values, scenario.values
    keys = parameter_keys(scenario.structure)
    meant = [k for key in scenario.changes for k in keys if key in (k, k.rpartition(".")[2])]
    return {key: (before[key], after[key]) for key in meant}


def followers(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Levers that move because somebody has to pay for what was moved by hand: (without that, what it becomes)."""
    before, moved = scenario.proposed_values, by_hand(scenario)
    return {
        key: (before[key], value) for key, value in scenario.values.items() if key not in moved and value != before[key]
    }


def state_words(scenario: Scenario) -> str:
    """What somebody would continue with: "Payment network: 3 changes, 1 assumption."."""
    counts = [
        (len(scenario.stacked), "proposal"),
        (len(by_hand(scenario)), "change"),
        (len(scenario.assumptions) + len(scenario.initial), "assumption"),
    ]
    told = ", ".join(count_words(count, word) for count, word in counts if count)
    return f"{scenario.network.title}: {told or 'as it is today'}."


def changes_in_words(scenario: Scenario) -> str:
    """What a headline begins with: proposals by their titles, then what was made by hand and who pays for it."""
    keys = parameter_keys(scenario.structure)
    # Shares of revenue come last, beside who pays for them.
    moved = sorted(by_hand(scenario).items(), key=lambda item: _is_revenue(item[0]))
    titles = _titles(scenario)
    named = 1 if titles else 2
    if len(moved) > named:
        words = [*titles, count_words(len(moved), "change") + (" by hand" if titles else "")]
    else:
        words = [*titles, *(change_words(keys[key], *pair) for key, pair in moved)]
    if scenario.events:
        words.append(count_words(len(scenario.events), "supply event"))
    payer = who_pays(scenario)
    return " and ".join(words) + (f", paid by {payer}" if payer else "")


def _titles(scenario: Scenario) -> list[str]:
    """Proposals in a sentence, each with what is switched off in it; from three on, their number."""
    if len(scenario.stacked) > 2:
        return [f"{len(scenario.stacked)} proposals" + _less(scenario.without, scenario.stacked, "their")]
    return [f"“{part.title}”" + _less(scenario.without, [part], "its") for part in scenario.stacked]


def _less(switched_off: Iterable[str], parts: Iterable[Proposal], whose: str) -> str:
    """What of proposals is switched off: its title where it is one thing, otherwise how many."""
    own = {f"{part.name}:{provision.id}": provision.title for part in parts for provision in part.provisions}
    off = [own[name] for name in switched_off if name in own]
    if not off:
        return ""
    return f" without “{off[0]}”" if len(off) == 1 else f" without {len(off)} of {whose} provisions"


_REVENUE = frozenset(
    {"burn_share", "fee_share", "provider_fee_share", "staker_fee_share", "treasury_fee_share", "user_surcharge"}
)


def _is_revenue(key: str) -> bool:
    """Whether a key is a share of revenue, or the surcharge that users pay on top."""
    return key.rpartition(".")[2] in _REVENUE


def who_pays(scenario: Scenario) -> str:
    """Who funds the moved shares of revenue, where anybody has to; empty where nobody pays."""
    paid = any(_is_revenue(key) for key in followers(scenario))
    return payer_words(scenario.funded_by or scenario.network.fee_balance) if paid else ""


def payer_words(payer: str) -> str:
    """A payer inside a sentence."""
    return "the treasury" if payer == "treasury" else payer


def payer_sentence(scenario: Scenario) -> str:
    """What the payer's share becomes, or who would pay."""
    keys = parameter_keys(scenario.structure)
    payer = payer_words(scenario.funded_by or scenario.network.fee_balance)
    name = payer[:1].upper() + payer[1:]
    verb = "pays" if payer == "the treasury" else "pay"
    moved = [change_words(keys[key], *pair) for key, pair in followers(scenario).items() if _is_revenue(key)]
    return f"{name} {verb}: {', '.join(moved)}." if moved else f"{name} would pay when a share of revenue moves."
