"""Whose power it is: stake beside power, concentration with its cut-off, and the fewest who pass alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
import streamlit as st

from charts.stake_power import reach_of, stake_power
from model.governance import (
    Coalition,
    VotingRule,
    effective_number,
    gini,
    hhi,
    minimum_coalition,
    nakamoto,
    power_of_largest,
    theil,
    theil_by_group,
    top_share,
)
from model.governance.coalition import passing_share
from model.governance.holders import GROUPS
from model.governance.linear_rules import electorate_tokens
from model.governance.votes import exact
from model.presets.network import Network
from model.words.text import grouped, number, percent
from ui.chart import show_chart
from ui.rows import heading_row, row
from ui.text import as_markdown
from ui.vote.hand import NAMED, Hand
from ui.vote.holders import is_uploaded

ATOMS = 10


@dataclass(frozen=True)
class _Row:
    """One figure of the table: its name, value and what it says."""

    name: str
    value: str
    says: str


def power_part(network: Network, rule: VotingRule, hand: Hand) -> None:
    """Stake and power of the largest holders under the rule."""
    st.subheader("Who holds the power", anchor=False)
    if rule.members is not None:
        st.markdown(
            as_markdown(
                f"{rule.members} seats have the same vote: each has 1/{rule.members} of the power, whatever its stake."
            )
        )
        return
    stakes = hand.holders.stakes[hand.holders.voting]
    if not len(stakes):
        st.markdown("Nobody in the list may vote.")
        return
    quota = passing_share(rule)
    _power_chart(hand, stakes, quota, rule)
    _coalitions(network, rule, hand, stakes)
    _concentration(network, rule, hand, stakes)


def _power_chart(hand: Hand, stakes: np.ndarray, quota: float, rule: VotingRule) -> None:
    places = np.flatnonzero(hand.holders.voting)[:NAMED]
    found = power_of_largest(stakes, quota, atoms=ATOMS)
    whole = float(stakes.sum())
    rows = [
        {
            "label": hand.holders.name(int(place)),
            "stake": float(hand.holders.stakes[place]) / whole,
            "power": float(power),
            "first": rank == 0,
            "text": f"{percent(float(hand.holders.stakes[place]) / whole)} of stake, {percent(float(power))} of power",
        }
        for rank, (place, power) in enumerate(zip(places, found.atoms, strict=False))
    ]
    largest = rows[0]
    reach = reach_of(max(float(one[mark]) for one in rows for mark in ("stake", "power")))  # type: ignore[arg-type]
    show_chart(
        stake_power(len(rows), reach),
        pl.DataFrame(rows),
        key="vote-power",
        sentence=as_markdown(
            f"{largest['label']} has {largest['text']}; all but the {min(ATOMS, len(stakes))} largest have "
            f"{percent(found.ocean)} of the power together."
        ),
        unit="shares of what may vote (circle: stake, diamond: power)",
        source=as_markdown(
            "circle: share of the stake, diamond: share of the power. Power is Shapley and Shubik's, how often a "
            f"holder's joining decides when everybody votes and {percent(quota)} passes ({rule.title}); all but the "
            f"{ATOMS} largest are counted as an ocean of small holders (Milnor and Shapley)."
        ),
    )


def _coalitions(network: Network, rule: VotingRule, hand: Hand, stakes: np.ndarray) -> None:
    alone, against = _fewest(rule, tuple(stakes.tolist()), electorate_tokens(rule, hand.holders))
    told = (
        (alone, "if all others stayed away"),
        (against, "if all others who may vote said no"),
    )
    for coalition, when in told:
        st.markdown(as_markdown(_coalition_words(coalition, when, rule, network)))


@lru_cache(maxsize=64)
def _fewest(
    rule: VotingRule, stakes: tuple[float, ...], electorate: float
) -> tuple[Coalition | None, Coalition | None]:
    return (
        minimum_coalition(rule, stakes, electorate),
        minimum_coalition(rule, stakes, electorate, opposed=True),
    )


def _coalition_words(found: Coalition | None, when: str, rule: VotingRule, network: Network) -> str:
    if found is None:
        return f"Not even all who may vote would pass it {when}."
    if not found.holders:
        return f"It would pass without any yes {when}."
    who = "The largest holder alone" if found.holders == 1 else f"The {grouped(found.holders)} largest holders"
    held = f"{number(float(found.stake))} {network.token}, {percent(found.share)} of {rule.body}"
    return f"{who} would pass it {when}: {held}."


def _concentration(network: Network, rule: VotingRule, hand: Hand, stakes: np.ndarray) -> None:
    count, smallest = len(stakes), float(stakes.min())
    where = "in the uploaded list" if is_uploaded() else "in the typical list assumed here"
    st.subheader("Concentration", anchor=False)
    st.markdown(
        as_markdown(
            f"{grouped(count)} holders may vote {where}; the list ends at one with {number(smallest)} {network.token}. "
            "A list that went on to smaller ones would have a higher Gini coefficient and more holders in every count; "
            "the Herfindahl index would hardly differ."
        )
    )
    groups = [name for name, may in zip(hand.holders.group_names(), hand.holders.voting, strict=True) if may]
    rows = _figures(tuple(stakes.tolist()), tuple(groups), rule)
    headings, weights = ("Figure", "Value", "What it says"), (2, 2, 5)
    heading_row(headings, weights, key="vote-concentration")
    for place, found in enumerate(rows):
        cells = [as_markdown(text) for text in (found.name, found.value, found.says)]
        row(cells, headings, weights, key=f"vote-concentration-{place}")


def _holders(count: int) -> str:
    return "1 holder" if count == 1 else f"{grouped(count)} holders"


@lru_cache(maxsize=64)
def _figures(stakes: tuple[float, ...], groups: tuple[str, ...], rule: VotingRule) -> tuple[_Row, ...]:
    between, _ = theil_by_group(stakes, groups)
    whole = theil(stakes)
    rows = [
        _Row("Herfindahl index", f"{hhi(stakes) * 10_000:.0f} points", "Sum of squared shares; 10 000 is one holder."),
        _Row("Equal holders", number(effective_number(stakes)), "So many equal holders would be as concentrated."),
        _Row("Largest holder", percent(top_share(stakes, 1)), "Share of what may vote."),
        _Row("Ten largest", percent(top_share(stakes, 10)), "Share of what may vote."),
        _Row("More than half", _holders(nakamoto(stakes)), "Fewest with more than half (Nakamoto)."),
    ]
    if rule.veto is not None:
        share = exact(rule.veto.value)
        told = _holders(nakamoto(stakes, share))
        rows.append(_Row("Veto", told, f"Fewest with more than {percent(float(share))}, if everybody votes."))
    if rule.quorum is not None and rule.quorum.of == "electorate":
        share = exact(rule.quorum.value)
        told = _holders(nakamoto(stakes, share))
        rows.append(_Row("Quorum", told, f"Fewest with more than {percent(float(share))} of what may vote."))
    rows.append(_Row("Gini", f"{gini(stakes):.3f}", "0 is equal, near 1 is one holder; moves with the cut-off."))
    if whole > 0 and len(set(groups)) > 1:
        kinds = ", ".join(GROUPS[name].lower() for name in dict.fromkeys(groups))
        rows.append(_Row("Between kinds", percent(between / whole), f"Part of the inequality (Theil) between {kinds}."))
    return tuple(rows)
