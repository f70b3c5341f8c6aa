"""Rest reports by link: computed once, part by part, and shared by everybody who looks at the same scenario."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from model.rest.report import RestReport
from ui.link import Moment, as_today


def report_of(moment: Moment) -> RestReport:
    """Report of a scenario with its changes in full force; the horizon does not matter."""
    return _report(Moment(replace(moment.scenario, start=None, phase_in_years=0.0)))


def baseline_report(moment: Moment) -> RestReport:
    """The same under today's rules and the same assumptions."""
    return _report(Moment(as_today(moment.scenario)))


@lru_cache(maxsize=64)
def _report(moment: Moment) -> RestReport:
    return RestReport(moment.scenario)
