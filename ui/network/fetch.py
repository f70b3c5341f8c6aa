"""Fetch.ai's bench: fixed beside goal-bonded inflation, supply events, municipal inflation, validators' commission."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl
import streamlit as st

from charts.bars import bars
from charts.curves import along, curves
from model import BallastError
from model.networks import fetch_bench as fetch
from model.networks.fetch_bench import GoalBonded, YearOfInflation
from model.networks.published import FETCH_FIGURES
from model.networks.tables import Row
from model.words.text import change, number, percent, percentage_points, quantity
from ui.chart import show_chart
from ui.link import Moment
from ui.network import bench as parts
from ui.network.bench import ToEconomy
from ui.network.bench_fields import NumberBox, bench_tabs
from ui.network.bench_table import bench_table

NETWORK = "fetch"
FORK = "fetchai/cosmos-sdk v0.19.4 and cosmos/cosmos-sdk, x/mint (primary)"
POINTS = "A point stands at the tick of its year and shows its end, as the table does."
WORDS = (("baseline", "Fixed"), ("scenario", "Goal-bonded"))


def bench(moment: Moment) -> None:
    """Fetch.ai's rules on typed figures; they count tokens, so no price enters."""
    ways = {
        "Inflation": _inflation,
        "Supply events": _events,
        "Municipal inflation": _municipal,
        "Validators": _validators,
    }
    for tab, part in zip(bench_tabs("fetch", list(ways)), ways.values(), strict=True):
        if tab.open:
            with tab:
                try:
                    part(moment)
                except BallastError as problem:
                    st.warning(parts.plain(str(problem)))
    parts.published_figures(FETCH_FIGURES, key="fetch")


# ---- inflation ------------------------------------------------------------------------------------------------------
def _inflation(moment: Moment) -> None:
    answer = st.container()
    left, right = st.columns(2)
    with left:
        supply = NumberBox("fetch.supply", "Supply, FET", _supply(moment), 1, 1e15, 1e6, "%.0f").show()
        rate = NumberBox("fetch.rate", "Fixed inflation a year", 0.03, 0, 1, 0.005, percent=True).show()
    with right:
        goal = _goal_settings()
    rows = bench_table(fetch.BONDED, fetch.EXAMPLE_BONDED, name="fetch.bonded", label="Bonded share by year")
    bonded = fetch.bonded_years(rows)
    if not bonded:
        parts.sentences("Type a year and its bonded share to see both rules.")
        return
    fixed = fetch.inflation_path("fixed", bonded, supply=supply, rate=rate)
    moving = fetch.inflation_path("goal-bonded", bonded, supply=supply, goal=goal)
    with answer:
        _inflation_charts(fixed, moving)
    _inflation_table(fixed, moving)
    _to_economy(rate, goal)


def _supply(moment: Moment) -> float:
    network = moment.scenario.network
    return float(network.initial["issued"]) if parts.shown_here(moment, NETWORK) else 2_719_493_897.0


def _goal_settings() -> GoalBonded:
    own = GoalBonded()
    start = NumberBox("fetch.start", "Goal-bonded: inflation at the start", own.start, 0, 1, 0.01, percent=True).show()
    change = NumberBox("fetch.change", "Most that it moves in a year", own.change, 0, 10, 0.01, percent=True).show()
    low = NumberBox("fetch.low", "Lowest inflation", own.minimum, 0, 1, 0.01, percent=True).show()
    high = NumberBox("fetch.high", "Highest inflation", own.maximum, 0, 1, 0.01, percent=True).show()
    goal = NumberBox("fetch.goal", "Goal of the bonded share", own.goal, 0.01, 1, 0.01, percent=True).show()
    return GoalBonded(start, change, low, high, goal)


def _inflation_charts(fixed: Sequence[YearOfInflation], moving: Sequence[YearOfInflation]) -> None:
    paths = {"baseline": fixed, "scenario": moving}
    days, last = [date(own.year, 1, 1) for own in fixed], moving[-1]
    minted = [sum(own.minted for own in path) for path in (fixed, moving)]
    show_chart(
        curves("inflation, % a year", WORDS, dates=True, fmt="percent"),
        along(days, {role: [own.inflation for own in path] for role, path in paths.items()}),
        key="fetch-inflation",
        sentence=parts.plain(
            f"At the end of {last.year} inflation would be {percent(last.inflation)} a year if it followed the bonded "
            f"share, against {percent(fixed[-1].inflation)} fixed."
        ),
        unit="share of supply a year",
        source=parts.plain(
            f"{FORK}. The bonded share is typed and does not answer to inflation here; a quarter is assumed, as no "
            f"bonded ratio with a date was found. {POINTS}"
        ),
    )
    show_chart(
        curves("FET", WORDS, dates=True),
        along(days, {role: [own.supply for own in path] for role, path in paths.items()}),
        key="fetch-supply-path",
        sentence=parts.plain(
            f"Until then {number(minted[1])} FET would be minted instead of {number(minted[0])}: supply would be "
            f"{change(last.supply, fixed[-1].supply)} than at the fixed rate."
        ),
        unit="FET",
        source=parts.plain(f"{FORK}, on all FET, in monthly steps. {POINTS}"),
    )


def _inflation_table(fixed: Sequence[YearOfInflation], moving: Sequence[YearOfInflation]) -> None:
    st.subheader("What changes if inflation follows the bonded share", anchor=False)
    parts.written(
        [
            {
                "Year": str(own.year),
                "Bonded share": percent(own.bonded),
                "Fixed": percent(own.inflation),
                "Goal-bonded": percent(other.inflation),
                "Difference": percentage_points(other.inflation - own.inflation),
                "Minted fixed, FET": own.minted,
                "Minted goal-bonded, FET": other.minted,
            }
            for own, other in zip(fixed, moving, strict=True)
        ]
    )


def _to_economy(rate: float, goal: GoalBonded) -> None:
    fixed = f"a fixed inflation of {percent(rate)} a year."
    parts.use_in_economy(
        ToEconomy(fetch.economy_values("fixed", rate=rate, goal=goal), fixed, NETWORK), key="fetch-fixed"
    )
    if not rate:
        return
    said = (
        f"inflation between {percent(goal.minimum)} and {percent(goal.maximum)} a year that moves by up to "
        f"{percentage_points(goal.change)} a year toward a bonded share of {percent(goal.goal)}."
    )
    parts.use_in_economy(
        ToEconomy(
            fetch.economy_values("goal-bonded", rate=rate, goal=goal),
            said,
            NETWORK,
            "above the bonded share is typed; in the economy it answers to what staking pays.",
        ),
        key="fetch-moving",
    )


# ---- supply events --------------------------------------------------------------------------------------------------
def _events(_: Moment) -> None:
    answer = st.container()
    rows = bench_table(fetch.EVENTS, fetch.EXAMPLE_EVENTS, name="fetch.events", label="Mints by vote")
    found = fetch.events(rows, before=fetch.ERC20_BEFORE_MERGER)
    if not found:
        parts.sentences("Type a mint to see what it adds.")
        return
    drawn = [
        {
            "label": f"{own.on.isoformat()} {own.title}"[:30],
            "value": own.minted,
            "text": quantity(own.minted, "FET"),
            "role": "mint",
        }
        for own in found[:20]
    ]
    with answer:
        show_chart(
            bars("FET minted by vote", rows=len(drawn), role="", signed=False),
            pl.DataFrame(drawn),
            key="fetch-mints",
            sentence=parts.plain(
                f"Votes took FET from {number(fetch.ERC20_BEFORE_MERGER)} to {number(found[-1].total)}: "
                f"{percent(found[-1].total / fetch.ERC20_BEFORE_MERGER - 1)} more, in {len(found)} mints."
            ),
            unit="FET",
            source="Fetch.ai blog, 2024-05-03 (primary); fetchai/genesis-fetchhub, fetchhub-4, proposal 33 and upgrade "
            "v0.14.0, October to November 2024 (primary; the day is approximate). Rows you type have no source.",
            table=pl.DataFrame(
                [
                    {"Day": own.on, "Event": own.title, "Minted, FET": own.minted, "Total after, FET": own.total}
                    for own in found
                ]
            ),
        )
    parts.sentences(
        "Ratios as voted: 0.433350 FET for an AGIX, 0.433226 for an OCEAN, one for 118.344 CUDOS. Ballast has both "
        "mints as proposals to be replayed: Fetch.ai's merger mint and the CUDOS mint."
    )


# ---- municipal inflation --------------------------------------------------------------------------------------------
def _municipal(_: Moment) -> None:
    answer = st.container()
    rows = bench_table(fetch.MUNICIPAL, fetch.EXAMPLE_MUNICIPAL, name="fetch.municipal", label="Municipal tokens")
    lines = fetch.municipal_lines(rows)
    with answer, st.container(key="sentence-fetch-municipal"):
        if lines:
            first = lines[0]
            parts.sentences(
                f"{first.token} would issue {number(first.block)} tokens a block and {number(first.year)} a year. Each "
                "block issues (1 + rate)^(1 / 6,311,520) - 1 of supply, so a year of blocks makes the yearly rate."
            )
        else:
            parts.sentences("Type a token to see what it issues.")
    parts.written(
        [
            {
                "Token": line.token,
                "Issued a block, share of supply": f"{line.per_block:.18f}",
                "Issued a block, tokens": line.block,
                "Issued a year, tokens": line.year,
            }
            for line in lines
        ]
    )
    parts.sentences(
        "Source and assumptions: fetchai/cosmos-sdk v0.19.4, x/mint/inflations.go (primary); MOBX and NOMX at 3% by "
        "proposal 25 and release v0.11.3; their supplies here are invented. The economy has no other tokens than FET."
    )


# ---- validators -----------------------------------------------------------------------------------------------------
def _validators(moment: Moment) -> None:
    answer = st.container()
    left, middle, right = st.columns(3)
    with left:
        rate = NumberBox("fetch.now", "Inflation a year", 0.03, 0, 1, 0.005, percent=True).show()
    with middle:
        bonded = NumberBox(
            "fetch.share", "Bonded share of supply", _bonded(moment), 0.001, 1, 0.01, percent=True
        ).show()
    with right:
        other = NumberBox("fetch.then", "Inflation under the other rule", 0.20, 0, 1, 0.01, percent=True).show()
    rows = bench_table(fetch.VALIDATORS, fetch.EXAMPLE_VALIDATORS, name="fetch.validators", label="Validators")
    if not rows:
        parts.sentences("Type a validator to see what its stake earns.")
        return
    with answer:
        _yields(rows, rate, other, bonded)
    commission = fetch.mean_commission(rows)
    said = f"shares of emission by a commission of {percent(commission)}, the mean here weighted by what is delegated."
    parts.use_in_economy(
        ToEconomy(fetch.emission_shares(commission), said, NETWORK, "one mean commission stands for all validators."),
        key="fetch-commission",
    )


def _bonded(moment: Moment) -> float:
    """Staked over circulating and staked of the scenario's network, a quarter where it is another network."""
    if not parts.shown_here(moment, NETWORK):
        return 0.25
    start = moment.scenario.network.initial
    return round(float(start["staked"] / (start["staked"] + start["float_supply"])), 4)


def _yields(rows: Sequence[Row], rate: float, other: float, bonded: float) -> None:
    now = fetch.validator_lines(rows, inflation=rate, bonded=bonded)
    _yield_chart(now, rate, bonded)
    _yield_table(now, fetch.validator_lines(rows, inflation=other, bonded=bonded), rate, other)


def _yield_chart(now: Sequence[fetch.ValidatorLine], rate: float, bonded: float) -> None:
    drawn = [
        {"label": f"{line.validator}, {word}"[:30], "value": value, "text": percent(value), "role": role}
        for line in now[:12]
        for word, value, role in (
            ("delegators", line.delegator_yield, "staked"),
            ("its own stake", line.own_yield, "scenario"),
        )
        if value == value
    ]
    best = max(now, key=lambda line: line.delegator_yield)
    show_chart(
        bars("yield, % a year", rows=len(drawn), role="", signed=False, fmt="percent"),
        pl.DataFrame(drawn),
        key="fetch-yields",
        sentence=parts.plain(
            f"At {percent(rate)} inflation and {percent(bonded)} bonded, delegators of {best.validator} would earn "
            f"{percent(best.delegator_yield)} a year, the most of these; commission goes to the validator's own stake."
        ),
        unit="share of stake a year",
        source=parts.plain(
            f"{FORK}; community tax of 2% from the genesis of fetchhub-1 (primary); commissions and stakes are typed. "
            "Without fees and compounding."
        ),
    )


def _yield_table(
    now: Sequence[fetch.ValidatorLine], then: Sequence[fetch.ValidatorLine], rate: float, other: float
) -> None:
    st.subheader("What changes if inflation follows another rule", anchor=False)
    parts.written(
        [
            {
                "Validator": line.validator,
                f"Delegators at {percent(rate)}": percent(line.delegator_yield),
                f"Delegators at {percent(other)} ": percent(after.delegator_yield),
                f"Own stake at {percent(rate)}": percent(line.own_yield),
                f"Own stake at {percent(other)} ": percent(after.own_yield),
                "Commission now, FET a year": line.commission_income,
                "Commission then, FET a year": after.commission_income,
            }
            for line, after in zip(now, then, strict=True)
        ]
    )
    parts.sentences(
        f"Supply grows by the inflation: stake that earns more than {percent(rate)} would gain share of supply, stake "
        "that earns less would lose it."
    )
