"""The revenue gap over the horizon, and what unlocks when."""

from __future__ import annotations

import datetime as dt
from html import escape

import numpy as np
import polars as pl
import streamlit as st

from charts.unlocks import unlocks
from model.presets.allocation import EARNED, INSIDERS, WHOLE, Allocation, Bucket, unlock_frame
from model.scorecard import Scorecard
from model.scorecard.gap_futures import MONTHS, GapFutures
from model.words.text import month, number, percent, quantity
from ui.chart import show_chart
from ui.link import Moment
from ui.panels import panel
from ui.scorecard.table import html_table, source_html
from ui.text import as_markdown

ROLES = {"foundation": "treasury", "reserve": "unknown", "community": "mint", "public": "baseline"}
DOTS = 50
RATIO = (
    "The chart shows the revenue gap, dollars of tokens emitted for each dollar of revenue: it can fall while the "
    "difference in dollars grows."
)


def gap_chart(card: Scorecard, moment: Moment) -> None:
    """Dollars emitted for each dollar earned, with nine of ten futures."""
    st.header("Emission against revenue", anchor="gap")
    with st.container(key="sentence-gap"):
        st.markdown(as_markdown(gap_sentence(card.subject.gap)))
    with st.container(key="panel-gap"):
        panel("scorecard-gap", "revenue_gap", moment, None)


def gap_sentence(gap: GapFutures) -> str:
    """In how many futures it closes, and in how many it widens."""
    if gap.futures < 2:
        closes = "would" if gap.closes else "would not"
        widens = "would grow" if gap.widens else "would not grow"
        first = (
            f"On the single path emission {closes} be below revenue at month {MONTHS}, both in dollars"
            if gap.closes is not None
            else ("On the single path the horizon ends before month 36")
        )
        return f"{first}; emission minus revenue, in dollars, {widens} until {month(gap.until)}. {RATIO}"
    closes = (
        f"In {round(DOTS * gap.closes)} of {DOTS} futures emission would be below revenue at month {MONTHS}"
        if gap.closes is not None
        else f"The horizon ends before month {MONTHS}"
    )
    if gap.widens is None:
        return f"{closes}; every future stops before the end."
    widens = f"in {round(DOTS * gap.widens)} of {DOTS} emission minus revenue, in dollars, would grow"
    return f"{closes}; {widens} until {month(gap.until)}. {RATIO}"


# ---- unlocks ------------------------------------------------------------------------------------------
def unlock_chart(card: Scorecard, moment: Moment) -> None:
    """Stacked buckets since launch; a sentence where nothing was found."""
    st.header("Who was given what, and when it unlocks", anchor="unlocks")
    allocation = card.subject.allocation
    if allocation is None:
        st.markdown("No allocation with a source and a date was found for this network: the point stays unknown.")
        return
    st.markdown(as_markdown(value_sentence(card)))
    frame = _frame(allocation, moment)
    if frame.height:
        _draw(card, allocation, frame)
    else:
        st.markdown(as_markdown(_nothing_drawn(allocation)))
    _buckets(allocation)
    own = card.subject.scenario.structure.buckets
    st.markdown(
        "In the projection these tokens are locked until then: each unlock adds to the float, and levers move it."
        if own
        else "The projection starts from the float that was observed; this schedule does not move it."
    )


def value_sentence(card: Scorecard) -> str:
    """Float at launch, unlocks of the next year, and fully diluted against circulating value."""
    values = {row.quantity.key: row.quantity for row in card.point("vesting").quantities}
    told = []
    launch, coming, diluted = values.get("launch_float"), values.get("unlocks"), values.get("diluted")
    if launch is not None and launch.value is not None:
        told.append(f"At launch {percent(launch.value)} of the tokens were free")
    if coming is not None and coming.value is not None:
        told.append(f"within the next twelve months {percent(coming.value)} of what circulates would unlock")
    year = card.subject.year
    circulating = quantity(year.price * year.circulating, "$")
    if diluted is not None and diluted.value is not None:
        full = quantity(year.price * year.circulating * diluted.value, "$")
        told.append(
            f"at the first day's price all tokens that can exist are worth {full}, those that circulate {circulating} "
            f"({number(diluted.value)} times)"
        )
    else:
        told.append(f"tokens that circulate are worth {circulating} at the first day's price; supply has no known cap")
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}."


def _frame(allocation: Allocation, moment: Moment) -> pl.DataFrame:
    """From launch to the last unlock, and at least two years beyond the network's date where something is open."""
    ends = [
        (bucket.cliff_months or 0) + (bucket.vesting_months or 0)
        for bucket in allocation.buckets
        if bucket.is_scheduled
    ]
    now = allocation.months_at(moment.scenario.network.as_of)
    last = max([*ends, now + 12, 12.0])
    return unlock_frame(allocation, np.arange(0, np.ceil(last) + 1))


def _draw(card: Scorecard, allocation: Allocation, frame: pl.DataFrame) -> None:
    as_of = card.network.as_of
    known = sum(bucket.share for bucket in allocation.buckets if bucket.is_scheduled)
    told = f"{percent(known)} of the {quantity(allocation.tokens, 'tokens')} of launch have a published schedule"
    told += "." if known > WHOLE else "; the others are not drawn, because nobody published when they unlock."
    rules = pl.DataFrame({"date": [as_of], "label": [f"figures of {month(as_of)}"]})
    draw_unlocks(allocation, frame, rules, told)


def draw_unlocks(allocation: Allocation, frame: pl.DataFrame, rules: pl.DataFrame, told: str) -> None:
    """The chart under the sentence `told`; `frame` is an `unlock_frame`, `rules` has date and label."""
    order = {bucket.title: place for place, bucket in enumerate(allocation.buckets)}
    roles = {bucket.title: _role(bucket.group) for bucket in allocation.buckets}
    main = frame.with_columns(
        pl.col("bucket").replace_strict(roles).alias("role"), pl.col("bucket").replace_strict(order).alias("order")
    )
    last = main.filter(pl.col("date") == pl.col("date").max()).sort("order")
    middle = last.with_columns((pl.col("tokens").cum_sum() - pl.col("tokens") / 2).alias("tokens"))
    show_chart(
        unlocks("tokens free"),
        {"main": main, "labels": middle.select("date", "tokens", "bucket", "role"), "rules": rules},
        key="unlocks",
        sentence=as_markdown(told),
        unit="tokens",
        source=as_markdown(
            f"{allocation.source.title}, {allocation.date} ({allocation.grade}). Shares of {allocation.definition}."
        ),
        alt=f"Tokens free by bucket since {month(allocation.launched)}. {told}",
        table=main.pivot("bucket", index="date", values="tokens"),
    )


def _role(group: str) -> str:
    return "locked" if group in INSIDERS else ROLES.get(group, "scenario")


def _nothing_drawn(allocation: Allocation) -> str:
    if all(bucket.group == EARNED for bucket in allocation.buckets):
        return "Nothing was sold or given away before launch: all tokens are earned as they are emitted."
    return "No bucket has a published schedule, so there is nothing to draw."


BUCKET_HEAD = ("Bucket", "Share", "Free at launch", "Cliff", "Vesting", "On chain", "Source")


def _buckets(allocation: Allocation) -> None:
    rows: list[tuple[str, ...]] = [
        (
            escape(bucket.title) + (f"<small>{escape(bucket.note)}</small>" if bucket.note else ""),
            percent(bucket.share),
            "not found" if bucket.tge_share is None else percent(bucket.tge_share),
            _months(bucket, bucket.cliff_months),
            _months(bucket, bucket.vesting_months),
            {None: "not found", True: "yes", False: "no"}[bucket.on_chain],
            source_html(bucket.source.title, bucket.source.link, bucket.date, bucket.grade),
        )
        for bucket in allocation.buckets
    ]
    left = 1 - sum(bucket.share for bucket in allocation.buckets)
    if left > 0.005:
        rows.append(("Holders not found", percent(left), *["not found"] * (len(BUCKET_HEAD) - 2)))
    html_table(BUCKET_HEAD, rows, kind="buckets", caption="Who was given what share, and when it unlocks")


def _months(bucket: Bucket, months: float | None) -> str:
    """Months in words; what is earned after launch has neither cliff nor vesting."""
    if months is None:
        return "does not apply" if bucket.group == EARNED else "not found"
    return f"{number(months)} months"


def stale_sentence(as_of: dt.date, today: dt.date) -> str:
    """Said above the scores of a network whose figures are old."""
    return f"Stale: the figures are of {month(as_of)}, {(today - as_of).days} days ago; scores may have moved since."
