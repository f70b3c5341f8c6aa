"""What the form of a proposal offers: settings by label, ways to move them, today's value in words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from model.parameters import ParameterKey, parameter_keys
from model.presets.files import load_network
from model.presets.network import Network
from model.proposals.proposal import parameter_of
from model.scenario.keys import is_aggregate, resolve
from model.structure import MODULES, Structure
from model.words.value_words import value_words

WAY_WORDS = {
    "to": "to a new value",
    "by_factor": "times a factor",
    "by": "plus a difference",
    "at_least": "to at least",
    "at_most": "to at most",
}
"""Ways in which a setting may move, in words."""

OF_WORDS = {
    "": "in its own unit",
    "revenue": "times the first day's revenue",
    "emission": "times the first day's emission",
    "supply": "times the first day's supply",
}
"""What a value may be measured by, in words."""

GRADE_WORDS = {
    "primary": "primary: the record of the network itself",
    "secondary": "secondary: somebody reports it",
    "derived": "derived: computed from other figures",
    "assumed": "assumed: a judgement, to be weighed",
    "invented": "invented: made up for the example",
}
"""Grades of evidence, in words."""

SIZED = frozenset({"USD/yr", "USD", "tokens/yr", "tokens"})
"""Units of settings that may be measured by the network's own size."""


@dataclass(frozen=True)
class Setting:
    """One thing that a proposal may move.

    Attributes
    ----------
    label
        As it is searched for; assumptions say that they are expected, not voted on.
    today
        Value of the network in words, one per stream or role where the key means several.
    """

    key: str
    label: str
    today: str
    concrete: ParameterKey

    @property
    def is_percent(self) -> bool:
        """Whether its value is typed in percent."""
        return self.concrete.declared.format == "percent"


@lru_cache(maxsize=32)
def _full(network: Network) -> Structure:
    return network.structure.with_modules(frozenset(MODULES))


@lru_cache(maxsize=32)
def settings(home: str, for_any: bool) -> dict[str, Setting]:
    """Everything a proposal on a network may move, by key: levers first, then assumptions it expects to move.

    Parameters
    ----------
    home
        Name of the network, with its vintage.
    for_any
        Only what every network knows by the same key.
    """
    network = load_network(home)
    keys = parameter_keys(_full(network))
    words = [key for key in keys if not for_any or "." not in key]
    several = {key.rpartition(".")[2] for key in keys if "." in key}
    for word in sorted(several - set(keys)):
        if resolve(word, _full(network), keys) or (is_aggregate(word) and word not in words):
            words.append(word)
    found = [setting(network, key) for key in words]
    found.sort(key=lambda item: item.concrete.declared.kind != "lever")
    return {item.key: item for item in found}


def setting(network: Network, key: str) -> Setting:
    """One setting by its key; a key that the network does not know is called what its parameter is called.

    Raises
    ------
    KeyError
        For a key that no parameter has.
    """
    keys = parameter_keys(_full(network))
    declared = parameter_of(key)
    if declared is None:
        raise KeyError(key)
    concrete = keys.get(key) or ParameterKey(key, declared)
    meant = resolve(key, _full(network), keys, from_own_value=True) or ()
    everywhere = " (everywhere)" if key not in keys else ""
    expected = " (expected, not voted on)" if declared.kind == "assumption" else ""
    return Setting(key, f"{concrete.label}{everywhere}{expected}", _today(network, keys, meant), concrete)


def _today(network: Network, keys: dict[str, ParameterKey], meant: tuple[str, ...]) -> str:
    values = network.values_for(_full(network))
    if not meant:
        return f"not known on {network.title}"
    if len(meant) == 1:
        return value_words(keys[meant[0]], values[meant[0]])
    return ", ".join(f"{value_words(keys[key], values[key])} ({keys[key].place})" for key in meant)


def shown_factor(item: Setting, way: str, of: str) -> float:
    """What a value is multiplied with to be typed: 100 where it is typed in percent."""
    return 100.0 if item.is_percent and way != "by_factor" and not of else 1.0


def value_label(item: Setting, way: str, of: str) -> str:
    """Name of the field for the number, with its unit: "New value, percent"."""
    lead = {"to": "New value", "by_factor": "Factor", "by": "Plus", "at_least": "At least", "at_most": "At most"}[way]
    if way == "by_factor":
        return f"{lead}, times what is in force"
    if of:
        return f"{lead}, {OF_WORDS[of]}"
    unit = item.concrete.declared.unit
    if item.is_percent:
        unit = "percentage points" if way == "by" else "percent"
        unit += " a year" if item.concrete.declared.unit.startswith("1/yr") else ""
    if item.concrete.declared.format == "switch":
        unit = "1 is on, 0 is off"
    return f"{lead}, {unit}"


def provision_title(item: Setting, way: str, of: str, value: float) -> str:
    """A title for a provision that has none: "Burn share to 20%"."""
    label = item.concrete.label
    if way == "by_factor":
        return f"{label} times {value:.6g}"
    size = f"{value:.6g} {OF_WORDS[of]}" if of else value_words(item.concrete, value)
    lead = {"to": "to", "by": "plus", "at_least": "to at least", "at_most": "to at most"}[way]
    return f"{label} {lead} {size}"
