"""Facts of a network's schedule, which nobody votes on: its age and its published table."""

from __future__ import annotations

from functools import partial

from model.parameters.declaration import Parameter
from model.parameters.sources import RENDER_TABLE, SPECIFICATION

_assumption = partial(Parameter, kind="assumption", group="Issuance", shown="hidden")

SCHEDULE: tuple[Parameter, ...] = (
    _assumption(
        word="schedule_age",
        symbol=r"t_0",
        label="Age of the schedule at the start",
        unit="years",
        what="How long the emission schedule had run when the projection starts.",
        enters="Shifts the clock of halvings and of the emission table.",
        why_range="A fact of the network, not a choice.",
        default=0.0,
        minimum=0,
        maximum=100,
        usual_minimum=0,
        usual_maximum=10,
        step=0.01,
        format="years",
        source=SPECIFICATION,
        module="emission:time-halving,table,declining-percentage",
    ),
    _assumption(
        word="emission_table",
        symbol=r"M_{i}",
        label="Emission of table year",
        unit="tokens/yr",
        what="Scheduled emission of one year of the published table.",
        enters="Read by the year in which the step begins.",
        why_range="A fact of the network; move the emission multiplier to change the level.",
        default=0.0,
        minimum=0,
        maximum=1e15,
        usual_minimum=0,
        usual_maximum=3,
        step=0.05,
        format="tokens",
        source=RENDER_TABLE,
        scope="table-year",
        scale="value",
        module="emission:table",
    ),
)
