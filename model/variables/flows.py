"""Tokens minted and burned in a step."""

from __future__ import annotations

from model.variables.declaration import Variable, computed

FLOWS: tuple[Variable, ...] = (
    computed(
        "scheduled_emission",
        r"M^{s}",
        "Emission by the schedule",
        "tokens/yr",
        "What the schedule alone says, before the multiplier.",
        "tokens",
    ),
    computed("reminted", r"M^{r}", "Re-minted burn", "tokens/yr", "Burned tokens that are minted again.", "tokens"),
    computed(
        "nominal_emission",
        r"M^{n}",
        "Nominal emission",
        "tokens/yr",
        "What chain rules emit, before recycling and before what is not paid out.",
        "tokens",
    ),
    computed(
        "schedule_mint", "M", "Minted by the schedule", "tokens/yr", "Tokens really minted by the schedule.", "tokens"
    ),
    computed(
        "fiat_pay",
        "w_{i,t}",
        "Fiat-indexed pay of a role",
        "USD/yr",
        "Pay fixed in currency, minted in tokens.",
        "usd",
        scope="role",
    ),
    computed(
        "fiat_indexed",
        "w_t",
        "Fiat-indexed mint value",
        "USD/yr",
        "All pay fixed in currency, minted in tokens.",
        "usd",
    ),
    computed(
        "emission",
        r"M^{tot}",
        "Emission",
        "tokens/yr",
        "All tokens minted a year, schedule and fiat-indexed.",
        "tokens",
    ),
    computed(
        "burn_wanted",
        r"B^{*}",
        "Burn from the float, as paid for",
        "tokens/yr",
        "Tokens that revenue and fees would burn.",
        "tokens",
    ),
    computed(
        "float_burn", r"B^{L}", "Burn from the float", "tokens/yr", "Burn, at most what the float holds.", "tokens"
    ),
    computed("burn", "B", "Burn", "tokens/yr", "All tokens destroyed a year.", "tokens"),
)
