"""How proposals ended in fact, as far as their files say."""

from __future__ import annotations

from collections.abc import Sequence

from model.proposals.proposal import Proposal

_ENDED = {"passed": "passed", "in-force": "passed and is in force", "defeated": "was defeated"}


def how_decided(proposals: Sequence[Proposal]) -> str:
    """How the proposals on screen ended in fact; "" for those that nobody decided yet."""
    told = []
    for proposal in proposals:
        if ended := _ENDED.get(proposal.status):
            day = f" on {proposal.decided.isoformat()}" if proposal.decided else ""
            told.append(f"On record, {proposal.title} {ended}{day}; its count of votes is not in the file.")
    return " ".join(told)
