"""Users and the service: its price, its quality, what is wanted, what is served and what is paid."""

from __future__ import annotations

from model.variables.declaration import Variable, computed

PRODUCTION: tuple[Variable, ...] = (
    computed(
        "list_price",
        "p_{i,t}",
        "Service price",
        "USD per unit of service",
        "The price of one unit of service before the surcharge.",
        "usd",
        scope="stream",
    ),
    computed(
        "full_quality_demand",
        r"\bar Q_{i}",
        "Demand at full quality",
        "units of service/yr",
        "Units that would be bought at the price in force and full quality.",
        scope="stream",
    ),
    computed("quality", "q", "Network quality", "share", "The quality that users see.", "percent"),
    computed(
        "demand",
        "Q^d_{i}",
        "Demand",
        "units of service/yr",
        "Units that users want at the price and quality.",
        scope="stream",
    ),
    computed(
        "served_share", r"\varrho", "Share of demand served", "share", "Below one when capacity is short.", "percent"
    ),
    computed("served", "Q_{i}", "Units served", "units of service/yr", "Units delivered.", scope="stream"),
    computed(
        "stream_revenue",
        "R_{i}",
        "Revenue of a stream",
        "USD/yr",
        "Revenue before any surcharge.",
        "usd",
        scope="stream",
    ),
    computed(
        "revenue", "R", "Revenue", "USD/yr", "What users pay a year for the service, before any surcharge.", "usd"
    ),
    computed(
        "surcharge", "X", "Surcharge paid by users", "USD/yr", "Paid on top of the service price, all burned.", "usd"
    ),
)
