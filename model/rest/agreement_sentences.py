"""Whether simulation, conditions and rest point agree, in words."""

from __future__ import annotations

from model.rest.report import RestReport
from model.variables import variables_by_word
from model.words.text import TOLERANCE, duration, number, percent

_BILLIONTH = 1e-9


def agreement_sentence(report: RestReport, name: str) -> str:
    """Whether the simulation ends where the equilibrium says."""
    long = report.long_run
    label = variables_by_word["quality" if name == "quality" else name].label.lower()
    if long.stopped:
        return f"The simulation stops early: {long.stopped}."
    if name not in long.gaps:
        return f"There is no rest point to compare with; this is where {label} goes in {long.years} years."
    gap = long.gaps[name]
    close = abs(gap) < TOLERANCE
    if close:
        nearing = "" if abs(gap) < _BILLIONTH else " and still nearing it"
        at = f"within {_gap(gap)} of the rest point{nearing}"
        return f"After {long.years} years the simulated {label} is {at}: both agree."
    point = report.point
    clock = point.half_life_years if point is not None else None
    if point is not None and any(r.high_quality_share in (0.0, 1.0) for r in point.by_role.values()):
        seed = percent(report.scenario.values["entrant_share"])
        why = f"in the simulation {seed} of entrants are always of the other quality"
        return f"After {long.years} years the simulated {label} is {_gap(gap)} from the rest point: {why}."
    if long.reached is not None and long.reached.fails:
        return (
            f"They do not agree: after {long.years} years the simulated {label} is {percent(abs(gap))} "
            f"{'above' if gap > 0 else 'below'} the rest point, because today's network does not get there."
        )
    way = f"still on its way, as a half-life of {duration(clock)} implies" if clock and clock > long.years / 8 else ""
    return (
        f"After {long.years} years the simulated {label} is {percent(abs(gap))} {'above' if gap > 0 else 'below'} the "
        f"rest point" + (f", {way}." if way else ".")
    )


def _gap(gap: float) -> str:
    return "a billionth" if abs(gap) < _BILLIONTH else f"{number(abs(gap) * 100, 2)}%"


def difference_words(relative: float) -> str:
    """A relative difference: none, below a billionth, or as a percentage."""
    if relative == 0:
        return "none"
    return "below a billionth" if abs(relative) < _BILLIONTH else f"{number(relative * 100, 2)}%"


def residual_sentence(report: RestReport) -> str:
    """Whether every condition holds at the rest point."""
    rows = report.residuals
    bad = [row for row in rows if not row.holds]
    if not bad:
        worst = difference_words(max(abs(row.relative) for row in rows))
        return f"All {len(rows)} conditions hold at the rest point; the largest relative difference is {worst}."
    return f"{len(bad)} of {len(rows)} conditions do not hold: {', '.join(row.name for row in bad)}."


def closing_sentence(report: RestReport) -> str:
    """What remains after all steps of the derivation."""
    count = len(report.rest.points)
    found = "it has no solution here" if not count else f"it has {count} solution{'s' if count > 1 else ''} here"
    if report.rest.problem is None:
        found = "here it is not asked, because burn and mint never balance"
    return (
        "Put together, every quantity follows from revenue, and one equation remains (E34): the revenue that this "
        f"state brings must be the revenue it was made with. Each solution is a rest point; {found}."
    )
