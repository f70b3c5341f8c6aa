"""Bittensor bench: what subnets are paid in emission beside what they earn from users."""

from __future__ import annotations

import streamlit as st

from charts.before_after import before_after, pairs
from model.networks.bittensor.economy import PUBLISHED_GAPS, Gap, widest_gap
from model.networks.bittensor.forms import GAP_FORM, gap_rows, gaps_of
from ui.chart import show_chart
from ui.link import Moment
from ui.network.bench import sentences, written
from ui.network.bench_table import bench_table
from ui.text import as_markdown, number, quantity

MOST_SHOWN = 12


def gap_part(_: Moment) -> None:
    """The gap as published, and any row the reader adds."""
    answer = st.container()
    st.subheader("Emission and revenue", anchor=False)
    st.markdown("Add a row for any subnet: what it is paid in emission, and what its users pay it.")
    rows = bench_table(GAP_FORM, gap_rows(), name="gap.rows", label="Emission and revenue of subnets, USD a year")
    with answer:
        gaps = gaps_of(rows)
        if not gaps:
            st.warning("The table has no row: add one, or take the table back to its start.")
        else:
            _answer(gaps)
    with st.expander(f"Published figures ({len(PUBLISHED_GAPS)})", key="gap-published"):
        written(
            [
                {
                    "Subnet": own.gap.name,
                    "Emission": quantity(own.gap.emission, "$/year"),
                    "Revenue": quantity(own.gap.revenue, "$/year"),
                    "Date": own.on,
                    "Grade": own.grade,
                    "Source": own.source,
                }
                for own in PUBLISHED_GAPS
            ]
        )


def _answer(gaps: tuple[Gap, ...]) -> None:
    with st.container(key="sentence-gap"):
        sentences(gap_words(gaps[0]))
    st.markdown("Emission is what the rule gives; none of the rules asks for revenue.")
    shown = gaps[:MOST_SHOWN]
    amounts = ((gap.name, gap.revenue, gap.emission) for gap in shown)
    widest = widest_gap(gaps)
    show_chart(
        before_after("USD a year: hollow revenue, filled emission", rows=len(shown), fmt="number"),
        pairs(amounts, ("revenue", "emission"), lambda usd: quantity(usd, "$")),
        key="gap-bars",
        sentence=as_markdown(
            f"The widest gap of a row that is no total is that of {widest.name}: "
            f"{quantity(widest.difference, '$/year')} more in emission than "
            "in revenue."
            if widest.difference > 0
            else "Every row earns at least what it is paid in emission."
        ),
        unit="USD a year",
        source=as_markdown("hollow: revenue; filled: emission. Published rows as stated below; other rows as typed."),
    )
    written(
        [
            {
                "Subnet": gap.name,
                "Emission less revenue": quantity(gap.difference, "$/year"),
                "Emitted for each dollar earned": f"${number(gap.ratio)}" if gap.revenue else "nothing is earned",
            }
            for gap in gaps
        ]
    )


def gap_words(gap: Gap) -> str:
    """One gap in a sentence."""
    if not gap.revenue:
        return f"{gap.name}: {quantity(gap.emission, '$/year')} in emission, and no revenue."
    return (
        f"{gap.name}: {quantity(gap.emission, '$/year')} in emission against {quantity(gap.revenue, '$/year')} in "
        f"revenue, {number(gap.ratio)} dollars emitted for each dollar earned."
    )
