"""Take it away: links, texts, page, data, pictures and Python, each made only when somebody asks for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from charts.pictures import as_png, as_svg
from model.exports.data import as_csv, as_json, as_parquet
from model.exports.document import Link
from model.exports.impact import ONLY_HERE
from ui import state
from ui.embed.offer import FORUM, FRAME, forum_post, frame_snippet
from ui.exports import Package, address_of, package_of
from ui.link import Moment

KINDS = ("Link", FORUM, FRAME, "Statement", "Page", "Data", "Picture", "Python")


def take_away(moment: Moment, charts: tuple[str, ...] = (), *, last: bool = False) -> None:
    """The button for one scenario; `charts` are the keys of the charts that the page shows.

    At the end of a page (`last`) it unfolds in the page: a window below the button would have no room there.
    """
    link = address_of(st.context.url or "", state.query(moment))
    offer(lambda: package_of(moment, link, charts), last=last)


def offer(made: Callable[[], Package], *, last: bool = False) -> None:
    """A closed box; nothing is put together before it is opened."""
    opens = st.expander if last else st.popover
    box = opens("Take it away", key="take-away", on_change="rerun", icon=":material/download:")
    if box.open:
        with box, st.container(key="take-away-box"):
            _choices(made())


def _choices(package: Package) -> None:
    kinds = [kind for kind in KINDS if package.card is not None or kind not in (FORUM, FRAME)]
    kind = st.pills("As", kinds, default="Link", key="take-away-kind", required=True)
    {
        "Link": _link,
        FORUM: _forum,
        FRAME: _frame,
        "Statement": _statement,
        "Page": _page,
        "Data": _data,
        "Picture": _picture,
        "Python": _python,
    }[str(kind)](package)


def _button(label: str, made: Callable[[], str | bytes], name: str, mime: str) -> None:
    """A download whose content is made on the click."""
    st.download_button(label, made, file_name=name, mime=mime, on_click="ignore", key=f"get-{name}")


def _link(package: Package) -> None:
    st.markdown(
        "This link restores every setting, with the version of the model. Opened in a later version it says what "
        "changed since."
    )
    st.code(package.link, language=None, wrap_lines=True)
    if Link("", package.link).is_local:
        st.markdown(ONLY_HERE)


def _forum(package: Package) -> None:
    if package.card is not None:
        forum_post(package.card)


def _frame(package: Package) -> None:
    if package.card is not None:
        frame_snippet(package.card, key="take-away")


def _statement(package: Package) -> None:
    st.markdown("An impact statement in Markdown, ready for a forum.")
    _button("Download Markdown", lambda: package.document().markdown(), f"{package.stem}.md", "text/markdown")
    if st.toggle("Show it here to be copied", key="take-away-shown"):
        st.code(package.document().markdown(), language=None, wrap_lines=True)


def _page(package: Package) -> None:
    st.markdown(
        "One file with the statement and its interactive charts. It opens from disk without a network; about 1 MB."
    )
    _button("Download page", package.html, f"{package.stem}.html", "text/html")


def _data(package: Package) -> None:
    st.markdown(
        "Every variable of every world over time, in the units of the model, with version, link, assumptions and units "
        "in the file. In the CSV they stand in lines that begin with #."
    )
    forms = (("CSV", as_csv, "csv", "text/csv"), ("Parquet", as_parquet, "parquet", "application/vnd.apache.parquet"))
    with st.container(horizontal=True, gap="small"):
        for label, write, ending, mime in (*forms, ("JSON", as_json, "json", "application/json")):
            _button(
                f"Download {label}",
                partial(_written, package, write),
                f"{package.stem}.{ending}",
                mime,
            )


def _written(package: Package, write: Callable[[pl.DataFrame, dict[str, Any]], bytes]) -> bytes:
    return write(package.frame(), package.meant())


def _picture(package: Package) -> None:
    first = package.shown[0] if package.shown else next(iter(package.pictures))
    titles = list(package.pictures)
    title = st.selectbox("Chart", titles, index=titles.index(first), key=f"take-away-chart-{'-'.join(titles)[:200]}")
    st.markdown("Sentence and sources stand in the picture. Its type is Inter; an SVG falls back to the reader's own.")
    draw = package.pictures[title]
    name = f"{package.stem}-{re.sub('[^a-z0-9]+', '-', title.lower()).strip('-')}"
    with st.container(horizontal=True, gap="small"):
        _button("Download PNG", lambda: as_png(draw()), f"{name}.png", "image/png")
        _button("Download SVG", lambda: as_svg(draw()), f"{name}.svg", "image/svg+xml")


def _python(package: Package) -> None:
    code = package.code()
    if not code:
        st.markdown("Columns of different networks are runs of their own: take the Python of each from the Sandbox.")
        return
    st.markdown("This prints the key figures again, to the last digit. Run it in a copy of the repository.")
    st.code(code, language="python", wrap_lines=True)
    _button("Download Python", lambda: code, f"{package.stem}.py", "text/x-python")
