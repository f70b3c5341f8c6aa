"""Emission families by their public name; they are declared in `model.equations.schedules`."""

from __future__ import annotations

from model.equations.schedules import goal_bonded, net_emission, schedule

__all__ = ["goal_bonded", "net_emission", "schedule"]
