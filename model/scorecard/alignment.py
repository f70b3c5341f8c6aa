"""Fourth point: whether supply follows demand, of capacity and of tokens."""

from __future__ import annotations

import math

from model.scorecard.quantity import Quantity, evidence_of, missing
from model.scorecard.subject import Subject

REACTS = 0.01
"""Percent of emission per percent of use from which emission counts as reacting."""


def alignment(subject: Subject) -> list[Quantity]:
    """Utilisation, burn over mint, growth of use, reaction of emission; collateral and slashing are shown beside."""
    year = subject.year
    flows = ("price", "revenue", "burn_share", "emission_rate", "emission_table", "inflation_rate")
    response = year.emission_response
    return [
        subject.calculated(
            "utilisation", "Utilisation", year.utilisation, "share", ("utilisation",),
            definition="units served over what capacity could serve, on the first day",
        ),
        subject.calculated(
            "burn_over_mint", "Burned over minted", None if math.isnan(year.burn_over_mint) else year.burn_over_mint,
            "ratio", flows, definition="tokens burned over tokens emitted, on the first day with everything in force",
            note="Nothing is burned and nothing is emitted" if math.isnan(year.burn_over_mint) else "",
        ),
        subject.calculated(
            "use_over_supply", "Growth of use above that of supply", year.use_growth - year.supply_growth, "points",
            ("demand_growth", *flows), modelled=True,
            definition="growth of revenue less growth of supply within the first year, on the path without shocks",
        ),
        subject.calculated(
            "reacts", "Emission reacts to use", float(abs(response) > REACTS), "yes", flows,
            definition="whether a tenth more use moves emission within a year in the model",
        ),
        *_penalties(subject),
    ]  # fmt: skip


def _penalties(subject: Subject) -> list[Quantity]:
    """Collateral and slashing: shown, not scored."""
    collateral = subject.figure("provider_collateral")
    found = [
        _figure(
            subject,
            "provider_collateral",
            "Collateral that a provider has to lock",
            "No published collateral was found",
            "count",
        )
        if collateral
        else missing(
            "provider_collateral",
            "Collateral that a provider has to lock",
            "count",
            "No published collateral was found",
            definition="tokens for each unit of capacity",
        )
    ]
    rate = subject.values.get("slashing_rate", 0.0)
    if subject.figure("slashing_double_sign"):
        found.append(
            _figure(subject, "slashing_double_sign", "Slashed for the gravest fault", "No slashing was found", "share")
        )
    elif subject.figure("slashing_rate") or rate > 0:
        found.append(
            subject.calculated(
                "slashing_rate", "Expected slashing", rate, "share", ("slashing_rate",),
                definition="of the stake, a year",
            )
        )  # fmt: skip
    else:
        found.append(missing("slashing_rate", "Expected slashing", "share", "No slashing was found"))
    return found


def _figure(subject: Subject, key: str, label: str, why: str, unit: str) -> Quantity:
    figure = subject.figure(key)
    if figure is None:
        return missing(key, label, "count", why)
    level = evidence_of((figure.grade,), rule=True)
    return Quantity(
        key, label, figure.value, "share" if unit == "share" else "count", level, figure.source.title, figure.date,
        figure.grade, figure.source.link, figure.definition, figure.note,
    )  # fmt: skip
