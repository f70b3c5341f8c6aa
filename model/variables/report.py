"""Ratios, dollars and yields, worked out after the run; nothing depends on them."""

from __future__ import annotations

from model.variables.declaration import Variable, computed

REPORT: tuple[Variable, ...] = (
    computed("supply", "S", "Supply", "tokens", "Float, stake, treasury and locked tokens together.", "tokens"),
    computed("net_emission", "n_S", "Net emission", "tokens/yr", "Minted minus burned.", "tokens"),
    computed("net_emission_rate", "n", "Net emission rate", "1/yr", "Net emission over supply.", "percent"),
    computed("burn_mint_ratio", "B/M", "Burned over minted", "ratio", "One is burn-mint equilibrium."),
    computed("staking_ratio", r"\sigma", "Staking ratio", "share", "Stake over float and stake.", "percent"),
    computed("bonded_ratio", r"\sigma_S", "Bonded ratio", "share of supply", "Stake over supply.", "percent"),
    computed(
        "real_staking_yield",
        "y_K - n",
        "Real staking yield",
        "1/yr",
        "Staking yield minus net emission: what a staker keeps after dilution.",
        "percent",
    ),
    computed("provider_income", "Y", "Income of all roles", "USD/yr", "Income of all roles together.", "usd"),
    computed(
        "staker_income", "Y_K", "Income of stakers", "USD/yr", "Revenue share and emission at market value.", "usd"
    ),
    computed(
        "user_emission",
        "M_u",
        "Emission to users",
        "tokens/yr",
        "Newly minted tokens for users and grantees.",
        "tokens",
    ),
    computed("provider_cost", "C", "Cost of all roles", "USD/yr", "What all capacity costs a year.", "usd"),
    computed(
        "provider_margin",
        r"\mu",
        "Provider margin",
        "share of cost",
        "Income of all roles over their cost, minus one.",
        "percent",
    ),
    computed(
        "role_margin",
        r"\mu_{i}",
        "Margin of a role",
        "share of cost",
        "Income over cost, minus one.",
        "percent",
        scope="role",
    ),
    computed(
        "revenue_gap",
        "G",
        "Revenue gap",
        "ratio",
        "Dollars of tokens emitted for each dollar of revenue; the break-even burn share.",
    ),
    computed("market_cap", "MC", "Market value of supply", "USD", "Price times supply.", "usd"),
    computed("utilisation", "u", "Utilisation", "share", "Units served over what capacity could serve.", "percent"),
    computed(
        "user_price",
        "p^u",
        "Price to users",
        "USD per unit of service",
        "Average price a user pays, surcharge included.",
        "usd",
    ),
    computed(
        "burn_mint_price",
        r"P_{BM}",
        "Burn-mint price",
        "USD/token",
        "The price at which today's revenue would burn what today's schedule mints.",
        "usd",
    ),
    computed(
        "float_burn_rate",
        r"\beta",
        "Burn rate of the float",
        "1/yr",
        "Burned value over the demand to hold; sets the clock of burn-mint equilibrium.",
        "percent",
    ),
    computed(
        "half_life_years",
        "t_{1/2}",
        "Half-life to burn-mint equilibrium",
        "years",
        "Time in which half of the distance to the burn-mint point closes.",
        "years",
    ),
    computed(
        "fundamental_price",
        "P_F",
        "Price of all burns to come",
        "USD/token",
        "What all burns to come would be worth a token, at the assumed discount rate and growth; a gauge beside the "
        "simulated price, which it does not move.",
        "usd",
    ),
    computed(
        "implied_growth",
        r"g_{\mathrm{impl}}",
        "Growth that the price implies",
        "1/yr",
        "The yearly growth of burns that would justify the price at the assumed discount rate; at that rate itself "
        "burns justify none of it.",
        "percent",
    ),
    computed(
        "burn_clipped", "flag", "Burn limited by the float", "flag", "One where the float was too small to burn more."
    ),
)
