"""Groups of a room while it makes scenarios: of mixed roles, the same for everybody who asks, kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.roles import ROLE_KEYS
from workshop.views import Person

SIZE = 4
"""People in a group; what is left over makes some groups of five or more."""


def dealt(people: Sequence[tuple[Person, float]], began: float) -> tuple[tuple[Person, ...], ...]:
    """People of a room in groups.

    Parameters
    ----------
    people
        Everybody with the time at which they joined (seconds since 1970).
    began
        When the groups began: who was there is dealt out role by role, so that roles are mixed; who comes later goes
        into the smallest group, and nobody changes theirs.
    """
    there = sorted(
        (person for person, joined in people if joined <= began),
        key=lambda person: (ROLE_KEYS.index(person.role.key), person.number),
    )
    groups: list[list[Person]] = [[] for _ in range(max(1, len(there) // SIZE))]
    for place, person in enumerate(there):
        groups[place % len(groups)].append(person)
    for person in sorted((one for one, joined in people if joined > began), key=lambda one: one.number):
        min(groups, key=len).append(person)
    return tuple(tuple(group) for group in groups if group)
