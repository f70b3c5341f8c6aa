"""The eight roles of the game, in the order in which they are offered."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.errors import WorkshopError


@dataclass(frozen=True)
class Role:
    """A seat at the table.

    Attributes
    ----------
    key
        Name in the store, in files and of its brief (`docs/workshop/roles/KEY.md`).
    label
        What screens show.
    interest
        One line: what this role looks at first.
    """

    key: str
    label: str
    interest: str


ROLES: tuple[Role, ...] = (
    Role("compute-provider", "Compute provider", "pay for machines against their cost"),
    Role("data-contributor", "Data contributor", "pay for data, and whether it lasts"),
    Role("model-miner", "Model miner", "rewards for models against the work in them"),
    Role("validator", "Validator", "income from validating, and the stake it needs"),
    Role("staker", "Staker", "yield after new tokens are counted"),
    Role("user", "User", "what a job costs, and whether capacity is there"),
    Role("treasury-council", "Treasury council", "how long the treasury lasts"),
    Role("core-team", "Core team", "a network that still works in ten years"),
)
ROLE_KEYS = tuple(role.key for role in ROLES)
_BY_KEY = {role.key: role for role in ROLES}


def role_of(key: object) -> Role:
    """The role of this key.

    Raises
    ------
    WorkshopError
        For any other.
    """
    found = _BY_KEY.get(key) if isinstance(key, str) else None
    if found is None:
        raise WorkshopError(f"there is no role {str(key)[:30]!r}", where="role", allowed=", ".join(ROLE_KEYS))
    return found
