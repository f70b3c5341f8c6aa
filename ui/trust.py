"""The card "Five reasons to trust, five to doubt", and the tab that stands behind it: what the tests measured."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import streamlit as st

from model.reports.claims import Claim, claims, claims_sentence
from model.reports.trust import DOUBT, TRUST, Reason, told
from model.rest.report import RestReport
from ui.text import as_markdown


def trust_and_doubt(report: RestReport) -> None:  # noqa: ARG001
    """Both lists beside each other, under each other on a phone; figures are those of the last validation."""
    st.markdown("Read both halves, or neither. The figures are those of the last run of the tests.")
    with st.container(key="trust-card", border=True):
        left, right = st.columns(2, gap="large")
        with left:
            _reasons("Five reasons to trust it", TRUST)
        with right:
            _reasons("Five to doubt it", DOUBT)


def _reasons(title: str, reasons: Sequence[Reason]) -> None:
    st.header(title, anchor=False)
    lines = []
    for count, reason in enumerate(reasons, start=1):
        where = f" See the tab “{reason.tab}”." if reason.tab else ""
        lines.append(f"{count}. **{reason.title}** {as_markdown(told(reason) + where)}")
    st.markdown("\n".join(lines))


# ---- validation -----------------------------------------------------------------------------------------------------
def validation(report: RestReport) -> None:  # noqa: ARG001
    """Every measured claim with its figure, limit and source; filtered by words."""
    found = list(claims().values())
    if not found:
        st.markdown("Nothing was measured here yet: `make validation` runs the tests and writes their figures.")
        return
    st.markdown(as_markdown(claims_sentence(found)))
    wanted = st.text_input("Search the claims", key="claim-search", placeholder="Bittensor, engines, Sobol …")
    rows = [row for row in claim_rows(found) if all(word in _text(row) for word in wanted.lower().split())]
    st.markdown(f"{len(rows)} of {len(found)} claims. Where a claim has several cases, the worst one stands here.")
    if rows:
        widths = {
            "Claim": st.column_config.Column(width=420),
            "Held against": st.column_config.Column(width=260),
            "Source": st.column_config.LinkColumn(display_text="open", width=60),
            "Tests": st.column_config.Column(width=320),
        }
        table = pl.DataFrame(rows)
        st.dataframe(table, hide_index=True, width="stretch", height=560, row_height=72, column_config=widths)


def claim_rows(found: Sequence[Claim]) -> list[dict[str, str]]:
    """One row per claim, everything in words."""
    return [
        {
            "Claim": claim.claim,
            "Figure": claim.reached_words,
            "Limit": claim.limit_words,
            "Verdict": claim.verdict,
            "Held against": claim.against,
            "Source": claim.link if claim.link.startswith("https:") else "",
            "Kind": claim.group,
            "Cases": str(len(claim.measured)),
            "Measured on": claim.date,
            "Tests": ", ".join(claim.tests),
        }
        for claim in found
    ]


def _text(row: dict[str, str]) -> str:
    return " ".join(row.values()).lower()
