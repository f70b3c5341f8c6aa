"""Internet Computer's bench, what depends on the price: node pay, nodes that fail, cycles burned and the 70% goal."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import streamlit as st

from charts.curves import along, curves
from model.networks import icp_bench as icp
from model.networks import internet_computer as chain
from model.networks.icp_bench import Minting
from model.networks.mission_70 import NET_GOAL, NODE_RATE
from model.words.text import number, percent, quantity
from ui.chart import show_chart
from ui.link import Moment
from ui.network import bench as parts
from ui.network.bench import ToEconomy
from ui.network.bench_fields import NumberBox
from ui.network.bench_table import bench_table

NETWORK = "internet-computer"
CODE = "dfinity/ic, governance and node_rewards, 2026 (primary)"
PAPER = "Mission 70 white paper, January 2026, as reported (secondary)"
BEFORE, AFTER = "Before Mission 70", "After Mission 70"


# ---- node pay -------------------------------------------------------------------------------------------------------
CUT = NumberBox(
    "icp.cut", "Node pay after, relative to before", round(icp.NODE_PAY_CUT, 4), 0, 5, 0.05, "%.4f",
    help="Mission 70 plans 1.97 instead of 3.84% of supply; no implementing proposal was found.",
)  # fmt: skip
FLOOR = NumberBox("icp.floor", "Lowest price at which pay is converted, XDR per ICP", 0, 0, 1e6, 0.1)
BURN = NumberBox("icp.burn", "Cycles burned today, XDR a second", icp.BURN_RATE, 0, 1e6, 0.01, "%.4f")
PLANNED = NumberBox("icp.planned", "Cycles burned as planned, XDR a second", 0.77, 0, 1e6, 0.01, "%.4f")


def _price(moment: Moment) -> float:
    usd = parts.price_from_economy(moment, NETWORK, name="icp")
    price = usd / icp.USD_PER_XDR
    parts.sentences(f"That is {number(price)} XDR per ICP at {icp.USD_PER_XDR} USD per XDR.")
    return price


def node_pay(moment: Moment) -> None:
    """What a payroll in XDR mints at a price, and what nodes that fail lose."""
    answer = st.container()
    left, right = st.columns(2)
    with left:
        price = _price(moment)
    with right:
        cut, floor = CUT.show(), FLOOR.show()
    rows = bench_table(icp.PAYROLL, icp.EXAMPLE_PAYROLL, name="icp.payroll", label="Payroll, to be edited")
    xdr = 12 * icp.payroll(rows)
    made = [Minting(0.0, xdr * by, 0.0, icp.SUPPLY, floor) for by in (1.0, cut)]
    with answer:
        _node_pay_chart(price, made)
    usd = xdr * icp.USD_PER_XDR
    for key, value, word in (
        ("icp-pay-now", usd, "the payroll typed here"),
        ("icp-pay-cut", usd * cut, "the payroll typed here after the change"),
    ):
        said = f"node pay of {quantity(value, '$/year')}, {word}."
        parts.use_in_economy(ToEconomy(
                {"fiat_indexed_mint": value}, said, NETWORK,
                f"the economy fixes pay in dollars, the chain in XDR; {icp.USD_PER_XDR} USD per XDR is held.",
            ),
            key=key,
        )  # fmt: skip
    _failures()


def _node_pay_chart(price: float, made: list[Minting]) -> None:
    if not made[0].node_xdr:
        parts.sentences("Type a payroll to see what it mints.")
        return
    words = (("baseline", "Before"), ("scenario", "After"))
    grid = icp.price_grid(price)
    minted = {role: own.node_icp(grid) for (role, _), own in zip(words, made, strict=True) if own.node_xdr}
    now, half = (float(made[0].node_icp(at)) for at in (price, price / 2))
    show_chart(
        curves("ICP a year", words, across="price, XDR per ICP", log=True, rules=True),
        {"main": along(grid, minted), "rules": pl.DataFrame([{"x": price, "label": "Price"}])},
        key="icp-node-pay",
        sentence=parts.plain(
            f"Node pay of {number(made[0].node_xdr)} XDR a year mints {number(now)} ICP at {number(price)} XDR per ICP "
            f"({percent(now / icp.SUPPLY)} of supply) and would mint {number(half)} at half the price."
        ),
        unit="ICP a year",
        source=parts.plain(
            f"{CODE}; nodes: forum.dfinity.org/t/62811 (secondary); XDR a node: mean that 90 days of minting to 27 May "
            f"2026 imply (derived), as the present table was not found. {PAPER} for the cut."
        ),
    )
    after = float(made[1].node_icp(price))
    parts.written(
        parts.shares_beside({"Share of supply a year": (now / icp.SUPPLY, after / icp.SUPPLY)}, "Before", "After")
        + parts.beside(
            {
                "Node pay, XDR a year": (made[0].node_xdr, made[1].node_xdr),
                "Minted for nodes, ICP a year": (now, after),
            },
            "Before",
            "After",
        )
    )


def _failures() -> None:
    """The performance multiplier on a typed subnet."""
    st.subheader("Nodes that fail", anchor=False)
    rows = bench_table(icp.FAILURES, icp.EXAMPLE_FAILURES, name="icp.failures", label="Nodes of a subnet, to be edited")
    reference, lines = icp.failure_lines(rows)
    excess = np.round(np.linspace(0, 1, 101), 3)
    kept = np.atleast_1d(chain.node_reward_multiplier(excess))
    marks = [{"x": line.excess, "label": line.node} for line in lines[:8]]
    lost = sum(float(row["xdr"]) for row in rows) - sum(line.xdr for line in lines)
    show_chart(
        curves(
            "share of pay kept",
            (("scenario", "Kept"),),
            across="failure rate above the subnet's reference",
            fmt="percent",
            across_fmt="percent",
            rules=bool(marks),
        ),
        {"main": along(excess, {"scenario": kept}), **({"rules": pl.DataFrame(marks)} if marks else {})},
        key="icp-kept",
        sentence=parts.plain(
            f"The subnet's reference, its 75th percentile, is a failure rate of {percent(reference)}; these nodes "
            f"would lose {number(lost)} XDR a month."
        ),
        unit="share of pay kept",
        source=f"{CODE}: node_rewards. Nodes as typed; those of the start are invented.",
        table=pl.DataFrame(
            [
                {
                    "Node": line.node,
                    "Failure rate": percent(line.failure),
                    "Above the reference": percent(line.excess),
                    "Pay kept": percent(line.kept),
                    "XDR a month": line.xdr,
                }
                for line in lines
            ]
        )
        if lines
        else False,
    )


# ---- burn and goal --------------------------------------------------------------------------------------------------
def goal(moment: Moment) -> None:
    """Net inflation against the price, and where it meets the goal of Mission 70."""
    answer = st.container()
    left, right = st.columns(2)
    with left:
        price = _price(moment)
        floor = FLOOR.show()
    with right:
        burn, planned = BURN.show(), PLANNED.show()
    day = chain.day_of("2027-01-01")
    xdr = 12 * icp.payroll(icp.EXAMPLE_PAYROLL)
    before = Minting(float(chain.voting_reward_rate(day)), xdr, burn, icp.SUPPLY, floor)
    after = Minting(
        float(chain.voting_reward_rate(day, chain.MISSION_70_FACTOR)),
        xdr * icp.NODE_PAY_CUT,
        planned,
        icp.SUPPLY,
        floor,
    )
    with answer:
        _goal_chart(price, before, after)
    _burn_to_economy(moment, burn)


def _goal_chart(price: float, before: Minting, after: Minting) -> None:
    meets = after.price_of_goal()
    centre = meets if np.isfinite(meets) and meets > price * 2 else price
    grid = np.geomspace(min(price, centre) / 3, max(price, centre) * 1.6, 81)
    words = (("baseline", "Before"), ("scenario", "After"), ("goal", "Goal"))
    lines = {"baseline": before.net(grid), "scenario": after.net(grid), "goal": np.full(grid.shape, NET_GOAL)}
    at = float(after.net(price))
    side = "less" if after.voting_rate > NET_GOAL else "more"
    met = (
        f"The goal of {percent(NET_GOAL)} would be met at {number(meets)} XDR per ICP or {side}"
        if np.isfinite(meets)
        else f"No price would meet the goal of {percent(NET_GOAL)}"
    )
    rules = [{"x": price, "label": "Price"}, *([{"x": meets, "label": "Goal met"}] if np.isfinite(meets) else [])]
    show_chart(
        curves(
            "net inflation, % of supply a year",
            words,
            across="price, XDR per ICP",
            fmt="percent",
            rules=True,
        ),
        {
            "main": along(grid, lines),
            "rules": pl.DataFrame(rules),
        },
        key="icp-goal-chart",
        sentence=parts.plain(
            f"{met}; at {number(price)} XDR net inflation in January 2027 would be {percent(at)} after Mission 70 and "
            f"{percent(float(before.net(price)))} before."
        ),
        unit="share of supply a year",
        source=parts.plain(
            f"{PAPER}: goal 2.92%, node pay times {number(1.97 / 3.84)}, burn of 0.77 XDR a second; {CODE} for voting "
            "rewards, all of them disbursed; payroll as derived for May 2026."
        ),
    )
    _goal_table(price, before, after)


def _goal_table(price: float, before: Minting, after: Minting) -> None:
    """What makes up net inflation at the price, before and after."""
    st.subheader("What changes if", anchor=False)
    figures = {
        "Voting rewards, share of supply": (before.voting_rate, after.voting_rate),
        "Minted for nodes, ICP a year": (float(before.node_icp(price)), float(after.node_icp(price))),
        "Burned for cycles, ICP a year": (float(before.burned_icp(price)), float(after.burned_icp(price))),
        "Net inflation, share of supply": (float(before.net(price)), float(after.net(price))),
        "Burn that meets the goal, XDR a second": (before.needed_at(price), after.needed_at(price)),
    }
    shares = {name: pair for name, pair in figures.items() if name.endswith("share of supply")}
    amounts = {name: pair for name, pair in figures.items() if name not in shares}
    parts.written([*parts.shares_beside(shares, BEFORE, AFTER), *parts.beside(amounts, BEFORE, AFTER)])
    parts.sentences(
        f"The white paper counts node pay as {percent(NODE_RATE[date(2026, 1, 1)])} and "
        f"{percent(NODE_RATE[date(2027, 1, 1)])} of supply; here it is payroll over price, so the same plan meets its "
        "goal at one price and misses it at another."
    )


def _burn_to_economy(moment: Moment, burn: float) -> None:
    if not parts.shown_here(moment, NETWORK):
        return
    values, network = moment.scenario.values, moment.scenario.network
    demand = icp.demand_for(
        burn,
        service_price=values["cycles.service_price"],
        quality=network.initial["quality"],
        quality_elasticity=values["quality_elasticity"],
    )
    said = f"demand for cycles such that {number(burn)} XDR a second are burned on the first day."
    parts.use_in_economy(ToEconomy(
            {"cycles.demand_scale": demand}, said, NETWORK,
            "what is burned today is read as demand, which then answers to price and quality.",
        ),
        key="icp-burn",
    )  # fmt: skip
