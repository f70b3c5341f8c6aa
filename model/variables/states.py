"""What is carried from step to step: a state has a value at the start that a person may set."""

from __future__ import annotations

from model.variables.declaration import Variable, carried

STATES: tuple[Variable, ...] = (
    carried("float_supply", "L", "Liquid float", "tokens", "Tokens that can be sold or burned today.", "tokens"),
    carried("staked", "K", "Staked tokens", "tokens", "Tokens bonded by stakers.", "tokens"),
    carried("treasury", "T", "Token treasury", "tokens", "Tokens held by the protocol.", "tokens"),
    carried("treasury_fiat", "F", "Treasury currency", "USD", "Currency that the treasury or foundation holds.", "usd"),
    carried("price", "P", "Token price", "USD/token", "The simulated market price.", "usd"),
    carried(
        "previous_price",
        "P_{t-1}",
        "Price one step ago",
        "USD/token",
        "The price at the start of the last step.",
        "usd",
    ),
    carried(
        "holdings_swing",
        "z",
        "Swing of the speculative bid",
        "log points",
        "How far momentum has moved the speculative bid.",
    ),
    carried("capacity", "N_{i}", "Capacity", "units of capacity", "Provider capacity at work.", scope="role"),
    carried("role_quality", "q_{i}", "Quality", "share", "Quality that a role delivers.", "percent", scope="role"),
    carried(
        "high_quality_share",
        "x_{i}",
        "Share of high-quality units",
        "share",
        "The part of a role's units that are of high quality.",
        "percent",
        scope="merit-role",
    ),
    carried(
        "issued", "I", "Issued tokens", "tokens", "All tokens ever minted; halvings by issuance read it.", "tokens"
    ),
    carried("burned", "B_c", "Burned tokens", "tokens", "All tokens ever burned.", "tokens"),
    carried(
        "supply_accounted",
        r"S^{acc}",
        "Supply by accounting",
        "tokens",
        "Initial supply plus minted minus burned; must equal the sum of the buckets.",
        "tokens",
    ),
    carried(
        "inflation", "i_t", "Inflation rate in force", "1/yr", "The rate that target-bonded emission uses.", "percent"
    ),
    carried(
        "emission_swing",
        r"m^{\pm}",
        "Emission above the schedule",
        "times the schedule",
        "How far goal-bonded emission is above the schedule (below it where negative).",
    ),
    carried(
        "remint_pool",
        "E",
        "Pool of burned tokens to re-mint",
        "tokens",
        "Burn that is still to be minted again.",
        "tokens",
    ),
)
