"""Settings of all tests."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

from tests.validation import figure, pytest_addoption, pytest_collection_modifyitems, pytest_configure

__all__ = ["figure", "pytest_addoption", "pytest_collection_modifyitems", "pytest_configure"]

os.environ["BALLAST_WARM"] = "off"  # background work would compete with what is measured and spied upon

settings.register_profile(
    "ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
# `make soak` asks for it: other examples each time, and many more of them.
settings.register_profile(
    "soak", settings.get_profile("ci"), derandomize=False, max_examples=5_000, database=None, print_blob=True
)
settings.load_profile("ci")
