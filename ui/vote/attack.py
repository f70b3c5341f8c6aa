"""What enough votes would cost by each way to get them, beside what they could take, with and without mitigations."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import streamlit as st

from model import BallastError
from model.governance.attack_cost import (
    MITIGATIONS,
    ROUTES,
    Attack,
    Bill,
    Market,
    Mitigation,
    Prize,
    bill,
    capture_risk,
    mitigated,
    needed_over_futures,
)
from model.governance.chance import support_of
from model.governance.one_vote import one_vote
from model.governance.rules import VotingRule
from model.presets.network import Network
from model.words.text import number, percent, quantity
from ui.link import Moment
from ui.rows import heading_row, row
from ui.text import as_markdown
from ui.vote import fields
from ui.vote.runs import Asked

HEADINGS = ("Way", "Has to be brought up", "Lost in the end", "Left over from the prize")
WEIGHTS = (4, 2, 2, 3)


def attack_pays(moment: Moment, rule: VotingRule, question: Asked | None) -> bool | None:
    """Whether votes would cost less than what is said to be at stake; None where nobody said it or it has no answer."""
    said = fields.PRIZE.value() or fields.EMISSION_PART.value()
    if question is None or rule.members is not None or not said:
        return None
    try:
        attack, bills = _bills(moment.scenario.network, rule, question, frozenset())
    except BallastError:
        return None
    return any(attack.profit(cost) > 0 for cost in bills)


def attack_panel(moment: Moment, rule: VotingRule, question: Asked | None) -> None:
    """The whole section."""
    if question is None or rule.members is not None:
        told = (
            "Seats are not bought in a market: this rule counts seats."
            if rule.members
            else "The vote has no answer yet."
        )
        st.markdown(told)
        return
    answer = st.container()
    network = moment.scenario.network
    with st.expander("Market, prize and rule of the attack (assumed)", key="vote-market", on_change="rerun") as box:
        if box.open:
            _asked()
    st.markdown("**What would make it dearer or less worth**")
    chosen = fields.checks(fields.MITIGATED, {str(name): text for name, text in MITIGATIONS.items()})
    try:
        with answer:
            _table(network, rule, question, frozenset(name for name in MITIGATIONS if name in chosen))
    except BallastError as problem:
        answer.warning(as_markdown(str(problem)))


def _asked() -> None:
    fields.number_box(fields.PRIZE, "Movable in one proposal, USD (0: the network's treasury)", step=1e6, high=1e15)
    fields.percent_slider(fields.EMISSION_PART, "Emission that it redirects")
    fields.number_box(fields.REVERSAL, "Days until that is taken back", step=1.0, high=3650.0)
    fields.percent_slider(fields.FRIENDLY, "Yes among everybody else's votes")
    fields.percent_slider(fields.POOL, "Tokens in the deepest pool, of the supply")
    fields.percent_slider(fields.VOLUME, "Tokens traded a day, of the supply", high=20.0)
    fields.percent_slider(fields.BORROW, "Fee for borrowing, a year")
    fields.number_box(fields.BRIBE, "Paid per vote, USD (0: not known)", step=0.1, high=1e6)
    fields.toggle(fields.AT_EXECUTION, "Power is read when it executes, not at a snapshot")


@lru_cache(maxsize=32)
def _needed(question: Asked, friendly: float) -> tuple[float, float, float]:
    """Tokens needed in the 5th, middle and 95th percentile of futures of everybody else's vote."""
    others = support_of(friendly)
    vote = one_vote(question.voting_rule, question.plan.typical(), question.turnout, others)
    found = needed_over_futures(vote, times=300)
    low, middle, high = np.quantile(found, [0.05, 0.5, 0.95], method="nearest")
    return float(low), float(middle), float(high)


def _prize(network: Network) -> Prize:
    start = network.initial
    treasury = fields.PRIZE.value() or start.get("treasury", 0.0) * start["price"] + start.get("treasury_fiat", 0.0)
    emission = fields.EMISSION_PART.value() * network.values.get("emission_rate", 0.0) * start["price"]
    return Prize(treasury, emission, fields.REVERSAL.value())


def _market(network: Network, supply: float) -> Market:
    return Market(
        network.initial["price"],
        pool_tokens=fields.POOL.value() * supply,
        daily_volume=fields.VOLUME.value() * supply,
        borrow_rate=fields.BORROW.value(),
        bribe=fields.BRIBE.value(),
    )


def _supply(question: Asked) -> float:
    """What all holders have."""
    known = sum(tokens for _, _, tokens, _ in question.plan.named)
    return known + sum(bucket.tokens for bucket in question.plan.buckets)


def _bills(
    network: Network, rule: VotingRule, question: Asked, chosen: frozenset[Mitigation]
) -> tuple[Attack, list[Bill]]:
    """The attack with its mitigations, and what every way costs at the middle of everybody else's votes."""
    _, middle, _ = _needed(question, fields.FRIENDLY.value())
    days = rule.clock.delay + rule.clock.period
    attack, tokens = mitigated(Attack(_prize(network), days, fields.AT_EXECUTION.value()), middle, chosen)
    market, late = _market(network, _supply(question)), attack.read_at_execution
    return attack, [bill(route, market, tokens, days=attack.days, read_at_execution=late) for route in ROUTES]


def _table(network: Network, rule: VotingRule, question: Asked, chosen: frozenset[Mitigation]) -> None:
    """One row per way."""
    low, middle, high = _needed(question, fields.FRIENDLY.value())
    if not np.isfinite(middle):
        st.markdown("In most futures of everybody else's vote no number of further yes would pass it.")
        return
    attack, bills = _bills(network, rule, question, chosen)
    st.markdown(
        as_markdown(
            f"Against everybody else's votes an attacker would need {number(middle)} {network.token} of yes, "
            f"{percent(middle / _supply(question))} of all, in the middle of modelled votes; "
            f"{_range_words(low, high)}. {_prize_words(attack)}"
        )
    )
    heading_row(HEADINGS, WEIGHTS, key="vote-attack")
    for (route, label), cost in zip(ROUTES.items(), bills, strict=True):
        row(_cells(label, cost, attack), HEADINGS, WEIGHTS, key=f"vote-attack-{route}")
    _notes(network, question)


def _range_words(low: float, high: float) -> str:
    """What nine in ten modelled votes ask for; in some of them no number of yes may be enough."""
    if np.isfinite(high):
        return f"{number(low)} to {number(high)} in nine of ten of them"
    return f"{number(low)} or more in nine of ten of them, and in some no number would be enough"


def _prize_words(attack: Attack) -> str:
    if not attack.prize.value:
        return "What a passed proposal could take is not named: name it below to see whether votes would pay."
    return f"A passed proposal could take {quantity(attack.prize.value, '$')}."


def _cells(label: str, cost: Bill, attack: Attack) -> tuple[str, ...]:
    if not cost.possible:
        return (f"**{label}**", "not possible", "", as_markdown(cost.why))
    profit = attack.profit(cost)
    left = quantity(profit, "$")
    said = f"+{left}, it would pay" if profit > 0 else f"{left}, it would not pay"
    return (
        f"**{label}**",
        as_markdown(quantity(cost.paid, "$")),
        as_markdown(quantity(cost.net, "$")),
        as_markdown(said if attack.prize.value else "name what could be taken first"),
    )


def _notes(network: Network, question: Asked) -> None:
    start, supply = network.initial, _supply(question)
    holders = question.plan.typical()
    active = question.expected * supply * start["price"]
    risk = capture_risk(active, holders.eligible * start["price"], start.get("treasury_fiat", 0.0))
    st.caption(
        as_markdown(
            "Lost in the end: after selling again at a price that fell by 30%. Depth of markets, fees and the fall are "
            "assumed. Comparison of Anticapture (turnout, delegated supply and treasury without its own token): "
            f"{risk}."
        )
    )
