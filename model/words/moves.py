"""Everything that a scenario sets otherwise than its network today, one line for each, with who pays beside it."""

from __future__ import annotations

from collections.abc import Sequence

from model.parameters import ParameterKey
from model.scenario.scenario import Scenario
from model.scenario.stacking import Difference, difference
from model.words.text import duration, month, sentence_case
from model.words.value_words import lowered, value_words, without_unit

_PAYERS = {"provider": "providers", "staker": "stakers", "treasury": "the treasury", "user": "users"}


def move_lines(scenario: Scenario) -> tuple[str, ...]:
    """One line per change: "Burn share from 20% to 69%, paid by providers (60% to 11%)"; none where nothing is set.

    Proposals come first with what they set beneath; nothing is cut.
    """
    found = difference(Scenario(scenario.network), scenario)
    named = _named(scenario)
    levers = [one for one in found if one.part == "lever"]
    moved = [one for one in levers if one.name in named]
    paying = [one for one in levers if one.name not in named]
    lines = [f"Proposal “{one.second}”" for one in found if one.part == "proposal"]
    lines += [f"Without its provision “{title}”" for title in _switched_off(scenario)]
    lines += _with_payers(scenario, moved, paying)
    lines += [f"Assumed: {_from_to(one)}" for one in found if one.part in ("assumption", "stock")]
    lines += [f"Stress: “{one.second}”" for one in found if one.part == "stress"]
    lines += [f"Supply event: {one.name} tokens" for one in found if one.part == "event"]
    lines += _timing(scenario) if scenario.changes else []
    return tuple(lines)


def moves_in_a_line(scenario: Scenario) -> str:
    """All of it in one line, for a list: "Burn share from 20% to 40%, paid by providers (60% to 40%); Slashing ...".

    A scenario that sets nothing is its network "as it is today".
    """
    return "; ".join(move_lines(scenario)) or f"{scenario.network.title} as it is today"


def _named(scenario: Scenario) -> set[str]:
    """Levers that somebody set; others move because shares have to sum to one."""
    return set[str]().union(*(scenario.layering.named(layer) for layer in scenario.layers))


def _with_payers(scenario: Scenario, moved: Sequence[Difference], paying: Sequence[Difference]) -> list[str]:
    """A payer stands beside the one share that it pays for; for several shares it has a line of its own."""
    lines = {one.name: _from_to(one, capital=True) for one in moved}
    for payer in paying:
        mine = [one.name for one in moved if _is_share(one.concrete) and _pot(one.name) == _pot(payer.name)]
        told = _paid(scenario, payer)
        if len(mine) == 1:
            lines[mine[0]] += f", {told}"
        else:
            lines[payer.name] = sentence_case(told)
    return list(lines.values())


def _paid(scenario: Scenario, payer: Difference) -> str:
    """What a share that pays becomes: "paid by providers (60% to 11%)"; of several roles each is named."""
    role, _, key = payer.name.rpartition(".")
    word = scenario.structure.called(role) if role else _PAYERS.get(key.partition("_")[0])
    old, new = _values(payer)
    if word is None or _pot(payer.name) != "revenue":
        return f"in return {_from_to(payer)}"
    return f"paid by {word} ({old} to {new})"


def _pot(key: str) -> str:
    """What a share is a share of: revenue, or new tokens."""
    return "emission" if key.endswith("emission_share") else "revenue"


def _is_share(concrete: ParameterKey | None) -> bool:
    return concrete is not None and concrete.declared.is_share


def _values(one: Difference) -> tuple[str, str]:
    """Both values as they are written."""

    def written(value: float | str | None) -> str:
        if value is None:
            return "none"
        if one.concrete is None or isinstance(value, str):
            return value if isinstance(value, str) else f"{value:.6g}"
        return value_words(one.concrete, value)

    return written(one.first), written(one.second)


def _from_to(one: Difference, *, capital: bool = False) -> str:
    """What one input becomes: burn share from 20% to 69%."""
    label = one.concrete.label if one.concrete is not None else _plain(one.name)
    old, new = _values(one)
    return f"{label if capital else lowered(label)} from {without_unit(old, new)} to {new}"


def _timing(scenario: Scenario) -> list[str]:
    """When changes made by hand begin, and how long they take; nothing where they are in force from the first day."""
    start = [f"In force from {month(scenario.start)}"] if scenario.start is not None else []
    phase = [f"Phased in over {duration(scenario.phase_in_years)}"] if scenario.phase_in_years else []
    return start + phase


def _switched_off(scenario: Scenario) -> list[str]:
    """Titles of the provisions that are switched off."""
    every = {f"{part.name}:{own.id}": own.title for part in scenario.stacked for own in part.provisions}
    return [title for name, title in every.items() if name in scenario.without]


def _plain(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")
