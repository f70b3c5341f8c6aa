"""What the declared affiliates of a proposal would take of the gains that its run shows."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from model.errors import BallastError, OutOfRangeError
from model.governance.capture import Flow, Taking, taking
from model.proposals.proposal import Affiliate, Proposal
from model.words.text import number, percent


def affiliates_of(proposals: Sequence[Proposal]) -> tuple[Affiliate, ...] | None:
    """Declared affiliates of all proposals together; None where one of them says nothing, or there is none."""
    if not proposals or any(proposal.affiliates is None for proposal in proposals):
        return None
    return tuple(one for proposal in proposals for one in proposal.affiliates or ())


def flows_of(gains: pl.DataFrame, affiliates: Sequence[Affiliate]) -> list[Flow]:
    """Every group of a table of gains in two parts, what affiliates hold of it and the rest.

    Parameters
    ----------
    gains
        Columns group, label, base (what it has in the baseline, USD) and difference (USD).

    Raises
    ------
    OutOfRangeError
        When affiliates are declared of a group that the table does not have, or of more than all of one.
    """
    known = gains["group"].to_list()
    shares = dict.fromkeys(known, 0.0)
    for one in affiliates:
        if one.of not in shares:
            raise OutOfRangeError(
                f"affiliates are declared of {one.of!r}", where="affiliates", allowed=", ".join(known)
            )
        shares[one.of] += one.share
    flows = []
    for row in gains.iter_rows(named=True):
        share = shares[row["group"]]
        if share > 1 + 1e-9:
            raise OutOfRangeError(
                f"affiliates have {share:.3g} of {row['label']}", where="affiliates", allowed="at most 1"
            )
        base = max(row["base"] or 0.0, 0.0)
        for part, affiliated in ((share, True), (1 - share, False)):
            flows.append(Flow(row["label"], part * base, part * (base + row["difference"]), affiliated))
    return flows


def taking_of(gains: pl.DataFrame, affiliates: Sequence[Affiliate]) -> Taking | None:
    """What declared affiliates take of all gains; None where nobody gains."""
    flows = flows_of(gains, affiliates)
    if all(flow.after <= flow.before for flow in flows):
        return None
    return taking(flows)


def interest_words(gains: pl.DataFrame, proposals: Sequence[Proposal]) -> str:
    """Whose interest a proposal would serve, in a sentence; unknown unless its affiliates are declared."""
    declared = affiliates_of(proposals)
    if declared is None:
        return "Whose interest it would serve is unknown: nobody declared who is affiliated with the proposers."
    if not declared:
        return "The proposers declared that they hold no part of any group that gains or loses."
    try:
        found = taking_of(gains, declared)
    except BallastError as problem:
        return str(problem)
    if found is None:
        return "Nobody would gain, so nothing would go to the declared affiliates."
    lift = "" if found.lift is None else f", {number(found.lift)} times their share today"
    return f"Of all gains {percent(found.capture)} would go to declared affiliates{lift}."
