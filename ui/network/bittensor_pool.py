"""Bittensor bench: a subnet's alpha by block, its moving price, and trades in its pool."""

from __future__ import annotations

import streamlit as st

from charts.curves import along, curves
from model import BallastError
from model.networks.bittensor.alpha_block import (
    RULE_WORDS,
    SubnetBlock,
    SubnetInput,
    alpha_split,
    blocks_by_rule,
    days_to_half,
    moving_price_path,
    next_halving,
    root_is_paid,
)
from model.networks.bittensor.emission import RAO
from model.networks.bittensor.forms import TRADE_FORM, TRADE_ROWS, trades_of
from model.networks.bittensor.injection import INJECTION_RULES, InjectionRule
from model.networks.bittensor.pool import pool_price
from model.networks.bittensor.pool_trades import TradeResult, run_trades, sizes_up_to, slippage_curve
from model.networks.bittensor.snapshot import SOURCE, SUBNETS, SnapshotSubnet
from model.words.text import exact
from ui.chart import show_chart
from ui.link import Moment
from ui.network.bench import sentences, written
from ui.network.bench_fields import ChoiceBox, CountBox, NumberBox
from ui.network.bench_table import bench_table
from ui.text import as_markdown, number, percent

DOUBLE = 2
"""The price to which the moving price is first shown to follow, over today's."""

WIDTH = 190
_DAYS = list(range(0, 181, 5))
_FROM = f"{SOURCE}, 2026-07-08 (primary)"


def pool_part(_: Moment) -> None:
    """One subnet: what a block does for it, how its moving price follows, what a trade moves."""
    names = {str(own.number): own.name for own in SUBNETS}
    picked = ChoiceBox("pool.subnet", "Subnet, as published on 8 July 2026", names, next(iter(names))).show()
    own = next(own for own in SUBNETS if str(own.number) == picked)
    _trades(own)
    _block(own)
    _moving(own)
    _halving()


def _of(
    own: SnapshotSubnet, word: str, label: str, value: float, high: float, step: float, text: str, width: int = WIDTH
) -> float:
    """A figure of this subnet, to be typed over."""
    return NumberBox(f"pool.{word}.{own.number}", label, value, 0, high, step, text, width).show()


# ---- pool -----------------------------------------------------------------------------------------------------------
def _trades(own: SnapshotSubnet) -> None:
    st.subheader("Pool and trades", anchor=False)
    answer = st.container()
    with st.container(horizontal=True, gap="small"):
        tao = NumberBox(f"pool.tao.{own.number}", "TAO in the pool", own.tao_in, 0.001, 1e8, 1000, "%.2f", WIDTH).show()
        alpha = NumberBox(
            f"pool.alpha.{own.number}", "Alpha in the pool", own.alpha_in, 0.001, 1e9, 1000, "%.2f", WIDTH
        ).show()
        weight = NumberBox("pool.weight", "Weight of TAO", 0.5, 0.01, 0.99, 0.01, "%.2f", WIDTH).show()
        most = NumberBox("pool.most", "Largest trade drawn, TAO", 20_000, 1, 1e7, 1000, "%.0f", WIDTH).show()
    st.markdown("Trades, one after another:")
    rows = bench_table(TRADE_FORM, TRADE_ROWS, name="pool.trades", label="Trades in the pool, one after another")
    with answer:
        try:
            done = run_trades(tao, alpha, trades_of(rows), tao_weight=weight)
            sizes = sizes_up_to(most)
            slippage = slippage_curve(tao, alpha, sizes, tao_weight=weight)
        except BallastError as problem:
            st.warning(as_markdown(str(problem)))
            return
        price = float(pool_price(tao, alpha, weight))
        ends = f", and {number(done[-1].price)} after these trades" if done else ""
        said = (
            f"One alpha of {own.name} would cost {number(price)} TAO{ends}; a purchase of {number(sizes[-1])} TAO "
            f"would pay {percent(slippage['buy'][-1])} more than that, a sale of the same size receive "
            f"{percent(slippage['sell'][-1])} less."
        )
        _slippage(said, sizes, {"scenario": slippage["buy"], "comparison": slippage["sell"]})
        if done:
            written([_trade_row(place, row) for place, row in enumerate(done, start=1)])


def _slippage(said: str, sizes: list[float], series: dict[str, list[float]]) -> None:
    words = (("scenario", "purchase"), ("comparison", "sale"))
    show_chart(
        curves("worse than the price before", words, across="size of the trade, TAO", fmt="percent"),
        along(sizes, series),
        key="pool-slippage",
        sentence=as_markdown(said),
        unit="share of the price before, fee included",
        source=as_markdown(
            f"reserves: {_FROM}; fee 33 / 65,535 on what is paid in: subtensor, balancer.rs (2026-06-30, primary)."
        ),
    )


def _trade_row(place: int, row: TradeResult) -> dict[str, str]:
    return {
        "Trade": f"{place}. {row.side}",
        "Paid in": exact(row.paid),
        "Received": number(row.received, 6),
        "TAO per alpha": number(row.average, 5),
        "Slippage": percent(row.slippage),
        "Price afterwards, TAO": number(row.price, 5),
    }


# ---- a block --------------------------------------------------------------------------------------------------------
def _block(own: SnapshotSubnet) -> None:
    st.subheader("Alpha of a block", anchor=False)
    answer = st.container()
    with st.container(horizontal=True, gap="small"):
        share = _of(own, "share", "Share of TAO emission", own.share, 1, 0.01, "%.6f")
        price = _of(own, "price", "Price, TAO per alpha", own.spot, 10, 0.001, "%.6f")
        issued = _of(own, "issued", "Alpha issued", own.alpha_issued, 21e6, 1000, "%.2f")
        total = NumberBox("pool.sum", "Sum of moving prices, TAO", 1.4037, 0, 128, 0.1, "%.4f", WIDTH).show()
    known = SubnetInput(share, price, issued)
    blocks = blocks_by_rule(known)
    now, root_paid = blocks["root-proportion"], root_is_paid(total)
    split = alpha_split(known, root_is_paid=root_paid)
    paid = "is paid, because the moving prices add up to more than 1 TAO" if root_paid else "is recycled"
    with answer:
        sentences(
            f"A block would mint {number(now.alpha)} alpha for {own.name}'s participants and give it {number(now.tao)} "
            f"TAO; {number(now.tao_in)} TAO and {number(now.alpha_in)} alpha would go into the pool, and "
            f"{number(now.chain_buy)} TAO would buy alpha. Root's part of {percent(now.root_share)} of validators' pay "
            f"{paid}."
        )
        written([_block_row(rule, block) for rule, block in blocks.items()])
        parts = {"owner": split.owner, "miners": split.miners, "validators": split.validators, "root": split.root}
        parts["recycled"] = split.recycled
        written([{"Receives alpha": name, "Alpha a block": number(amount / RAO, 6)} for name, amount in parts.items()])
        sentences(f"Source: {_FROM}; subtensor, run_coinbase.rs and block_emission.rs, spec 425 (primary).")


def _block_row(rule: InjectionRule, block: SubnetBlock) -> dict[str, str]:
    return {
        "Cap on injected alpha": RULE_WORDS[rule],
        "In force since": INJECTION_RULES[rule].isoformat(),
        "Cap, alpha": number(block.cap, 5),
        "TAO into the pool": number(block.tao_in, 5),
        "Alpha into the pool": number(block.alpha_in, 5),
        "TAO that buys alpha": number(block.chain_buy, 5),
    }


# ---- moving price ---------------------------------------------------------------------------------------------------
def _moving(own: SnapshotSubnet) -> None:
    st.subheader("Moving price", anchor=False)
    answer = st.container()
    with st.container(horizontal=True, gap="small"):
        start = _of(own, "moving", "Moving price today, TAO", own.price, 1, 0.001, "%.6f")
        price = _of(own, "then", "Price in the pool from today, TAO", DOUBLE * own.price, 10, 0.001, "%.6f", 230)
        age = CountBox("pool.age", "Age of the subnet, days", 365, 0, 3650, WIDTH).show()
    path = moving_price_path(start, price, age, _DAYS)
    half = days_to_half(path, _DAYS, start, min(price, 1.0))
    said = f"half of the way after about {half} days" if half else f"less than half of the way in {_DAYS[-1]} days"
    with answer:
        show_chart(
            curves("TAO per alpha", (("scenario", "moving price"), ("baseline", "price in the pool")), across="days"),
            along(_DAYS, {"scenario": path, "baseline": [price] * len(_DAYS)}),
            key="moving-price",
            sentence=as_markdown(
                f"If the price in the pool stood at {number(price)} TAO, the moving price by which emission is divided "
                f"would go {said}, and stand at {number(path[-1])} after {_DAYS[-1]}."
            ),
            unit="TAO per alpha",
            source=as_markdown(
                f"moving price: {_FROM}; subtensor, spec 425 (primary): "
                "weight of a block 0.000003, less while a subnet is young; above 1 TAO it counts as 1."
            ),
        )


# ---- halving --------------------------------------------------------------------------------------------------------
def _halving() -> None:
    st.subheader("Halving clock", anchor=False)
    share = NumberBox(
        "pool.recycled", "Share of emission that is recycled", 0.0078, 0, 1, 0.001, "%.4f", 250,
        help="28 of 3,600 TAO a day between 8 July and 10 August 2026 (derived).",
    ).show()  # fmt: skip
    found = next_halving(share)
    without = next_halving(0.0)
    when = f"on about {found}" if found else "never, because nothing is added to issuance"
    then = f"; without recycling on about {without}" if without and share else ""
    sentences(
        f"From 11,100,767 TAO issued on 8 July 2026, the next halving at 15,750,000 would come {when}{then}. {SOURCE}, "
        "2026-07-08 (primary); recycling is derived from two readings of issuance."
    )
