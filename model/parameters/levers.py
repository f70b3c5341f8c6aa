"""Levers: what a governance vote can change. How the world behaves belongs in assumptions."""

from __future__ import annotations

from model.parameters.declaration import SPECIFICATION, Parameter, Source, zones

_RNP_006 = Source(
    title="Render RNP-006: 95 % of a job's value is burned, 5 % is a fee",
    link="https://github.com/rendernetwork/RNPs",
    date="2023-11",
)
_MISSION_70 = Source(
    title="DFINITY, Mission 70 white paper",
    link="https://internetcomputer.org/whitepapers/mission70.pdf",
    date="2026-01",
)
_COSMOS_MINT = Source(
    title="Cosmos SDK x/mint", link="https://github.com/cosmos/cosmos-sdk/tree/main/x/mint", date="2026"
)
_HIP_20 = Source(
    title="Helium HIP-20: HNT max supply and net emissions", link="https://github.com/helium/HIP", date="2020-11"
)
_SUBTENSOR = Source(
    title="subtensor block_emission.rs", link="https://github.com/opentensor/subtensor", date="2026-06"
)
_LIVEPEER = Source(
    title="Livepeer Minter.setInflation", link="https://github.com/livepeer/protocol", date="2026"
)
_ETHEREUM = Source(
    title="Ethereum consensus specifications: base reward",
    link="https://github.com/ethereum/consensus-specs",
    date="2026",
)

REVENUE = "Revenue and burn"
SPLIT = "Emission split"
ISSUANCE = "Issuance"
STAKING = "Staking"
TREASURY = "Treasury"
UNLOCKS = "Unlocks"
MERIT = "Pay for merit"

LEVERS: tuple[Parameter, ...] = (
    # ---- revenue and who it goes to -------------------------------------------------------------------
    Parameter(
        word="burn_share", symbol=r"b_{i}", label="Burn share", unit="share", kind="lever", group=REVENUE,
        what="The part of every dollar of revenue that buys tokens on the market and destroys them.",
        enters="Burned tokens a year are this share of revenue divided by the price.",
        why_range="Live networks run from none (Fetch.ai) over 20 % of cloud-engine revenue (Internet Computer) "
        "to 95 % of job value (Render).",
        default=0.5, minimum=0, maximum=1, usual_minimum=0, usual_maximum=1, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "light"), (0.15, "typical of revenue burns"), (0.5, "heavy"),
                    (0.9, "pure burn-mint")),
        source=_RNP_006, scope="stream", shown="main",
    ),
    Parameter(
        word="fee_share", single="provider_fee_share", symbol=r"f_{i}", label="Provider share of revenue",
        unit="share", kind="lever", group=REVENUE,
        what="The part of every dollar of revenue paid directly to a role that provides the service.",
        enters="Adds to the income of the role beside its emission.",
        why_range="Pure burn-mint networks pay none of it; marketplaces pay most of it.",
        default=0.3, minimum=0, maximum=1, usual_minimum=0, usual_maximum=1, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "part"), (0.5, "most"), (0.9, "nearly all")),
        source=_RNP_006, scope="stream-role", shown="main",
    ),
    Parameter(
        word="staker_fee_share", symbol=r"s_{i}", label="Staker share of revenue", unit="share", kind="lever",
        group=REVENUE,
        what="The part of every dollar of revenue paid to stakers.",
        enters="Adds to the staking yield.",
        why_range="Revenue-share tokens pay 10 to 50 %; most burn networks pay none.",
        default=0.2, minimum=0, maximum=1, usual_minimum=0, usual_maximum=0.6, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "light"), (0.15, "typical of revenue share"), (0.4, "heavy")),
        source=SPECIFICATION, scope="stream", shown="main",
    ),
    Parameter(
        word="treasury_fee_share", symbol=r"\tau_{i}", label="Treasury share of revenue", unit="share",
        kind="lever", group=REVENUE,
        what="The part of every dollar of revenue that the treasury or foundation keeps as currency.",
        enters="Accumulates as treasury currency; it never touches the token.",
        why_range="Render's fee is 5 %; governance treasuries take up to a third.",
        default=0.0, minimum=0, maximum=1, usual_minimum=0, usual_maximum=0.5, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "fee"), (0.15, "substantial"), (0.35, "dominant")),
        source=_RNP_006, scope="stream",
    ),
    Parameter(
        word="user_surcharge", symbol=r"x_{i}", label="Surcharge to users", unit="share of the service price",
        kind="lever", group=REVENUE,
        what="What users pay on top of the service price, all of it burned.",
        enters="Raises the price that demand responds to and adds to the burn.",
        why_range="A negative value is a discount taken out of the burn.",
        default=0.0, minimum=-0.5, maximum=2, usual_minimum=0, usual_maximum=0.5, step=0.01, format="percent",
        zones=zones((-0.5, "discount"), (0, "none"), (0.005, "light"), (0.2, "heavy")),
        source=SPECIFICATION, scope="stream",
    ),
    Parameter(
        word="service_price", symbol=r"p_{0,i}", label="Posted service price", unit="USD per unit of service",
        kind="lever", group=REVENUE,
        what="The price of one unit of service, before cost pass-through and surcharge.",
        enters="Demand falls with it by the demand elasticity; revenue is price times units served.",
        why_range="A price list moves by fractions, not by orders of magnitude.",
        default=1.0, minimum=1e-9, maximum=1e9, usual_minimum=0.5, usual_maximum=2, step=0.05, format="usd",
        source=SPECIFICATION, scope="stream", scale="value",
    ),
    Parameter(
        word="fiat_reward_share", symbol=r"w_{i}^{\%}", label="Fiat-indexed reward share of revenue",
        unit="share of revenue", kind="lever", group=REVENUE,
        what="Newly minted tokens worth this share of revenue go to the role, at the price of the day.",
        enters="Adds to the fiat-indexed mint, so a lower price mints more tokens.",
        why_range="Render's Salad jobs pay 31 to 56 % this way (RNP-023).",
        default=0.0, minimum=0, maximum=1, usual_minimum=0, usual_maximum=0.8, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "part"), (0.5, "most")),
        source=Source(title="Render RNP-023 (Salad)", link="https://github.com/rendernetwork/RNPs", date="2026-03"),
        scope="stream-role",
    ),
    Parameter(
        word="fiat_reward", single="fiat_indexed_mint", symbol=r"w_{i}", label="Fiat-indexed mint",
        unit="USD/yr", kind="lever", group=REVENUE,
        what="A reward fixed in currency and paid in newly minted tokens at the price of the day.",
        enters="Mints its value divided by the price; the burn-mint price exists only while burned value exceeds it.",
        why_range="Internet Computer pays its nodes this way, in XDR.",
        default=0.0, minimum=0, maximum=1e15, usual_minimum=0, usual_maximum=0.5, step=0.01, format="usd",
        source=_MISSION_70, scope="role", scale="revenue",
    ),
    # ---- issuance -------------------------------------------------------------------------------------
    Parameter(
        word="emission_scale", symbol=r"m", label="Emission multiplier", unit="times today's schedule",
        kind="lever", group=ISSUANCE,
        what="Multiplies the whole emission schedule; one half is a halving.",
        enters="Scales scheduled emission before it is split.",
        why_range="Halvings, Mission 70 (about 0.56) and doublings lie within it.",
        default=1.0, minimum=0, maximum=10, usual_minimum=0, usual_maximum=3, step=0.05,
        zones=zones((0, "none"), (0.01, "cut"), (0.95, "as today"), (1.06, "raised"), (2, "doubled and more")),
        source=_MISSION_70, shown="main",
    ),
    Parameter(
        word="emission_rate", symbol=r"M_0", label="Base emission", unit="tokens/yr", kind="lever", group=ISSUANCE,
        what="The level from which the emission schedule starts; for halvings by issuance the level before the first.",
        enters="The base of the emission schedule.",
        why_range="From nothing to three times the network's own schedule.",
        default=4.0, minimum=0, maximum=1e15, usual_minimum=0, usual_maximum=3, step=0.05, format="tokens",
        source=SPECIFICATION, scale="value",
        module="emission:constant,time-halving,supply-halving,exponential",
    ),
    Parameter(
        word="halving_years", symbol=r"T_h", label="Years between halvings", unit="years", kind="lever",
        group=ISSUANCE,
        what="Emission halves each time this many years have passed.",
        enters="The schedule counts whole halving periods since it began.",
        why_range="Helium halves every two years, Bitcoin about every four.",
        default=4.0, minimum=0.25, maximum=50, usual_minimum=1, usual_maximum=8, step=0.25, format="years",
        source=_HIP_20, module="emission:time-halving",
    ),
    Parameter(
        word="schedule_age", symbol=r"t_0", label="Age of the schedule at the start", unit="years", kind="assumption",
        group=ISSUANCE,
        what="How long the emission schedule had run when the projection starts.",
        enters="Shifts the clock of halvings and of the emission table.",
        why_range="A fact of the network, not a choice.",
        default=0.0, minimum=0, maximum=100, usual_minimum=0, usual_maximum=10, step=0.01, format="years",
        source=SPECIFICATION, module="emission:time-halving,table", shown="hidden",
    ),
    Parameter(
        word="maximum_supply", symbol=r"I_{max}", label="Maximum supply", unit="tokens", kind="lever",
        group=ISSUANCE,
        what="The cap on issued tokens; issuance halves each time half of the rest has been issued.",
        enters="Halving thresholds are fractions of it.",
        why_range="Half to twice the network's own cap.",
        default=21e6, minimum=1e-6, maximum=1e18, usual_minimum=0.5, usual_maximum=2, step=0.05, format="tokens",
        source=_SUBTENSOR, module="emission:supply-halving", scale="value",
    ),
    Parameter(
        word="emission_decay", symbol=r"\lambda", label="Emission decay", unit="1/yr", kind="lever", group=ISSUANCE,
        what="The rate at which emission falls each year, continuously.",
        enters="Emission is the base level times a falling exponential.",
        why_range="0.057 is Render's yearly factor of 0.945; 0.174 a halving every four years.",
        default=0.1, minimum=0, maximum=5, usual_minimum=0, usual_maximum=0.5, step=0.01, format="per-year",
        source=SPECIFICATION, module="emission:exponential",
    ),
    Parameter(
        word="emission_table", symbol=r"M_{i}", label="Emission of table year", unit="tokens/yr", kind="assumption",
        group=ISSUANCE,
        what="Scheduled emission of one year of the published table.",
        enters="Read by the year in which the step begins.",
        why_range="A fact of the network; move the emission multiplier to change the level.",
        default=0.0, minimum=0, maximum=1e15, usual_minimum=0, usual_maximum=3, step=0.05, format="tokens",
        source=Source(title="Render RNP-001, RNP-003, RNP-018, RNP-022",
                      link="https://github.com/rendernetwork/RNPs", date="2023-2025"),
        scope="table-year", scale="value", module="emission:table", shown="hidden",
    ),
    Parameter(
        word="emission_table_factor", symbol="d", label="Yearly factor after the table", unit="share", kind="lever",
        group=ISSUANCE,
        what="After the last year of the table each year emits this share of the year before.",
        enters="Continues the emission table until its cap.",
        why_range="Render's damping is 0.945.",
        default=0.945, minimum=0, maximum=0.999, usual_minimum=0.8, usual_maximum=0.99, step=0.005,
        source=Source(title="Render RNP-001", link="https://github.com/rendernetwork/RNPs", date="2023-02"),
        module="emission:table",
    ),
    Parameter(
        word="emission_table_cap", symbol=r"\bar M", label="Cap of the emission table", unit="tokens", kind="lever",
        group=ISSUANCE,
        what="Scheduled emission stops when the table has emitted this many tokens since its first year.",
        enters="The last year of the table emits only what the cap leaves.",
        why_range="Render's extra emission is 107,374,182 tokens.",
        default=107374182.0, minimum=0, maximum=1e18, usual_minimum=0.5, usual_maximum=2, step=0.05, format="tokens",
        source=Source(title="Render RNP-001", link="https://github.com/rendernetwork/RNPs", date="2023-02"),
        scale="value", module="emission:table",
    ),
    Parameter(
        word="inflation_rate", symbol=r"i", label="Inflation rate", unit="1/yr", kind="lever", group=ISSUANCE,
        what="New tokens a year as a share of supply; with a bonded target it is the rate at the start.",
        enters="Emission is this rate times supply.",
        why_range="Fetch.ai fixes 3 %; Cosmos moves between 7 and 20 %.",
        default=0.05, minimum=0, maximum=2, usual_minimum=0, usual_maximum=0.2, step=0.0025, format="percent",
        zones=zones((0, "none"), (0.001, "low"), (0.04, "typical"), (0.1, "high")),
        source=_COSMOS_MINT, module="emission:percentage", shown="main",
    ),
    Parameter(
        word="inflation_floor", symbol=r"i_{min}", label="Lowest inflation", unit="1/yr", kind="lever",
        group=ISSUANCE, what="The rate below which target-bonded inflation does not fall.",
        enters="Clips the inflation rate from below.", why_range="Cosmos uses 7 %.",
        default=0.07, minimum=0, maximum=2, usual_minimum=0, usual_maximum=0.2, step=0.005, format="percent",
        source=_COSMOS_MINT, module="emission:target-bonded,target-bonded-step",
    ),
    Parameter(
        word="inflation_cap", symbol=r"i_{max}", label="Highest inflation", unit="1/yr", kind="lever",
        group=ISSUANCE, what="The rate above which target-bonded inflation does not rise.",
        enters="Clips the inflation rate from above.", why_range="Cosmos used 20 %, and 10 % since proposal 848.",
        default=0.20, minimum=0, maximum=5, usual_minimum=0.02, usual_maximum=0.4, step=0.005, format="percent",
        source=_COSMOS_MINT, module="emission:target-bonded,target-bonded-step",
    ),
    Parameter(
        word="inflation_response", symbol=r"g_i", label="Inflation response", unit="1/yr per year", kind="lever",
        group=ISSUANCE,
        what="How fast inflation moves when the bonded ratio is off its target.",
        enters="Scales the yearly change of the inflation rate.",
        why_range="Cosmos uses 0.13: from 7 to 20 % within a year when nothing is bonded.",
        default=0.13, minimum=0, maximum=10, usual_minimum=0, usual_maximum=0.5, step=0.01, format="per-year",
        source=_COSMOS_MINT, module="emission:target-bonded",
    ),
    Parameter(
        word="inflation_step", symbol=r"\Delta i", label="Inflation step", unit="1/yr per year", kind="lever",
        group=ISSUANCE,
        what="The fixed speed at which inflation moves up or down around its bonded target.",
        enters="Added or subtracted each step, by the sign of the distance to the target.",
        why_range="Livepeer moves 500 parts per billion per 21-hour round, about 0.087 a year of yearly inflation.",
        default=0.087, minimum=0, maximum=5, usual_minimum=0, usual_maximum=0.5, step=0.01, format="per-year",
        source=_LIVEPEER, module="emission:target-bonded-step",
    ),
    Parameter(
        word="target_bonded_ratio", symbol=r"\sigma_g", label="Target bonded ratio", unit="share of supply",
        kind="lever", group=ISSUANCE, what="The part of supply that the schedule wants staked.",
        enters="Inflation rises while less than this is bonded.", why_range="Cosmos 67 %, Livepeer 50 %.",
        default=0.67, minimum=0.01, maximum=1, usual_minimum=0.3, usual_maximum=0.8, step=0.01, format="percent",
        source=_COSMOS_MINT, module="emission:target-bonded,target-bonded-step",
    ),
    Parameter(
        word="square_root_coefficient", symbol=r"k_{\surd}", label="Square-root coefficient",
        unit="sqrt(tokens)/yr", kind="lever", group=ISSUANCE,
        what="Emission a year per square root of staked tokens.",
        enters="Emission is this number times the square root of the stake.",
        why_range="166.32 is Ethereum's.",
        default=166.32, minimum=0, maximum=1e9, usual_minimum=0.25, usual_maximum=3, step=0.05,
        source=_ETHEREUM, scale="value", module="emission:square-root-stake",
    ),
    Parameter(
        word="tail_emission", symbol=r"M_{tail}", label="Tail emission", unit="tokens/yr", kind="lever",
        group=ISSUANCE, what="The level below which scheduled emission does not fall.",
        enters="Emission is the larger of schedule and tail.", why_range="From none to today's whole emission.",
        default=0.0, minimum=0, maximum=1e15, usual_minimum=0, usual_maximum=1, step=0.02, format="tokens",
        source=SPECIFICATION, scale="emission",
    ),
    Parameter(
        word="net_emission_cap", symbol=r"\bar B", label="Net-emission cap", unit="tokens/yr", kind="lever",
        group=ISSUANCE,
        what="Burned tokens up to this many a year are minted again and paid out with the schedule.",
        enters="Burn flows into a pool, at most this fast, and the pool is paid out as emission.",
        why_range="Helium re-mints up to 1 % of its early emission.",
        default=0.0, minimum=0, maximum=1e15, usual_minimum=0, usual_maximum=1, step=0.02, format="tokens",
        source=_HIP_20, scale="emission", module="net-emission",
    ),
    Parameter(
        word="remint_speed", symbol=r"\kappa_E", label="Re-mint speed", unit="1/yr", kind="lever", group=ISSUANCE,
        what="How fast the pool of burned tokens is minted again.",
        enters="The share of the pool that is paid out each step.",
        why_range="HIP-20 pays 1/336 of the pool a day (1.09 a year); 100 or more pays it out within a week.",
        default=1.0871, minimum=0.01, maximum=1000, usual_minimum=0.5, usual_maximum=52, step=0.5, format="per-year",
        source=_HIP_20, module="net-emission",
    ),
    Parameter(
        word="emission_recycled_share", symbol=r"\beta_x", label="Recycled provider emission", unit="share",
        kind="lever", group=ISSUANCE,
        what="The part of provider emission that is not paid and not counted as issued.",
        enters="Lowers what providers receive, what circulates and what halvings count.",
        why_range="On Bittensor 53 of 95 subnets recycled all miner emission in November 2025.",
        default=0.0, minimum=0, maximum=1, usual_minimum=0, usual_maximum=0.9, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "part"), (0.5, "most")), source=_SUBTENSOR,
    ),
    Parameter(
        word="fee_burn", symbol=r"B^{fee}", label="On-chain fee burn", unit="tokens/yr", kind="lever", group=REVENUE,
        what="Tokens that transaction fees destroy each year, whatever the revenue.",
        enters="Adds to the burn from the float.", why_range="From none to as much as is emitted.",
        default=0.0, minimum=0, maximum=1e15, usual_minimum=0, usual_maximum=1, step=0.02, format="tokens",
        source=Source(title="EIP-1559", link="https://github.com/ethereum/EIPs", date="2019-04"), scale="emission",
    ),
    # ---- emission split -------------------------------------------------------------------------------
    Parameter(
        word="emission_share", single="provider_emission_share", symbol=r"\omega_{i}",
        label="Provider share of emission", unit="share", kind="lever", group=SPLIT,
        what="The part of newly minted tokens that goes to a role that provides the service.",
        enters="Adds its market value to the income of the role.",
        why_range="Bittensor pays 41 % to miners and as much to validators and stakers; Render 25 % to nodes.",
        default=0.6, minimum=0, maximum=1, usual_minimum=0, usual_maximum=1, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "part"), (0.5, "most"), (0.9, "nearly all")), source=SPECIFICATION,
        scope="role", shown="main",
    ),
    Parameter(
        word="staker_emission_share", symbol=r"\omega_K", label="Staker share of emission", unit="share",
        kind="lever", group=SPLIT, what="The part of newly minted tokens that goes to stakers.",
        enters="Adds to the staking yield.", why_range="From none (Render) to nearly all (Cosmos).",
        default=0.25, minimum=0, maximum=1, usual_minimum=0, usual_maximum=1, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "part"), (0.4, "most")), source=SPECIFICATION, shown="main",
    ),
    Parameter(
        word="treasury_emission_share", symbol=r"\omega_T", label="Treasury share of emission", unit="share",
        kind="lever", group=SPLIT, what="The part of newly minted tokens that goes to the treasury.",
        enters="Adds to the treasury, which is not float until it is spent.",
        why_range="Livepeer 10 %, Render's foundation 50 %.",
        default=0.10, minimum=0, maximum=1, usual_minimum=0, usual_maximum=0.6, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "light"), (0.2, "heavy")), source=_LIVEPEER,
    ),
    Parameter(
        word="user_emission_share", symbol=r"\omega_u", label="User and grantee share of emission", unit="share",
        kind="lever", group=SPLIT,
        what="The part of newly minted tokens that goes to users, artists and grantees.",
        enters="Enters the float; it pays no provider.", why_range="Render's grants are 25 %.",
        default=0.05, minimum=0, maximum=1, usual_minimum=0, usual_maximum=0.5, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "light"), (0.2, "heavy")), source=_RNP_006,
    ),
    # ---- staking and treasury -------------------------------------------------------------------------
    Parameter(
        word="slashing_rate", symbol=r"\delta_s", label="Slashing rate", unit="1/yr", kind="lever", group=STAKING,
        what="The part of staked tokens lost to penalties each year.",
        enters="Lowers the staking yield and the stake.", why_range="Live networks slash well under 1 % a year.",
        default=0.0, minimum=0, maximum=1, usual_minimum=0, usual_maximum=0.05, step=0.001, format="percent",
        zones=zones((0, "none"), (0.0005, "typical"), (0.02, "severe")), source=_COSMOS_MINT, module="staking",
    ),
    Parameter(
        word="slashed_burn_share", symbol=r"\zeta_b", label="Burned part of slashed stake", unit="share",
        kind="lever", group=STAKING, what="The part of slashed stake that is burned; the rest goes to the treasury.",
        enters="Adds to the burn.", why_range="Chains burn all of it or move all of it.",
        default=1.0, minimum=0, maximum=1, usual_minimum=0, usual_maximum=1, step=0.05, format="percent",
        source=_COSMOS_MINT, module="staking",
    ),
    Parameter(
        word="treasury_spend_rate", symbol="g_T", label="Treasury spend rate", unit="1/yr", kind="lever",
        group=TREASURY, what="The part of the token treasury that is spent into the float each year.",
        enters="Moves tokens from treasury to float.",
        why_range="Most published budgets lie between 5 and 40 % a year.",
        default=0.0, minimum=0, maximum=12, usual_minimum=0, usual_maximum=0.5, step=0.01, format="percent",
        zones=zones((0, "none"), (0.005, "slow"), (0.2, "fast")), source=SPECIFICATION, shown="main",
    ),
    Parameter(
        word="treasury_budget", symbol="g_B", label="Treasury budget", unit="USD/yr", kind="lever", group=TREASURY,
        what="What the treasury spends in currency terms each year: from its currency first, then from tokens.",
        enters="Drains treasury currency, then sells treasury tokens into the float, until both are gone.",
        why_range="From nothing to half of revenue.",
        default=0.0, minimum=0, maximum=1e15, usual_minimum=0, usual_maximum=0.5, step=0.02, format="usd",
        source=SPECIFICATION, scale="revenue", module="treasury-budget", shown="main",
    ),
    # ---- unlocks --------------------------------------------------------------------------------------
    Parameter(
        word="vesting_cliff", symbol=r"t_{cliff,i}", label="Vesting cliff", unit="years", kind="lever",
        group=UNLOCKS, what="Time from the start until locked tokens begin to unlock.",
        enters="Unlocks are zero before it.", why_range="Cliffs under twelve months are a known red flag.",
        default=0.0, minimum=0, maximum=50, usual_minimum=0, usual_maximum=4, step=0.25, format="years",
        source=SPECIFICATION, scope="bucket", module="vesting",
    ),
    Parameter(
        word="vesting_years", symbol=r"T_{v,i}", label="Vesting duration", unit="years", kind="lever",
        group=UNLOCKS, what="Time over which locked tokens unlock evenly after the cliff.",
        enters="Sets the yearly unlock into the float.", why_range="Two to four years are usual.",
        default=4.0, minimum=0.02, maximum=100, usual_minimum=0.5, usual_maximum=8, step=0.25, format="years",
        source=SPECIFICATION, scope="bucket", module="vesting",
    ),
    Parameter(
        word="vesting_cliff_share", symbol=r"\ell_{i}", label="Unlocked at the cliff", unit="share", kind="lever",
        group=UNLOCKS, what="The part of a bucket that unlocks at once when the cliff is reached.",
        enters="A lump in the first unlock.", why_range="Often none, sometimes a quarter.",
        default=0.0, minimum=0, maximum=1, usual_minimum=0, usual_maximum=0.5, step=0.05, format="percent",
        source=SPECIFICATION, scope="bucket", module="vesting",
    ),
    # ---- pay for merit --------------------------------------------------------------------------------
    Parameter(
        word="merit_weight", symbol=r"mw_{i}", label="Weight of merit in pay", unit="share", kind="lever",
        group=MERIT, what="The part of a role's pay that follows scored quality; the rest follows activity.",
        enters="Mixes activity pay and merit pay inside the role.",
        why_range="Activity pay alone is 0; Bittensor's subnets aim at 1.",
        default=0.5, minimum=0, maximum=1, usual_minimum=0, usual_maximum=1, step=0.01, format="percent",
        zones=zones((0, "activity only"), (0.01, "mixed"), (0.6, "mostly merit"), (0.95, "merit only")),
        source=SPECIFICATION, scope="merit-role", module="merit", shown="main",
    ),
)
