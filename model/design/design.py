"""A network that does not exist yet: what its founders say about it, as the text of a preset file."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
import zlib
from typing import Annotated, Any, Literal

import tomlkit
from pydantic import ConfigDict, Field, ValidationError, model_validator

from model.errors import PresetError
from model.parameters import parameter_keys
from model.presets.evidence import Group
from model.presets.files import FOLDER, read_network
from model.presets.form_parts import StrictForm
from model.presets.network import Network
from model.proposals.draft import slug
from model.structure import Structure

ARCHETYPES = ("payment", "staking", "governance", "revenue-share")
"""Networks whose reactions a design borrows until it has a history of its own."""

Share = Annotated[float, Field(ge=0, le=1)]
Tokens = Annotated[float, Field(ge=0, le=1e18)]
Title = Annotated[str, Field(min_length=1, max_length=24)]

_OWN = frozenset(
    {"burn_share", "fee_share", "provider_fee_share", "staker_fee_share", "treasury_fee_share", "emission_share",
     "provider_emission_share", "staker_emission_share", "treasury_emission_share", "user_emission_share",
     "emission_rate", "unit_cost"}
)  # fmt: skip
"""What a design says itself; everything else that the archetype's file gives is borrowed."""

SOURCE = "founders"

_NOBODY_WAITS = (
    "Holders are assumed to want no more tokens than on the first day: what unlocks and what is emitted weighs on the "
    "price until use has grown into it."
)


class _Strict(StrictForm):
    model_config = ConfigDict(allow_inf_nan=False)


class RoleDesign(_Strict):
    """Who is paid for work.

    Attributes
    ----------
    cost
        USD a year that the work of all of them costs on the first day.
    fee_weight, emission_weight
        How what providers receive of revenue and of emission is divided; any scale.
    """

    title: Title
    cost: Annotated[float, Field(gt=0, le=1e15)]
    fee_weight: Annotated[float, Field(ge=0, le=1e6)] = 1.0
    emission_weight: Annotated[float, Field(ge=0, le=1e6)] = 1.0


class StreamDesign(_Strict):
    """Who pays: USD a year on the first day, and the part that buys and burns tokens."""

    title: Title
    revenue: Annotated[float, Field(gt=0, le=1e15)]
    burn_share: Share = 0.0


class BucketDesign(_Strict):
    """Who is given which part of the first supply, and when it may be sold."""

    title: Title
    group: Group
    share: Share
    tge_share: Share = 0.0
    cliff_months: Annotated[float, Field(ge=0, le=600)] = 0.0
    vesting_months: Annotated[float, Field(ge=0, le=600)] = 0.0


class Design(_Strict):
    """Everything that founders say.

    Attributes
    ----------
    price
        USD per token that they expect at launch; everything measured in USD hangs on it.
    supply
        Tokens on the first day, vesting ones among them.
    staked_share
        Of the tokens that are free on the first day.
    staker_fee_share, treasury_fee_share
        Of the revenue that is not burned; providers receive the rest.
    staker_emission_share, treasury_emission_share
        Of emission; providers receive the rest.
    demand_growth
        A year, continuous.
    """

    title: Annotated[str, Field(min_length=1, max_length=60)] = "New network"
    token: Annotated[str, Field(pattern=r"^[A-Za-z0-9]{1,10}$")] = "NEW"
    archetype: Literal["payment", "staking", "governance", "revenue-share"] = "payment"
    launch: dt.date = dt.date(2027, 1, 1)
    price: Annotated[float, Field(gt=0, le=1e9)] = 1.0
    supply: Annotated[float, Field(gt=0, le=1e18)] = 100e6
    staked_share: Annotated[float, Field(ge=0, lt=1)] = 0.3
    emission: Tokens = 4e6
    staker_emission_share: Share = 0.2
    treasury_emission_share: Share = 0.1
    staker_fee_share: Share = 0.1
    treasury_fee_share: Share = 0.1
    demand_growth: Annotated[float, Field(ge=-0.5, le=1)] = 0.15
    roles: Annotated[tuple[RoleDesign, ...], Field(min_length=1, max_length=4)] = (
        RoleDesign(title="compute providers", cost=8e6),
    )
    streams: Annotated[tuple[StreamDesign, ...], Field(min_length=1, max_length=3)] = (
        StreamDesign(title="jobs", revenue=12e6, burn_share=0.2),
    )
    buckets: Annotated[tuple[BucketDesign, ...], Field(min_length=1, max_length=8)] = (
        BucketDesign(title="team", group="team", share=0.18, cliff_months=12, vesting_months=36),
        BucketDesign(title="investors", group="investors", share=0.15, cliff_months=12, vesting_months=24),
        BucketDesign(title="treasury", group="foundation", share=0.22, tge_share=0.2, vesting_months=48),
        BucketDesign(title="community", group="community", share=0.35, tge_share=0.3, vesting_months=48),
        BucketDesign(title="public sale", group="public", share=0.10, tge_share=1.0),
    )

    @model_validator(mode="after")
    def _parts_fit(self) -> Design:
        for part, what in ((self.roles, "roles"), (self.streams, "streams"), (self.buckets, "buckets")):
            names = [_name(entry.title) for entry in part]
            if len(set(names)) < len(names):
                raise ValueError(f"two {what} have the same name")
        total = sum(bucket.share for bucket in self.buckets)
        if abs(total - 1) > 1e-6:
            raise ValueError(f"the shares of the buckets add up to {100 * total:.4g}%, not 100%")
        for first, second, of in (
            ("staker_fee_share", "treasury_fee_share", "revenue"),
            ("staker_emission_share", "treasury_emission_share", "emission"),
        ):
            if getattr(self, first) + getattr(self, second) > 1:
                raise ValueError(f"stakers and treasury would receive more than all {of}")
        if self.free <= 0:
            raise ValueError("no token would be free on the first day, so there would be no price")
        return self

    # ---- the first day --------------------------------------------------------------------------------
    @property
    def free(self) -> float:
        """Tokens in other hands than the foundation's that are free on the first day."""
        return self.supply * sum(b.share * b.tge_share for b in self.buckets if b.group != "foundation")

    @property
    def treasury(self) -> float:
        """Tokens of the foundation that are free on the first day."""
        return self.supply * sum(b.share * b.tge_share for b in self.buckets if b.group == "foundation")

    @property
    def name(self) -> str:
        """Name of the preset: small letters, digits and hyphens."""
        return slug(self.title, otherwise="new-network")


def design_of(fields: dict[str, Any]) -> Design:
    """A design from fields of a form or of a link.

    Raises
    ------
    PresetError
        With one sentence about the first thing that is wrong.
    """
    try:
        return Design.model_validate(fields)
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ", ".join(f"row {part + 1}" if isinstance(part, int) else part for part in first["loc"])
        told = first["msg"].removeprefix("Value error, ")
        if first["type"] in ("too_short", "too_long"):
            limit = first["ctx"].get("min_length", first["ctx"].get("max_length"))
            told = f"{'at least' if first['type'] == 'too_short' else 'at most'} {limit} in the table"
        words = f"{where.replace('_', ' ')}: {told}" if where else told
        raise PresetError(words[:1].lower() + words[1:], todo="correct it") from None


def network_of(design: Design) -> Network:
    """The network of a design, calibrated.

    Raises
    ------
    PresetError
        Where no network can be made of it.
    """
    return read_network(to_toml(design), where="design")


# ---- the file -------------------------------------------------------------------------------------------
def to_toml(design: Design) -> str:
    """A preset file that founders can go on editing: their own figures, and what is borrowed from the archetype."""
    base = tomllib.loads((FOLDER / f"{design.archetype}.toml").read_text())
    structure = _structure(design, base)
    file: dict[str, Any] = {
        "name": design.name,
        "title": design.title,
        "kind": "archetype",
        "token": design.token,
        "summary": f"A design of {design.launch:%B %Y}: reactions are borrowed from the {base['title'].lower()}.",
        "as_of": design.launch,
        "token_model": base["token_model"],
        "fee_balance": base["fee_balance"],
        "emission_balance": base["emission_balance"],
        "default_source": SOURCE,
        "default_grade": "assumed",
        "judgement_calls": [_NOBODY_WAITS, *base["judgement_calls"]],
        "not_modelled": list(base["not_modelled"]),
        "sources": {
            SOURCE: {"title": f"What the founders of {design.title} expect", "date": design.launch.isoformat()},
            "archetype": {"title": f"Ballast, {base['title'].lower()}", "date": str(base["as_of"])},
        },
        "structure": structure,
        "observed": _observed(design, base),
        "parameters": _parameters(design, base, structure),
        "allocation": _allocation(design),
    }
    return tomlkit.dumps(file)


def _name(title: str) -> str:
    """A title as a name of a role, stream or bucket."""
    plain = re.sub(r"[^a-z0-9]+", "_", title.lower()).strip("_") or f"{zlib.crc32(title.encode()):x}"
    return plain if plain[:1].isalpha() else f"x_{plain}".rstrip("_")


def _vesting(design: Design) -> list[BucketDesign]:
    return [bucket for bucket in design.buckets if bucket.share > 0 and bucket.tge_share < 1]


def _bucket_name(bucket: BucketDesign) -> str:
    return f"{_name(bucket.title)}_tokens"


def _structure(design: Design, base: dict[str, Any]) -> dict[str, Any]:
    roles = {_name(role.title): role.title for role in design.roles}
    streams = {_name(stream.title): stream.title for stream in design.streams}
    own = base.get("structure", {})
    return {
        "roles": list(roles),
        "streams": list(streams),
        "capacity_role": next(iter(roles)),
        "emission": "constant",
        "modules": list(own.get("modules", ["staking"])),
        "buckets": [_bucket_name(bucket) for bucket in _vesting(design)],
        "labels": {**roles, **streams, **{_bucket_name(b): b.title for b in _vesting(design)}},
    }


def _figure(value: float, definition: str, source: str = "") -> dict[str, Any]:
    """One line of the file; figures of the founders take the file's own source and grade."""
    table = tomlkit.inline_table()
    table.update({"value": float(value), "definition": definition})
    if source:
        table.update({"source": source, "grade": "assumed"})
    return table


def _observed(design: Design, base: dict[str, Any]) -> dict[str, Any]:
    """The first day: what is free, staked, locked and earned."""
    streams, staked = design.streams, design.staked_share * design.free
    found = {
        "price": _figure(design.price, "USD per token expected at launch"),
        "float_supply": _figure(design.free - staked, "tokens free and not staked on the first day"),
        "staked": _figure(staked, "tokens staked on the first day"),
        "treasury": _figure(design.treasury, "tokens of the foundation that are free on the first day"),
    }
    for word in ("quality", "provider_margin", "revenue_linked_share", "utilisation"):
        value = base["observed"].get(word)
        if value is not None:
            found[word] = _figure(value["value"], value.get("definition", word), "archetype")
    one = len(streams) == 1
    for stream in streams:
        key = "revenue" if one else f"revenue.{_name(stream.title)}"
        found[key] = _figure(stream.revenue, f"USD a year from {stream.title} on the first day")
    for bucket in _vesting(design):
        locked = design.supply * bucket.share * (1 - bucket.tge_share)
        found[f"locked.{_bucket_name(bucket)}"] = _figure(locked, f"tokens of {bucket.title} that vest")
    return found


def _parameters(design: Design, base: dict[str, Any], structure: dict[str, Any]) -> dict[str, Any]:
    """The design's own rules, and what the archetype gives for everything else, for each role and stream."""
    shape = Structure(
        roles=tuple(structure["roles"]), streams=tuple(structure["streams"]), buckets=tuple(structure["buckets"]),
        capacity_role=structure["capacity_role"], emission="constant", modules=frozenset(structure["modules"]),
    )  # fmt: skip
    keys = parameter_keys(shape)
    borrowed = {k: v if isinstance(v, dict) else {"value": v} for k, v in base.get("parameters", {}).items()}
    found: dict[str, Any] = {}
    for key, concrete in keys.items():
        word = concrete.declared.word
        if word in borrowed and word not in _OWN:
            given = borrowed[word]
            found[key] = _figure(given["value"], given.get("definition", word), "archetype")
    found.update(_shares(design, shape))
    found["emission_rate"] = _figure(design.emission, "tokens a year, constant")
    found["holdings_growth"] = _figure(0.0, "a year; nobody is assumed to want more tokens because more are free")
    for stream in shape.streams:
        key = shape.key("demand_growth", stream=stream)
        if key in keys:
            found[key] = _figure(design.demand_growth, "a year, continuous")
    for role, own in zip(shape.roles, design.roles, strict=True):
        found[shape.key("unit_cost", role=role)] = _figure(own.cost, "USD a year for all of them on the first day")
    for name, bucket in zip(shape.buckets, _vesting(design), strict=True):
        found[f"{name}.vesting_cliff"] = _figure(bucket.cliff_months / 12, "years until the rest begins to unlock")
        found[f"{name}.vesting_years"] = _figure(max(bucket.vesting_months / 12, 1 / 52), "years of even unlocks")
    return {key: figure for key, figure in found.items() if key in keys}


def _shares(design: Design, shape: Structure) -> dict[str, Any]:
    """Who receives revenue and emission; each adds up to one."""
    found: dict[str, Any] = {}
    fees, minted = _weights([r.fee_weight for r in design.roles]), _weights([r.emission_weight for r in design.roles])
    for stream, own in zip(shape.streams, design.streams, strict=True):
        left = 1 - own.burn_share
        rest = left * (1 - design.staker_fee_share - design.treasury_fee_share)
        of = f"of revenue from {own.title}"
        found[shape.key("burn_share", stream=stream)] = _figure(own.burn_share, of)
        for word in ("staker_fee_share", "treasury_fee_share"):
            found[shape.key(word, stream=stream)] = _figure(left * getattr(design, word), of)
        for role, weight in zip(shape.roles, fees, strict=True):
            key = shape.key("fee_share", stream=stream, role=role, single="provider_fee_share")
            found[key] = _figure(rest * weight, of)
    rest = 1 - design.staker_emission_share - design.treasury_emission_share
    found["staker_emission_share"] = _figure(design.staker_emission_share, "of emission")
    found["treasury_emission_share"] = _figure(design.treasury_emission_share, "of emission")
    for role, weight in zip(shape.roles, minted, strict=True):
        found[shape.key("emission_share", role=role, single="provider_emission_share")] = _figure(
            rest * weight, "of emission"
        )
    return found


def _weights(weights: list[float]) -> list[float]:
    whole = sum(weights)
    return [weight / whole for weight in weights] if whole > 0 else [1 / len(weights)] * len(weights)


def _allocation(design: Design) -> dict[str, Any]:
    return {
        "launched": design.launch,
        "tokens": float(design.supply),
        "definition": "tokens on the first day",
        "source": SOURCE,
        "grade": "assumed",
        "buckets": [
            {
                "name": _bucket_name(bucket),
                "title": bucket.title,
                "group": bucket.group,
                "share": float(bucket.share),
                "tge_share": float(bucket.tge_share),
                "cliff_months": float(bucket.cliff_months),
                "vesting_months": float(bucket.vesting_months),
            }
            for bucket in design.buckets
        ],
    }
