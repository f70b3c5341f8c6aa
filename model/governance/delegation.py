"""Who votes for whom: a delegate's vote carries those who delegated to it, unless they vote themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from model.errors import OutOfRangeError
from model.governance.votes import OPTIONS, Count, Votes, exact


def votes_with_override(
    stakes: Mapping[str, Count], delegates: Mapping[str, str], ballots: Sequence[tuple[str, str]]
) -> Votes:
    """Counts of a vote in which delegators may overrule their delegate.

    Livepeer counts as the ballots arrive: a delegator's vote is deducted from the delegate, whether that has voted
    already or not; Cosmos counts once at the end with the same result. The order of ballots changes nothing.
    Source: livepeer/protocol, GovernorCountingOverridable.sol; cosmos-sdk, x/gov/keeper/tally.go.

    Parameters
    ----------
    stakes
        Own stake of each holder.
    delegates
        Delegate of each holder; whoever is missing delegates to itself.
    ballots
        Holder and option, in the order in which they arrive, each holder once.

    Returns
    -------
    Votes
        With the whole stake as `electorate`.
    """
    own = {name: exact(stake, name) for name, stake in stakes.items()}
    behind = dict.fromkeys(own, Fraction(0))
    for name, stake in own.items():
        behind[_known(delegates.get(name, name), own)] += stake
    counts, deducted = dict.fromkeys(OPTIONS, Fraction(0)), dict.fromkeys(own, Fraction(0))
    cast: dict[str, str] = {}
    for name, option in ballots:
        _check(name, option, cast, own)
        delegate = delegates.get(name, name)
        if delegate == name:
            counts[option] += behind[name] - deducted[name]
        else:
            deducted[delegate] += own[name]
            if delegate in cast and delegates.get(delegate, delegate) == delegate:
                counts[cast[delegate]] -= own[name]
            counts[option] += own[name]
        cast[name] = option
    yes, no, abstain, veto = (counts[option] for option in OPTIONS)
    return Votes(yes, no, abstain, veto, electorate=sum(own.values(), Fraction(0)))


def _known(name: str, own: Mapping[str, Fraction]) -> str:
    if name not in own:
        raise OutOfRangeError(f"nobody is called {name[:40]!r}", where="delegates", allowed="a holder of the list")
    return name


def _check(name: str, option: str, cast: Mapping[str, str], own: Mapping[str, Fraction]) -> None:
    _known(name, own)
    if option not in OPTIONS:
        raise OutOfRangeError(f"{name[:40]} votes {option[:40]!r}", where="ballots", allowed=", ".join(OPTIONS))
    if name in cast:
        raise OutOfRangeError(f"{name[:40]} votes twice", where="ballots", allowed="each holder once")
