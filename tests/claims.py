"""What the model claims about itself and to which limit; tests record the figures they reach (tests/validation.py)."""

from __future__ import annotations

from model.reports.claims import Claim

ITSELF = "The model against itself"
THEORY = "The simulation against closed forms"
PRINTED = "Numbers that others have published"
CHAINS = "The code of real chains"
CHANCE = "Chance and statistics"
PAST = "What happened since past vintages"

_SUBTENSOR = "https://github.com/opentensor/subtensor"
_NNS = "https://github.com/dfinity/ic"
_BACKCASTS = "the published figure named in docs/backcasts.md"

_DECLARED = (
    # ---- the model against itself ---------------------------------------------------------------------
    Claim(
        key="engines",
        group=ITSELF,
        claim="Two engines that share only the equations step every network alike for four years, also with dated "
        "changes: largest difference of any stock",
        unit="relative",
        at_most=1e-12,
        against="the compiled kernel against the Polars stepper",
    ),
    Claim(
        key="engines-futures",
        group=ITSELF,
        claim="They do so in every random future of every network: largest difference of any stock",
        unit="relative",
        at_most=1e-9,
        against="the compiled kernel against the Polars stepper",
    ),
    Claim(
        key="equations",
        group=ITSELF,
        claim="Every declared equation holds on the first week of every network with emission cut: largest difference "
        "of its two sides",
        unit="relative",
        at_most=1e-12,
        against="the declared expression, evaluated a second time at the values of the run",
    ),
    Claim(
        key="supply",
        group=ITSELF,
        claim="No token appears or vanishes in 300 years of weeks: supply in its buckets against supply by accounting",
        unit="relative",
        at_most=1e-11,
        against="supply = first supply + minted − burned",
    ),
    Claim(
        key="gains",
        group=ITSELF,
        claim="What groups gain adds up to real surplus and the change of market value on every network at random "
        "corners: what is left over in a step",
        unit="relative",
        at_most=2e-14,
        against="the ledger of who gains",
    ),
    Claim(
        key="at-rest-price",
        group=ITSELF,
        claim="Every vintage of a real network starts at rest with trends off: largest drift of the price in eight "
        "weeks, a year",
        unit="%",
        at_most=0.002,
        against="a price that stands still",
    ),
    Claim(
        key="at-rest-capacity",
        group=ITSELF,
        claim="The same for capacity",
        unit="%",
        at_most=0.001,
        against="a capacity that stands still",
    ),
    # ---- closed forms ---------------------------------------------------------------------------------
    Claim(
        key="long-run",
        group=THEORY,
        claim="After 300 years from a start far away the simulation stands where the rest point was solved: largest "
        "difference of six stocks",
        unit="relative",
        at_most=1e-6,
        against="the rest point, solved without stepping",
    ),
    Claim(
        key="closed-form",
        group=THEORY,
        claim="Rest points of the textbook are those of the formula typed by hand: largest difference",
        unit="relative",
        at_most=1e-9,
        against="N = (Γ ± √(Γ² − 4 N_h²)) / 2, q = N/Γ, P = bR/M, L = (aR + Z)/P",
    ),
    Claim(
        key="stability",
        group=THEORY,
        claim="The criterion of stability (feedback below one) and the weekly map agree on 10,000 random networks, "
        "away from the fold: networks on which they do not",
        unit="networks",
        at_most=0,
        against="the largest eigenvalue of the real weekly step",
    ),
    Claim(
        key="spiral",
        group=THEORY,
        claim="The lasting cut of payouts that tips the textbook is told beforehand, 8.3% at a quality of 0.7 and 40% "
        "at 0.9: largest difference to the formula",
        unit="%",
        at_most=1e-6,
        against="1 − 2√(q(1 − q)); 300 simulated years hold two points below and collapse two points above",
    ),
    Claim(
        key="merit",
        group=THEORY,
        claim="The share of good providers under pay for merit is the closed form's: largest difference over six "
        "weights, in shares",
        unit="%",
        at_most=5.1e-4,
        against="the table worked out by hand, printed to three digits",
    ),
    # ---- published numbers ----------------------------------------------------------------------------
    Claim(
        key="helium",
        group=PRINTED,
        claim="The fifty-year emission table of Helium, up to 240 million HNT: largest difference "
        "to what is printed for years 20 to 50, rounded",
        unit="HNT",
        at_most=0.501,
        against="HIP-20, table",
        link="https://github.com/helium/HIP/blob/main/0020-hnt-max-supply.md",
    ),
    Claim(
        key="salad",
        group=PRINTED,
        claim="Six worked examples of Render and Salad, burned over minted: largest difference, in percentage points",
        unit="points",
        at_most=0.05,
        against="RNP-023, Examples (printed to one decimal)",
        link="https://github.com/rendernetwork/RNPs/blob/main/RNP-023.md",
    ),
    Claim(
        key="cosmos",
        group=PRINTED,
        claim="Inflation of Cosmos climbs from 7% to 20% in exactly a year when nothing is bonded: difference to 20%",
        unit="relative",
        at_most=1e-12,
        against="Cosmos SDK, x/mint",
        link="https://github.com/cosmos/cosmos-sdk/tree/main/x/mint",
    ),
    Claim(
        key="ethereum",
        group=PRINTED,
        claim="Ether issued in a year at 33.6 million and at 524,288 staked, 964,101 and 120,431: largest difference",
        unit="ETH",
        at_most=1,
        against="Ethereum consensus specifications and CADLabs",
        link="https://github.com/ethereum/consensus-specs",
    ),
    Claim(
        key="tao-gap",
        group=PRINTED,
        claim="Dollars emitted for each dollar earned by Bittensor: difference to the printed 7.6",
        unit="USD per USD",
        at_most=0.05,
        against="press of the first quarter of 2026 (USD 328.7M over 43M)",
    ),
    # ---- chains ---------------------------------------------------------------------------------------
    Claim(
        key="halvings",
        group=CHAINS,
        claim="Emission of Bittensor a day on either side of its halvings by issuance: largest difference in eight "
        "cases",
        unit="relative",
        at_most=1e-12,
        against="subtensor, block_emission.rs",
        link=_SUBTENSOR,
    ),
    Claim(
        key="yuma-1",
        group=CHAINS,
        claim="Yuma consensus over eight epochs of the chain's own test: largest difference of incentive or dividends",
        unit="of the whole",
        at_most=2e-9,
        against="subtensor, tests/epoch.rs, test_bonds",
        link=_SUBTENSOR,
    ),
    Claim(
        key="yuma-3",
        group=CHAINS,
        claim="Yuma 3 with liquid alpha: largest difference of bonds or dividends, printed to four places",
        unit="of the whole",
        at_most=1e-4,
        against="subtensor, tests of Yuma 3",
        link=_SUBTENSOR,
    ),
    Claim(
        key="snapshot",
        group=CHAINS,
        claim="Emission shares of subnets in July 2026 from prices, burns and the stored total: largest difference",
        unit="of the whole",
        at_most=5e-6,
        against="state of the main network, 8 July 2026 (printed to five places)",
        link=_SUBTENSOR,
    ),
    Claim(
        key="nns",
        group=CHAINS,
        claim="Voting rewards of the Internet Computer on ten days, before and after Mission 70: largest difference",
        unit="relative",
        at_most=2**-50,
        against="dfinity/ic, reward/calculation.rs, which allows itself 2^−50",
        link=_NNS,
    ),
    Claim(
        key="votes",
        group=CHAINS,
        claim="Edge cases of voting rules: those decided otherwise than their source decides them",
        unit="cases",
        at_most=0,
        against="the tally code and documents of each network, named in its rule",
    ),
    Claim(
        key="power",
        group=CHAINS,
        claim="Shapley and Banzhaf power of the six founders of the European Economic Community, 1958: largest "
        "difference",
        unit="of the whole",
        at_most=1e-14,
        against="textbook fractions 14/60, 9/60, 0 and 5/21, 3/21, 0",
    ),
    # ---- chance ---------------------------------------------------------------------------------------
    Claim(
        key="philox",
        group=CHANCE,
        claim="Known answers of the random number generator: words of four that come out otherwise",
        unit="words",
        at_most=0,
        against="Random123, kat_vectors, philox4x64-10",
        link="https://github.com/DEShawResearch/random123",
    ),
    Claim(
        key="normal",
        group=CHANCE,
        claim="200,000 shocks against the normal distribution: probability that a right generator is this far off",
        unit="",
        at_least=1e-4,
        against="Kolmogorov-Smirnov test",
    ),
    Claim(
        key="ishigami",
        group=CHANCE,
        claim="Sobol indices of the Ishigami function: largest difference to the published ones",
        unit="of the variance",
        at_most=0.02,
        against="Saltelli and others (2008), Global Sensitivity Analysis: The Primer, p. 179",
    ),
    Claim(
        key="salib",
        group=CHANCE,
        claim="The same indices from the same points by another library: largest difference",
        unit="of the variance",
        at_most=0.02,
        against="SALib",
        link="https://salib.readthedocs.io",
    ),
    # ---- the past -------------------------------------------------------------------------------------
    Claim(
        key="past-bittensor-seen",
        group=PAST,
        claim="Bittensor from November 2025: issuance in July and August 2026, the recycled share being known",
        unit="%",
        at_most=0.005,
        against=_BACKCASTS,
        link="backcasts.md",
    ),
    Claim(
        key="past-bittensor",
        group=PAST,
        claim="Bittensor from November 2025: the same as 2025 could have known it, nothing recycled",
        unit="%",
        against=_BACKCASTS,
        link="backcasts.md",
    ),
    Claim(
        key="past-render-burned",
        group=PAST,
        claim="Render from December 2023: RENDER burned in 2024 and 2025, use having grown far faster",
        unit="%",
        against=_BACKCASTS,
        link="backcasts.md",
    ),
    Claim(
        key="past-render-nodes",
        group=PAST,
        claim="Render from December 2023: RENDER minted to nodes, without the cut that was voted later",
        unit="%",
        against=_BACKCASTS,
        link="backcasts.md",
    ),
    Claim(
        key="past-render-cut",
        group=PAST,
        claim="Render from December 2023: RENDER minted to nodes in 2024 with the cut of RNP-013",
        unit="%",
        at_most=0.06,
        against=_BACKCASTS,
        link="backcasts.md",
    ),
    Claim(
        key="past-icp",
        group=PAST,
        claim="Internet Computer from February 2026: supply in May from the primary figure",
        unit="%",
        at_most=0.01,
        against=_BACKCASTS,
        link="backcasts.md",
    ),
    Claim(
        key="past-fetch",
        group=PAST,
        claim="Fetch.ai from April 2024: supply in October 2025, block rewards on top of the mergers",
        unit="%",
        against=_BACKCASTS,
        link="backcasts.md",
    ),
)

CLAIMS = {claim.key: claim for claim in _DECLARED}
