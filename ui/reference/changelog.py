"""The Changelog tab: what each version changed, and how far it moved every network's baseline."""

from __future__ import annotations

import polars as pl
import streamlit as st

from model.reports.baselines import columns, effects, table, title_of
from model.rest.report import RestReport
from model.version import VERSION
from ui.shell import ROOT
from ui.text import as_markdown


def changelog(report: RestReport) -> None:
    """Entries of the changelog, a sentence for each network, and the figures of the network on screen."""
    st.header(f"Model {VERSION}", anchor=False)
    st.markdown(
        "The version stands in every link and on everything taken away. An older link opens with a note on what "
        "changed since; each entry says how baselines moved and why."
    )
    _effects()
    _figures(report.scenario.network.identity)
    path = ROOT / "docs" / "changelog.md"
    if path.is_file():
        text = path.read_text(encoding="utf-8").partition("\n## ")[2]
        st.markdown(f"#### {text}".replace("\n## ", "\n#### ").replace("$", "\\$"))


def _effects() -> None:
    """What each version did to baselines, newest first: a sentence for every network."""
    for older, newer, told in effects(columns()):
        st.subheader(f"Baselines from {older} to {newer}", anchor=False)
        st.markdown("\n".join(f"- {as_markdown(sentence)}" for sentence in told))


def _figures(identity: str) -> None:
    """The baseline of one network as each version saw it."""
    rows = table(identity, columns())
    if not rows:
        st.markdown("The network on screen does not come with the app, so no version measured its baseline.")
        return
    versions = " and ".join(columns())
    st.markdown(
        f"**{as_markdown(title_of(identity))} with no lever moved**, on the single path without shocks, as model "
        f"{versions} step it. Versions that agree share a row."
    )
    widths = {"Figure": st.column_config.Column(width=300)}
    st.dataframe(pl.DataFrame(rows), hide_index=True, width="stretch", column_config=widths)
