"""The words of the app, each explained once: what it is, how it is computed, why it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Term:
    """One word that a reader may not know.

    Attributes
    ----------
    name
        As it is written in a sentence.
    what, how_computed, why_shown
        One sentence each.
    equation
        Number of the equation that it enters or comes from, such as "E23"; empty for a word about the whole model.
    """

    name: str
    what: str
    how_computed: str
    why_shown: str
    equation: str = ""

    @property
    def key(self) -> str:
        """The name as a word of letters and hyphens, for links and widget keys."""
        return "".join(letter if letter.isalnum() else "-" for letter in self.name.lower()).strip("-")


TERMS: tuple[Term, ...] = (
    Term(
        "burn-mint equilibrium",
        "The state in which as many tokens are burned as are minted, so supply stands still.",
        "The price at which burned revenue buys exactly what is minted: (burned revenue - fiat-indexed pay) / minted.",
        "It is the point that burning and minting pull the network to; the clock beside it says how slowly.",
        "E23",
    ),
    Term(
        "burn-mint price",
        "The price at which today's revenue would burn what today's schedule mints.",
        "Burned dollars of revenue, less fiat-indexed pay, over tokens minted by the schedule.",
        "A price above it means that fewer tokens are burned than minted, so supply grows.",
        "E7",
    ),
    Term(
        "revenue gap",
        "Dollars of tokens emitted for each dollar that customers pay.",
        "Price times tokens minted a year, over revenue a year.",
        "It is also the break-even burn share: above one, no burn share can stop supply from growing.",
        "E8",
    ),
    Term(
        "break-even burn share",
        "The burn share at which as many tokens would be burned as minted, everything else as it is today.",
        "Equal to the revenue gap where that is at most one; otherwise there is none.",
        "It tells how far a burn proposal is from stopping the growth of supply.",
        "E8",
    ),
    Term(
        "float",
        "Tokens that can be sold or burned today: not staked, not locked, not in the treasury.",
        "What was there, plus emission outside the treasury, treasury spending and unlocks, less burn and new stake.",
        "The market price clears on the float, not on the whole supply.",
        "E20",
    ),
    Term(
        "demand to hold",
        "Dollars of float that users and speculators want to own at any time.",
        "Revenue times the years of revenue that users hold, plus the speculative bid.",
        "Together with the float it sets the price; burning alone does not.",
        "E12",
    ),
    Term(
        "speculative bid",
        "Tokens held in the hope of a higher price, whatever the revenue.",
        "A number of dollars calibrated so that today's float is just held; it grows at its own rate.",
        "It can carry a price far above what revenue supports, and take it away again.",
        "E13",
    ),
    Term(
        "rest point",
        "A state in which nothing moves: providers neither enter nor leave, burn equals mint, the market clears.",
        "All conditions are reduced to one equation in revenue and solved; every solution is a rest point.",
        "A network that is near it is drawn to it, or, if it is a tipping point, driven away from it.",
        "E34",
    ),
    Term(
        "reachable rest point",
        "A rest point to which the network gets from today's stocks, with every trend stopped and no shocks.",
        "The way is simulated for up to 300 years and held against the point; limits are found by bisection.",
        "A rest point may exist and not be reached: capacity can leave before price and supply have followed.",
        "E34",
    ),
    Term(
        "anchor",
        "A rest point computed with emission frozen at its value on the date.",
        "As every rest point; when emission later changes, the anchor moves.",
        "Networks with halvings or declining tables have no final rest; this is what they drift toward now.",
    ),
    Term(
        "balanced growth",
        "A state in which supply grows at a steady rate and never stands still.",
        "With emission a share of supply, the rate is that share less tokens burned over supply.",
        "For such networks a rate of net emission says something, a level of supply does not.",
        "E23",
    ),
    Term(
        "tipping point",
        "A rest point that repels: a network above it recovers, one below it collapses.",
        "The lower of two rest points, where the quality feedback is above one.",
        "It says how far capacity may fall before providers leave faster than income recovers.",
        "E36",
    ),
    Term(
        "distance to tipping",
        "The share by which all payouts to providers may fall at once before no rest point is left.",
        "One minus the least demand at which a rest point exists, over demand as it is.",
        "It is the margin for error of a proposal that takes income from providers.",
        "E35",
    ),
    Term(
        "collapse",
        "The way down on which fewer providers mean worse service, less revenue and again fewer providers.",
        "What follows below the tipping point; runs count it when capacity falls below a fifth of its start.",
        "Averages hide it: a network ends up on one side or the other.",
        "E36",
    ),
    Term(
        "half-life",
        "The time in which half of the distance to the burn-mint point closes.",
        "The natural logarithm of two times the demand to hold, over dollars burned a year.",
        "Without it an equilibrium price reads like a forecast; for some networks it is centuries.",
        "E12",
    ),
    Term(
        "quality feedback",
        "By how many percent revenue moves through better or worse service when revenue itself moves one percent.",
        "Sensitivity of demand to quality, times how steeply quality depends on capacity at this point.",
        "Below one a disturbance fades, above one it feeds itself.",
        "E36",
    ),
    Term(
        "spectral radius",
        "The factor by which the slowest disturbance changes in one simulated week; below one it fades.",
        "Largest eigenvalue, in size, of one real step of the simulation, taken at the rest point.",
        "It checks the verdict of the quality feedback on the machine that draws the curves.",
    ),
    Term(
        "net emission",
        "Tokens minted less tokens burned.",
        "Emission minus burn, in tokens a year; as a rate, over supply.",
        "It is what dilutes everybody who neither stakes nor provides.",
        "E23",
    ),
    Term(
        "staking yield",
        "What a staked token earns a year.",
        "Staker emission and staker revenue over stake, less penalties.",
        "Holders stake more when it is high; much of it is dilution of those who do not stake.",
        "E17",
    ),
    Term(
        "real staking yield",
        "What a staker keeps after dilution.",
        "Staking yield minus the rate of net emission.",
        "A yield of 12% with supply growing 12% a year leaves a staker where they were.",
        "E17",
    ),
    Term(
        "provider margin",
        "Income of providers over their cost, minus one.",
        "Revenue share, tokens at market value and fiat-indexed pay, over unit cost times capacity.",
        "Providers enter while it exceeds what they require and leave while it falls short.",
        "E30",
    ),
    Term(
        "payout",
        "What a role earns as a share of revenue, tokens included.",
        "Share of revenue, plus share of emission times the burn share at rest.",
        "In the long run only this sum counts, not whether it is paid in dollars or tokens.",
        "E29",
    ),
    Term(
        "bottleneck role",
        "The role to which one more point of payout would bring the network most.",
        "The largest quality feedback per point of payout; not the role of the lowest quality.",
        "It says where a change of the split helps everybody.",
        "E37",
    ),
    Term(
        "who leaves first",
        "The role whose capacity shrinks fastest in the first weeks after a fall of the price.",
        "Exit speed times the part of income that is paid in tokens.",
        "Roles paid in tokens that can move elsewhere quickly decide how a price fall spreads.",
        "E39",
    ),
    Term(
        "race to the bottom",
        "Low-quality units crowd out high-quality ones, because they cost less and are paid nearly as much.",
        "The share of high-quality units at rest; zero when pay for merit stays below its threshold.",
        "Where scoring is weaker than the cost of quality, no weight of merit in pay prevents it.",
        "E47",
    ),
    Term(
        "merit weight",
        "The part of a role's income that is paid by score rather than by activity.",
        "Set by governance, from none to all.",
        "Below one threshold only low quality remains, above another only high quality.",
        "E44",
    ),
    Term(
        "scoring contrast",
        "How far scores tell high from low quality apart: none is a coin flip, one is never wrong.",
        "The best contrast that scoring can reach times the quality of the role that scores.",
        "Quality that cannot be told apart cannot be paid for.",
        "E49",
    ),
    Term(
        "Jevons effect",
        "Cheaper service is used so much more that total spending rises.",
        "Happens when demand is elastic, or when the quality feedback adds enough to it.",
        "It decides whether falling computing costs raise or lower revenue, burn and price.",
        "E3",
    ),
    Term(
        "who pays",
        "Whose share of revenue shrinks when another share grows: providers, stakers, treasury or users.",
        "Shares of revenue always add up to one; users pay through a surcharge on the service price.",
        "The same burn share has different results depending on it.",
        "E5",
    ),
    Term(
        "fiat-indexed pay",
        "Pay fixed in dollars and minted in tokens at the price of the day.",
        "Dollars a year over the token price gives tokens minted.",
        "A falling price mints more tokens; above what revenue burns, no price holds.",
        "E7",
    ),
    Term(
        "emission multiplier",
        "One factor on whatever the emission schedule says; 1 is the schedule as it is.",
        "Nominal emission is the multiplier times the schedule, not below the tail.",
        "It lets any schedule be raised or cut in the same way.",
        "E7",
    ),
    Term(
        "recycled emission",
        "Provider emission that is never minted, as if handed back at once.",
        "A share of provider emission taken off what is minted.",
        "Unlike a burn it also delays halvings that count issued tokens.",
        "E7",
    ),
    Term(
        "elasticity",
        "By how many percent one thing moves when another moves one percent.",
        "The slope of the solved rest point, in logarithms.",
        "It says which lever is strong and which is weak, free of units.",
        "E37",
    ),
    Term(
        "long run and medium run",
        "The long run lets the float settle; the medium run holds it where it is.",
        "The same equation with burn equal to mint, or with the float fixed.",
        "Emission changes leave capacity alone in the long run and move it in the medium run.",
        "E40",
    ),
    Term(
        "baseline",
        "The same network and the same assumptions with no lever moved.",
        "Simulated beside every scenario on the same dates and the same draws.",
        "Only the difference from it is the effect of a proposal.",
    ),
    Term(
        "lever",
        "Something a vote can change, such as a burn share or a schedule.",
        "Declared with its range, its source and the equations it enters.",
        "Levers are kept apart from assumptions, which no vote can change.",
    ),
    Term(
        "assumption",
        "How the world is taken to behave, such as how strongly users react to prices.",
        "Calibrated from figures where there are any, else a judgement with a range.",
        "A changed assumption holds in the baseline too, so it never passes for an effect of a proposal.",
    ),
    Term(
        "consumer surplus",
        "What the service is worth to users beyond what they pay.",
        "The area under demand from the price paid to the price of the outside option, for what is served.",
        "It is what users gain or lose; its level depends on the outside option, its change much less.",
        "E56",
    ),
    Term(
        "real surplus",
        "What the service is worth to users less what capacity costs.",
        "Consumer surplus, revenue and surcharge, less the cost of all roles.",
        "Everything else that somebody gains, somebody else pays, or is a change of market value.",
        "E55",
    ),
    Term(
        "passive holder",
        "Somebody who holds tokens of the float and does nothing.",
        "Gains by the price on what the float holds at the end of each step.",
        "New tokens dilute and burned tokens concentrate such a holder, without any payment.",
        "E54",
    ),
    Term(
        "conservation line",
        "The check that all gains together are real surplus and the change of market value.",
        "Sum of gains less real surplus less change of market value, every week and in every future.",
        "A transfer that is counted on one side only would show here.",
        "E55",
    ),
    Term(
        "Shapley share",
        "A part's share of a difference, whatever the order in which parts are added.",
        "The mean, over all orders, of what the result changes by when the part is added.",
        "Shares sum to the whole difference; a part that changes nothing gets nothing.",
    ),
    Term(
        "mechanical effect",
        "What a change does by arithmetic while everybody behaves as in the baseline.",
        "Minting, burning and paying redone at the baseline's price, capacity, quality, stake and use.",
        "The rest is behaviour, which rests on assumptions about people.",
    ),
    Term(
        "flip point",
        "The value of one assumption or lever at which a scenario stops raising, or lowering, a result.",
        "Solved between two values of the usual range at which the difference has opposite signs.",
        "It says what one would have to believe for the answer to be another.",
    ),
    Term(
        "goal",
        "Something that a reader wants to hold by a date, in at least a share of modelled futures.",
        "One quantity held against a value on a day, on average or all the way; futures that reach it are counted.",
        "Counts of futures are easier to judge than bands, and one goal can be held against another.",
    ),
    Term(
        "Sobol index",
        "Share of the variance of an answer that one assumption explains, alone or together with others.",
        "All assumptions are drawn evenly over their usual ranges; one at a time is drawn anew (Saltelli's estimator).",
        "Unlike one assumption at a time it sees that two assumptions matter only together.",
    ),
    Term(
        "utility depth",
        "How far use of the network takes up its token: whether more use means that more tokens are needed.",
        "The weakest of: ways in which use takes up tokens, token demand per use, demand not held for new tokens.",
        "A token that use does not need is held only for its price, and that leaves when the price does.",
    ),
    Term(
        "regret",
        "How far one proposal falls behind the best of the others in the same world.",
        "Distance to the goal of the best option less that of the option at hand, at the middle future.",
        "The worst case of each option tells what it leans on; regret tells whether another one leans on less.",
    ),
    Term(
        "cliff",
        "Months from launch until the first of somebody's locked tokens may be sold.",
        "Read from the published allocation; of several holders the shortest counts.",
        "Before it nothing unlocks, so insiders cannot sell before others know what the network earns.",
        "E22",
    ),
    Term(
        "fully diluted value",
        "What all tokens that can ever exist would be worth at today's price.",
        "Price times the cap on supply; without a cap there is none.",
        "Against the value of what circulates it tells how much is still to come.",
    ),
    Term(
        "scorecard flag",
        "A mark on a design that holders are often warned of, with the line at which it is raised.",
        "One quantity against one limit; where the quantity was not found the flag is unknown.",
        "Flags are counted, never averaged away; beside each stands how common it is.",
    ),
)


@lru_cache(maxsize=1)
def terms_by_name() -> dict[str, Term]:
    """Every term by its name."""
    return {term.name: term for term in TERMS}


def term(name: str) -> Term:
    """A term by its name.

    Raises
    ------
    KeyError
        For a word that is not declared.
    """
    return terms_by_name()[name]
