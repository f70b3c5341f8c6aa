"""Who holds the stake and how they vote, set by hand: named holders, and the body of all others in shares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import streamlit as st

from model.errors import OutOfRangeError
from model.governance import Votes
from model.governance.holders import GROUPS, Holders, Plan, holders_from, plan_of
from model.governance.linear_rules import electorate_tokens
from model.governance.rules import VotingRule
from model.governance.votes import OPTIONS
from model.presets.network import Network
from ui.link import Moment
from ui.page_fields import PageField, number, table
from ui.text import as_markdown, grouped, percent
from ui.text import number as number_text
from ui.vote.fields import edited_rows, number_box, percent_slider
from ui.vote.holders import plan_here

NAMED = 8
MOST_NAMED = 40
AWAY = "away"
WAYS = (*OPTIONS, AWAY)

HOLDERS = table("vote.holders")
"""Rows that replace the example's: holder, kind, tokens, vote."""
BODY = {
    option: number(f"vote.body_{option}", share, 0.0, 1.0)
    for option, share in (("yes", 0.03), ("no", 0.01), ("abstain", 0.005), ("veto", 0.0))
}
"""Share of the body's stake that votes so; the rest stays away."""
SEATS = {"yes": number("vote.seats_yes", 2, 0, 10_000), "no": number("vote.seats_no", 0, 0, 10_000)}

FIELDS: tuple[PageField[Any], ...] = (HOLDERS, *BODY.values(), *SEATS.values())

_ORDER = ("holder", "vote", "tokens", "kind")
"""Columns of the table: a phone shows the first."""

_EXAMPLE = ("yes", "no", "yes", AWAY, "yes", "no", "abstain", AWAY)
_LABELS = {"yes": "Yes", "no": "No", "abstain": "Abstain", "veto": "Veto", AWAY: "Stays away"}


@dataclass(frozen=True, eq=False)
class Hand:
    """Stakes of a vote and how they were cast.

    Attributes
    ----------
    holders
        Everybody, named holders and body, and those who may not vote.
    named
        Name, tokens and vote of each named holder.
    body
        Stakes of all other holders who may vote.
    body_shares
        Share of the body's stake that votes for each option.
    example
        Rows of named holders before anything was typed.
    """

    holders: Holders
    named: tuple[tuple[str, float, str], ...]
    body: np.ndarray
    body_shares: dict[str, float]
    example: tuple[dict[str, Any], ...] = ()

    def votes(self, rule: VotingRule) -> Votes:
        """What was cast, with the size of the body that the rule measures by; seats where the rule counts seats."""
        if rule.members is not None:
            return Votes(SEATS["yes"].value(), SEATS["no"].value(), members=rule.members)
        size, least = electorate_tokens(rule, self.holders), self.cast * (1 + 1e-9)
        size = max(size, least)  # sums of floating numbers may pass the whole by their rounding
        if rule.power == "quadratic":
            ballots = {
                option: [*(tokens for _, tokens, vote in self.named if vote == option), *(self.body * share)]
                for option, share in self.body_shares.items()
            }
            return Votes.of(ballots, size)
        return Votes.of(self.counts, size)

    @property
    def counts(self) -> dict[str, float]:
        """Tokens that were cast for each option."""
        body = float(self.body.sum())
        return {
            option: sum(tokens for _, tokens, vote in self.named if vote == option) + body * self.body_shares[option]
            for option in OPTIONS
        }

    @property
    def cast(self) -> float:
        """Tokens that were cast."""
        return sum(self.counts.values())


@lru_cache(maxsize=16)
def _typical(plan: Plan) -> Holders:
    return plan.typical()


def _listed(moment: Moment, rule: VotingRule) -> Holders:
    """The list that the page works on, without chance: uploaded, or typical of the table of kinds.

    Where the rule counts seats, or nobody of those whom it lets vote holds anything, all holders of tokens stand in.

    Raises
    ------
    BallastError
        Where the table of kinds cannot stand.
    """
    anybody = plan_of(moment.scenario.network)
    found = _typical(anybody if rule.members is not None else plan_here(moment, rule))
    return found if found.voting.any() else _typical(anybody)


def example_rows(found: Holders) -> list[dict[str, Any]]:
    """The largest holders of a list who may vote, with votes that show how the page works."""
    places = np.flatnonzero(found.voting)[:NAMED]
    kinds = found.group_names()
    ranked = enumerate(zip(places, _EXAMPLE, strict=False), start=1)
    return [
        {
            "holder": found.names.get(int(place), f"Holder {rank}"),
            "kind": kinds[place],
            "tokens": float(f"{found.stakes[place]:.6g}"),
            "vote": vote,
        }
        for rank, (place, vote) in ranked
    ]


def hand_of(moment: Moment, rule: VotingRule) -> tuple[Hand, list[str]]:
    """Stakes and votes as they stand, and what is wrong with rows that were left out.

    Raises
    ------
    BallastError
        Where the table of kinds cannot stand.
    """
    found = _listed(moment, rule)
    example = example_rows(found)
    named, told = _readable(HOLDERS.value() or example)
    largest = set(np.flatnonzero(found.voting)[:NAMED].tolist())
    others = np.array([place for place in range(found.count) if place not in largest], dtype=np.int64)
    may = found.voting[others]
    shares = {option: field.value() for option, field in BODY.items()}
    over = sum(shares.values())
    if over > 1:
        told.append(f"The shares of the body add up to {percent(over)}; they are scaled down to all of it.")
        shares = {option: share / over for option, share in shares.items()}
    kinds = found.group_names()
    stakes = np.concatenate([[tokens for _, _, tokens, _ in named], found.stakes[others]])
    holders = holders_from(
        stakes,
        [*(kind for _, kind, _, _ in named), *(kinds[place] for place in others)],
        np.concatenate([np.ones(len(named), dtype=np.bool_), may]),
        [*(name for name, *_ in named), *([""] * len(others))],
    )
    votes = tuple((name, tokens, vote) for name, _, tokens, vote in named)
    return Hand(holders, votes, found.stakes[others][may], shares, tuple(example)), told


def typed_holders() -> list[tuple[str, str, float]]:
    """Name, kind and tokens of holders typed by hand; none where the example stands."""
    return [(name, kind, tokens) for name, kind, tokens, _ in _readable(HOLDERS.value())[0]]


def _readable(rows: Any) -> tuple[list[tuple[str, str, float, str]], list[str]]:
    """Rows that may stand, and a sentence for each of the first that may not."""
    found: list[tuple[str, str, float, str]] = []
    told: list[str] = []
    for place, row in enumerate(rows[:MOST_NAMED], start=1):
        try:
            found.append(_row(row, place))
        except OutOfRangeError as problem:
            told.append(str(problem))
    if len(rows) > MOST_NAMED:
        told.append(f"Rows after the first {MOST_NAMED} are left out.")
    return found, told


def _row(row: Any, place: int) -> tuple[str, str, float, str]:
    name, kind, tokens, vote = (row.get(key) for key in ("holder", "kind", "tokens", "vote"))
    where = f"row {place} of the holders"
    if isinstance(tokens, bool) or not isinstance(tokens, (int, float)) or not 0 <= tokens < 1e18:
        raise OutOfRangeError(f"tokens are {str(tokens)[:30]!r}", where=where, allowed="0 or more")
    if vote not in WAYS:
        raise OutOfRangeError(f"the vote is {str(vote)[:30]!r}", where=where, allowed=", ".join(WAYS))
    if kind not in GROUPS:
        raise OutOfRangeError(f"the kind is {str(kind)[:30]!r}", where=where, allowed=", ".join(GROUPS))
    shown = "".join(mark for mark in str(name or "") if mark.isprintable())[:60]
    return shown or f"Holder {place}", kind, float(tokens), vote


def is_example(rule: VotingRule) -> bool:
    """Whether the votes are the invented ones that the page begins with."""
    asked: tuple[PageField[Any], ...] = tuple(SEATS.values()) if rule.members is not None else (HOLDERS, *BODY.values())
    return all(field.value() == field.default for field in asked)


def ways_of(rule: VotingRule, hand: Hand) -> frozenset[str]:
    """Ways to vote that the rule has, and any other that some of these votes use already."""
    used = {way for _, _, way in hand.named} | {option for option, share in hand.body_shares.items() if share}
    return frozenset({*rule.options, AWAY, *used})


# ---- on the page ----------------------------------------------------------------------------------------
def hand_part(network: Network, rule: VotingRule, hand: Hand, told: list[str]) -> None:
    """The table of named holders, and the body's votes."""
    st.subheader("Stakes and votes" if rule.members is None else "Seats and votes", anchor=False)
    if rule.members is not None:
        _seats(rule)
        return
    offered = ways_of(rule, hand)
    st.markdown(
        as_markdown(
            f"These are the {len(hand.example)} largest who may vote. Unless a list was uploaded below, they are "
            f"typical of {network.title}'s figures (assumed), and their votes are an example: type other names, tokens "
            "and votes."
        )
    )
    config = {
        "holder": st.column_config.TextColumn("Holder", width=90, max_chars=60, required=True),
        "kind": st.column_config.SelectboxColumn(
            "Kind", options=list(GROUPS), format_func=lambda kind: GROUPS[str(kind)], required=True, default="passive"
        ),
        "tokens": st.column_config.NumberColumn(
            f"Tokens, {network.token}", min_value=0.0, required=True, format="localized"
        ),
        "vote": st.column_config.SelectboxColumn(
            "Vote",
            width=110,
            options=[way for way in WAYS if way in offered],
            format_func=lambda way: _LABELS[str(way)],
            required=True,
            default=AWAY,
        ),
    }
    edited_rows(HOLDERS, hand.example, config, label="Named holders with their tokens and votes", order=_ORDER)
    for sentence in told:
        st.warning(as_markdown(sentence))
    body = float(hand.body.sum())
    share = percent(body / max(hand.holders.eligible, 1e-300))
    st.markdown(
        as_markdown(
            f"The body: {grouped(len(hand.body))} other holders with {number_text(body)} {network.token}, {share} of "
            "what may vote. Who of them votes is an assumption."
        )
    )
    asked = {option: field for option, field in BODY.items() if option in offered}
    for column, (option, field) in zip(st.columns(len(asked)), asked.items(), strict=True):
        with column:
            percent_slider(field, f"{_LABELS[option]}, % of the body")


def _seats(rule: VotingRule) -> None:
    st.markdown(as_markdown(f"Under this rule {rule.members} seats vote; stake has no vote of its own."))
    for column, (option, field) in zip(st.columns(len(SEATS)), SEATS.items(), strict=True):
        with column:
            number_box(field, f"Seats voting {option}", step=1.0, high=float(rule.members or 1), text="%.0f")
