"""Bittensor bench: how decisions come into force, today and as proposed, and conviction that hands a subnet over."""

from __future__ import annotations

import numpy as np
import polars as pl
import streamlit as st

from charts.curves import along, curves
from model import BallastError
from model.networks.bittensor.forms import LOCK_FORM, LOCK_ROWS, locks_of
from model.networks.bittensor.governance import CANCELLED, DAY, FAST_TRACK, review_delay
from model.networks.bittensor.locks import CLAIM, Lock, claimed_share, day_of_claim, owner_by_conviction
from model.networks.bittensor.snapshot import SOURCE, SUBNETS
from ui.chart import show_chart
from ui.link import Moment
from ui.network.bench import sentences, written
from ui.network.bench_fields import NumberBox
from ui.network.bench_table import bench_table
from ui.text import as_markdown, number, percent

HOUR = 3600
HORIZON = 720
"""Days for which conviction is drawn."""

REVIEW_SOURCE = (
    "subtensor, branch governance-wiring, docs/governance/README.md and tracks.rs (pull request 2804, open when "
    "read on 2026-06-30; primary): proposed, not in force."
)
LOCK_SOURCE = (
    "subtensor, staking/lock.rs and tests/locks.rs (spec 425, 2026-06-30; primary): live. Locks as typed; those of the "
    "start are invented."
)
FOR = NumberBox("vote.for", "For, share of the 32 seats", 0.4, 0, 1, 0.01, "%.2f", 220)
AGAINST = NumberBox("vote.against", "Against, share of the seats", 0.1, 0, 1, 0.01, "%.2f", 220)
ALPHA_OUT = NumberBox("vote.alpha", "Alpha outside the pool", SUBNETS[0].alpha_out, 1, 21e6, 10_000, "%.2f", 220)
AGE = NumberBox("vote.age", "Age of the subnet, days", 300, 0, 3650, 10, "%.0f", 220)

RULES = (
    "2023 to November 2025, removed: one of a triumvirate proposes, more than half of up to 12 senate seats agree, and "
    "one of the three closes it within 12 hours (subtensor v3.2.7, primary).",
    "In practice 2026, live: two of three holders of the root key, at once (sudo-signatories.json, primary).",
    "Pull request 2804, proposed, not in force: two of three first; then 16 root validators and 16 owners of subnets "
    "may hasten, delay or cancel, within 0 to 48 hours (docs/governance/README.md, primary).",
)


def vote_part(_: Moment) -> None:
    """The review of calls under the proposed rule, and who owns a subnet by conviction."""
    _review()
    _locks()


# ---- review ---------------------------------------------------------------------------------------------------------
def _review() -> None:
    st.subheader("How long a decision is reviewed: proposed, not in force", anchor=False)
    answer = st.container()
    with st.container(horizontal=True, gap="small"):
        approval, rejection = FOR.show(), AGAINST.show()
    with answer:
        try:
            delay = review_delay(approval, rejection)
        except BallastError as problem:
            st.warning(as_markdown(str(problem)))
        else:
            _review_chart(approval - rejection, review_words(approval, rejection, delay))
    st.markdown("What changes from rule to rule:\n\n" + "\n".join(f"- {as_markdown(rule)}" for rule in RULES))


def review_words(approval: float, rejection: float, delay: float | None) -> str:
    """What a vote would do to a call, beside what today's rule does."""
    if delay is None:
        came = "it would be cancelled"
    elif not delay:
        came = "it would be enacted at once"
    else:
        came = f"it would be enacted after {number(delay / HOUR)} hours instead of 24"
    return (
        f"With {percent(approval)} of seats for an approved call and {percent(rejection)} against, {came}. Today two "
        "of three keys enact at once, without a review."
    )


def _review_chart(net: float, said: str) -> None:
    nets = np.linspace(-CANCELLED + 1e-6, FAST_TRACK, 127)
    hours = [(review_delay(max(at, 0.0), max(-at, 0.0)) or 0.0) / HOUR for at in nets.tolist()]
    show_chart(
        curves(
            "hours until enacted", (("scenario", "as proposed"), ("baseline", "today")), across="for less against",
            across_fmt="percent", rules=True,
        ),
        {
            "main": along(nets, {"scenario": hours, "baseline": [0.0] * len(hours)}),
            "rules": pl.DataFrame([{"x": min(max(net, -CANCELLED), FAST_TRACK), "label": "this vote"}]),
        },
        key="vote-review",
        sentence=as_markdown(said),
        unit="hours",
        source=as_markdown(
            f"{REVIEW_SOURCE} Without a vote {number(DAY / HOUR)} hours; cancelled from {percent(CANCELLED)} net "
            f"against, at once from {percent(FAST_TRACK)} net for."
        ),
    )  # fmt: skip


# ---- locks ----------------------------------------------------------------------------------------------------------
def _locks() -> None:
    st.subheader("Who owns a subnet, by conviction: live", anchor=False)
    st.markdown(
        "Alpha locked on a hotkey gains conviction, half of it in 90 days. Once a subnet is a year old and all "
        "conviction reaches 10% of the alpha outside its pool, the hotkey with most of it owns the subnet."
    )
    answer = st.container()
    with st.container(horizontal=True, gap="small"):
        alpha, age = ALPHA_OUT.show(), AGE.show()
    rows = bench_table(LOCK_FORM, LOCK_ROWS, name="vote.locks", label="Alpha locked on a subnet's hotkeys")
    with answer:
        if not rows:
            st.warning("The table has no lock: add a row, or take the table back to its start.")
            return
        _claim_chart(locks_of(rows), alpha, age)


def claim_words(locks: tuple[Lock, ...], alpha: float, age: float) -> str:
    """When ownership would go by conviction, and to whom."""
    day = day_of_claim(locks, alpha, age, HORIZON)
    now = claimed_share(locks, alpha)
    if day is None:
        return f"Conviction is {percent(now)} of alpha today and would not move ownership within {HORIZON} days."
    owner = owner_by_conviction(locks, alpha, age, day)
    name = owner.hotkey if owner else ""
    keeps = "would keep" if owner and owner.kind == "owner" else "would own"
    when = "today" if not day else f"{number(day)} days from now"
    claimed = percent(claimed_share(locks, alpha, day))
    return f"{name} {keeps} the subnet {when}, with most of a conviction of {claimed} of alpha."


def _claim_chart(locks: tuple[Lock, ...], alpha: float, age: float) -> None:
    days = list(range(0, HORIZON + 1, 12))
    paths = {"scenario": [claimed_share(locks, alpha, day) for day in days], "goal": [CLAIM] * len(days)}
    found = day_of_claim(locks, alpha, age, HORIZON)
    words = (("scenario", "all conviction"), ("goal", "10%"))
    data = {"main": along(days, paths)}
    if found is not None:
        data["rules"] = pl.DataFrame([{"x": float(found), "label": "goes by conviction"}])
    show_chart(
        curves("of alpha outside the pool", words, across="days from now", fmt="percent", rules=found is not None),
        data,
        key="vote-claim",
        sentence=as_markdown(claim_words(locks, alpha, age)),
        unit="share of alpha outside the pool",
        source=as_markdown(f"{LOCK_SOURCE} Alpha outside the pool: {SUBNETS[0].name}, {SOURCE}, 2026-07-08 (primary)."),
    )
    written(
        [
            {
                "Hotkey": lock.hotkey,
                "Kind": lock.kind,
                "Locked, alpha": lock.alpha,
                "Conviction today, alpha": lock.conviction(),
                "In 90 days": lock.conviction(90),
                "In a year": lock.conviction(365),
                "Share in a year": percent(lock.conviction(365) / alpha),
            }
            for lock in locks
        ]
    )
    sentences("The economy of the Sandbox has no such vote: who owns a subnet changes nothing there.")
