"""What the browser draws while a lever is dragged is what the model would say with that setting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from charts.layers import Spec
from charts.live_crossing import live_crossing
from charts.live_steps import LEVERS, Equations
from charts.pictures import rows_of
from model import Scenario, load_network, network_names
from model.rest.live_flows import LiveFlows, live_flows
from model.rest.live_sentences import held_sentence
from model.rest.report import RestReport
from model.scenario.scenario import Scenario as ScenarioType
from tests.model.lowering.in_vega import MARK, as_json, written_by
from ui.equilibrium.live import SEARCH, baseline_follows, dragged_keys, live_frames, live_levers

EXACT = 1e-9


def text(*values: str) -> dict[str, Any]:
    """A layer that writes what expressions give, row by row."""
    listed = " + ',' + ".join(values)
    return {
        "transform": [{"calculate": f"'{MARK}[' + {listed} + ']{MARK}'", "as": "said"}],
        "mark": {"type": "text", "limit": 0},
        "encoding": {"text": {"field": "said", "type": "nominal"}},
    }


def quoted(field: str) -> str:
    return f"'\"' + datum.{field} + '\"'"


def equations_of(fields: LiveFlows) -> Equations:
    return Equations(fields.once, fields.price, fields.steps)


class Seen:
    """Curves, crossings and words that Vega computes for a scenario whose levers are dragged to `shown`."""

    def __init__(self, scenario: ScenarioType, baseline: ScenarioType, shown: Mapping[str, float]) -> None:
        report, today = RestReport(scenario), RestReport(baseline)
        self.fields = live_flows(scenario.system, dragged_keys(scenario))
        self.levers = list(live_levers(scenario, self.fields))
        self.data = data = live_frames(report, today, self.fields, self.levers)
        sliders = [
            replace(lever.slider, value=shown.get(lever.concrete.key, lever.slider.value)) for lever in self.levers
        ]
        low, high = data["given"].select("flow_low", "flow_high").row(0)
        spec = live_crossing(equations_of(self.fields), sliders, SEARCH, domain=(low, high))
        rows = written_by({**told(spec), "datasets": {name: rows_of(frame) for name, frame in data.items()}})
        self.curves = {
            (world, flow): np.array([row[3:] for row in rows if row[:3] == ["curve", world, flow]])
            for world in ("scenario", "baseline")
            for flow in ("mint", "burn")
        }
        self.crossing = {row[1]: (row[2] if row[3] else None) for row in rows if row[0] == "crossing"}
        self.words = {row[1]: row[4] for row in rows if row[0] == "crossing"}


def told(spec: Spec) -> Spec:
    """The same chart, which writes the numbers that it draws."""
    curves = text("'\"curve\"'", quoted("world"), quoted("flow"), as_json("datum.price"), as_json("datum.value"))
    crossing = text("'\"crossing\"'", quoted("world"), as_json("datum.crossing"), "datum.crosses", quoted("words"))
    written = iter((curves, crossing))
    computed = [
        {**group, "layer": [*group["layer"], next(written)]} if group.get("data") == {"name": "given"} else group
        for group in spec["layer"]
    ]
    assert next(written, None) is None
    return {**spec, "layer": computed, "width": 600}


def dragged(scenario: ScenarioType, part: float) -> tuple[dict[str, float], ScenarioType]:
    """Every slider at one part of its way, as shown, and the scenario with these settings."""
    shown, changes, assumptions = {}, dict(scenario.changes), dict(scenario.assumptions)
    for lever in live_levers(scenario, live_flows(scenario.system, dragged_keys(scenario))):
        at = round((lever.slider.high - lever.slider.low) * part / lever.slider.step) * lever.slider.step
        key = lever.concrete.key
        shown[key] = float(f"{lever.slider.low + at:.6g}")
        settings = changes if lever.concrete.declared.kind == "lever" else assumptions
        settings[key] = lever.scale.read(shown[key])
    return shown, replace(scenario, changes=changes, assumptions=assumptions)


def assert_drawn(seen: Seen, world: str, scenario: ScenarioType) -> None:
    """The curves and the crossing of one world are the model's."""
    flows = RestReport(scenario).today_flows
    for place, flow in enumerate(("mint", "burn")):
        drawn = seen.curves[world, flow]
        if len(drawn) == 0:
            assert not np.any(flows(np.logspace(-3, 3, 7))[place] > 0)
        else:
            prices, values = drawn.T
            np.testing.assert_allclose(values, flows(prices)[place], rtol=EXACT)
    if world in seen.crossing:
        near = RestReport(scenario).rest.today["price"]
        expected = flows.crossing(near)
        assert seen.crossing[world] == (None if expected is None else pytest.approx(expected, rel=EXACT))


@pytest.mark.parametrize("network", network_names())
def test_dragged_curves_and_their_crossing_are_the_models(network: str) -> None:
    scenario = Scenario(load_network(network))
    shown, tried = dragged(scenario, 0.37)
    seen = Seen(scenario, scenario, shown)
    assert_drawn(seen, "scenario", tried)
    before = seen.data["met"]["price"].to_list()
    expected = RestReport(scenario).crossing_today
    assert before == ([] if expected is None else [expected])
    assert_drawn(seen, "baseline", Scenario(load_network(network), assumptions=tried.assumptions))


def test_without_a_drag_there_is_nothing_but_scenario_and_baseline() -> None:
    network = load_network("payment")
    scenario = Scenario(network, {"burn_share": 0.35, "emission_scale": 1 / 3})
    seen = Seen(scenario, Scenario(network), {})
    assert_drawn(seen, "scenario", scenario)
    assert_drawn(seen, "baseline", Scenario(network))
    still = seen.data["still"]
    assert set(still["world"]) == {"previous"}
    assert set(seen.crossing) == {"scenario"}


def test_a_surcharge_that_users_pay_is_dragged_with_what_it_does_to_demand() -> None:
    scenario = Scenario(load_network("payment"), funded_by="users")
    shown, tried = dragged(scenario, 0.5)
    assert tried.values["user_surcharge"] > 0
    seen = Seen(scenario, scenario, shown)
    assert_drawn(seen, "scenario", tried)


def test_a_price_that_jobs_are_priced_in_bends_the_curves_and_they_still_meet_where_the_model_says() -> None:
    network = load_network("payment")
    scenario = Scenario(network, assumptions={"token_pricing": 0.6})
    shown, tried = dragged(scenario, 0.4)
    seen = Seen(scenario, scenario, shown)
    prices, burn = np.log(seen.curves["scenario", "burn"]).T
    assert abs(np.diff(burn) / np.diff(prices) + 1).max() > 0.01
    assert_drawn(seen, "scenario", tried)


@pytest.mark.parametrize(("changes", "follows"), [({"buyback_share": 0.1}, True), ({"net_emission_cap": 1e6}, False)])
def test_a_baseline_with_other_equations_stands_still_and_is_said_to(changes: dict[str, float], follows: bool) -> None:
    today = Scenario(load_network("payment"))
    scenario = replace(today, changes=changes)
    assert scenario.system is not today.system
    shown, tried = dragged(scenario, 0.3)
    seen = Seen(scenario, today, shown)
    assert_drawn(seen, "scenario", tried)
    if follows:
        assert_drawn(seen, "baseline", replace(today, assumptions=tried.assumptions))
    assert (len(seen.curves["baseline", "mint"]) > 0) is follows
    assert ("baseline" in seen.data["still"]["world"].to_list()) is not follows
    said = held_sentence(
        RestReport(scenario), "providers", baseline_follows=baseline_follows(RestReport(today), seen.fields)
    )
    assert ("stands still" in said) is not follows


@pytest.mark.parametrize(
    ("network", "changes", "said"),
    [
        ("payment", {"burn_share": 0.0}, "No crossing: nothing is burned"),
        ("payment", {"emission_scale": 0.0}, "No crossing: nothing is minted"),
        ("internet-computer", {}, "No crossing: more is minted at every price"),
        ("payment", {}, "Burn = mint at $1.5"),
        ("payment", {"burn_share": 0.0001}, "outside the picture"),
    ],
)
def test_where_the_curves_do_not_meet_words_say_so(network: str, changes: dict[str, float], said: str) -> None:
    scenario = Scenario(load_network(network))
    values = {
        lever.concrete.key: lever.scale
        for lever in live_levers(scenario, live_flows(scenario.system, dragged_keys(scenario)))
    }
    seen = Seen(scenario, scenario, {key: values[key].show(value) for key, value in changes.items()})
    assert said in seen.words["scenario"]


def test_the_sliders_stand_in_the_order_in_which_they_are_named() -> None:
    scenario = Scenario(load_network("payment"))
    fields = live_flows(scenario.system, dragged_keys(scenario))
    sliders = [lever.slider for lever in live_levers(scenario, fields)]
    spec = live_crossing(equations_of(fields), sliders, SEARCH)
    (levers,) = [param for param in spec["params"] if param["name"] == LEVERS]
    # Each input is put in before those that are there already.
    assert [bind["name"] for bind in reversed(levers["bind"].values())] == [slider.label for slider in sliders]
