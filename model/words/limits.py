"""What the model cannot say and where readers of such models go wrong, in plain words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """One limit: a heading and what it means for a reader."""

    title: str
    sentence: str


LIMITS: tuple[Limit, ...] = (
    Limit(
        "It is no forecast",
        "It says what follows from stated assumptions. Prices are shown beside those assumptions, never on their own.",
    ),
    Limit(
        "One network at a time",
        "Networks do not compete for users, providers or holders; demand has to be read as demand for this network.",
    ),
    Limit(
        "Nobody looks ahead",
        "Holders and providers react to what happens, not to what is announced; a halving known for years is not "
        "priced in before its day.",
    ),
    Limit(
        "Everybody in a role is alike",
        "Providers of a role share one cost and one margin; large and small, cheap and dear ones are not told apart.",
    ),
    Limit(
        "Roles sell what they receive",
        "Providers, users and grantees sell tokens on receipt; stakers, treasury, team and passive holders keep them.",
    ),
    Limit(
        "A group is not a person",
        "Tokens that move into stake move from passive holders to stakers, and a group's gain follows what it then "
        "holds. What one holder would have is told apart from it.",
    ),
    Limit(
        "Burn alone does not set the price",
        "Burning as many tokens as are minted fixes a price only together with how much people want to hold. A price "
        "that jumps to the burn-mint point at once is a mistake of simpler models.",
    ),
    Limit(
        "An equilibrium has a clock",
        "Half of the way can take months or centuries. Where it is long, schedules change before the point is near.",
    ),
    Limit(
        "Dollars and tokens behave differently",
        "Emission counted in tokens gives the price an anchor; pay fixed in dollars gives none, and mints without end "
        "when it exceeds what is burned.",
    ),
    Limit(
        "Speculation can outweigh everything",
        "Most of what tokens are worth today does not come from revenue. How that part behaves is an assumption; the "
        "model shows how results change with it.",
    ),
    Limit(
        "Emission is neutral only in the end",
        "At rest the level of emission changes the price and nothing else. On the way a cut can drive providers out "
        "for good.",
    ),
    Limit(
        "Only float is for sale",
        "Staked, locked and treasury tokens do not meet the market. Dilution counts all of supply, the price only the "
        "float.",
    ),
    Limit(
        "Somebody pays for every burn",
        "A higher burn share takes from providers, stakers, the treasury or users, and the result depends on whom.",
    ),
    Limit(
        "Self-burning can look like use",
        "Where rewards follow burned tokens, burning one's own can pay; reported revenue then has a floor that is not "
        "demand.",
    ),
    Limit(
        "Averages hide collapse",
        "Near a tipping point a network ends on one side or the other. A single path shows one of them; the distance "
        "to tipping says how near the other is.",
    ),
    Limit(
        "Costs do not only fall",
        "Computing costs have risen as well as fallen, and a fall helps every network, not only this one.",
    ),
    Limit(
        "Some outcomes are mechanical",
        "Market value and value locked move with the price by definition. Capacity, quality, revenue and real income "
        "say more about a proposal.",
    ),
    Limit(
        "How strongly roles matter is judgement",
        "The weights of roles in quality cannot be observed, and advice on the split depends on them.",
    ),
    Limit(
        "What is proved and what is only tested",
        "Stability is proved for quality that follows at once; with slower quality it was tested on many random "
        "networks. The real weekly step is therefore checked beside the criterion.",
    ),
)
