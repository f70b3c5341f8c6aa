"""What each colour means, declared once for charts, theme and legends.

A chart names a role ("scenario", "mint"), never a colour. Every chart's colour scale has all role
names as its domain and no range, so that the page's theme supplies the range: the palette of
`.streamlit/config.toml`, which lists the same colours in the same order. The browser then switches
between light and dark by itself, and exported pictures keep the right colours.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import altair as alt

Mode = Literal["light", "dark"]

SOLID: tuple[int, ...] = (1, 0)
DASHED = (6, 4)
DOTTED = (2, 3)


@dataclass(frozen=True)
class Role:
    """One meaning and how it is drawn; `label` names the role whose colour is readable as text."""

    name: str
    light: str
    dark: str
    dash: tuple[int, ...] = SOLID
    width: float = 2.0
    label: str = ""

    @property
    def label_role(self) -> str:
        """Role whose colour text beside this mark takes (4.5:1 against both backgrounds)."""
        return self.label or self.name


ROLES: dict[str, Role] = {
    role.name: role
    for role in (
        Role("scenario", "#0072B2", "#4FB0E8", width=2.5),
        Role("baseline", "#5F6B7A", "#9AA7B8", dash=DASHED),
        Role("previous", "#8793A3", "#6F7C8D", width=1.0, label="muted"),
        Role("comparison", "#D55E00", "#F08A3C", dash=(10, 3), label="burn"),
        Role("goal", "#5F6B7A", "#9AA7B8", dash=DOTTED, width=1.5),
        Role("mint", "#0F766E", "#2DB5A6"),
        Role("burn", "#B45309", "#E8923A"),
        Role("staked", "#6D5BD0", "#A598F0"),
        Role("treasury", "#7A5C2E", "#C9A66B"),
        Role("locked", "#6B7785", "#97A3B2", label="muted"),
        Role("gain", "#1D4E89", "#7DB3EE"),
        Role("loss", "#8A4B00", "#E0A15C"),
        Role("unknown", "#8A94A3", "#77828F", dash=(1, 2), label="muted"),
        Role("ink", "#1B2430", "#E8ECF1"),
        Role("muted", "#4B5563", "#A9B4C2"),
        Role("second_comparison", "#A2387E", "#E08CC4", dash=(8, 3, 2, 3)),
    )
}

ROLE_NAMES: tuple[str, ...] = tuple(ROLES)


def palette(mode: Mode) -> list[str]:
    """Hex colours of all roles in their fixed order, for `theme.<mode>.chartCategoricalColors`."""
    return [role.light if mode == "light" else role.dark for role in ROLES.values()]


def colour_scale() -> alt.Scale:
    """Scale from role name to colour; the theme supplies the range."""
    return alt.Scale(domain=list(ROLE_NAMES))


def in_role(chart: alt.Chart, name: str) -> alt.Chart:
    """Draw a whole layer in one declared role; KeyError when the role is not declared.

    The role becomes a constant column because a literal colour could not follow the theme.
    """
    return chart.transform_calculate(role=f"'{ROLES[name].name}'").encode(color=role_field("role"))


def role_field(field: str) -> alt.Color:
    """Encoding of a column that holds role names."""
    return alt.Color(f"{field}:N", scale=colour_scale(), legend=None)


def dash_field(field: str) -> alt.StrokeDash:
    """Dash pattern of a column that holds role names, so that no line is told by colour alone."""
    dashes = [list(role.dash) for role in ROLES.values()]
    return alt.StrokeDash(f"{field}:N", scale=alt.Scale(domain=list(ROLE_NAMES), range=dashes), legend=None)


def width_field(field: str) -> alt.StrokeWidth:
    """Line width in pixels of a column that holds role names."""
    widths = [role.width for role in ROLES.values()]
    return alt.StrokeWidth(f"{field}:O", scale=alt.Scale(domain=list(ROLE_NAMES), range=widths), legend=None)


def with_colours(spec: dict[str, Any], mode: Mode = "light") -> dict[str, Any]:
    """The same specification with its colours written in, for pictures made outside the app."""
    colours = {"range": {"category": palette(mode)}}
    return {**spec, "config": {**spec.get("config", {}), **colours}}
