"""The demand spiral: how far payouts may fall before a network tips, and which role leaves first with the price."""

from __future__ import annotations

from dataclasses import dataclass

from model.rest.point import RestPoint
from model.rest.report import RestReport
from model.rest.thresholds import role_margins
from model.structure import Structure
from model.words.text import percent, sentence_case
from model.words.value_words import lowered

PRICE_FALL = 0.5
"""Fall of the price that the order of leaving is told for; the order is the same for any."""

WEEK = 7 / 365.25
ONLY_FIRST = "That is the first week alone: leaving goes on"
LASTING = "while the room before no rest point is left is for a fall that lasts"


@dataclass(frozen=True)
class RoleGauge:
    """One role of providers.

    Attributes
    ----------
    called
        Its name in a sentence.
    margin
        Share by which its payout alone may fall before the network tips; one where it never does.
    token_income_share
        Part of its income that falls with the price at once.
    leaving
        Share of its capacity that a fall of the price by one would drive out in a year at the pace of the first step:
        exit speed times token income share [E39].
    damage
        The same times what its quality does to revenue: W_r of section 16.5.
    """

    role: str
    called: str
    margin: float
    token_income_share: float
    leaving: float
    damage: float


@dataclass(frozen=True)
class SpiralGauge:
    """Distance to tipping of one scenario with everything that lasts in force.

    Attributes
    ----------
    distance
        Share by which all payouts together may fall; negative where no rest point is left, one where none tips it.
    quality
        At the point that holds; None where none does.
    roles
        Who leaves first, first.
    float_held
        Whether the point is that of today's float, because burn and mint never meet.
    """

    distance: float
    quality: float | None
    roles: tuple[RoleGauge, ...]
    float_held: bool

    @property
    def tips(self) -> bool:
        """Whether there is a tipping point to be told a distance from."""
        return self.quality is not None and self.distance < 1

    @property
    def sentence(self) -> str:
        """How far it is to the tipping point."""
        held = "While the float stays as it is today, " if self.float_held else ""
        if self.quality is None:
            short = (
                f" ({percent(-self.distance)} more would be the least that holds)" if -1e9 < self.distance < 0 else ""
            )
            return f"{sentence_case(f'{held}no capacity would hold: payouts are too low at every size')}{short}."
        if not self.tips:
            return sentence_case(
                f"{held}with lower payouts the network shrinks smoothly, without a tipping point: the less is paid, "
                "the less capacity holds."
            )
        return sentence_case(
            f"{held}all payouts to providers may fall by {percent(self.distance)} for good before no point of rest "
            f"is left; it holds at {percent(self.quality)} quality."
        )

    @property
    def order_sentence(self) -> str:
        """Who leaves first, and how fast, when the price falls."""
        leaving = [role for role in self.roles if role.leaving > 0]
        if not self.roles:
            return "No capacity would hold even at today's float, so there is no order in which roles would leave."
        if not leaving:
            return "No role is paid in tokens, so a fall of the price drives nobody out at once."
        first = leaving[0]
        only = f"{ONLY_FIRST}, {LASTING}." if self.tips else f"{ONLY_FIRST}."
        pace = f"{percent(PRICE_FALL * first.leaving * WEEK)} of its capacity in the first week"
        if len(self.roles) == 1:
            return f"If the price fell by {percent(PRICE_FALL)}, {first.called} would leave: {pace}. {only}"
        names = ", then ".join(role.called for role in leaving)
        rest = [role.called for role in self.roles if role.leaving <= 0]
        stay = f"; {' and '.join(rest)}, not paid in tokens, would not react at once" if rest else ""
        return (
            f"If the price fell by {percent(PRICE_FALL)}, {names} would leave in this order, the first {pace}{stay}. "
            f"{only}"
        )

    @property
    def nearest(self) -> RoleGauge | None:
        """The role whose payout alone has the least room; None where none tips the network."""
        found = min(self.roles, key=lambda role: role.margin, default=None)
        return found if found is not None and 0 < found.margin < 1 else None


def spiral_gauge(report: RestReport) -> SpiralGauge:
    """Read the gauge of a scenario at the point to which it is drawn, or at today's float where there is none."""
    shape = report.scenario.structure
    point, held = report.point, False
    if point is None and report.float_is_held:
        point, held = report.held_point, True
    # Where no point holds, the order of leaving is that of today's float, and there is no room left to tell.
    here = point or report.held_point
    margins = role_margins(point) if point is not None else {}
    roles = [] if here is None else [_gauge(here, shape, role, margins.get(role, 0.0)) for role in shape.roles]
    roles.sort(key=lambda role: -role.leaving)
    if point is None:
        return SpiralGauge(report.rest.distance_to_tipping, None, tuple(roles), held)
    return SpiralGauge(point.distance_to_tipping, point.quality, tuple(roles), held)


def _gauge(point: RestPoint, shape: Structure, role: str, margin: float) -> RoleGauge:
    found = point.by_role[role]
    called = "providers" if shape.one_role else lowered(shape.called(role))
    return RoleGauge(
        role, called, margin, found.token_income_share, found.exit_index, found.feedback * found.exit_index
    )


def compared_sentence(before: SpiralGauge, after: SpiralGauge, what: str) -> str:
    """What stresses that last do to the distance: "With demand halves it would be 4% instead of 20%"."""
    if before.quality is None or not before.tips:
        return ""
    if after.quality is None:
        return f"With {what} no point would hold any more: the network would tip."
    if abs(after.distance - before.distance) < 5e-4:
        return f"{sentence_case(what)} leaves the distance as it is: {percent(before.distance)}."
    return f"With {what} it would be {percent(after.distance)} instead of {percent(before.distance)}."
