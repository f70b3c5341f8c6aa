"""Proposals that somebody encoded in this session; a link to one carries its whole text."""

from __future__ import annotations

import streamlit as st

from model.proposals.proposal import Proposal

_KEY = "_encoded"
MOST = 20
"""The oldest makes room for a newer one."""


def encoded() -> dict[str, Proposal]:
    """Proposals of this session by name, newest last."""
    found: dict[str, Proposal] = st.session_state.setdefault(_KEY, {})
    return found


def keep(part: Proposal) -> None:
    """Remember a proposal, in place of an earlier one of the same name."""
    kept = {name: old for name, old in encoded().items() if name != part.name}
    st.session_state[_KEY] = dict([*kept.items(), (part.name, part)][-MOST:])
