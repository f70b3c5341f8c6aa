"""Invented designs whose flaws are known beforehand."""

from __future__ import annotations

from pathlib import Path

from model import Scenario, load_network, project
from model.scorecard import Scorecard, measured
from tests.model.presets.preset_files import preset_text

ALLOCATION = """
[allocation]
launched = 2022-01-01
tokens = 100
definition = "tokens at launch"
source = "test"
grade = "invented"

[[allocation.buckets]]
name = "team"
title = "team"
group = "team"
share = {team}
tge_share = 0
cliff_months = {cliff}
vesting_months = 24
on_chain = true

[[allocation.buckets]]
name = "others"
title = "everybody else"
group = "public"
share = {rest}
tge_share = 1
on_chain = true
"""

SOUND = {"emission_rate": 0.5}
LINKED = {"revenue_linked_share": 0.5}
UNLINKED = {"revenue_linked_share": 1e-6}


def design(
    folder: Path,
    *,
    team: float = 0.15,
    cliff: float = 12,
    observed: dict[str, float] | None = None,
    parameters: dict[str, float] | None = None,
) -> Scenario:
    """A small network with an allocation of its own."""
    text = preset_text(observed=observed or LINKED, parameters={**SOUND, **(parameters or {})})
    path = folder / "design.toml"
    path.write_text(text + ALLOCATION.format(team=team, cliff=cliff, rest=1 - team), encoding="utf-8")
    return Scenario(load_network(path))


def card(scenario: Scenario, years: float = 4) -> Scorecard:
    """The scorecard of today's rules on the single path."""
    run = project(scenario.network, years=years)
    return measured(scenario, run)[0].scored()


def raised(scorecard: Scorecard) -> set[str]:
    """Keys of the flags that are raised."""
    return {flag.key for flag in scorecard.raised}
