"""Internet Computer's bench: neurons and voting rewards under both rules, node pay, cycles burned and the 70% goal."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import streamlit as st

from charts.curves import curves
from model.networks import icp_bench as icp
from model.networks import internet_computer as chain
from model.networks.icp_bench import Minting, NeuronLine
from model.networks.mission_70 import NET_GOAL, NODE_RATE
from model.networks.published import ICP_FIGURES
from model.text import change, number, percent, percentage_points, quantity
from ui import bench as parts
from ui.bench import ToEconomy
from ui.chart import show_chart
from ui.link import Moment

NETWORK = "internet-computer"
CODE = "dfinity/ic, governance and node_rewards, 2026 (primary)"
PAPER = "Mission 70 white paper, January 2026, as reported (secondary)"
BEFORE, AFTER = "Before Mission 70", "After Mission 70"


def bench(moment: Moment) -> None:
    """Internet Computer's rules on typed figures; the price comes from the economy."""
    ways = {"Neurons": _neurons, "Voting rewards": _rewards, "Node pay": _node_pay, "Burn and the 70% goal": _goal}
    for tab, part in zip(st.tabs(list(ways), key="icp-parts", on_change="rerun"), ways.values(), strict=True):
        if tab.open:
            with tab:
                part(moment)
    parts.published_figures(ICP_FIGURES, key="icp")


# ---- neurons --------------------------------------------------------------------------------------------------------
def _neurons(moment: Moment) -> None:
    answer = st.container()
    on, supply, factor = _curve_settings(moment)
    left, right = st.columns(2)
    before = left.number_input(
        "Voting power of all neurons before, ICP",
        min_value=1.0,
        value=float(icp.TOTAL_VOTING_POWER),
        step=1e6,
        format="%.0f",
    )
    after = right.number_input(
        "Voting power of all neurons after, ICP",
        min_value=1.0,
        value=float(icp.TOTAL_VOTING_POWER),
        step=1e6,
        format="%.0f",
    )
    rows = parts.bench_table(icp.NEURONS, icp.EXAMPLE_NEURONS, key="icp-neurons", label="Neurons, to be edited")
    lines = icp.neuron_lines(
        rows, on=on, supply=supply, total_before=float(before), total_after=float(after), factor=factor
    )
    with answer:
        _neuron_lead(lines)
    st.subheader("What changes if the rule is Mission 70's", anchor=False)
    parts.written([_neuron_row(line) for line in lines])
    parts.sentences(
        "Yields are simple and count a neuron that votes always; they are paid as maturity. The total of voting power "
        "was published for April 2026 only; the same total is assumed for the rules before."
    )
    _delays()


def _neuron_lead(lines: tuple[NeuronLine, ...]) -> None:
    if not lines:
        parts.sentences("Type a neuron to see its voting power under both rules.")
        return
    gains = max(lines, key=lambda line: line.share[1] - line.share[0])
    loses = min(lines, key=lambda line: line.share[1] - line.share[0])
    with st.container(key="sentence-icp-neurons"):
        parts.sentences(
            f"With Mission 70 the neuron “{gains.neuron}” would hold {percent(gains.share[1])} of the voting power of "
            f"these neurons instead of {percent(gains.share[0])}, and “{loses.neuron}” {percent(loses.share[1])} "
            f"instead of {percent(loses.share[0])}."
        )


def _neuron_row(line: NeuronLine) -> dict[str, object]:
    return {
        "Neuron": line.neuron,
        "Stake, ICP": line.stake,
        "Voting power before, ICP": line.power[0],
        "Voting power after, ICP": line.power[1],
        "Voting power": change(line.power[1], line.power[0]),
        "Yield before": percent(line.earned[0]),
        "Yield after": percent(line.earned[1]),
        "Share of these neurons before": percent(line.share[0]),
        "Share of these neurons after": percent(line.share[1]),
    }


def _delays() -> None:
    """The bonus of a dissolve delay under both rules."""
    years = np.round(np.linspace(0, 8.5, 171), 3)
    rows = [
        {"x": float(x), "series": role, "value": float(value)}
        for role, rule in (("baseline", "before"), ("scenario", "after"))
        for x, value in zip(years, icp.delay_curve(rule, years), strict=True)
    ]
    show_chart(
        curves(
            "voting power per ICP staked",
            (("baseline", "Before"), ("scenario", "After")),
            across="dissolve delay, years",
        ),
        pl.DataFrame(rows),
        key="icp-delays",
        sentence=parts.plain(
            "The longest delay counts three times after Mission 70 and is reached at 2 years; before it counted twice "
            "and was reached at 8. Votes begin at 14 days instead of 6 months."
        ),
        unit="voting power per ICP staked, no age",
        source=f"{CODE}; pull request 9923, live on 23 April 2026.",
    )


# ---- voting rewards -------------------------------------------------------------------------------------------------
def _curve_settings(moment: Moment) -> tuple[date, float, float]:
    """Day, supply and factor of the reward curve."""
    network = moment.scenario.network
    supply = network.initial["issued"] if parts.shown_here(moment, NETWORK) else float(icp.SUPPLY)
    left, middle, right = st.columns(3)
    last = date(2040, 12, 31)
    on = left.date_input("Day", value=network.as_of, min_value=chain.GENESIS, max_value=last, key="icp-day")
    total = middle.number_input(
        "Supply, ICP", min_value=1.0, value=float(supply), step=1e6, format="%.0f", key="icp-supply"
    )
    factor = right.number_input(
        "Factor on voting rewards",
        min_value=0.0,
        max_value=2.0,
        value=chain.MISSION_70_FACTOR,
        step=0.005,
        format="%.4f",
        key="icp-factor",
    )
    day = on if isinstance(on, date) else network.as_of
    return day, float(total), float(factor)


def _rewards(moment: Moment) -> None:
    on, supply, factor = _curve_settings(moment)
    days = [chain.GENESIS + timedelta(days=30 * step) for step in range(137)]
    rows = [
        {"x": day, "series": role, "value": float(chain.voting_reward_rate(chain.day_of(day), by))}
        for role, by in (("baseline", 1.0), ("scenario", factor))
        for day in days
        if role == "baseline" or day >= chain.MISSION_70
    ]
    rule = [{"x": chain.MISSION_70, "label": "Mission 70"}, {"x": on, "label": "Day"}]
    was, now = (float(chain.voting_reward_rate(chain.day_of(on), by)) for by in (1.0, factor))
    pools = [float(chain.daily_voting_reward(chain.day_of(on), by)) * supply for by in (1.0, factor)]
    show_chart(
        curves(
            "% of supply a year",
            (("baseline", "Factor 1"), ("scenario", "With factor")),
            dates=True,
            fmt="percent",
            rules=True,
        ),
        {"main": pl.DataFrame(rows), "rules": pl.DataFrame(rule)},
        key="icp-rewards",
        sentence=parts.plain(
            f"On {on.isoformat()} voting rewards would be {percent(now)} of supply a year with a factor of "
            f"{number(factor, 4)} and {percent(was)} without: {percentage_points(was - now)} less."
        ),
        unit="share of supply a year",
        source=f"{CODE}: reward/calculation.rs; factor 0.6329 from pull request 9923.",
    )
    parts.written(
        parts.shares_beside({"Rate, share of supply a year": (was, now)}, "Factor 1", "With factor")
        + parts.beside(
            {
                "Pool of the day, ICP": (pools[0], pools[1]),
                "Pool of a year at this rate, ICP": (was * supply, now * supply),
            },
            "Factor 1",
            "With factor",
        )
    )
    parts.sentences("Rewards are maturity: supply grows only when somebody turns it into ICP.")
    rates = {"inflation_rate": chain.FINAL_RATE * factor, "inflation_premium": chain.FINAL_RATE * factor}
    said = (
        f"voting rewards times {number(factor, 4)}: a last rate and a premium at genesis of "
        f"{percent(rates['inflation_rate'])} each."
    )
    parts.use_in_economy(ToEconomy(rates, said, NETWORK), key="icp-rewards")


# ---- node pay -------------------------------------------------------------------------------------------------------
def _price(moment: Moment, key: str) -> float:
    usd = parts.price_from_economy(moment, NETWORK, key=key)
    price = usd / icp.USD_PER_XDR
    parts.sentences(f"That is {number(price)} XDR per ICP at {icp.USD_PER_XDR} USD per XDR.")
    return price


def _node_pay(moment: Moment) -> None:
    answer = st.container()
    left, right = st.columns(2)
    with left:
        price = _price(moment, "icp-pay")
    cut = right.number_input(
        "Node pay after, relative to before",
        min_value=0.0,
        max_value=5.0,
        value=round(icp.NODE_PAY_CUT, 4),
        step=0.05,
        format="%.4f",
        key="icp-cut",
        help="Mission 70 plans 1.97 instead of 3.84% of supply; no implementing proposal was found.",
    )
    floor = right.number_input(
        "Lowest price at which pay is converted, XDR per ICP", min_value=0.0, value=0.0, step=0.1, key="icp-floor"
    )
    rows = parts.bench_table(icp.PAYROLL, icp.EXAMPLE_PAYROLL, key="icp-payroll", label="Payroll, to be edited")
    xdr = 12 * icp.payroll(rows)
    made = [Minting(0.0, xdr * by, 0.0, icp.SUPPLY, float(floor)) for by in (1.0, float(cut))]
    with answer:
        _node_pay_chart(price, made)
    usd = xdr * icp.USD_PER_XDR
    for key, value, word in (
        ("icp-pay-now", usd, "the payroll typed here"),
        ("icp-pay-cut", usd * float(cut), "the payroll typed here after the change"),
    ):
        said = f"node pay of {quantity(value, '$/year')}, {word}."
        parts.use_in_economy(ToEconomy({"fiat_indexed_mint": value}, said, NETWORK), key=key)
    _failures()


def _node_pay_chart(price: float, made: list[Minting]) -> None:
    if not made[0].node_xdr:
        parts.sentences("Type a payroll to see what it mints.")
        return
    words = (("baseline", "Before"), ("scenario", "After"))
    grid = icp.price_grid(price)
    rows = [
        {"x": float(x), "series": role, "value": float(value)}
        for (role, _), minting in zip(words, made, strict=True)
        if minting.node_xdr
        for x, value in zip(grid, minting.node_icp(grid), strict=True)
    ]
    now, half = (float(made[0].node_icp(at)) for at in (price, price / 2))
    show_chart(
        curves("ICP a year", words, across="price, XDR per ICP", log=True, rules=True),
        {"main": pl.DataFrame(rows), "rules": pl.DataFrame([{"x": price, "label": "Price"}])},
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
    rows = parts.bench_table(
        icp.FAILURES, icp.EXAMPLE_FAILURES, key="icp-failures", label="Nodes of a subnet, to be edited"
    )
    reference, lines = icp.failure_lines(rows)
    excess = np.round(np.linspace(0, 1, 101), 3)
    kept = np.atleast_1d(chain.node_reward_multiplier(excess))
    curve = [{"x": float(x), "series": "scenario", "value": float(y)} for x, y in zip(excess, kept, strict=True)]
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
        {"main": pl.DataFrame(curve), **({"rules": pl.DataFrame(marks)} if marks else {})},
        key="icp-kept",
        sentence=parts.plain(
            f"The subnet's reference, its 75th percentile, is a failure rate of {percent(reference)}; these nodes "
            f"would lose {number(lost)} XDR a month."
        ),
        unit="share of pay kept",
        source=f"{CODE}: node_rewards.",
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
def _goal(moment: Moment) -> None:
    answer = st.container()
    left, right = st.columns(2)
    with left:
        price = _price(moment, "icp-goal")
        floor = st.number_input(
            "Lowest price at which pay is converted, XDR per ICP",
            min_value=0.0,
            value=0.0,
            step=0.1,
            key="icp-goal-floor",
        )
    burn = right.number_input(
        "Cycles burned today, XDR a second",
        min_value=0.0,
        value=icp.BURN_RATE,
        step=0.01,
        format="%.4f",
        key="icp-burn",
    )
    planned = right.number_input(
        "Cycles burned as planned, XDR a second", min_value=0.0, value=0.77, step=0.01, format="%.4f", key="icp-planned"
    )
    day = chain.day_of("2027-01-01")
    xdr = 12 * icp.payroll(icp.EXAMPLE_PAYROLL)
    before = Minting(float(chain.voting_reward_rate(day)), xdr, float(burn), icp.SUPPLY, float(floor))
    after = Minting(
        float(chain.voting_reward_rate(day, chain.MISSION_70_FACTOR)),
        xdr * icp.NODE_PAY_CUT,
        float(planned),
        icp.SUPPLY,
        float(floor),
    )
    with answer:
        _goal_chart(price, before, after)
    _burn_to_economy(moment, float(burn))


def _goal_chart(price: float, before: Minting, after: Minting) -> None:
    meets = after.price_of_goal()
    centre = meets if np.isfinite(meets) and meets > price * 2 else price
    grid = np.geomspace(min(price, centre) / 3, max(price, centre) * 1.6, 81)
    words = (("baseline", "Before"), ("scenario", "After"), ("goal", "Goal"))
    lines = (before.net(grid), after.net(grid), np.full(grid.shape, NET_GOAL))
    rows = [
        {"x": float(x), "series": role, "value": float(value)}
        for (role, _), values in zip(words, lines, strict=True)
        for x, value in zip(grid, values, strict=True)
    ]
    at = float(after.net(price))
    side = "less" if after.voting_rate > NET_GOAL else "more"
    met = (
        f"The goal of {percent(NET_GOAL)} would be met at {number(meets)} XDR per ICP or {side}"
        if np.isfinite(meets)
        else f"No price would meet the goal of {percent(NET_GOAL)}"
    )
    rules = [{"x": price, "label": "Price"}]
    rules += [{"x": meets, "label": "Goal met"}] if np.isfinite(meets) else []
    show_chart(
        curves(
            "net inflation, % of supply a year",
            words,
            across="price, XDR per ICP",
            fmt="percent",
            rules=True,
        ),
        {
            "main": pl.DataFrame(rows),
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
    st.subheader("What changes if", anchor=False)
    figures = {
        "Voting rewards, share of supply": (before.voting_rate, after.voting_rate),
        "Minted for nodes, ICP a year": (float(before.node_icp(price)), float(after.node_icp(price))),
        "Burned for cycles, ICP a year": (float(before.burned_icp(price)), float(after.burned_icp(price))),
        "Net inflation, share of supply": (float(before.net(price)), at),
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
    parts.use_in_economy(ToEconomy({"cycles.demand_scale": demand}, said, NETWORK), key="icp-burn")
