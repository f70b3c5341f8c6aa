"""Internet Computer's bench: neurons and voting rewards under both rules, node pay, cycles burned and the 70% goal."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import streamlit as st

from charts.curves import along, curves
from model.networks import icp_bench as icp
from model.networks import internet_computer as chain
from model.networks.icp_bench import NeuronLine
from model.networks.published import ICP_FIGURES
from model.words.text import change, number, percent, percentage_points
from ui.chart import show_chart
from ui.link import Moment
from ui.network import bench as parts
from ui.network.bench import ToEconomy
from ui.network.bench_fields import DayBox, NumberBox, bench_tabs
from ui.network.bench_table import bench_table
from ui.network.icp_price import CODE, NETWORK, goal, node_pay

POWER = (float(icp.TOTAL_VOTING_POWER), 1.0, 1e12, 1e6, "%.0f")
"""Default, lowest, highest, step and format of a total of voting power."""

FACTOR = NumberBox("icp.factor", "Factor on voting rewards", chain.MISSION_70_FACTOR, 0, 2, 0.005, "%.4f")


def bench(moment: Moment) -> None:
    """Internet Computer's rules on typed figures; the price comes from the economy."""
    ways = {"Neurons": _neurons, "Voting rewards": _rewards, "Node pay": node_pay, "Burn and the 70% goal": goal}
    for tab, part in zip(bench_tabs("icp", list(ways)), ways.values(), strict=True):
        if tab.open:
            with tab:
                part(moment)
    parts.published_figures(ICP_FIGURES, key="icp")


# ---- neurons --------------------------------------------------------------------------------------------------------
def _neurons(moment: Moment) -> None:
    answer = st.container()
    on, supply, factor = _curve_settings(moment)
    left, right = st.columns(2)
    with left:
        before = NumberBox("icp.power_before", "Voting power of all neurons before, ICP", *POWER).show()
    with right:
        after = NumberBox("icp.power_after", "Voting power of all neurons after, ICP", *POWER).show()
    rows = bench_table(icp.NEURONS, icp.EXAMPLE_NEURONS, name="icp.neurons", label="Neurons, to be edited")
    lines = icp.neuron_lines(rows, on=on, supply=supply, total_before=before, total_after=after, factor=factor)
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
    counted = {"baseline": icp.delay_curve("before", years), "scenario": icp.delay_curve("after", years)}
    show_chart(
        curves(
            "voting power per ICP staked",
            (("baseline", "Before"), ("scenario", "After")),
            across="dissolve delay, years",
        ),
        along(years, counted),
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
    with left:
        day = DayBox("icp.day", "Day", network.as_of, chain.GENESIS, date(2040, 12, 31)).show()
    with middle:
        total = NumberBox("icp.supply", "Supply, ICP", supply, 1, 1e12, 1e6, "%.0f").show()
    with right:
        factor = FACTOR.show()
    return day, total, factor


def _rate(day: date, factor: float) -> float:
    """Voting rewards a year as a share of supply."""
    return float(chain.voting_reward_rate(chain.day_of(day), factor))


def _rewards(moment: Moment) -> None:
    on, supply, factor = _curve_settings(moment)
    was, now = _rate(on, 1.0), _rate(on, factor)
    _rewards_chart(on, factor)
    pools = [float(chain.daily_voting_reward(chain.day_of(on), by)) * supply for by in (1.0, factor)]
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
    parts.use_in_economy(
        ToEconomy(
            rates, said, NETWORK, "every reward counts as minted at once; on the chain it is maturity until disbursed."
        ),
        key="icp-rewards",
    )


def _rewards_chart(on: date, factor: float) -> None:
    """The rate over the years without the factor, and with it from the day it began to hold."""
    days = [chain.GENESIS + timedelta(days=30 * step) for step in range(137)]
    later = [day for day in days if day >= chain.MISSION_70]
    without = along(days, {"baseline": [_rate(day, 1.0) for day in days]})
    rates = pl.concat([without, along(later, {"scenario": [_rate(day, factor) for day in later]})])
    rules = pl.DataFrame([{"x": chain.MISSION_70, "label": "Mission 70"}, {"x": on, "label": "Day"}])
    was, now = _rate(on, 1.0), _rate(on, factor)
    show_chart(
        curves(
            "% of supply a year",
            (("baseline", "Factor 1"), ("scenario", "With factor")),
            dates=True,
            fmt="percent",
            rules=True,
        ),
        {"main": rates, "rules": rules},
        key="icp-rewards",
        sentence=parts.plain(
            f"On {on.isoformat()} voting rewards would be {percent(now)} of supply a year with a factor of "
            f"{number(factor, 4)} and {percent(was)} without: {percentage_points(was - now)} less."
        ),
        unit="share of supply a year",
        source=f"{CODE}: reward/calculation.rs; factor 0.6329 from pull request 9923.",
    )
