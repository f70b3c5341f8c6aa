"""Settings of all tests."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

from tests import validation
from tests.validation import figure, pytest_addoption, pytest_configure

__all__ = ["figure", "pytest_addoption", "pytest_configure"]

os.environ["BALLAST_WARM"] = "off"  # background work would compete with what is measured and spied upon

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
# `make soak` asks for it: other examples each time, and many more of them.
settings.register_profile(
    "soak", settings.get_profile("ci"), derandomize=False, max_examples=5_000, database=None, print_blob=True
)
settings.load_profile("ci")


LONG = frozenset(
    {
        "charts.test_live_crossing", "fuzz.test_files", "fuzz.test_links", "fuzz.test_tables", "gallery.test_site",
        "model.governance.test_chance", "workshop.test_rehearsal",
        "model.governance.test_rules", "model.networks.test_bittensor_properties",
        "model.networks.test_fetch_bench", "model.scorecard.test_points", "model.sensitivity.test_attribution",
        "model.engine.test_chance", "model.test_declarations", "model.design.test_design", "model.engine.test_engines",
        "model.engine.test_futures", "model.test_identities", "model.test_roles_and_streams",
        "model.test_stops_and_cuts", "model.scenario.test_links", "model.rest.test_merit_pay",
        "model.test_policies", "model.proposals.test_proposals", "model.test_published_numbers",
        "model.rest.test_report", "model.gains.test_stakeholders", "model.tuning.test_sample",
        "model.sensitivity.test_uncertainty",
        "test_audit", "workshop.test_hostile", "workshop.test_keeping", "workshop.test_keys",
    }
)  # fmt: skip
"""Modules that take more than a second or two as a whole; `make check` leaves them to `make test`."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    validation.pytest_collection_modifyitems(config, items)
    for item in items:
        module = getattr(item, "module", None)
        if module is not None and module.__name__.removeprefix("tests.") in LONG:
            item.add_marker(pytest.mark.slow)
