"""The small set of layers every chart is made of.

A layer names columns and roles, never numbers: data travel beside the specification as named
datasets, so that the specification stays the same while a control moves and the drawing is
updated in place.
"""

from __future__ import annotations

from typing import Any, Literal

import altair as alt

from charts.roles import ROLES, dash_field, in_role, role_field, width_field

Spec = dict[str, Any]
Chart = alt.Chart | alt.LayerChart
Format = Literal["number", "percent"]

MAIN = "main"
HEIGHT = 320  # with axes and labels
TYPE = 12  # pixels, words inside a chart
LABEL_SIZE = alt.ExprRef("type")  # a parameter of the specification, so that a projector can raise it
AXIS_COLOUR = alt.ExprRef("scale('color', 'muted')")  # the theme's own grey is too faint to read
LINES = 5  # in which crowded labels of rules are spread
LABEL_GAP = 15  # pixels between the middles of two direct labels, parameter "gap"


def number_text(value: str, fmt: Format = "number", digits: int = 3) -> str:
    """Vega expression that writes the number in expression `value` with k, M, B or as a percentage."""
    if fmt == "percent":
        return f"format({value}, '.{digits}~%')"
    large = f"replace(format({value}, '.{digits}~s'), 'G', 'B')"
    return f"({value} == 0 ? '0' : abs({value}) >= 1000 ? {large} : format({value}, '.{digits}~r'))"


LOG_TICKS = 2  # labels and grid at powers of ten once a log axis spans two of them


def value_axis(unit: str, *, fmt: Format = "number", from_zero: bool = True, ticks: int = 5) -> alt.Axis:
    """Axis titled with its unit, written level above it; says so when it does not start at zero."""
    title = unit if from_zero else f"{unit} (axis does not start at zero)"
    return alt.Axis(
        title=title,
        titleAngle=0,
        titleAlign="left",
        titleAnchor="start",
        titleBaseline="bottom",
        titleX=0,
        titleY=-8,
        labelExpr=number_text("datum.value", fmt, digits=4),
        tickCount=ticks,
        grid=True,
        domain=False,
        ticks=False,
        labelColor=AXIS_COLOUR,
        titleColor=AXIS_COLOUR,
        labelFontSize=LABEL_SIZE,
        titleFontSize=LABEL_SIZE,
    )


def side_axis(title: str, *, fmt: Format = "number", ticks: int = 6, digits: int = 3) -> alt.Axis:
    """Horizontal axis of a quantity, with its unit in the title and no grid."""
    return alt.Axis(
        title=title,
        labelExpr=number_text("datum.value", fmt, digits),
        labelColor=AXIS_COLOUR,
        titleColor=AXIS_COLOUR,
        labelFontSize=LABEL_SIZE,
        titleFontSize=LABEL_SIZE,
        grid=False,
        tickCount=ticks,
    )


def date_axis() -> alt.Axis:
    """Time axis without a title: dates explain themselves."""
    return alt.Axis(
        title=None,
        grid=False,
        tickCount=6,
        labelOverlap=True,
        labelColor=AXIS_COLOUR,
        labelFontSize=LABEL_SIZE,
    )


def y_scale(domain: tuple[float, float] | None, *, from_zero: bool = True) -> alt.Scale:
    """Linear scale; a pinned `domain` keeps a change looking like a change while a lever moves."""
    if domain is None:
        return alt.Scale(zero=from_zero)
    return alt.Scale(domain=list(domain), nice=False, zero=False)


def source(name: str = MAIN) -> alt.NamedData:
    """Reference to a dataset that is sent beside the specification."""
    return alt.NamedData(name)


def together(*parts: Chart) -> alt.LayerChart:
    """Layers on one another as one layer; unlike `alt.layer`, never a facet."""
    return alt.LayerChart(layer=list(parts))


def series_line(data: alt.NamedData, x: Any, y: Any, *, series: str = "series") -> alt.Chart:
    """One line per role in column `series`, each with its colour, dash and width."""
    lines: alt.Chart = alt.Chart(data).mark_line().encode(x=x, y=y, color=role_field(series))
    return lines.encode(strokeDash=dash_field(series), strokeWidth=width_field(series))


def role_line(data: alt.NamedData, x: Any, y: Any, role: str) -> alt.Chart:
    """One line in one role."""
    drawn = ROLES[role]
    return in_role(
        alt.Chart(data).mark_line(strokeWidth=drawn.width, strokeDash=list(drawn.dash)).encode(x=x, y=y), role
    )


def band(data: alt.NamedData, x: Any, low: Any, high: str, role: str) -> alt.Chart:
    """Area between two columns at 15% opacity: a range of outcomes."""
    return in_role(alt.Chart(data).mark_area(opacity=0.15, clip=True).encode(x=x, y=low, y2=alt.Y2(high)), role)


def band_goes_on(data: alt.NamedData, x: Any, high: str, fmt: Format = "number") -> alt.Chart:
    """Words at the top edge where a band is cut off there: how far it goes on, at its highest."""
    cut = f"datum.{high} > 1.001 * domain('y')[1]"
    words = f"{cut} ? 'band continues to ' + {number_text(f'datum.{high}', fmt)} : ''"
    top = (
        alt.Chart(data)
        .transform_joinaggregate(top=f"max({high})")
        .transform_filter(f"datum.{high} == datum.top")
        .transform_window(window=[alt.WindowFieldDef(op="row_number", param=alt.Undefined, **{"as": "order"})])
        .transform_filter("datum.order == 1")
    )
    mark = top.mark_text(
        align=alt.ExprRef("scale('x', datum.date) > width / 2 ? 'right' : 'left'"), baseline="bottom", dy=-2,
        fontSize=LABEL_SIZE, text=alt.ExprRef(words),
    )  # fmt: skip
    return in_role(mark.encode(x=x, y=alt.value(0)), "muted")


def rule(data: alt.NamedData, x: alt.X, *, role: str = "muted") -> alt.LayerChart:
    """Vertical rules with a label each at the top; the dataset has the x column and `label`.

    A rule without a label (a later step of a schedule) is faint: it repeats what the first one says. A label that would
    leave the plot stands on the left of its rule; labels that would meet stand in lines of their own.
    """
    field = str(x.shorthand).partition(":")[0]
    base = in_role(alt.Chart(data).encode(x=x), role)
    line = base.mark_rule(strokeWidth=1, strokeDash=[1, 0], opacity=alt.ExprRef("datum.label == '' ? 0.3 : 1"))
    beside = [
        alt.WindowFieldDef(op=op, field=name, param=1, **{"as": f"{name}_{op}"})
        for op in ("lag", "lead")
        for name in (field, "label")
    ]
    order = alt.WindowFieldDef(op="row_number", param=alt.Undefined, **{"as": "order"})
    named = base.transform_filter("datum.label != ''").transform_window(
        window=[order, *beside], sort=[alt.SortField(field)], frame=[None, None]
    )
    text = named.mark_text(
        align=alt.ExprRef(f"{_turned(field, '')} ? 'right' : 'left'"),
        dx=alt.ExprRef(f"{_turned(field, '')} ? -4 : {_past_the_next(field)} + 4"),
        dy=alt.ExprRef(f"3 + gap * {_row(field)}"),
        baseline="top",
        fontSize=LABEL_SIZE,
    ).encode(y=alt.value(0), text="label:N")
    return together(line, text)


def _past_the_next(field: str) -> str:
    """Expression for the pixels to a rule close by on the right: a label begins behind it instead of under it."""
    gap = f"(scale('x', datum.{field}_lead) - scale('x', datum.{field}))"
    return f"(isValid(datum.{field}_lead) && {gap} < 16 ? {gap} : 0)"


def _label_width(back: str) -> str:
    """Expression for the pixels that a rule's label takes, its gap included."""
    return f"(8 + 0.55 * type * length(datum.label{back}))"


def _turned(field: str, back: str) -> str:
    """Expression: whether a label stands on the left of its rule, because the plot ends on the right."""
    at = f"scale('x', datum.{field}{back})"
    return f"({at} + {_label_width(back)} > width && {at} > {_label_width(back)})"


def _row(field: str) -> str:
    """Expression for the line, from the top, in which a label stands: crowded labels go down in steps."""

    def left(back: str) -> str:
        return f"(scale('x', datum.{field}{back}) - ({_turned(field, back)} ? {_label_width(back)} : 0))"

    def meets(later: str, earlier: str) -> str:
        there = f"isValid(datum.{field}{later}) && isValid(datum.{field}{earlier})"
        return f"({there} && {left(later)} < {left(earlier)} + {_label_width(earlier)})"

    return f"({meets('', '_lag')} || {meets('_lead', '')} ? (datum.order - 1) % {LINES} : 0)"


def level(data: alt.NamedData, y: Any, *, role: str = "goal") -> alt.LayerChart:
    """Horizontal rules with a label each in the right margin; the dataset has the y column and `label`."""
    base = in_role(alt.Chart(data).encode(y=y), role)
    line = base.mark_rule(strokeWidth=1.5, strokeDash=list(ROLES[role].dash))
    text = base.mark_text(align="left", baseline="middle", dx=6, fontSize=LABEL_SIZE).encode(
        x=alt.value("width"), text="label:N"
    )
    return together(line, text)


def annotation(data: alt.NamedData, x: Any, y: Any, *, role: str = "ink") -> alt.LayerChart:
    """Dots with a word beside each; the dataset has the x and y columns and `label`."""
    base = in_role(alt.Chart(data).encode(x=x, y=y), role)
    dot = base.mark_point(filled=True, size=80, opacity=1)
    text = base.mark_text(align="left", baseline="bottom", dx=8, dy=-6, fontSize=LABEL_SIZE).encode(text="label:N")
    return together(dot, text)


def _label_offset(y: str, lines: int) -> str:
    """Expression for the pixels that keep up to `lines` labels from overlapping, lowest value first."""
    here = f"scale('y', datum.{y})"
    above = "1e9"
    for back in range(lines - 1, 0, -1):
        below = f"(isValid(datum.below{back}) ? scale('y', datum.below{back}) : 1e9)"
        above = f"min({below}, {above}) - gap"
    return f"min({here}, {above}) - {here}"


def end_label(
    data: alt.NamedData, x: Any, x_field: str, y: str, words: dict[str, str], *, series: str = "series"
) -> alt.Chart:
    """Name of each line at its right end, pushed apart where lines end close together.

    `words` maps a role in column `series` to the word printed; the text takes the readable colour
    of that role.
    """
    names = "{" + ", ".join(f"'{role}': '{word}'" for role, word in words.items()) + "}"
    tints = "{" + ", ".join(f"'{role}': '{ROLES[role].label_role}'" for role in words) + "}"
    lags = [
        alt.WindowFieldDef(op="lag", field=y, param=back, **{"as": f"below{back}"}) for back in range(1, len(words))
    ]
    chart = (
        alt.Chart(data)
        .transform_filter(f"isValid(datum.{y})")
        .transform_joinaggregate(last=f"max({x_field})", groupby=[series])
        .transform_filter(f"datum.{x_field} == datum.last")
        .transform_calculate(word=f"{names}[datum.{series}]", tint=f"{tints}[datum.{series}]")
    )
    if lags:
        chart = chart.transform_window(window=lags, sort=[alt.SortField(y)], frame=[None, None])
    apart = alt.ExprRef(_label_offset(y, len(words)))
    text: alt.Chart = chart.mark_text(
        align="left", baseline="middle", dx=6, dy=apart, fontSize=LABEL_SIZE, fontWeight=600
    ).encode(x=x, y=alt.Y(f"{y}:Q"))
    return text.encode(text="word:N", color=role_field("tint"))


def hover_rule(chart: alt.Chart, x: Any, x_field: str, tooltip: list[alt.Tooltip]) -> alt.Chart:
    """Rule that follows the pointer and lists every series in one tooltip.

    `chart` holds one row for each x with the columns that `tooltip` names.
    """
    near = alt.selection_point(
        name="hover", fields=[x_field], nearest=True, on="pointerover", empty=False, clear="pointerout"
    )
    line = chart.mark_rule(strokeWidth=1).encode(
        x=x, opacity=alt.condition(near, alt.value(0.6), alt.value(0)), tooltip=tooltip
    )
    return in_role(line, "muted").add_params(near)


def to_spec(*layers: Chart, height: int = HEIGHT) -> Spec:
    """Stack layers into a specification without data, title or legend, drawn as SVG in both themes.

    `height` in pixels counts axes and labels; the width follows the column.
    """
    chart = together(*layers).properties(height=height, padding={"left": 4, "right": 8, "top": 8, "bottom": 4})
    spec: Spec = chart.to_dict()
    spec.pop("config", None)
    _silence(spec)
    spec["params"] = [
        *spec.get("params", []),
        {"name": "type", "value": TYPE},
        {"name": "gap", "value": LABEL_GAP},
    ]
    # More than 2,000 marks would switch to a canvas, which screen readers cannot enter.
    spec["usermeta"] = {"embedOptions": {"renderer": "svg"}}
    return spec


def enlarged(spec: Spec, factor: float = 1.6) -> Spec:
    """The same chart with larger words and a little more height, for a projector; `spec` stays as it is."""
    params = [
        {**param, "value": param["value"] * factor} if param["name"] in ("type", "gap") else param
        for param in spec["params"]
    ]
    return {**spec, "params": params, "height": round(spec["height"] * (1 + factor) / 2)}


def pinned(spec: Spec, domain: tuple[float, float], across: tuple[float, float] | None = None) -> Spec:
    """The same chart over another vertical range; only the numbers of its pinned vertical scales are new.

    With `across` those of its pinned horizontal scales are new too.

    Building a specification costs thirty times as much as copying one, and ranges move with the levers.
    """

    def copied(node: Any) -> Any:
        if isinstance(node, list):
            return [copied(part) for part in node]
        if not isinstance(node, dict):
            return node
        fresh = {key: copied(part) for key, part in node.items()}
        for channel, wanted in (("y", domain), ("x", across)):
            drawn = fresh.get(channel)
            if wanted and isinstance(drawn, dict) and "domain" in (drawn.get("scale") or {}):
                drawn["scale"]["domain"] = list(wanted)
        return fresh

    moved: Spec = copied(spec)
    return moved


def _silence(spec: Spec) -> None:
    """Hide single marks from screen readers: the chart's name and its table say it better.

    Hundreds of hover targets would be read one by one, and a mark without data has no name at all.
    """
    for layer in spec.get("layer", []):
        if "mark" in layer:
            layer["mark"]["aria"] = False
        _silence(layer)
