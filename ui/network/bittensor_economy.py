"""Bittensor bench: scoring, merit and roles of the economy set from the rules, and the economy's price in the pools."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from model import BallastError, load_network
from model.networks.bittensor.economy import (
    DEFAULT_TAKE,
    MeritFit,
    all_emission,
    in_dollars,
    merit_fit,
    role_shares,
    scoring_contrast,
    yearly_tao,
)
from model.networks.bittensor.forms import column, subnets_of
from model.networks.bittensor.rules import RULES, rule_shares
from model.networks.bittensor.snapshot import SOURCE, SUBNETS, issuance_rao, reproduced
from model.networks.bittensor.yuma_bench import agreement
from ui.link import Moment
from ui.network.bench import ToEconomy, price_from_economy, sentences, shown_here, use_in_economy, written
from ui.network.bench_fields import ChoiceBox, NumberBox
from ui.network.bittensor_shares import subnet_rows
from ui.network.bittensor_yuma import YumaRun, last_run
from ui.text import as_markdown, number, percent, quantity

NETWORK = "bittensor"
PRESS = (
    "The $52M a year of the largest subnet on the tab Emission and revenue is a press figure of June 2026: it fits "
    "Chutes at $250 a TAO, so it is probably the same subnet at another share and price."
)
QUALITY = "quality.validators"
MERIT = "models.merit_weight"
DIGITS = 4
"""Decimals with which a share goes into the economy and its link."""
MERITS = {"quality": "quality of work", "price": "moving price", "user_flow": "users' flow, where it is positive"}
RULE = ChoiceBox("merit.rule", "Rule", {key: rule.titled for key, rule in RULES.items()}, "price-burn")
MEASURE = ChoiceBox("merit.measure", "Merit is", MERITS, "quality")
TAKE = NumberBox(
    "merit.take", "Validators' take", DEFAULT_TAKE, 0, DEFAULT_TAKE, 0.01, width=200,
    help="What a validator keeps of what its delegators' stake earns; at most 18% on the chain.",
)  # fmt: skip


def economy_part(moment: Moment) -> None:
    """Into the economy, one button each, and back."""
    st.markdown(
        "The economy knows one market of miners, validators and subnet owners. What the rules do on this bench sets "
        "how well scores tell quality apart, how far pay follows merit, and what each role receives."
    )
    title, run = last_run()
    if run is not None:
        _scoring(moment, title, run)
        _roles(run)
    _merit()
    _back(moment)


def _scoring(moment: Moment, title: str, run: YumaRun) -> None:
    st.subheader("Scoring accuracy, from Yuma consensus", anchor=False)
    if run.scoring is None:
        st.markdown("Mark at least one miner of high and one of low quality on the Yuma consensus tab.")
        return
    own = moment.scenario if shown_here(moment, NETWORK) else None
    initial: Mapping[str, float] = own.initial if own else {}
    quality = float({**load_network(NETWORK).initial, **initial}.get(QUALITY, 1.0))
    found = scoring_contrast(run.scoring.contrast, quality)
    sentences(
        f'From "{title}": consensus leaves {percent(agreement(run.last))} of weight in place, and pays high and low '
        f"quality as verdicts that are right in {percent(run.scoring.accuracy)} of cases would: a contrast of "
        f"{percent(run.scoring.contrast)}, twice the accuracy minus one.",
        f"Validators of the economy work at {percent(quality)}; perfect ones would reach {percent(found)}.",
    )
    use_in_economy(
        ToEconomy(
            {"scoring_contrast": round(found, DIGITS)},
            f"scoring contrast {percent(found)}.",
            NETWORK,
            "the miners and validators of one example stand for those of every subnet.",
        ),
        key="bittensor-scoring",
    )


def _merit() -> None:
    st.subheader("Weight of merit, from a rule for subnets", anchor=False)
    with st.container(horizontal=True, gap="small"):
        rule, measure = RULE.show(), MEASURE.show()
    rows = subnet_rows()
    try:
        shares = rule_shares(rule, subnets_of(rows))
        fit = merit_fit(shares, column(rows, measure).clip(min=0.0))
    except BallastError as problem:
        st.warning(as_markdown(str(problem)))
        return
    sentences(
        _merit_words(RULES[rule].title, MERITS[measure], fit),
    )
    use_in_economy(
        ToEconomy(
            {MERIT: round(fit.weight, DIGITS)},
            f"weight of merit in miners' pay {percent(fit.weight)}.",
            NETWORK,
            "emission to a subnet stands for the pay of its miners, and a straight line for the rule.",
        ),
        key="bittensor-merit",
    )


def _merit_words(rule: str, merit: str, fit: MeritFit) -> str:
    """How emission follows merit under a rule, and how well that describes it."""
    if fit.weight >= 1:
        said = f"emission would differ between subnets at least as much as {merit} does, so all of it counts as merit"
    elif fit.weight <= 0:
        said = f"emission would not follow {merit}"
    else:
        said = f"{percent(fit.weight)} of emission would follow {merit}, the rest as if every subnet were alike"
    return f"Under {rule}, {said}; that describes {percent(fit.explained)} of the differences between subnets' shares."


def _roles(run: YumaRun) -> None:
    st.subheader("Shares of roles, from the owner's cut and consensus", anchor=False)
    shares = role_shares(run.last, run.stake, take=TAKE.show())
    names = {
        "miners": "models.emission_share",
        "validators": "validators.emission_share",
        "subnet owners": "owners.emission_share",
        "stakers": "staker_emission_share",
    }
    said = ", ".join(f"{name} {percent(shares[key])}" for name, key in names.items())
    use_in_economy(ToEconomy(
            shares, f"shares of emission: {said}.", NETWORK,
            "the owner's cut of 18% and the halves are the chain's; one example and one take stand for every subnet.",
        ),
        key="bittensor-roles",
    )  # fmt: skip


def _back(moment: Moment) -> None:
    st.subheader("The way back: the economy's price in the pools", anchor=False)
    answer = st.container()
    usd = price_from_economy(moment, NETWORK, name="bittensor")
    pools = in_dollars(
        [own.name for own in SUBNETS], [own.spot for own in SUBNETS], [own.tao_in for own in SUBNETS], reproduced(),
        tao_price=usd, tao_a_year=yearly_tao(issuance_rao()),
    )  # fmt: skip
    first = pools[0]
    with answer:
        sentences(
            f"At ${number(usd)} a TAO, one alpha of {first.name} would be worth ${number(first.alpha_price)}, its "
            f"pool hold {quantity(first.depth, '$')}, and its emission come to "
            f"{quantity(first.emission_a_year, '$/year')} of {quantity(all_emission(pools), '$/year')} for the subnets "
            "below."
        )
    written(
        [
            {
                "Subnet": row.name,
                "Alpha": quantity(row.alpha_price, "$"),
                "Both sides of the pool": quantity(row.depth, "$"),
                "Emission": quantity(row.emission_a_year, "$/year"),
            }
            for row in pools
        ]
    )
    st.markdown(as_markdown(f"Pools and shares: {SOURCE}, 2026-07-08 (primary); half a TAO a block. {PRESS}"))
