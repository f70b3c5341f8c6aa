"""Checks of single numbers and of shares, used by presets, scenarios, links and widgets alike."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from numbers import Real
from typing import TypeGuard

import numpy as np

from model.errors import OutOfRangeError, ShareError
from model.parameters import ParameterKey, parameter_keys
from model.structure import Structure

SHARE_TOLERANCE = 1e-9


def plain(value: float) -> str:
    """A bound as a person would type it."""
    return f"{value:.6g}"


def as_percent(share: float) -> str:
    """A share in a refusal, exact enough to see what is missing: 0.6 -> "60%", 1.00001 -> "100.001%"."""
    return f"{100 * share:.6g}%"


def _written(concrete: ParameterKey, value: float) -> str:
    return as_percent(value) if concrete.declared.format == "percent" else plain(value)


def _allowed(concrete: ParameterKey) -> str:
    """The hard bounds with their unit: "0% to 100%", "0% to 500% a year", "1 to 100, years"."""
    declared = concrete.declared
    bounds = f"{_written(concrete, declared.minimum)} to {_written(concrete, declared.maximum)}"
    if declared.format != "percent":
        return f"{bounds}, {declared.unit}"
    return f"{bounds} a year" if declared.unit == "1/yr" else bounds


def revenue_of(structure: Structure, stream: str) -> str:
    """The revenue that shares divide, in words."""
    return "revenue" if structure.one_stream else f"the revenue of {structure.called(stream)}"


def labels_of(structure: Structure, keys: Iterable[str]) -> str:
    """Labels of some keys, for a sentence."""
    known = parameter_keys(structure)
    return ", ".join(known[key].label for key in keys)


def is_number(value: object) -> TypeGuard[float]:
    """Whether a value is a real number, of Python or of NumPy; truth values are none."""
    return isinstance(value, Real) and not isinstance(value, bool)


def as_date(value: object, where: str) -> dt.date:
    """A day: a date, a moment of one, or ISO text.

    Raises
    ------
    OutOfRangeError
        For anything else.
    """
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[D]").item()
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError:
        raise OutOfRangeError(
            f"{str(value)[:30]!r} is not a date", where=where, allowed='a datetime.date, or text such as "2030-01-31"'
        ) from None


def as_float(value: float) -> float:
    """A number as a float; infinite where a float cannot hold it."""
    try:
        return float(value)
    except OverflowError:
        return math.inf


def check_number(concrete: ParameterKey, value: object) -> float:
    """A finite number within the hard bounds of a parameter.

    Raises
    ------
    OutOfRangeError
        Otherwise, with what is allowed.
    """
    declared, allowed = concrete.declared, _allowed(concrete)
    if not is_number(value):
        raise OutOfRangeError(
            f"{concrete.label} is {str(value)[:40]!r}, which is not a number",
            where=concrete.key,
            allowed=allowed,
            todo="enter a number",
        )
    number = as_float(value)
    if not math.isfinite(number):
        raise OutOfRangeError(
            f"{concrete.label} is not a finite number",
            where=concrete.key,
            allowed=allowed,
            todo="enter a number",
        )
    if not declared.minimum <= number <= declared.maximum:
        raise OutOfRangeError(
            f"{concrete.label} is {_written(concrete, number)}",
            where=concrete.key,
            allowed=allowed,
            todo="move it into that range",
        )
    return number


def fee_share_keys(structure: Structure, stream: str) -> dict[str, list[str]]:
    """Keys of the shares of a stream's revenue by who receives them: burn, providers, stakers, treasury."""
    return {
        "burn": [structure.key("burn_share", stream=stream)],
        "providers": [
            structure.key("fee_share", stream=stream, role=role, single="provider_fee_share")
            for role in structure.roles
        ],
        "stakers": [structure.key("staker_fee_share", stream=stream)],
        "treasury": [structure.key("treasury_fee_share", stream=stream)],
    }


def emission_share_keys(structure: Structure) -> dict[str, list[str]]:
    """Keys of the shares of emission by who receives them."""
    return {
        "providers": [
            structure.key("emission_share", role=role, single="provider_emission_share") for role in structure.roles
        ],
        "stakers": ["staker_emission_share"],
        "treasury": ["treasury_emission_share"],
        "users": ["user_emission_share"],
    }


def check_shares(structure: Structure, values: Mapping[str, float]) -> None:
    """Shares of each stream's revenue and of emission sum to one.

    Raises
    ------
    ShareError
        Naming the stream and the sum.
    """
    groups = [(revenue_of(structure, stream), fee_share_keys(structure, stream)) for stream in structure.streams]
    for name, keys in [*groups, ("emission", emission_share_keys(structure))]:
        members = [key for part in keys.values() for key in part]
        total = math.fsum(values[key] for key in members)
        if abs(total - 1) > SHARE_TOLERANCE:
            raise ShareError(
                f"the shares of {name} sum to {as_percent(total)}: {labels_of(structure, members)}",
                where=", ".join(members),
                allowed="a sum of 100%",
                todo="change one of them or name who pays",
            )
