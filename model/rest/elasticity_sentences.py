"""How a rest point answers one percent more of something, in words."""

from __future__ import annotations

from collections.abc import Mapping

from model.parameters import ParameterKey, parameter_keys
from model.rest.report import Elasticity, RestReport
from model.rest.rest_words import PAYER_WORDS, role_words
from model.structure import Structure
from model.variables import variables_by_word
from model.words.text import number

_TINY_ELASTICITY = 0.005


def quantity_words(name: str, shape: Structure) -> str:
    """What is moved by one percent: "Burn share, stakers pay"."""
    word, _, payer = name.partition(":")
    label = _label(word, parameter_keys(shape))
    return f"{label}, {payer} pay{'s' if payer == 'treasury' else ''}" if payer else label


def _label(word: str, keys: Mapping[str, ParameterKey]) -> str:
    if word in keys:
        return keys[word].label
    if word == "emission_rate":
        return variables_by_word["emission"].label
    stem = word.removeprefix("provider_")
    same = [concrete.declared.label for key, concrete in keys.items() if key.rpartition(".")[2] in (word, stem)]
    return same[0] if same else word.replace("_", " ")


def _moves(value: float) -> str:
    if abs(value) < _TINY_ELASTICITY:
        return "leaves the rest price as it is"
    return f"{'raises' if value > 0 else 'lowers'} the rest price by {number(abs(value))}%"


def elasticity_sentences(report: RestReport) -> tuple[str, ...]:
    """The three or four answers a reader asks for first."""
    by_name = {e.name: e for e in report.elasticities}
    shape = report.scenario.structure
    found = []
    for name, lead in (
        ("demand_scale", "1% more demand"),
        ("emission_rate", "1% more emission"),
        ("speculative_holdings", "1% more speculative bid"),
    ):
        if name in by_name and by_name[name].long_run:
            found.append(f"{lead} {_moves(by_name[name].long_run['price'])}{_meanwhile(by_name[name])}.")
    burns = [e for e in report.elasticities if e.name.startswith("burn_share:") and e.long_run]
    if burns:
        parts = [f"{PAYER_WORDS[e.name.split(':')[1]]} {_moves(e.long_run['price'])}" for e in burns]
        found.append("A burn share 1% larger, " + "; ".join(parts) + ".")
    if "unit_cost" in by_name and by_name["unit_cost"].long_run:
        found.append(_jevons(by_name["unit_cost"]))
    if not shape.one_role and report.point is not None:
        role = report.point.bottleneck
        found.append(
            f"One more point of payout to {role_words(report, role)} would bring the network most: the bottleneck."
        )
    return tuple(found)


def _meanwhile(e: Elasticity) -> str:
    """What becomes of capacity, in the long run and while the float has not moved."""
    long, medium = e.long_run["capacity"], e.medium_run.get("capacity", 0.0)
    settles, first = abs(long) >= _TINY_ELASTICITY, abs(medium) >= _TINY_ELASTICITY
    if not settles:
        way = "rises" if medium > 0 else "falls"
        return f"; capacity {way} by {number(abs(medium))}% at first and comes back" if first else ""
    while_held = f" ({number(abs(medium))}% while the float has not moved)" if first else ""
    same = (long > 0) == (e.long_run["price"] > 0) and abs(e.long_run["price"]) >= _TINY_ELASTICITY
    way = "" if same else ("raises " if long > 0 else "lowers ")
    return f" and {way}capacity by {number(abs(long))}%{while_held}"


def _jevons(e: Elasticity) -> str:
    spent, price = -e.long_run["revenue"], -e.long_run["price"]
    if abs(spent) < _TINY_ELASTICITY:
        return "1% cheaper supply leaves what users spend as it is."
    if spent > 0:
        return (
            f"1% cheaper supply raises what users spend by {number(spent)}% and the rest price by {number(price)}%: "
            "use grows faster than cost falls."
        )
    return (
        f"1% cheaper supply lowers what users spend by {number(-spent)}% and the rest price by {number(-price)}%: "
        "use grows more slowly than cost falls."
    )
