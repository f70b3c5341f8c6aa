"""What moves between stocks: the treasury, buybacks, unlocks and decided events."""

from __future__ import annotations

from model.variables.declaration import Variable, computed

STOCKS: tuple[Variable, ...] = (
    computed(
        "treasury_emission",
        "M_T",
        "Emission to the treasury",
        "tokens/yr",
        "Newly minted tokens kept by the treasury.",
        "tokens",
    ),
    computed(
        "budget_from_fiat", "g_F", "Budget paid from currency", "USD/yr", "Treasury spending met from currency.", "usd"
    ),
    computed(
        "treasury_spending",
        "D_T",
        "Treasury tokens spent",
        "tokens/yr",
        "Treasury tokens that enter the float.",
        "tokens",
    ),
    computed(
        "buyback_value",
        r"V^{k}",
        "Spent on buybacks",
        "USD/yr",
        "What the treasury pays for the tokens that it buys and keeps.",
        "usd",
    ),
    computed(
        "bought_back",
        r"B^{k}",
        "Bought back",
        "tokens/yr",
        "Tokens that the treasury buys from the float and keeps.",
        "tokens",
    ),
    computed("unlocked", "v", "Unlocks of all buckets", "tokens/yr", "Vested tokens that enter the float.", "tokens"),
    computed(
        "event_float_burned",
        r"W^{L}_{-}",
        "Burned from the float by decision",
        "tokens/yr",
        "What an event really burned from the float.",
        "tokens",
    ),
    computed(
        "event_treasury_burned",
        r"W^{T}_{-}",
        "Burned from the treasury by decision",
        "tokens/yr",
        "What an event really burned from the treasury.",
        "tokens",
    ),
    computed(
        "event_released",
        r"W^{TL}",
        "Released by decision",
        "tokens/yr",
        "What an event really moved from the treasury into the float.",
        "tokens",
    ),
    computed("event_minted", "W_{+}", "Minted by decision", "tokens/yr", "All tokens that events mint.", "tokens"),
    computed("event_burned", "W_{-}", "Burned by decision", "tokens/yr", "All tokens that events burn.", "tokens"),
)
