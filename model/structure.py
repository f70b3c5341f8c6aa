"""What a network is made of: roles, streams, vesting buckets and modules, and the rule that names their keys."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

EMISSION_FAMILIES = (
    "constant",
    "time-halving",
    "supply-halving",
    "exponential",
    "table",
    "percentage",
    "declining-percentage",
    "target-bonded",
    "target-bonded-step",
    "square-root-stake",
)
"""The schedules of section 4 that stand alone; net emission and the fiat-indexed mint add to any of them."""

READS_THE_STAKE = ("target-bonded", "target-bonded-step", "square-root-stake")
"""Schedules that need the staking module."""

READS_THE_SUPPLY = ("percentage", "declining-percentage", "target-bonded", "target-bonded-step")
"""Schedules that are a share of supply, so that no supply is a rest point."""

MODULES = (
    "staking",
    "token-pricing",
    "net-emission",
    "treasury-budget",
    "reflexive-holdings",
    "hysteresis",
    "coverage",
    "supply-events",
    "goal-bonded",
    "buyback",
)
"""Optional parts of a system; each has a neutral value at which it changes nothing."""


@dataclass(frozen=True)
class Structure:
    """The shape of one system; two networks of one shape share equations and compiled code.

    Attributes
    ----------
    roles
        Names of provider roles, in the order of the preset; one role is the textbook.
    streams
        Names of revenue streams.
    buckets
        Names of vesting buckets; may be empty.
    capacity_role
        The role whose capacity limits what can be served.
    scoring_role
        The role whose quality sets how well merit is scored, or None: scored at full contrast.
    merit_roles
        Roles inside which units of high and low quality compete for pay.
    emission
        One of `EMISSION_FAMILIES`.
    table_years
        Length of the emission table where `emission` is "table", else 0.
    modules
        The optional parts in use.
    labels
        What a role, stream or bucket is called in words, by its name; the name itself where it is left out.
    """

    roles: tuple[str, ...] = ("providers",)
    streams: tuple[str, ...] = ("jobs",)
    buckets: tuple[str, ...] = ()
    capacity_role: str = "providers"
    scoring_role: str | None = None
    merit_roles: tuple[str, ...] = ()
    emission: str = "constant"
    table_years: int = 0
    modules: frozenset[str] = field(default_factory=lambda: frozenset({"staking"}))
    labels: tuple[tuple[str, str], ...] = ()

    @property
    def one_role(self) -> bool:
        """Whether role prefixes drop."""
        return len(self.roles) == 1

    @property
    def one_stream(self) -> bool:
        """Whether stream prefixes drop."""
        return len(self.streams) == 1

    def called(self, name: str) -> str:
        """A role, stream or bucket in words, as it stands inside a sentence ("Salad jobs", "cloud engines")."""
        return dict(self.labels).get(name) or name.replace("_", " ")

    def uses(self, module: str) -> bool:
        """Whether an optional part is in use; None-like empty names are the core and always in use."""
        if module in ("", "core"):
            return True
        if module == "roles":
            return not self.one_role
        if module == "merit":
            return bool(self.merit_roles)
        if module == "vesting":
            return bool(self.buckets)
        if module.startswith("emission:"):
            return self.emission in module.removeprefix("emission:").split(",")
        if module == "goal-bonded" and "staking" not in self.modules:
            return False  # nobody bonds anything
        return module in self.modules

    def with_modules(self, modules: frozenset[str]) -> Structure:
        """The same shape with further modules, each at its neutral value until a parameter moves it."""
        return replace(self, modules=self.modules | modules)

    def key(self, word: str, *, role: str | None = None, stream: str | None = None, single: str | None = None) -> str:
        """The contract key of a parameter: prefixes drop where there is one role or one stream.

        `single` is the word that stands for a role's share where there is one role
        (`provider_fee_share` for `fee_share`).
        """
        parts: list[str] = []
        if stream is not None and not self.one_stream:
            parts.append(stream)
        if role is not None:
            if self.one_role:
                word = single or word
            else:
                parts.append(role)
        return ".".join([*parts, word])
