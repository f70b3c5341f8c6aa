"""Picks the equations a structure uses, orders them and splits them by when they are needed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from sympy import Symbol

from model.equations import Equation, all_equations
from model.equations.chance import INNOVATIONS, SHOCK_WORDS, chance
from model.parameters import ParameterKey, parameter_keys
from model.structure import Structure
from model.supply_events import EFFECTS
from model.variables import Variable, variables_by_word
from model.vocabulary import MISSING, Vocabulary

NEUTRAL_INPUTS = {
    "demand_shock": 1.0,
    "cost_shock": 1.0,
    "holdings_shock": 1.0,
    "price_shock": 0.0,
    **{f"event_{effect}": 0.0 for effect in EFFECTS},
}
"""Inputs that a world may be given over time, shocks and supply events, with the value that changes nothing."""


@dataclass(frozen=True, eq=False)
class System:
    """The equations of one structure, sorted and split.

    Attributes
    ----------
    structure
        The shape they are written for.
    vocabulary
        Its symbols.
    equations
        All equations, in the order of one period.
    given
        Known before the run: functions of time, parameters and shocks, in order of dependency.
    recursive
        What must be computed each step, states at its end included, in order of dependency.
    accumulated
        States that only add up results: cumulative sums after the run.
    reported
        Computed after the run on demand, in order of dependency.
    states
        The states that are stepped, in fixed order (columns of the kernel).
    chance
        Equations of the shocks that a future draws before it is stepped.
    """

    structure: Structure
    vocabulary: Vocabulary
    equations: tuple[Equation, ...]
    given: tuple[Equation, ...]
    recursive: tuple[Equation, ...]
    accumulated: tuple[Equation, ...]
    reported: tuple[Equation, ...]
    states: tuple[Symbol, ...]
    chance: tuple[Equation, ...]

    def __reduce__(self) -> tuple[object, ...]:
        """Another process composes the same system from its structure."""
        return system_for, (self.structure,)

    @property
    def documented(self) -> tuple[Equation, ...]:
        """Everything a reader is shown: the equations of a period and those of chance."""
        return (*self.equations, *self.chance)

    @cached_property
    def innovations(self) -> tuple[Symbol, ...]:
        """Symbols that a future draws at random: standard normal numbers, and a count of jumps."""
        read = set[Symbol]().union(*(e.expression.free_symbols for e in self.chance))
        named = {s: self.vocabulary.columns.get(s, "").split(".")[0] for s in read}
        return tuple(sorted((s for s, word in named.items() if word in INNOVATIONS), key=lambda s: s.name))

    @cached_property
    def drawn(self) -> tuple[Symbol, ...]:
        """Symbols of the shocks that a future draws."""
        words = {s: self.vocabulary.columns[s].split(".")[0] for s in self.shocks}
        return tuple(symbol for symbol, word in words.items() if word in SHOCK_WORDS)

    @cached_property
    def by_target(self) -> dict[Symbol, Equation]:
        """Equations by the symbol they give a value to."""
        return {equation.target: equation for equation in self.equations}

    @cached_property
    def parameters(self) -> dict[str, ParameterKey]:
        """Parameters by contract key."""
        return parameter_keys(self.structure)

    @cached_property
    def state_names(self) -> tuple[str, ...]:
        """Public names of the stepped states, in kernel order."""
        return tuple(self.vocabulary.columns[symbol] for symbol in self.states)

    @cached_property
    def accumulated_states(self) -> tuple[Symbol, ...]:
        """Symbols of the states that only add up results."""
        now_of = {following: now for now, following in self.vocabulary.next_of.items()}
        return tuple(now_of[equation.target] for equation in self.accumulated)

    @cached_property
    def initial_keys(self) -> dict[str, Variable]:
        """Names of everything that has an initial value, vesting buckets included."""
        names = {
            self.vocabulary.columns[s]: self.vocabulary.variables[self.vocabulary.columns[s]]
            for s in (*self.states, *self.accumulated_states)
        }
        names.pop("supply_accounted", None)
        for bucket in self.structure.buckets:
            names[f"locked.{bucket}"] = variables_by_word["locked"]
        return names

    @cached_property
    def shocks(self) -> dict[Symbol, float]:
        """Shock and event inputs, and their neutral values."""
        found: dict[Symbol, float] = {}
        for equation in self.equations:
            for symbol in equation.expression.free_symbols:
                name = self.vocabulary.columns.get(symbol, "")
                word = name.split(".")[0]
                if word in NEUTRAL_INPUTS:
                    found[symbol] = NEUTRAL_INPUTS[word]
        return dict(sorted(found.items(), key=lambda item: item[0].name))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of every variable of a result, states first."""
        names = list(self.state_names)
        names += [self.vocabulary.columns[s] for s in self.accumulated_states]
        for equation in (*self.given, *self.recursive, *self.reported):
            name = self.vocabulary.columns.get(equation.target)
            if name is not None and name not in names:
                names.append(name)
        return tuple(names)

    @cached_property
    def absent(self) -> frozenset[str]:
        """Columns that are nothing whatever is set, because the structure lacks what they are about."""
        nothing = (equation.target for equation in self.given if equation.expression == 0)
        return frozenset(self.vocabulary.columns[symbol] for symbol in nothing)

    @cached_property
    def symbol_of(self) -> dict[str, Symbol]:
        """Symbol of each public column."""
        return {name: symbol for symbol, name in self.vocabulary.columns.items()}

    def unit(self, column: str) -> str:
        """Unit of a public column."""
        return self.vocabulary.variables[column].unit


def _sorted_by_dependency(equations: list[Equation]) -> tuple[Equation, ...]:
    """Order equations so that each comes after those it reads; refuses a loop within one period."""
    waiting = {equation.target: equation for equation in equations}
    done: list[Equation] = []
    placed: set[Symbol] = set()

    def place(equation: Equation, path: tuple[Symbol, ...]) -> None:
        if equation.target in placed:
            return
        if equation.target in path:
            raise RuntimeError(f"equations form a loop within one period: {[s.name for s in path]}")
        for symbol in sorted(equation.expression.free_symbols, key=lambda s: s.name):
            if symbol in waiting:
                place(waiting[symbol], (*path, equation.target))
        placed.add(equation.target)
        done.append(equation)

    for equation in equations:
        place(equation, ())
    return tuple(done)


def _closure(start: set[Symbol], by_target: dict[Symbol, Equation]) -> set[Symbol]:
    """All symbols that the given ones depend on within one period, themselves included."""
    found: set[Symbol] = set()
    todo = list(start)
    while todo:
        symbol = todo.pop()
        if symbol in found:
            continue
        found.add(symbol)
        if symbol in by_target:
            todo.extend(by_target[symbol].expression.free_symbols)
    return found


def _check_bound(equations: tuple[Equation, ...], m: Vocabulary, shocks: set[str]) -> None:
    """Every symbol is a parameter, an initial value, time, a state, a shock or the target of an equation."""
    targets = {equation.target for equation in equations}
    bound = targets | set(m.parameters) | set(m.initials) | set(m.next_of) | {m.time, m.step_length, MISSING}
    for equation in equations:
        for symbol in equation.expression.free_symbols - bound:
            if m.columns.get(symbol, "").split(".")[0] not in shocks:
                raise RuntimeError(f"{equation.name} uses {symbol.name}, which nothing gives a value to")


@lru_cache(maxsize=64)
def system_for(structure: Structure) -> System:
    """Compose the system of a structure; symbolic work, done once per structure."""
    m = Vocabulary(structure)
    equations = all_equations(m)
    by_target = {equation.target: equation for equation in equations}
    if len(by_target) != len(equations):
        raise RuntimeError("two equations give a value to the same symbol")
    _check_bound(equations, m, set(NEUTRAL_INPUTS))

    nexts = {following: now for now, following in m.next_of.items() if following in by_target}
    given_inputs = (
        set(m.parameters)
        | set(m.initials)
        | {m.time, m.step_length}
        | {s for s, name in m.columns.items() if name.split(".")[0] in NEUTRAL_INPUTS}
    )
    given = _given(equations, given_inputs, set(nexts))
    accumulated = _accumulated(by_target, nexts)
    stepped = {following for following in nexts if following not in accumulated}
    needed = _closure(stepped, by_target) & set(by_target)
    recursive = [e for e in equations if e.target in needed and e.target not in given and e.target not in accumulated]
    if any(MISSING in equation.expression.free_symbols for equation in recursive):
        raise RuntimeError("a step reads a reported ratio, which may be missing")
    reported = [
        e for e in equations if e.target not in needed and e.target not in given and e.target not in accumulated
    ]
    return System(
        structure=structure,
        vocabulary=m,
        equations=equations,
        given=_sorted_by_dependency([e for e in equations if e.target in given]),
        recursive=_sorted_by_dependency(recursive),
        accumulated=tuple(e for e in equations if e.target in accumulated),
        reported=_sorted_by_dependency(reported),
        states=tuple(nexts[e.target] for e in equations if e.target in stepped),
        chance=tuple(chance(m)),
    )


def _given(equations: tuple[Equation, ...], inputs: set[Symbol], nexts: set[Symbol]) -> set[Symbol]:
    """Targets that depend on nothing but time, parameters, initial values and shocks."""
    known: set[Symbol] = set()
    growing = True
    while growing:
        growing = False
        for equation in equations:
            if equation.target in known or equation.target in nexts:
                continue
            if equation.expression.free_symbols - {MISSING} <= inputs | known:
                known.add(equation.target)
                growing = True
    return known


def _accumulated(by_target: dict[Symbol, Equation], nexts: dict[Symbol, Symbol]) -> set[Symbol]:
    """End-of-step symbols of states that only add up results and that no stepped state reads."""
    stepped = set(nexts)
    shrinking = True
    while shrinking:
        shrinking = False
        for following in sorted(stepped, key=lambda s: s.name):
            now = nexts[following]
            increment = by_target[following].expression - now
            if now in increment.free_symbols:
                continue
            others = _closure(stepped - {following}, by_target)
            if now not in others:
                stepped.remove(following)
                shrinking = True
    return set(nexts) - stepped
