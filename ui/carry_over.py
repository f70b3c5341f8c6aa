"""What of a scenario comes along to another network: what means the same there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from model import BallastError, Scenario, load_network
from model.parameters import parameter_keys
from model.scenario.links import read_fields
from ui.link import spelled_out


def carried(shown: Scenario, name: str) -> tuple[Scenario, str]:
    """The scenario on the network `name`, and one sentence about what stays behind; empty where nothing does."""
    network = load_network(name)
    there = {key.rpartition(".")[2] for key in network.parameters}
    made, _ = read_fields({"network": name, **_portable(shown, there)})
    made = _with_proposals(spelled_out(made), shown)
    lost = [key for key in (*shown.changes, *shown.assumptions) if key not in (*made.changes, *made.assumptions)]
    lost += [f"initial.{key}" for key in shown.initial]
    lost += [part.title for part in shown.stacked if part not in made.stacked]
    return made, _left_behind(network.title, shown, lost) if lost else ""


def _with_proposals(made: Scenario, shown: Scenario) -> Scenario:
    """Proposals for any network, or for another date of the same one, come along where they can stand."""
    for part in shown.stacked:
        off = {name for name in shown.without if name.partition(":")[0] == part.name}
        try:
            made = replace(made, proposals=(*made.stacked, part), without=made.without | off)
        except BallastError:
            continue
    return made


def _portable(shown: Scenario, there: set[str]) -> dict[str, str]:
    """Fields that mean the same on another network with the words `there`: shares and rates, no amounts."""
    keys = parameter_keys(shown.structure)
    written: Mapping[str, float] = {**shown.changes, **shown.assumptions}
    same = [key for key in written if key in keys and key.rpartition(".")[2] in there]
    fields = {key: repr(written[key]) for key in same if not keys[key].declared.scale}
    if shown.funded_by:
        fields["funded_by"] = shown.funded_by
    if shown.phase_in_years:
        fields["phase_in_years"] = repr(shown.phase_in_years)
    return fields


def _left_behind(title: str, shown: Scenario, lost: list[str]) -> str:
    keys = parameter_keys(shown.structure)
    words = [keys[key].label if key in keys else key.removeprefix("initial.").replace("_", " ") for key in lost]
    return f"Left behind, because {title} has no such setting or another size: {', '.join(words)}. Undo brings it back."
