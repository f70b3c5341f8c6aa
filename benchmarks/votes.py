"""Chance of passing on one list of 2,000 holders, solved and simulated."""

from __future__ import annotations

from benchmarks.machine import median_seconds
from model.governance import RULES
from model.governance.chance import chance
from model.governance.holders import Bucket, Plan
from model.governance.one_vote import one_vote
from model.governance.support import Support
from model.governance.turnout import Turnout

PLAN = Plan((Bucket("passive", 6e6, 1500), Bucket("stakers", 4e6, 500)))


def vote_rows() -> list[tuple[str, float]]:
    """(what, seconds) of one list: drawing it and finding the chance of passing under a quorum and a majority."""
    support = Support(lean={"passive": 0.6, "stakers": 0.45})

    def solved() -> None:
        chance(one_vote(RULES["openzeppelin"], PLAN.draw(1), Turnout(0.06), support))

    def held() -> None:
        chance(one_vote(RULES["openzeppelin"], PLAN.draw(1), Turnout(0.06), support), method="simulated", times=20_000)

    return [
        ("chance of passing on a list of 2,000 holders, solved", median_seconds(solved, 9)),
        ("the same vote held 20,000 times, holder by holder", median_seconds(held, 3)),
    ]
