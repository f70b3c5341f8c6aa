"""The usual range of one parameter on one network, in the parameter's own unit."""

from __future__ import annotations

from dataclasses import dataclass

from model.parameters import ParameterKey
from model.presets.network import Network

_PER = {
    "value": "today's value",
    "revenue": "today's revenue",
    "emission": "today's emission",
    "supply": "today's supply",
}


@dataclass(frozen=True)
class UsualRange:
    """Where values of a parameter usually lie.

    Attributes
    ----------
    low, high, step
        In the parameter's own unit.
    base
        What `per` amounts to; 1 where the range is absolute.
    per
        What the range is a multiple of, in words; empty where it is absolute.
    """

    low: float
    high: float
    step: float
    base: float = 1.0
    per: str = ""

    def contains(self, value: float) -> bool:
        """Whether a value is usual."""
        slack = 1e-9 * (self.high - self.low)
        return self.low - slack <= value <= self.high + slack


def usual_range(network: Network, concrete: ParameterKey) -> UsualRange:
    """Resolve the declared bounds, which may be multiples of the network's own size."""
    declared = concrete.declared
    if not declared.scale:
        return UsualRange(declared.usual_minimum, declared.usual_maximum, declared.step)
    base = _base(network, concrete)
    low = max(declared.usual_minimum * base, declared.minimum)
    if network.values.get(concrete.key) == 0:
        low = max(0.0, declared.minimum)  # what is not used today is not unusual at zero
    value = network.values.get(concrete.key, 0.0)
    # A network that is already beyond the usual gets room above what it has.
    high = min(max(declared.usual_maximum * base, 2 * value), declared.maximum)
    return UsualRange(low, high, declared.step * base, base, _PER[declared.scale])


def _base(network: Network, concrete: ParameterKey) -> float:
    """The size that the bounds are multiples of; the declared default where the network has none."""
    declared = concrete.declared
    if declared.scale == "value":
        base = network.values.get(concrete.key, declared.default) or _largest_sibling(network, concrete)
    elif declared.scale == "supply":
        stocks = ("float_supply", "staked", "treasury")
        base = sum(network.initial.get(name, 0.0) for name in stocks) + sum(
            amount for name, amount in network.initial.items() if name.startswith("locked")
        )
    else:
        base = _flow(network, declared.scale)
    return base if base > 0 else (declared.default if declared.default > 0 else 1.0)


def _largest_sibling(network: Network, concrete: ParameterKey) -> float:
    """The largest value of the same parameter among the network's other streams, roles or years."""
    word = concrete.declared.word
    return max((v for key, v in network.values.items() if key.rpartition(".")[2] == word), default=0.0)


def _flow(network: Network, column: str) -> float:
    """Revenue or emission of the first period under today's rules, a year."""
    from model.projection import project

    first = project(network, years=network.step_length).values(column)[0, 0]
    return float(first)
