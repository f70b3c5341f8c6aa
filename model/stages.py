"""The parts of one period in their order, in plain words; the equations of a part carry its key as their stage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from model.equations import Equation
from model.system import System


@dataclass(frozen=True)
class Stage:
    """One part of the period.

    Attributes
    ----------
    key
        What the equations of the part carry as `stage`.
    title, sentence
        In plain words.
    """

    key: str
    title: str
    sentence: str


STAGES: tuple[Stage, ...] = (
    Stage(
        "chance",
        "Chance is drawn",
        "In a modelled future demand, costs, the speculative bid and the price are moved by draws; without futures "
        "nothing is.",
    ),
    Stage(
        "given",
        "The week begins",
        "Costs, demand and the speculative bid take the values of the date, and locked tokens vest.",
    ),
    Stage(
        "production",
        "Users buy the service",
        "Price and quality decide how much they want, capacity how much they get; what they pay is the revenue.",
    ),
    Stage(
        "flows",
        "Tokens are minted and burned",
        "The schedule mints, pay fixed in dollars mints more, and the burned part of revenue buys tokens and destroys "
        "them.",
    ),
    Stage(
        "staking",
        "Stakers look at their yield",
        "A higher yield draws tokens out of the float into stake, a lower one lets them go; penalties take their part.",
    ),
    Stage(
        "providers",
        "Providers are paid and decide",
        "Those who earn more than they require grow, those who earn less leave, and quality follows capacity.",
    ),
    Stage(
        "stocks",
        "Tokens are counted",
        "Float, stake, treasury and locked tokens are what they were plus what came in less what went out.",
    ),
    Stage(
        "market",
        "The market prices the float",
        "Dollars that users and speculators want to hold, over the float, is where the price moves to.",
    ),
    Stage(
        "report",
        "The week is reported",
        "Ratios, yields and margins are worked out from the stocks and flows; nothing depends on them.",
    ),
    Stage(
        "ledger",
        "Gains are counted",
        "What each group gains or pays over the week, in dollars; every transfer cancels, so only what the service is "
        "worth and what holdings are worth remain.",
    ),
)


def stages_of(system: System) -> Iterator[tuple[Stage, tuple[tuple[Equation, ...], ...]]]:
    """Each part of the period that a system has, with its equations; those of several roles or streams together."""
    for stage in STAGES:
        groups: dict[tuple[str, str, str], list[Equation]] = {}
        for equation in system.documented:
            if equation.stage == stage.key:
                groups.setdefault((equation.number, equation.name, equation.sentence), []).append(equation)
        if groups:
            yield stage, tuple(tuple(group) for group in groups.values())
