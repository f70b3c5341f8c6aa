"""The parts of a scenario that can be left out: provisions, hand-made changes, supply events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from model.parameters import parameter_keys
from model.scenario.scenario import Scenario
from model.validation import fee_share_keys


@dataclass(frozen=True)
class Part:
    """Something of a scenario that can be left out.

    Attributes
    ----------
    key
        "proposal:provision", or the changed key; "+" joins keys that only go together.
    label
        In words.
    left_out
        The scenario without it.
    """

    key: str
    label: str
    left_out: Callable[[Scenario], Scenario]


def _without_changes(keys: frozenset[str]) -> Callable[[Scenario], Scenario]:
    def left_out(scenario: Scenario) -> Scenario:
        return replace(scenario, changes={k: v for k, v in scenario.changes.items() if k not in keys})

    return left_out


def part_of_changes(scenario: Scenario, keys: Sequence[str]) -> Part:
    """Hand-made changes of some keys as one part."""
    declared = parameter_keys(scenario.structure)
    labels = dict.fromkeys(declared[key].label if key in declared else key.replace("_", " ") for key in keys)
    label = " and ".join(labels) if len(labels) < 3 else f"Split of {_share_group(keys[0])}"
    return Part("+".join(keys), label, _without_changes(frozenset(keys)))


def _provision_parts(scenario: Scenario) -> list[Part]:
    """Every provision that is switched on."""
    found = []
    for proposal in scenario.stacked:
        for provision in proposal.provisions:
            name = f"{proposal.name}:{provision.id}"
            if name in scenario.without:
                continue

            def left_out(s: Scenario, name: str = name) -> Scenario:
                return replace(s, without=s.without | {name})

            found.append(Part(name, provision.title, left_out))
    return found


def _share_group(key: str) -> str:
    """Name of the shares of revenue that a changed key belongs to; empty for a key that stands alone."""
    word = key.rpartition(".")[2]
    if word in ("burn_share", "fee_share", "provider_fee_share", "staker_fee_share", "treasury_fee_share"):
        return "revenue"
    return "emission" if word.endswith("emission_share") else ""


def _payer_is_set(scenario: Scenario) -> bool:
    """Whether the payer's own share of revenue is among the hand-made changes: then nobody is left to pay alone."""
    payer = scenario.funded_by or scenario.network.fee_balance
    shape = scenario.structure
    own = {key for stream in shape.streams for key in fee_share_keys(shape, stream).get(payer, [])}
    words = {key.rpartition(".")[2] for key in own}
    return any(key in own or key in words for key in scenario.changes)


def parts_of(scenario: Scenario, *, together: bool | None = None) -> tuple[Part, ...]:
    """Parts of a scenario: each provision, each hand-made change with who pays for it, and hand-made supply events.

    Parameters
    ----------
    together
        Whether hand-made shares of revenue (and likewise of emission) count as one part. None: they do when the
        payer's own share is among them, because then none of them can be paid for without the others.
    """
    found = _provision_parts(scenario)
    joined = _payer_is_set(scenario) if together is None else together
    groups: dict[str, list[str]] = {}
    for key in scenario.changes:
        group = _share_group(key) if joined else ""
        groups.setdefault(group or key, []).append(key)
    found += [part_of_changes(scenario, keys) for keys in groups.values()]
    if scenario.events:
        found.append(Part("events", "Supply events", lambda s: replace(s, events=())))
    return tuple(found)
