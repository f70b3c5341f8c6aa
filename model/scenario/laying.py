"""Lays one layer on values: what its keys mean on a network, what they become, and who pays for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from model.errors import UnknownKeyError
from model.parameters import ParameterKey, parameter_keys
from model.presets.network import Network
from model.presets.network_size import network_size
from model.proposals.proposal import Provision
from model.scenario.keys import is_aggregate, other_place, resolve, unknown_key
from model.scenario.layers import Layer, Values
from model.scenario.shares import role_weights, settle_emission, settle_revenue, spread
from model.structure import Structure
from model.system import system_for
from model.validation import check_number, emission_share_keys, fee_share_keys

Move = Callable[[float], object]


@dataclass(frozen=True, eq=False)
class Layering:
    """How layers are laid on the values of one network in one structure.

    Attributes
    ----------
    by_hand
        Hand-made changes, which have no provision.
    payer
        Who pays for them; None is the network's balance.
    """

    network: Network
    structure: Structure
    by_hand: Mapping[str, float]
    payer: str | None

    @cached_property
    def keys(self) -> dict[str, ParameterKey]:
        """Parameters by contract key."""
        return parameter_keys(self.structure)

    def applied(self, values: Values, layer: Layer) -> Values:
        """Values with a layer in full force and every share paid for."""
        result, changed = dict(values), set[str]()
        for key, kind, move in self._moves_of(layer):
            targets = self._targets(key, kind, result, move, layer)
            result.update(targets)
            changed |= set(targets)
        payer = self.payer if layer.provision is None else layer.provision.funded_by
        result = settle_revenue(self.structure, result, changed, payer or self.network.fee_balance)
        return settle_emission(self.structure, result, changed, self.network.emission_balance)

    def named(self, layer: Layer) -> set[str]:
        """Contract keys that a layer sets, those of its payers left out."""
        found = set[str]()
        for key, kind, _ in self._moves_of(layer):
            together = self._aggregate(key, self.network.values_for(self.structure), _same)
            found |= set(self.resolve(key, kind, _from_own(layer)) if together is None else together)
        return found

    def reach(self, layer: Layer) -> set[str]:
        """Keys that a layer may read or move: its own, and every share that is divided with them."""
        found = self.named(layer)
        for stream in self.structure.streams:
            block = {key for part in fee_share_keys(self.structure, stream).values() for key in part}
            if found & block:
                found |= block | {self.structure.key("user_surcharge", stream=stream)}
        block = {key for part in emission_share_keys(self.structure).values() for key in part}
        return found | block if found & block else found

    def resolve(self, key: object, kind: str, from_own_value: bool = False) -> tuple[str, ...]:
        """Contract keys of the right kind that a written key means.

        Raises
        ------
        UnknownKeyError
            For a key that this network does not have, or of the other kind.
        """
        name = str(key)
        found = resolve(name, self.structure, self.keys, from_own_value=from_own_value)
        if found is None:
            raise self.no_such_key(name, f"{kind}s of {self.network.name}", kind)
        for concrete in (self.keys[f] for f in found):
            if concrete.declared.kind != kind:
                other = "changes" if concrete.declared.kind == "lever" else "assumptions"
                article = "a lever" if concrete.declared.kind == "lever" else "an assumption"
                raise UnknownKeyError(f"{name} is {article}", where=name, todo=f"pass it in {other}")
        return found

    def no_such_key(self, name: str, where: str, kind: str = "") -> UnknownKeyError:
        """What is told about a key that is not where it was looked for.

        Parameters
        ----------
        kind
            "lever", "assumption", or "" for starting values.
        """
        starts = system_for(self.structure).initial_keys
        known = [key for key, one in self.keys.items() if one.declared.kind == kind] if kind else starts
        hint = other_place(name, self.keys, starts, kind)
        if name == "staked" and not self.structure.uses("staking"):
            hint = "nobody stakes on this network"
        if name.partition(".")[0] == "locked" and not self.structure.buckets:
            hint = "nothing is locked on this network; buckets stand in its file"
        return unknown_key(name, where, known, hint=hint)

    def _moves_of(self, layer: Layer) -> Iterator[tuple[str, str, Move]]:
        """Keys of a layer as written, with their kind and what becomes of a value."""
        provision = layer.provision
        if provision is None:
            for key, value in self.by_hand.items():
                yield str(key), "lever", partial(_always, value)
            return
        size = network_size(self.network, provision.of) if provision.of else 1.0
        for key in provision.keys:
            yield key, "assumption" if provision.expected else "lever", partial(_target, provision, key, size)

    def _targets(self, key: str, kind: str, values: Values, move: Move, layer: Layer) -> dict[str, float]:
        together = self._aggregate(key, values, move)
        if together is not None:
            return together
        names = self.resolve(key, kind, _from_own(layer))
        return {name: check_number(self.keys[name], move(values[name])) for name in names}

    def _aggregate(self, key: str, values: Mapping[str, float], move: Move) -> dict[str, float] | None:
        """`provider_fee_share` and `provider_emission_share` of a network with several roles scale them pro rata."""
        if self.structure.one_role or not is_aggregate(key):
            return None
        stream, _, word = key.rpartition(".")
        if stream and stream not in self.structure.streams:
            return None
        groups = (
            [emission_share_keys(self.structure)["providers"]]
            if word == "provider_emission_share"
            else [fee_share_keys(self.structure, s)["providers"] for s in self.structure.streams if stream in ("", s)]
        )
        result: dict[str, float] = {}
        for keys in groups:
            place = self.structure.called(stream) if stream else ""
            asked = move(math.fsum(values[k] for k in keys))
            total = check_number(ParameterKey(key, self.keys[keys[0]].declared, place=place), asked)
            result.update(spread(values, keys, total, role_weights(self.structure, values, keys)))
        return result


def _from_own(layer: Layer) -> bool:
    """Whether each key moves from a value of its own, so that one word may mean keys of different size."""
    return layer.provision is not None and layer.provision.way != "to"


def _always(value: object, before: float) -> object:  # noqa: ARG001
    return value


def _same(before: float) -> float:
    return before


def _target(provision: Provision, key: str, size: float, before: float) -> float:
    return provision.target(key, before, size)
