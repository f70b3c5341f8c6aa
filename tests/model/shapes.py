"""Structures that together use every family, module and index of the model."""

from __future__ import annotations

from dataclasses import replace

from model.structure import EMISSION_FAMILIES, MODULES, Structure

STAKING = frozenset({"staking"})

FOUR_ROLES = ("compute", "data", "models", "validators")

EVERYTHING = Structure(
    roles=FOUR_ROLES,
    streams=("jobs", "cloud_engines"),
    buckets=("team", "investors"),
    capacity_role="compute",
    scoring_role="validators",
    merit_roles=("models", "data"),
    emission="table",
    table_years=3,
    modules=frozenset(MODULES),
)
"""All that a structure can have at once; only the emission family is one of many."""


def of_family(family: str, base: Structure) -> Structure:
    """The same structure with another emission family."""
    return replace(base, emission=family, table_years=3 if family == "table" else 0)


FAMILIES = tuple(of_family(family, Structure()) for family in EMISSION_FAMILIES)
"""One role, one stream, stake: every emission family."""

FULL_FAMILIES = tuple(of_family(family, EVERYTHING) for family in EMISSION_FAMILIES)
"""Everything at once, with every emission family."""

SINGLE_MODULES = tuple(Structure(modules=STAKING | {module}) for module in MODULES)
"""One module beside the core."""

OTHERS = (
    Structure(modules=frozenset()),
    Structure(buckets=("team",)),
    Structure(merit_roles=("providers",)),
    Structure(merit_roles=("providers",), scoring_role="providers"),
    Structure(streams=("cycles", "cloud_engines"), modules=frozenset({"coverage", "token-pricing"})),
    Structure(roles=("compute", "validators"), capacity_role="validators"),
    Structure(roles=("compute", "validators"), capacity_role="compute", modules=frozenset()),
    Structure(roles=FOUR_ROLES, capacity_role="compute", merit_roles=FOUR_ROLES),
)

COVERING = tuple(dict.fromkeys((*FAMILIES, *FULL_FAMILIES, *SINGLE_MODULES, *OTHERS)))


def name_of(shape: Structure) -> str:
    """A short name for a test."""
    roles = f"{len(shape.roles)}r{len(shape.merit_roles)}m" if shape.merit_roles else f"{len(shape.roles)}r"
    modules = "all" if shape.modules >= frozenset(MODULES) else "+".join(sorted(shape.modules)) or "bare"
    return f"{shape.emission}-{roles}{len(shape.streams)}s{len(shape.buckets)}b-{modules}"


MIXED = tuple(
    of_family(
        family,
        Structure(
            roles=("compute", "validators"),
            streams=("jobs", "cloud_engines"),
            buckets=("team",),
            capacity_role="compute",
            scoring_role="validators",
            merit_roles=("compute",),
            modules=frozenset(MODULES),
        ),
    )
    for family in EMISSION_FAMILIES
)
"""Two of everything and every module, with every emission family; quicker to compile than `FULL_FAMILIES`."""
