"""Who gains and who pays in a step, in dollars (section 16.7)."""

from __future__ import annotations

from model.variables.declaration import Variable, computed

GAINS: tuple[Variable, ...] = (
    computed("price_gain", r"\dot P", "Price change", "USD/token/yr", "What one token gains over the step.", "usd"),
    computed("supply_held", "S^{+}", "Supply at the end of the step", "tokens", "All tokens held then.", "tokens"),
    computed(
        "staker_held_share", r"\phi_K", "Held by stakers", "share of supply", "At the end of the step.", "percent"
    ),
    computed(
        "treasury_held_share",
        r"\phi_T",
        "Held by the treasury",
        "share of supply",
        "At the end of the step.",
        "percent",
    ),
    computed(
        "passive_held_share",
        r"\phi_L",
        "Held by passive holders",
        "share of supply",
        "Float at the end of the step.",
        "percent",
    ),
    computed(
        "locked_held_share",
        r"\phi_U",
        "Held by team and investors",
        "share of supply",
        "Locked tokens at the end of the step.",
        "percent",
    ),
    computed(
        "market_cap_change",
        r"\dot{MC}",
        "Change of market value",
        "USD/yr",
        "What supply is worth at the end of the step, less what it was worth.",
        "usd",
    ),
    computed(
        "minted_value",
        r"M^{\mathrm{usd}}",
        "Value of new tokens",
        "USD/yr",
        "Everything minted, at today's price.",
        "usd",
    ),
    computed(
        "burned_value",
        r"B^{\mathrm{usd}}",
        "Value of burned tokens",
        "USD/yr",
        "Everything burned, at today's price.",
        "usd",
    ),
    computed(
        "stream_surplus",
        r"\mathit{CS}_{i}",
        "Consumer surplus of a stream",
        "USD/yr",
        "What users would have paid, up to the outside option, beyond what they pay.",
        "usd",
        scope="stream",
    ),
    computed(
        "consumer_surplus",
        r"\mathit{CS}",
        "Consumer surplus",
        "USD/yr",
        "What users would have paid, up to the outside option, beyond what they pay.",
        "usd",
    ),
    computed(
        "burn_met_share",
        r"\beta^{met}",
        "Share of the wanted burn that took place",
        "share",
        "Below one where the float is too small.",
        "percent",
    ),
    computed(
        "unspent_burn", "X^{un}", "Burn money left over", "USD/yr", "Money for a burn that finds no tokens.", "usd"
    ),
    computed("user_gain", "W_u", "Gain of users", "USD/yr", "Consumer surplus, rebates, burn money left over.", "usd"),
    computed(
        "revenue_income", r"Y^{R}_{i}", "Revenue of a role", "USD/yr", "Its shares of all streams.", "usd", scope="role"
    ),
    computed("role_cost", r"C^{r}_{i}", "Cost of a role", "USD/yr", "What its capacity costs.", "usd", scope="role"),
    computed("role_gain", "W_{i}", "Gain of a role", "USD/yr", "Income less cost.", "usd", scope="role"),
    computed("staker_revenue", r"Y^{R}_{K}", "Revenue of stakers", "USD/yr", "Their shares of all streams.", "usd"),
    computed(
        "staker_gain", "W_K", "Gain of stakers", "USD/yr", "Income less slashing, and the price change on stake.", "usd"
    ),
    computed(
        "treasury_revenue", r"Y^{R}_{T}", "Revenue of the treasury", "USD/yr", "Its shares of all streams.", "usd"
    ),
    computed(
        "treasury_tokens_value",
        r"Y^{M}_{T}",
        "Tokens received by the treasury",
        "USD/yr",
        "Emission, slashed stake and decided mints, at market value.",
        "usd",
    ),
    computed("grantee_gain", "W_g", "Gain of grantees", "USD/yr", "What the treasury spends and releases.", "usd"),
    computed(
        "treasury_paid_out", "X_T", "Treasury paid out", "USD/yr", "Spent, released or burned by decision.", "usd"
    ),
    computed(
        "treasury_gain",
        "W_T",
        "Gain of the treasury",
        "USD/yr",
        "Received less paid out, and the price change on its tokens.",
        "usd",
    ),
    computed(
        "passive_income", "Y_L", "Bought below market", "USD/yr", "What sellers lose to a haircut, buyers gain.", "usd"
    ),
    computed(
        "passive_cost", "X_L", "Burned without pay", "USD/yr", "Fees in tokens, and float burned by decision.", "usd"
    ),
    computed(
        "passive_gain",
        "W_L",
        "Gain of passive holders",
        "USD/yr",
        "The price change on the float, and what is bought below market or burned without pay.",
        "usd",
    ),
    computed(
        "locked_gain", "W_U", "Gain of team and investors", "USD/yr", "The price change on what is still locked.", "usd"
    ),
    computed(
        "recipient_gain",
        "W_m",
        "Gain of recipients of a decided mint",
        "USD/yr",
        "Tokens that a decision mints into the float, at market value.",
        "usd",
    ),
    computed(
        "real_surplus",
        r"\mathit{RS}",
        "Real surplus",
        "USD/yr",
        "What the service is worth to users less what capacity costs.",
        "usd",
    ),
    computed("gains", r"W^{\Sigma}", "Sum of gains", "USD/yr", "Gains of all groups.", "usd"),
    computed(
        "ledger_residual",
        r"\epsilon_W",
        "Ledger residual",
        "USD/yr",
        "Gains less real surplus and change of market value: zero but for rounding.",
        "usd",
    ),
)
