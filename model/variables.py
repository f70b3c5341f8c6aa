"""Everything the model computes, declared once: name, symbol, label, unit and what it means."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Scope = Literal["network", "role", "stream", "bucket", "merit-role"]


class Variable(BaseModel):
    """One computed quantity.

    Attributes
    ----------
    word
        Name without suffix (`capacity`; `capacity.compute` where there are several roles).
    symbol
        LaTeX; `{i}` stands for the role, stream or bucket.
    unit
        Unit in words; stocks in tokens, flows a year, money in USD.
    what
        One sentence on what it is.
    state
        Whether it is carried from step to step; a state has an initial value that a person may set.
    format
        How it is printed.
    """

    model_config = ConfigDict(frozen=True)

    word: str
    symbol: str
    label: str
    unit: str
    what: str
    scope: Scope = "network"
    state: bool = False
    format: str = "number"


def _v(
    word: str, symbol: str, label: str, unit: str, what: str, format: str = "number", scope: Scope = "network"
) -> Variable:
    return Variable(word=word, symbol=symbol, label=label, unit=unit, what=what, format=format, scope=scope)


def _state(
    word: str, symbol: str, label: str, unit: str, what: str, format: str = "number", scope: Scope = "network"
) -> Variable:
    return Variable(word=word, symbol=symbol, label=label, unit=unit, what=what, format=format, scope=scope, state=True)


VARIABLES: tuple[Variable, ...] = (
    # ---- carried from step to step --------------------------------------------------------------------
    _state("float_supply", "L", "Liquid float", "tokens", "Tokens that can be sold or burned today.", "tokens"),
    _state("staked", "K", "Staked tokens", "tokens", "Tokens bonded by stakers.", "tokens"),
    _state("treasury", "T", "Token treasury", "tokens", "Tokens held by the protocol.", "tokens"),
    _state("price", "P", "Token price", "USD/token", "The simulated market price.", "usd"),
    _state("capacity", "N_{i}", "Capacity", "units of capacity", "Provider capacity at work.", scope="role"),
    _state(
        "role_quality",
        "q_{i}",
        "Quality",
        "share",
        "Quality that a role delivers.",
        "percent",
        scope="role",
    ),
    _state(
        "high_quality_share",
        "x_{i}",
        "Share of high-quality units",
        "share",
        "The part of a role's units that are of high quality.",
        "percent",
        scope="merit-role",
    ),
    _state(
        "issued",
        "I",
        "Issued tokens",
        "tokens",
        "All tokens ever minted; halvings by issuance read it.",
        "tokens",
    ),
    _state("burned", "B_c", "Burned tokens", "tokens", "All tokens ever burned.", "tokens"),
    _state(
        "inflation",
        "i_t",
        "Inflation rate in force",
        "1/yr",
        "The rate that target-bonded emission uses.",
        "percent",
    ),
    _state(
        "remint_pool",
        "E",
        "Pool of burned tokens to re-mint",
        "tokens",
        "Burn that is still to be minted again.",
        "tokens",
    ),
    _state(
        "treasury_fiat",
        "F",
        "Treasury currency",
        "USD",
        "Currency that the treasury or foundation holds.",
        "usd",
    ),
    _state(
        "holdings_swing",
        "z",
        "Swing of the speculative bid",
        "log points",
        "How far momentum has moved the speculative bid.",
    ),
    _state(
        "previous_price",
        "P_{t-1}",
        "Price one step ago",
        "USD/token",
        "The price at the start of the last step.",
        "usd",
    ),
    _state(
        "supply_accounted",
        r"S^{acc}",
        "Supply by accounting",
        "tokens",
        "Initial supply plus minted minus burned; must equal the sum of the buckets.",
        "tokens",
    ),
    # ---- given by time and shocks ---------------------------------------------------------------------
    _v(
        "cost",
        "c_{i,t}",
        "Unit cost in force",
        "USD/yr per unit of capacity",
        "What one unit of capacity costs at the time.",
        "usd",
        scope="role",
    ),
    _v(
        "list_price",
        "p_{i,t}",
        "Service price",
        "USD per unit of service",
        "The price of one unit of service before the surcharge.",
        "usd",
        scope="stream",
    ),
    _v(
        "demand_level",
        "A_{i,t}",
        "Demand level",
        "units of service/yr",
        "Units that would be bought at the posted price and full quality at the time.",
        scope="stream",
    ),
    _v(
        "full_quality_demand",
        r"\bar Q_{i}",
        "Demand at full quality",
        "units of service/yr",
        "Units that would be bought at the price in force and full quality.",
        scope="stream",
    ),
    _v(
        "demand_index",
        r"\hat A",
        "Demand relative to the network's date",
        "ratio",
        "Demand compared with the day on which quality was measured.",
    ),
    _v(
        "half_quality_point",
        r"N_{h,i,t}",
        "Capacity at half quality in force",
        "units of capacity",
        "The capacity at which a role's quality would settle at one half.",
        scope="role",
    ),
    _v(
        "holdings_level",
        "Z_t",
        "Speculative holdings in force",
        "USD",
        "Tokens held whatever the revenue, before reflexivity.",
        "usd",
    ),
    _v(
        "locked",
        "U_{i}",
        "Locked tokens",
        "tokens",
        "Tokens that are vesting and cannot be sold.",
        "tokens",
        scope="bucket",
    ),
    _v(
        "unlock",
        "v_{i}",
        "Unlocks",
        "tokens/yr",
        "Vested tokens that enter the float.",
        "tokens",
        scope="bucket",
    ),
    _v(
        "demand_shock",
        r"\zeta^{A}_{i}",
        "Demand shock",
        "ratio",
        "Factor on demand drawn for a future; one without shocks.",
        scope="stream",
    ),
    _v(
        "cost_shock",
        r"\zeta^{c}_{i}",
        "Cost shock",
        "ratio",
        "Factor on unit cost drawn for a future; one without shocks.",
        scope="role",
    ),
    _v(
        "holdings_shock",
        r"\zeta^{z}",
        "Holdings shock",
        "ratio",
        "Factor on speculative holdings drawn for a future; one without shocks.",
    ),
    _v(
        "price_shock",
        r"\zeta^{P}",
        "Price shock",
        "log points",
        "Noise added to the log price; zero without shocks.",
    ),
    _v(
        "event_mint_float",
        r"V^{L}_{+}",
        "Event: minted into the float",
        "tokens/yr",
        "Tokens that a decision mints into the float in this step.",
        "tokens",
    ),
    _v(
        "event_mint_treasury",
        r"V^{T}_{+}",
        "Event: minted into the treasury",
        "tokens/yr",
        "Tokens that a decision mints into the treasury in this step.",
        "tokens",
    ),
    _v(
        "event_burn_float",
        r"V^{L}_{-}",
        "Event: to be burned from the float",
        "tokens/yr",
        "Tokens that a decision burns from the float in this step.",
        "tokens",
    ),
    _v(
        "event_burn_treasury",
        r"V^{T}_{-}",
        "Event: to be burned from the treasury",
        "tokens/yr",
        "Tokens that a decision burns from the treasury in this step.",
        "tokens",
    ),
    _v(
        "event_release",
        r"V^{TL}",
        "Event: to be released",
        "tokens/yr",
        "Treasury tokens that a decision moves into the float in this step.",
        "tokens",
    ),
    _v(
        "event_float_burned",
        r"W^{L}_{-}",
        "Burned from the float by decision",
        "tokens/yr",
        "What an event really burned from the float.",
        "tokens",
    ),
    _v(
        "event_treasury_burned",
        r"W^{T}_{-}",
        "Burned from the treasury by decision",
        "tokens/yr",
        "What an event really burned from the treasury.",
        "tokens",
    ),
    _v(
        "event_released",
        r"W^{TL}",
        "Released by decision",
        "tokens/yr",
        "What an event really moved from the treasury into the float.",
        "tokens",
    ),
    _v("event_minted", "W_{+}", "Minted by decision", "tokens/yr", "All tokens that events mint.", "tokens"),
    _v("event_burned", "W_{-}", "Burned by decision", "tokens/yr", "All tokens that events burn.", "tokens"),
    # ---- one period, in order -------------------------------------------------------------------------
    _v("quality", "q", "Network quality", "share", "The quality that users see.", "percent"),
    _v(
        "demand",
        "Q^d_{i}",
        "Demand",
        "units of service/yr",
        "Units that users want at the price and quality.",
        scope="stream",
    ),
    _v(
        "served_share",
        r"\varrho",
        "Share of demand served",
        "share",
        "Below one when capacity is short.",
        "percent",
    ),
    _v("served", "Q_{i}", "Units served", "units of service/yr", "Units delivered.", scope="stream"),
    _v(
        "stream_revenue",
        "R_{i}",
        "Revenue of a stream",
        "USD/yr",
        "Revenue before any surcharge.",
        "usd",
        scope="stream",
    ),
    _v(
        "revenue",
        "R",
        "Revenue",
        "USD/yr",
        "What users pay a year for the service, before any surcharge.",
        "usd",
    ),
    _v(
        "surcharge",
        "X",
        "Surcharge paid by users",
        "USD/yr",
        "Paid on top of the service price, all burned.",
        "usd",
    ),
    _v(
        "scheduled_emission",
        r"M^{s}",
        "Emission by the schedule",
        "tokens/yr",
        "What the schedule alone says, before the multiplier.",
        "tokens",
    ),
    _v("reminted", r"M^{r}", "Re-minted burn", "tokens/yr", "Burned tokens that are minted again.", "tokens"),
    _v(
        "nominal_emission",
        r"M^{n}",
        "Nominal emission",
        "tokens/yr",
        "What chain rules emit, before recycling and before what is not paid out.",
        "tokens",
    ),
    _v(
        "schedule_mint",
        "M",
        "Minted by the schedule",
        "tokens/yr",
        "Tokens really minted by the schedule.",
        "tokens",
    ),
    _v(
        "fiat_pay",
        "w_{i,t}",
        "Fiat-indexed pay of a role",
        "USD/yr",
        "Pay fixed in currency, minted in tokens.",
        "usd",
        scope="role",
    ),
    _v(
        "fiat_indexed",
        "w_t",
        "Fiat-indexed mint value",
        "USD/yr",
        "All pay fixed in currency, minted in tokens.",
        "usd",
    ),
    _v(
        "emission",
        r"M^{tot}",
        "Emission",
        "tokens/yr",
        "All tokens minted a year, schedule and fiat-indexed.",
        "tokens",
    ),
    _v("slashed", r"J", "Slashed stake", "tokens/yr", "Stake lost to penalties a year.", "tokens"),
    _v(
        "burn_wanted",
        r"B^{*}",
        "Burn from the float, as paid for",
        "tokens/yr",
        "Tokens that revenue and fees would burn.",
        "tokens",
    ),
    _v(
        "float_burn",
        r"B^{L}",
        "Burn from the float",
        "tokens/yr",
        "Burn, at most what the float holds.",
        "tokens",
    ),
    _v("burn", "B", "Burn", "tokens/yr", "All tokens destroyed a year.", "tokens"),
    _v(
        "income",
        "Y_{i}",
        "Income of a role",
        "USD/yr",
        "Revenue share, tokens at market value and fiat-indexed pay.",
        "usd",
        scope="role",
    ),
    _v(
        "contrast",
        "vs",
        "Scoring contrast in force",
        "share",
        "How far scores tell high from low quality apart; it follows validators' quality.",
        "percent",
    ),
    _v(
        "high_pay",
        "A_{H,i}",
        "Pay of a high-quality unit",
        "ratio",
        "Relative to the role's average.",
        scope="merit-role",
    ),
    _v(
        "low_pay",
        "A_{L,i}",
        "Pay of a low-quality unit",
        "ratio",
        "Relative to the role's average.",
        scope="merit-role",
    ),
    _v(
        "margin",
        r"\gamma_{i}",
        "Income over required income",
        "ratio",
        "Above one providers enter, below one they leave.",
        scope="role",
    ),
    _v(
        "quality_target",
        r"\hat q_{i}",
        "Quality that capacity supports",
        "share",
        "Where a role's quality is heading.",
        "percent",
        scope="role",
    ),
    _v(
        "staking_yield",
        "y_K",
        "Staking yield",
        "1/yr",
        "Staker income over stake, net of slashing.",
        "percent",
    ),
    _v(
        "staking_target",
        r"\hat s",
        "Staking target",
        "share",
        "The ratio that stakers want at this yield.",
        "percent",
    ),
    _v(
        "stake_flow",
        r"\Delta K",
        "Tokens moved into stake",
        "tokens per step",
        "Float that becomes stake.",
        "tokens",
    ),
    _v(
        "budget_from_fiat",
        "g_F",
        "Budget paid from currency",
        "USD/yr",
        "Treasury spending met from currency.",
        "usd",
    ),
    _v(
        "treasury_spending",
        "D_T",
        "Treasury tokens spent",
        "tokens/yr",
        "Treasury tokens that enter the float.",
        "tokens",
    ),
    _v(
        "treasury_emission",
        "M_T",
        "Emission to the treasury",
        "tokens/yr",
        "Newly minted tokens kept by the treasury.",
        "tokens",
    ),
    _v(
        "unlocked",
        "v",
        "Unlocks of all buckets",
        "tokens/yr",
        "Vested tokens that enter the float.",
        "tokens",
    ),
    _v(
        "holdings",
        "H",
        "Demand to hold",
        "USD",
        "Dollars of float that users and speculators want to hold.",
        "usd",
    ),
    _v(
        "clearing_price",
        r"\hat P",
        "Clearing price",
        "USD/token",
        "The price at which the float is just held.",
        "usd",
    ),
    # ---- reported -------------------------------------------------------------------------------------
    _v("locked_total", "U", "Locked tokens of all buckets", "tokens", "Tokens that are vesting.", "tokens"),
    _v("supply", "S", "Supply", "tokens", "Float, stake, treasury and locked tokens together.", "tokens"),
    _v("net_emission", "n_S", "Net emission", "tokens/yr", "Minted minus burned.", "tokens"),
    _v("net_emission_rate", "n", "Net emission rate", "1/yr", "Net emission over supply.", "percent"),
    _v("burn_mint_ratio", "B/M", "Burned over minted", "ratio", "One is burn-mint equilibrium."),
    _v("staking_ratio", r"\sigma", "Staking ratio", "share", "Stake over float and stake.", "percent"),
    _v("bonded_ratio", r"\sigma_S", "Bonded ratio", "share of supply", "Stake over supply.", "percent"),
    _v(
        "real_staking_yield",
        "y_K - n",
        "Real staking yield",
        "1/yr",
        "Staking yield minus net emission: what a staker keeps after dilution.",
        "percent",
    ),
    _v("provider_income", "Y", "Income of all roles", "USD/yr", "Income of all roles together.", "usd"),
    _v("staker_income", "Y_K", "Income of stakers", "USD/yr", "Revenue share and emission at market value.", "usd"),
    _v(
        "user_emission",
        "M_u",
        "Emission to users",
        "tokens/yr",
        "Newly minted tokens for users and grantees.",
        "tokens",
    ),
    _v("provider_cost", "C", "Cost of all roles", "USD/yr", "What all capacity costs a year.", "usd"),
    _v(
        "provider_margin",
        r"\mu",
        "Provider margin",
        "share of cost",
        "Income of all roles over their cost, minus one.",
        "percent",
    ),
    _v(
        "role_margin",
        r"\mu_{i}",
        "Margin of a role",
        "share of cost",
        "Income over cost, minus one.",
        "percent",
        scope="role",
    ),
    _v(
        "revenue_gap",
        "G",
        "Revenue gap",
        "ratio",
        "Dollars of tokens emitted for each dollar of revenue; the break-even burn share.",
    ),
    _v("market_cap", "MC", "Market value of supply", "USD", "Price times supply.", "usd"),
    _v("utilisation", "u", "Utilisation", "share", "Units served over what capacity could serve.", "percent"),
    _v(
        "user_price",
        "p^u",
        "Price to users",
        "USD per unit of service",
        "Average price a user pays, surcharge included.",
        "usd",
    ),
    _v(
        "burn_mint_price",
        r"P_{BM}",
        "Burn-mint price",
        "USD/token",
        "The price at which today's revenue would burn what today's schedule mints.",
        "usd",
    ),
    _v(
        "float_burn_rate",
        r"\beta",
        "Burn rate of the float",
        "1/yr",
        "Burned value over the demand to hold; sets the clock of burn-mint equilibrium.",
        "percent",
    ),
    _v(
        "half_life_years",
        "t_{1/2}",
        "Half-life to burn-mint equilibrium",
        "years",
        "Time in which half of the distance to the burn-mint point closes.",
        "years",
    ),
    _v(
        "burn_clipped",
        "flag",
        "Burn limited by the float",
        "flag",
        "One where the float was too small to burn more.",
    ),
)

variables_by_word: dict[str, Variable] = {variable.word: variable for variable in VARIABLES}
