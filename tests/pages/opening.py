"""Open a page of the app as Streamlit's own test runner sees it, and read what it draws."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import polars as pl
import pyarrow as pa
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]


def opened(page: str, link: str = "", parts: str = "", part: str = "") -> AppTest:
    """The page after following a link whose query is `link`, one of its parts in front where that is named.

    `parts` is the key of the row of tabs and `part` the name of one of them.
    """
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(dict(parse_qsl(link, keep_blank_values=True)))
    if parts:
        app.session_state[parts] = part
    return app.switch_page(page).run()


def sent(chart: Any) -> dict[str, pl.DataFrame]:
    """Datasets as they went to the browser."""
    frames = {}
    for dataset in chart.proto.datasets:
        table = pa.ipc.open_stream(pa.py_buffer(dataset.data.data)).read_all()
        frames[dataset.name] = pl.DataFrame(pl.from_arrow(table))
    return frames


def drawn(app: AppTest, place: int = 0) -> pl.DataFrame:
    """The numbers of one chart of the page, by its place."""
    return sent(app.get("vega_lite_chart")[place])["main"]


def line(frame: pl.DataFrame, series: str) -> list[float]:
    """Values of one line of a trajectory."""
    return frame.filter(pl.col("series").cast(pl.String) == series)["value"].to_list()


def words(app: AppTest) -> str:
    """All text on the page, as written in Markdown without its escapes."""
    return "\n".join(element.value for element in app.markdown).replace("\\", "")


def warned(app: AppTest) -> list[str]:
    """Warnings on the page, without Markdown's escapes."""
    return [element.value.replace("\\", "") for element in app.warning]


def notes(app: AppTest) -> tuple[str, ...]:
    """What the page tells about the link that opened it."""
    return tuple(app.session_state["_scenario"].notes)


def query_of(app: AppTest) -> dict[str, str]:
    """What the page wrote into the address; the runner's own `query_params` keeps what the test wrote."""
    return dict(app.session_state["_scenario"].seen)
