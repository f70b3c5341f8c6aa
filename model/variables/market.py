"""The market for the token."""

from __future__ import annotations

from model.variables.declaration import Variable, computed

MARKET: tuple[Variable, ...] = (
    computed(
        "holdings", "H", "Demand to hold", "USD", "Dollars of float that users and speculators want to hold.", "usd"
    ),
    computed(
        "clearing_price", r"\hat P", "Clearing price", "USD/token", "The price at which the float is just held.", "usd"
    ),
)
