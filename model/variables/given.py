"""What time, shocks and decisions give before a step is taken."""

from __future__ import annotations

from model.variables.declaration import Variable, computed

GIVEN: tuple[Variable, ...] = (
    computed(
        "cost",
        "c_{i,t}",
        "Unit cost in force",
        "USD/yr per unit of capacity",
        "What one unit of capacity costs at the time.",
        "usd",
        scope="role",
    ),
    computed(
        "demand_level",
        "A_{i,t}",
        "Demand level",
        "units of service/yr",
        "Units that would be bought at the posted price and full quality at the time.",
        scope="stream",
    ),
    computed(
        "demand_index",
        r"\hat A",
        "Demand relative to the network's date",
        "ratio",
        "Demand compared with the day on which quality was measured.",
    ),
    computed(
        "half_quality_point",
        r"N_{h,i,t}",
        "Capacity at half quality in force",
        "units of capacity",
        "The capacity at which a role's quality would settle at one half.",
        scope="role",
    ),
    computed(
        "holdings_level",
        "Z_t",
        "Speculative holdings in force",
        "USD",
        "Tokens held whatever the revenue, before reflexivity.",
        "usd",
    ),
    computed(
        "locked",
        "U_{i}",
        "Locked tokens",
        "tokens",
        "Tokens that are vesting and cannot be sold.",
        "tokens",
        scope="bucket",
    ),
    computed(
        "unlock", "v_{i}", "Unlocks", "tokens/yr", "Vested tokens that enter the float.", "tokens", scope="bucket"
    ),
    computed(
        "event_mint_float",
        r"V^{L}_{+}",
        "Event: minted into the float",
        "tokens/yr",
        "Tokens that a decision mints into the float in this step.",
        "tokens",
    ),
    computed(
        "event_mint_treasury",
        r"V^{T}_{+}",
        "Event: minted into the treasury",
        "tokens/yr",
        "Tokens that a decision mints into the treasury in this step.",
        "tokens",
    ),
    computed(
        "event_burn_float",
        r"V^{L}_{-}",
        "Event: to be burned from the float",
        "tokens/yr",
        "Tokens that a decision burns from the float in this step.",
        "tokens",
    ),
    computed(
        "event_burn_treasury",
        r"V^{T}_{-}",
        "Event: to be burned from the treasury",
        "tokens/yr",
        "Tokens that a decision burns from the treasury in this step.",
        "tokens",
    ),
    computed(
        "event_release",
        r"V^{TL}",
        "Event: to be released",
        "tokens/yr",
        "Treasury tokens that a decision moves into the float in this step.",
        "tokens",
    ),
)
