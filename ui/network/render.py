"""Render's bench: an epoch's ledger, emission to the cap, burned against minted, and rules against each other."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts.bars import bars
from charts.curves import curves
from model.networks import render
from model.networks.published import RENDER_FIGURES, RENDER_YEARS, RENDER_YEARS_SOURCE
from model.networks.render_ledger import (
    EXAMPLE_JOBS,
    EXAMPLE_NODES,
    JOBS,
    NODES,
    RULE_SETS,
    Ledger,
    RuleSet,
    rule_set,
    salad_terms,
    settle,
)
from model.networks.tables import Row
from model.words.text import change, number, percent, quantity
from ui.chart import show_chart
from ui.kpi import Kpi, kpi_strip
from ui.link import Moment
from ui.network import bench as parts
from ui.network.bench import ToEconomy
from ui.network.bench_fields import ChoiceBox, NumberBox, bench_tabs, show_two, two_rules
from ui.network.bench_table import bench_table

NETWORK = "render"
WAYS = {"Epoch ledger": "ledger", "Emission to the cap": "emission", "Burned and minted": "flows"}
RULES = {key: rule.label for key, rule in RULE_SETS.items()}
RULE = ChoiceBox("render.rule", "Rule", RULES, "rnp-023")
EURO = NumberBox("render.euro", "USD per EUR", 1.16, 0.01, step=0.01, text="%.4f")


MOST_A_WEEK = render.EMISSION_CAP
"""No week can pay out more than is emitted over all years."""


def bench(moment: Moment) -> None:
    """Render's rules on typed figures; the price comes from the economy."""
    for tab, part in zip(bench_tabs("render", list(WAYS)), (_ledger, _emission, _flows), strict=True):
        if tab.open:
            with tab:
                part(moment)
    parts.published_figures(RENDER_FIGURES, key="render")


# ---- epoch ledger ---------------------------------------------------------------------------------------------------
def _ledger(moment: Moment) -> None:
    answer, tables = st.container(), st.container()
    with tables:
        price, euro, rule, budgets = _settings(moment)
        st.subheader("Jobs of the week", anchor=False)
        jobs = bench_table(JOBS, EXAMPLE_JOBS, name="render.jobs", label="Jobs of the week, to be edited")
        st.subheader("Nodes", anchor=False)
        nodes = bench_table(NODES, EXAMPLE_NODES, name="render.nodes", label="Nodes, to be edited")
    done = settle(
        jobs,
        nodes,
        rule,
        price_usd=price,
        usd_per_eur=euro,
        job_budget=budgets[0],
        availability_budget=budgets[1],
    )
    with answer:
        _totals(done, rule, price)
    _lines(done, rule)
    _against(jobs, nodes, price, euro)
    terms = salad_terms(jobs)
    said = ", ".join(f"{_SALAD_WORDS[key]} {percent(value)}" for key, value in terms.items())
    parts.use_in_economy(
        ToEconomy(
            terms,
            f"the terms of Salad's jobs by their mix here: {said}.",
            NETWORK,
            "the mix of the jobs typed here stands for every week's.",
        ),
        key="render",
    )


_SALAD_WORDS = {
    "salad.burn_share": "burned",
    "salad.provider_fee_share": "kept by Salad",
    "salad.treasury_fee_share": "to the foundation",
    "salad.fiat_reward_share": "minted as reward",
}


def _settings(moment: Moment) -> tuple[float, float, RuleSet, tuple[float, float]]:
    """Price, exchange rate, rule and budgets."""
    left, right = st.columns(2)
    with left:
        price = parts.price_from_economy(moment, NETWORK, name="render")
        euro = EURO.show()
    with right:
        key = RULE.show()
        rule = rule_set(key)
        jobs = NumberBox(f"render.pool.{key}", "Budget for jobs, RENDER a week", rule.jobs, 0, MOST_A_WEEK, 1000).show()
        idle = NumberBox(
            f"render.idle.{key}", "Budget for availability, RENDER a week", round(rule.availability, 2), 0, MOST_A_WEEK,
            100,
        ).show()  # fmt: skip
    return price, euro, rule, (jobs, idle)


def _totals(done: Ledger, rule: RuleSet, price: float) -> None:
    fee = sum(line.fee_eur for line in done.jobs)
    lead = (
        f"In this week {number(done.burned)} RENDER would be burned and {number(done.minted)} minted: "
        f"{number(done.burned_per_minted)} burned for each one minted."
        if rule.burns
        else f"In this week {number(done.handed_on)} RENDER would go from customers to nodes; none is burned or minted."
    )
    compute = sum(line.compute for line in done.nodes)
    beyond = f"; pay for hours of compute, {number(compute)} RENDER, comes on top" if compute else ""
    rest = (
        f"Nodes share the week's budgets for jobs and availability, whatever was burned{beyond}." if rule.burns else ""
    )
    with st.container(key="sentence-render-ledger"):
        parts.sentences(lead, rest)
    net = done.minted - done.burned
    kpi_strip(
        [
            Kpi("Burned", quantity(done.burned, "RENDER"), quantity(done.burned * price, "$")),
            Kpi("Minted", quantity(done.minted, "RENDER"), f"of which rewards of Salad {number(done.rewarded)}"),
            Kpi(
                "Minted less burned", quantity(net, "RENDER"), "supply grows" if net > 0 else "supply shrinks or stays"
            ),
            Kpi("Fee", quantity(fee, "EUR")),
        ],
        key="render",
        against="",
    )


def _lines(done: Ledger, rule: RuleSet) -> None:
    st.subheader("What each job does", anchor=False)
    parts.written(
        [
            {
                "Job": line.job,
                "Kind": line.kind,
                "Payment, EUR": line.payment_eur,
                "Burned, RENDER": line.burned,
                "Minted for it, RENDER": line.rewarded,
                "Straight to the node, RENDER": line.to_node,
                "Fee, EUR": line.fee_eur,
                "Kept by Salad, EUR": line.operator_eur,
            }
            for line in done.jobs
        ]
    )
    rows = [
        {"label": line.node, "value": line.total, "text": quantity(line.total, "RENDER"), "role": "mint"}
        for line in done.nodes
    ]
    if not rows:
        return
    top = max(done.nodes, key=lambda line: line.total)
    whole = sum(line.total for line in done.nodes)
    table = [
        {"Node": x.node, "Jobs": x.jobs, "Availability": x.availability, "Compute": x.compute, "Total": x.total}
        for x in done.nodes
    ]
    show_chart(
        bars("RENDER in the week", rows=len(rows), role="", signed=False),
        pl.DataFrame(rows),
        key="render-pay",
        sentence=parts.plain(
            f"Node {top.node} would receive {percent(top.total / whole if whole else 0.0)} of what nodes are paid."
        ),
        unit="RENDER in the week",
        source=parts.plain(
            f"{rule.source} (Render Network proposals, primary). "
            "Jobs and nodes as typed; those of the start "
            "are invented. Averages of availability points are those of the nodes typed here."
        ),
        table=pl.DataFrame(table),
    )


def _against(jobs: Sequence[Row], nodes: Sequence[Row], price: float, euro: float) -> None:
    """The same week under two rules, each with its own budgets."""
    st.subheader("What changes if", anchor=False)
    one, other = show_two(two_rules(RULES, name="render", first="rnp-022", second="rnp-023"))
    before, after = (settle(jobs, nodes, rule_set(key), price_usd=price, usd_per_eur=euro) for key in (one, other))
    paid = [sum(line.total for line in found.nodes) for found in (before, after)]
    figures = {
        "Burned, RENDER": (before.burned, after.burned),
        "Minted, RENDER": (before.minted, after.minted),
        "Minted less burned, RENDER": (before.minted - before.burned, after.minted - after.burned),
        "Paid to the nodes here, RENDER": (paid[0], paid[1]),
        "Minted as Salad's rewards, RENDER": (before.rewarded, after.rewarded),
    }
    parts.sentences(
        f"The same week would burn {number(after.burned)} instead of {number(before.burned)} RENDER and mint "
        f"{number(after.minted)} instead of {number(before.minted)}. Each rule stands with its own budgets."
    )
    parts.written(parts.beside(figures, RULES[one], RULES[other]))
    names = list(dict.fromkeys(line.node for line in (*before.nodes, *after.nodes)))
    was, would = ({line.node: line.total for line in found.nodes} for found in (before, after))
    parts.written(
        [
            {
                "Node": name,
                f"{RULES[one]}, RENDER": was.get(name, 0.0),
                f"{RULES[other]}, RENDER": would.get(name, 0.0),
                "Change": change(would.get(name, 0.0), was.get(name, 0.0)),
            }
            for name in names
        ]
    )


# ---- emission -------------------------------------------------------------------------------------------------------
def _emission(_: Moment) -> None:
    names = {"proposals": "As the proposals have it", "press": "With the press figure of 2025 (5.64M)"}
    picked = ChoiceBox("render.variant", "Emission of year 2", names, "proposals").show(beside=True)
    variant: render.Variant = "press" if picked == "press" else "proposals"
    table = render.emission_table(render.CAP_YEAR + 1, variant=variant)
    rows = [{"x": row.bme_year, "series": "scenario", "value": row.tokens} for row in table if row.published]
    rows += [
        {"x": row.bme_year, "series": "unknown", "value": row.tokens}
        for row in table
        if row.bme_year >= render.PUBLISHED_YEARS
    ]
    ends = next(row.bme_year for row in table if row.issued >= render.EMISSION_CAP)
    left = render.EMISSION_CAP - table[render.PUBLISHED_YEARS - 1].issued
    listing = pl.DataFrame(
        [
            {
                "Year": row.bme_year,
                "RENDER": row.tokens,
                "Minted by its end": row.issued,
                "Evidence": "published" if row.published else "reconstructed",
                "Source": row.source,
            }
            for row in table
        ]
    )
    show_chart(
        curves(
            "RENDER a year", (("scenario", "Published"), ("unknown", "Reconstructed")), across="year of burn and mint"
        ),
        pl.DataFrame(rows),
        key="render-emission",
        sentence=parts.plain(
            f"After the three published years {number(left)} of {number(render.EMISSION_CAP)} RENDER are left; with "
            f"years 4 and 5 reconstructed, the cap would be reached in year {ends}."
        ),
        unit="RENDER a year",
        source="RNP-001, RNP-003, RNP-018, RNP-022 (primary); years 4 and 5 are a reconstruction that makes year 60 "
        "reach the cap as RNP-023 says, and later years follow from it.",
        table=listing,
    )
    year_2 = {"emission_table.2": table[1].tokens}
    parts.use_in_economy(
        ToEconomy(year_2, f"{number(table[1].tokens)} RENDER as emission of table year 2.", NETWORK),
        key="render-year-2",
    )


# ---- burned and minted ----------------------------------------------------------------------------------------------
def _flows(_: Moment) -> None:
    rows = [
        {"label": f"{own.label}, {word}", "value": value, "text": quantity(value, "RENDER"), "role": role}
        for own in RENDER_YEARS
        for word, value, role in (("minted", own.minted, "mint"), ("burned", own.burned, "burn"))
    ]
    burned, minted = (sum(getattr(own, name) for own in RENDER_YEARS) for name in ("burned", "minted"))
    show_chart(
        bars("RENDER", rows=len(rows), role="", signed=False),
        pl.DataFrame(rows),
        key="render-years",
        sentence=parts.plain(
            f"To 29 October 2025 {number(burned)} RENDER were burned and {number(minted)} minted to nodes: "
            f"{number(burned / minted)} burned for each one minted."
        ),
        unit="RENDER",
        source=parts.plain(RENDER_YEARS_SOURCE),
        table=pl.DataFrame(
            [
                {
                    "Year": own.label,
                    "Burned": own.burned,
                    "Minted to nodes": own.minted,
                    "Spent on the burn, USD": own.burned_usd,
                    "Mean price of the burn, USD": own.burned_usd / own.burned,
                }
                for own in RENDER_YEARS
            ]
        ),
    )
    nodes = render.YEAR_2_PAID["nodes"]
    parts.sentences(
        f"Nodes were paid less than was emitted: in the year to 19 December 2025 they were to receive "
        f"{number(nodes.emitted)} RENDER and received {number(nodes.paid)}; the rest stayed in a treasury "
        "(RNP-022, primary)."
    )
