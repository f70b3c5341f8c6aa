"""Every party of the ledger: what it is called, what it gains by, and which columns say so."""

from __future__ import annotations

from dataclasses import dataclass

from model.system import System


@dataclass(frozen=True)
class Group:
    """One party of the ledger.

    Attributes
    ----------
    key
        "role.compute", "stakers", "treasury", "grantees", "users", "passive", "recipients" or "locked".
    label
        In words.
    what
        What it gains by, in a sentence.
    revenue, tokens, cost
        Columns in USD a year that are added and, the last, subtracted; a leading "-" subtracts.
    gain
        The column that all of it adds up to.
    held
        State whose end-of-step value it holds; "locked" for locked tokens, empty for those that hold nothing.
    """

    key: str
    label: str
    what: str
    revenue: tuple[str, ...] = ()
    tokens: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
    gain: str = ""
    held: str = ""


def groups_of(system: System) -> tuple[Group, ...]:
    """Every party of a network, providers first."""
    shape = system.structure

    def of_role(word: str, role: str) -> str:
        return word if shape.one_role else f"{word}.{role}"

    found = [
        Group(
            f"role.{role}",
            _capital(shape.called(role)),
            "Income less what its capacity costs; free entry takes long-run profit away.",
            revenue=(of_role("revenue_income", role),),
            tokens=(of_role("income", role), "-" + of_role("revenue_income", role)),
            cost=(of_role("role_cost", role),),
            gain=of_role("role_gain", role),
        )
        for role in shape.roles
    ]
    found.append(_stakers(shape.uses("staking")))
    found += [_USERS, _TREASURY, _GRANTEES, _PASSIVE]
    if shape.buckets:
        found.append(_LOCKED)
    if shape.uses("supply-events"):
        found.append(_RECIPIENTS)
    return tuple(found)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _stakers(staking: bool) -> Group:
    return Group(
        "stakers",
        "Stakers",
        "Rewards and revenue, less slashing, and the price change on what is staked.",
        revenue=("staker_revenue",),
        tokens=("staker_income", "-staker_revenue"),
        cost=("slashed_value",) if staking else (),
        gain="staker_gain",
        held="staked" if staking else "",
    )


_USERS = Group(
    "users",
    "Users",
    "What the service is worth to them beyond its price, and rebates.",
    revenue=("consumer_surplus", "unspent_burn"),
    tokens=("rebate_value",),
    gain="user_gain",
)
_TREASURY = Group(
    "treasury",
    "Treasury",
    "What it receives less what it spends, and the price change on its tokens.",
    revenue=("treasury_revenue",),
    tokens=("treasury_tokens_value",),
    cost=("treasury_paid_out",),
    gain="treasury_gain",
    held="treasury",
)
_GRANTEES = Group(
    "grantees",
    "Grantees",
    "What the treasury spends and releases; they sell tokens at once.",
    tokens=("grantee_gain",),
    gain="grantee_gain",
)
_PASSIVE = Group(
    "passive",
    "Passive holders",
    "The price change on the float, and what is burned of it without pay.",
    tokens=("passive_income",),
    cost=("passive_cost",),
    gain="passive_gain",
    held="float_supply",
)
_LOCKED = Group(
    "locked",
    "Team and investors",
    "The price change on what is still locked; unlocking is a sale at market and gains nothing.",
    gain="locked_gain",
    held="locked",
)
_RECIPIENTS = Group(
    "recipients",
    "Recipients of decided mints",
    "Tokens that a decision mints into the float, at market value.",
    tokens=("recipient_gain",),
    gain="recipient_gain",
)
