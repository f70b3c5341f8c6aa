"""Scenarios of a room: read from links, written in one form, and only those of the room's network."""

from __future__ import annotations

from model.scenario.links import read_link
from model.scenario.scenario import Scenario
from workshop import limits
from workshop.errors import WordsError, WorkshopError


def link_for(network: str, given: Scenario | str) -> str:
    """The link of a scenario in the one form that is kept.

    Parameters
    ----------
    network
        Name or identity of the room's network.
    given
        A scenario, or what somebody pasted. What an address says beside the scenario (page fields) is read by the
        screens first; a link with anything unknown in it is refused here.

    Raises
    ------
    BallastError
        For the first thing that is wrong with it, and for a scenario of another network.
    """
    if isinstance(given, str):
        if len(given) > limits.LINK:
            raise WordsError(f"the link has {len(given)} characters", allowed=f"up to {limits.LINK}")
        if not given.strip():
            raise WordsError("there is no link", todo="paste the link of a scenario")
        given = read_link(given.strip())
    if network not in (given.network.name, given.network.identity):
        raise WorkshopError(
            f"this scenario is one of {given.network.identity}, and the room is about {network}",
            where="network",
            todo=f"open it on {network} and submit it again",
        )
    link = given.to_link()
    if len(link) > limits.LINK:
        raise WordsError("the scenario is too long for a room", todo="leave out a proposal that it writes out")
    return link
