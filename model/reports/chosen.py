"""Assumptions that were chosen, with reasons and alternatives; writes docs/ASSUMPTIONS.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from model.parameters import parameters_by_word
from model.presets.files import load_network
from model.presets.network import Network
from model.reports.calibration_report import YEARS, Influence, influence, judgements, ranked, real_networks
from model.scenario.scenario import Scenario
from model.words.limits import LIMITS
from model.words.text import number, sentence_case
from model.words.value_words import value_words

FILE = Path(__file__).resolve().parents[2] / "docs" / "ASSUMPTIONS.md"


@dataclass(frozen=True)
class Chosen:
    """One assumption about how people or markets behave, or about what is counted.

    Attributes
    ----------
    assumed, why
        What the model does and the reason.
    alternative
        What somebody else might assume, and what would follow.
    settings
        Words of the parameters by which the alternative is set; none where it is not in the model.
    place
        Where else it is found, in Markdown: a function or a column.
    """

    assumed: str
    why: str
    alternative: str
    settings: tuple[str, ...] = ()
    place: str = ""


CHOSEN: tuple[Chosen, ...] = (
    Chosen(
        "The price clears the liquid float, not the whole supply",
        "Staked, locked and treasury tokens cannot be sold today",
        "Pricing on supply, which understates how strongly the price reacts",
    ),
    Chosen(
        "Holders hold in proportion to revenue plus a speculative bid",
        "Burn = mint pins the price only together with a wish to hold",
        "A market capitalisation explained by velocity alone, which makes every revenue effect too large",
        ("revenue_linked_holdings", "speculative_holdings"),
    ),
    Chosen(
        "The price moves to its clearing value with a half-life of about a month",
        "Jumps to burn = mint are not seen anywhere",
        "A faster or slower price",
        ("price_speed",),
    ),
    Chosen(
        "Nobody anticipates announced changes",
        "The sandbox shows mechanics",
        "The opposite extreme, a price that is the net present value of all burns",
        place="`model/equations/fundamental.py`",
    ),
    Chosen(
        "Providers enter and leave by margin, at a bounded speed",
        "Exit is never instant, capacity never negative",
        "Other speeds, or a part of cost that is sunk",
        ("entry_speed", "exit_speed", "avoidable_cost_share"),
    ),
    Chosen(
        "Demand, unit cost, the speculative bid and the price wander by stated volatilities; every factor is one on "
        "average",
        "One path hides that a network may tip; none of the volatilities is estimated",
        "Other volatilities, or the single path by one switch",
        ("demand_volatility", "cost_volatility", "holdings_volatility", "price_volatility"),
    ),
    Chosen(
        "All streams of a network meet the same demand shock, every role has its own cost shock",
        "News about AI use reaches all streams; a GPU and a validator are bought on different markets",
        "Other correlations; only demand and the speculative bid are correlated",
        ("demand_holdings_correlation",),
    ),
    Chosen(
        "Headlines are medians over 500 futures, bands hold nine of ten",
        "With a tipping point the mean lies where no future goes",
        "The mean, which stands beside the quantiles",
        place="`run.summary()`",
    ),
    Chosen(
        "A future counts as collapsed when capacity is below a fifth of the first day's, or its run has stopped",
        "One number for “the network is gone”",
        "Another threshold",
        place="`run.collapse_probability()`",
    ),
    Chosen(
        "Demand is measured at the service price of the network's date",
        "A dearer service is used less, also when governance reposts the price",
        "Another reference price",
        ("reference_service_price",),
    ),
    Chosen(
        "No role grows more than e³-fold in one step",
        "A numerical guard; only meaningless corners reach it",
        "No guard, and numbers that overflow",
        place="`model/equations/capacity.py`",
    ),
    Chosen(
        "A burn leaves a millionth of the float, spending a millionth of the treasury",
        "A price needs a float; the cut is flagged",
        "A price without limit once everything is burned",
        place="`burn_clipped` in every result",
    ),
    Chosen(
        "Quality follows capacity by an S-curve; roles multiply",
        "Every role is essential; if one leaves, quality goes",
        "A flatter curve, roles that replace each other, capacity needed that does not grow with demand",
        ("quality_steepness", "quality_complementarity", "coverage_follows_demand"),
    ),
    Chosen(
        "The weights of roles in quality are judgement",
        "They cannot be observed, and recommendations depend on them",
        "Other weights",
        ("quality_weight",),
    ),
    Chosen(
        "Revenue is counted before a surcharge to users; the surcharge is burned",
        "The shares of revenue keep their meaning",
        "Reading what users pay instead",
        ("user_surcharge",),
        "`user_price`",
    ),
    Chosen(
        "A change of a share names who pays",
        "Burn, provider, staker and treasury shares sum to one",
        "Another payer; the default is the preset's",
        place="`funded_by`",
    ),
    Chosen(
        "A share written without its stream sets all streams",
        "So that one lever can be compared across networks",
        "One stream alone",
        place="`<stream>.burn_share`",
    ),
    Chosen(
        "A step is a week (7 days; a fifty-second of a year in the textbooks)",
        "The criterion of stability holds on the weekly map; monthly maps are sub-stepped",
        "Days or months",
        place='`step="day"`, `step="month"`',
    ),
    Chosen(
        "A treasury that never spends is left out of burn = mint",
        "Its tokens never come back",
        "A treasury that spends",
        ("treasury_spend_rate",),
    ),
    Chosen(
        "Rest points freeze emission, demand, cost and the speculative bid at a date",
        "Otherwise there is no point to rest at",
        "Another date",
        place="`equilibrium(at=...)`",
    ),
    Chosen(
        "The rest point of pay for merit has no seed of entrants, a run keeps one percent of either kind",
        "Corners must be able to be left",
        "Another seed",
        ("entrant_share",),
    ),
)


def chosen_rows(scenario: Scenario) -> Iterator[dict[str, str]]:
    """One row per assumption with what the scenario sets: keys Assumed, Why, Alternative, Set here."""
    for entry in CHOSEN:
        yield {
            "Assumed": entry.assumed,
            "Why": entry.why,
            "Alternative": entry.alternative,
            "Set here": "; ".join(_set_here(entry, scenario)) or entry.place.replace("`", "") or "not in the model",
        }


def _set_here(entry: Chosen, scenario: Scenario) -> Iterator[str]:
    """The parameters of an alternative with their values; of several alike (one per role) each that differs."""
    keys = scenario.layering.keys
    for word in entry.settings:
        found = [concrete for concrete in keys.values() if concrete.declared.word == word]
        told = dict.fromkeys(value_words(concrete, scenario.values[concrete.key]) for concrete in found)
        if told:
            label = parameters_by_word[word].label
            yield f"{label} {' and '.join(told)}"


# ---- the two calls of judgement of a real network -------------------------------------------------------------------
_WORDS = ("holdings_growth", "cost_trend")
"""What the two calls of every real network are about; a test holds them to be those that matter most."""


def call_influences(network: Network) -> tuple[Influence, ...]:
    """How far the figure behind each call of judgement moves price and capacity; empty where nothing was calibrated."""
    if network.kind != "real":
        return ()
    found: list[Influence] = []
    for word in _WORDS:
        arms = [arm for arm in judgements(network.identity) if arm[1].rpartition(".")[2] == word]
        found += ranked(influence(network.identity, arm) for arm in arms)[:1]
    return tuple(found)


def influence_sentence(found: Influence, network: Network) -> str:
    """The alternatives in words: "Yearly fall of unit cost at -20% a year or 30% a year instead of 10% a year: ..."."""
    concrete = network.parameters[found.key]
    low, high, value = (value_words(concrete, end) for end in (found.low, found.high, found.value))
    price, capacity = (f"{number(path[0])} or {number(path[1])}" for path in (found.price, found.capacity))
    return (
        f"{sentence_case(found.label)} at {low} or {high} instead of {value}: {YEARS} years later the price (first day "
        f"= 1) would stand at {price} instead of {number(found.base[0])}, capacity at {capacity} instead of "
        f"{number(found.base[1])}."
    )


# ---- document -------------------------------------------------------------------------------------------------------
_HEAD = """# Assumptions we chose

Written by `make docs` from `model/reports/chosen.py`; do not edit by hand. Each line: what is assumed, why, what the
alternative would be and where it is set. Parameters, ranges and their sources are in
[reference/parameters.md](reference/parameters.md).

| Assumed | Why | Alternative | Where |
|---|---|---|---|"""


def document() -> str:
    """The document: assumptions of the model, calls of judgement of each network, limits."""
    lines = [_HEAD]
    for entry in CHOSEN:
        where = ", ".join([*(f"`{word}`" for word in entry.settings), *([entry.place] if entry.place else [])])
        lines.append(f"| {entry.assumed} | {entry.why} | {entry.alternative} | {where or 'not in the model'} |")
    lines += ["", "## Calls of judgement on each network", ""]
    lines += [
        "The two that matter most, with what their alternatives would do; how they were found stands in "
        "[calibration.md](calibration.md).",
        "",
    ]
    for name in real_networks():
        network = load_network(name)
        lines += [f"### {network.title}", ""]
        for call, found in zip(network.judgement_calls, call_influences(network), strict=True):
            lines.append(f"- {call.rstrip('.')}. {influence_sentence(found, network)}")
        lines.append("")
    lines += ["## What the model cannot say", "", *(f"- **{limit.title}.** {limit.sentence}" for limit in LIMITS)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    FILE.write_text(document(), encoding="utf-8")
