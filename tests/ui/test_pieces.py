"""The pieces that pages share, run by Streamlit's own test runner."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from charts.agreement import agreement
from ui.chart import compact
from ui.glossary import card_text

SENTENCE = "Supply would be 3.1% lower."


def chart_page() -> None:
    from datetime import date

    import polars as pl

    from charts.agreement import agreement
    from ui.chart import show_chart

    main = pl.DataFrame({"date": [date(2027, 1, 1), date(2028, 1, 1)], "value": [1.5, 2.5]})
    rest = pl.DataFrame({"value": [3.0], "label": ["rest"]})
    frames = {"main": main, "rest": rest}
    show_chart(
        agreement("tokens"),
        frames,
        key="supply",
        sentence="Supply would be 3.1% lower.",
        unit="tokens",
        source="the textbook network.",
    )


def kpi_page() -> None:
    from ui.kpi import Kpi, kpi_strip

    kpi_strip([Kpi("Supply", "1.03B tokens", "3.1% lower"), Kpi("Runway", "31 months")])


def sent(chart: Any) -> dict[str, pl.DataFrame]:
    """Datasets as they went to the browser."""
    frames = {}
    for dataset in chart.proto.datasets:
        table = pa.ipc.open_stream(pa.py_buffer(dataset.data.data)).read_all()
        frames[dataset.name] = pl.DataFrame(pl.from_arrow(table))
    return frames


def test_the_sentence_stands_above_the_chart_and_is_its_accessible_name() -> None:
    app = AppTest.from_function(chart_page, default_timeout=60).run()
    assert app.markdown[0].value == SENTENCE
    assert app.get("vega_lite_chart")[0].proto.alt == SENTENCE
    assert app.markdown[-1].value == "Source and assumptions: the textbook network."


def test_the_numbers_drawn_are_the_numbers_given() -> None:
    app = AppTest.from_function(chart_page, default_timeout=60).run()
    drawn = sent(app.get("vega_lite_chart")[0])
    assert drawn["main"]["value"].to_list() == [1.5, 2.5]
    assert drawn["rest"]["value"].to_list() == [3.0]


def test_the_table_is_offered_but_sent_only_when_opened() -> None:
    app = AppTest.from_function(chart_page, default_timeout=60).run()
    assert [box.label for box in app.expander] == ["Show as table"]
    assert not app.dataframe


def test_drawing_leaves_the_shared_specification_without_data() -> None:
    AppTest.from_function(chart_page, default_timeout=60).run()
    assert "datasets" not in agreement("tokens")


def test_a_smaller_copy_for_drawing_keeps_seven_digits() -> None:
    small = compact(pl.DataFrame({"value": [1.0000001e9], "step": [1]}))
    assert small.schema == {"value": pl.Float32, "step": pl.Int64}
    assert small["value"][0] == pytest.approx(1e9, rel=1e-6)


def test_a_key_figure_says_its_direction_in_words() -> None:
    app = AppTest.from_function(kpi_page, default_timeout=60).run()
    assert [(figure.label, figure.value, figure.delta) for figure in app.metric] == [
        ("Supply", "1.03B tokens", ""),
        ("Runway", "31 months", ""),
    ]
    assert [text.value for text in app.markdown] == ["3.1% lower vs baseline"]


def test_a_glossary_card_answers_three_questions_and_names_its_equation() -> None:
    term = SimpleNamespace(name="float", what="A.", how_computed="B.", why_shown="C.", equation="E4")
    assert card_text(term).split("\n\n") == [
        "**What it is.** A.",
        "**How computed.** B.",
        "**Why shown.** C.",
        "Enters equation E4.",
    ]
    term.equation = ""
    assert "equation" not in card_text(term)
