"""Who holds how much: the table of buckets, or a list that somebody uploads, with what to leave out of it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from model import BallastError
from model.governance.cases import cases
from model.governance.concentration import nakamoto
from model.governance.holder_files import MOST_BYTES, MOST_ROWS, HolderRows, read_holders
from model.governance.holders import GROUPS, Plan
from model.governance.rules import VotingRule
from model.governance.usual import stands_in_sentence
from model.governance.votes import ELECTORATES
from model.words.text import grouped, number, percent
from model.words.value_words import count_words
from ui.link import Moment
from ui.text import as_markdown
from ui.vote import fields
from ui.vote.runs import own_plan, plan_from, plan_rows

_ROWS = "_vote-rows"
_TAKEN = "_vote-taken"
_MOST_LISTED = 25

_COLUMNS = {
    "group": st.column_config.SelectboxColumn("Kind", options=list(GROUPS), required=True),
    "tokens": st.column_config.NumberColumn("Tokens", min_value=0, required=True, format="localized"),
    "holders": st.column_config.NumberColumn("Holders", min_value=1, max_value=100_000, step=1, required=True),
    "largest": st.column_config.NumberColumn(
        "Share of the largest", min_value=0, max_value=0.99, required=True, help="0 leaves it to the spread"
    ),
    "spread": st.column_config.NumberColumn(
        "Spread",
        min_value=0,
        max_value=6,
        required=True,
        help="0: all alike; 3: usual in a DAO, twelve of 5,000 hold half",
    ),
    "votes": st.column_config.CheckboxColumn("May vote", required=True),
}


def plan_here(moment: Moment, rule: VotingRule) -> Plan:
    """Who holds how much as the page stands: an uploaded list, or the table of kinds.

    Raises
    ------
    BallastError
        In a sentence, where the table or the list cannot stand.
    """
    if rule.members is not None:
        return own_plan(moment, rule)
    rows: HolderRows | None = st.session_state.get(_ROWS)
    if rows is not None:
        kept = rows.holders(_left_out(rows))
        return known_plan(kept.stakes.tolist(), kept.group_names(), kept.voting.tolist())
    plan = plan_from(list(fields.BUCKETS.value()) or plan_rows(own_plan(moment, rule)))
    case = cases().get(fields.CASE.value())
    if case and case.holders:
        plan = _with_known(plan, [(one.name, one.group, one.share, one.votes) for one in case.holders])
    return plan


def is_uploaded() -> bool:
    """Whether the list is somebody's own, and not the typical one."""
    return _ROWS in st.session_state


def holders_panel(moment: Moment, rule: VotingRule) -> None:
    """Show and ask who holds how much; where seats vote there is nothing to ask."""
    if rule.members is not None:
        return
    st.subheader("Who holds how much", anchor="holders")
    _upload()
    if _ROWS in st.session_state:
        return
    st.markdown(
        "No list of holders is part of the model: kinds and their tokens come from the network's preset, "
        "**how many holders there are, how unequal they are and who may vote is assumed**. "
        f"{as_markdown(rule.title)} measures by {ELECTORATES[rule.electorate]}."
    )
    if told := stands_in_sentence(moment.scenario.network, rule):
        st.markdown(as_markdown(told))
    fields.edited_rows(fields.BUCKETS, plan_rows(own_plan(moment, rule)), _COLUMNS, label="Kinds of holders")
    case = cases().get(fields.CASE.value())
    if case and case.holders:
        names = ", ".join(f"{one.name} {percent(one.share)}" for one in case.holders)
        st.caption(as_markdown(f"From the case “{case.title}”: {names}; the others hold the rest as above."))


def _with_known(plan: Plan, known: list[tuple[str, str, float, bool]]) -> Plan:
    """Holders of known share beside the buckets, which keep the rest in proportion."""
    total = sum(bucket.tokens for bucket in plan.buckets)
    left = 1 - sum(share for _, _, share, _ in known)
    buckets = tuple(replace(bucket, tokens=bucket.tokens * left) for bucket in plan.buckets)
    return Plan(buckets, tuple((name, group, share * total, votes) for name, group, share, votes in known))


# ---- an uploaded list -----------------------------------------------------------------------------------
def _upload() -> None:
    """A closed box with the uploaded list and what to leave out of it."""
    loaded = _ROWS in st.session_state
    with st.expander(
        "Use your own list of holders (CSV)", expanded=loaded, key="vote-upload", on_change="rerun"
    ) as box:
        if not box.open:
            return
        st.markdown(
            "First line: column names such as holder,tokens and, if known, label and group. Up to "
            f"{grouped(MOST_ROWS)} rows and {MOST_BYTES // 10**6} MB. The list stays in this session's memory: it is "
            "not stored and not part of the link."
        )
        st.file_uploader("List of holders", type=["csv", "txt"], key="vote-file", max_upload_size=16, on_change=_read)
        if problem := st.session_state.get("_vote-file-problem"):
            st.warning(as_markdown(problem))
        rows: HolderRows | None = st.session_state.get(_ROWS)
        if rows is not None:
            st.button("Forget the list", on_click=_forget, key="vote-forget")
            _checklist(rows)


def _read() -> None:
    """Read what was uploaded, or keep the sentence that says why not."""
    upload = st.session_state.get("vote-file")
    st.session_state.pop("_vote-file-problem", None)
    if upload is None:
        return
    try:
        st.session_state[_ROWS] = read_holders(upload)
        st.session_state.pop(_TAKEN, None)
    except BallastError as problem:
        st.session_state["_vote-file-problem"] = f"{problem} The list before stays."


def _forget() -> None:
    for key in (_ROWS, _TAKEN, "_vote-file-problem"):
        st.session_state.pop(key, None)


def _left_out(rows: HolderRows) -> set[int]:
    """Rows that are left out: all that look like nobody's stake, unless somebody took them in again."""
    taken: set[int] = st.session_state.get(_TAKEN, set())
    return set(rows.suspects) - taken


def _tick(row: int, key: str) -> None:
    taken: set[int] = st.session_state.setdefault(_TAKEN, set())
    (taken.discard if st.session_state[key] else taken.add)(row)


def _checklist(rows: HolderRows) -> None:
    """Rows that may be nobody's stake, a box for each, and what leaving them out does."""
    st.markdown(as_markdown(" ".join(rows.notes)))
    st.markdown(
        "**What to leave out.** Contracts, exchanges, burned tokens and treasuries are often the largest rows and "
        "decide every measure of concentration. These look like it, by name or label only; unlabelled contracts are "
        "not found."
    )
    out, total = _left_out(rows), sum(rows.stakes)
    for row in list(rows.suspects)[:_MOST_LISTED]:
        told = f"{as_markdown(rows.names[row])}: {percent(rows.stakes[row] / total)}, looks like {rows.suspects[row]}"
        key = f"vote-out-{row}"
        st.checkbox(told, value=row in out, key=key, on_change=_tick, args=(row, key))
    if not rows.suspects:
        st.markdown("No row looks like one.")
    try:
        kept, whole = rows.holders(out), rows.holders()
    except BallastError as problem:
        st.warning(as_markdown(str(problem)))
        return
    fewest = nakamoto(kept.stakes)
    half = f"{count_words(fewest, 'holder')} {'has' if fewest == 1 else 'together have'} more than half"
    if not out:
        largest = percent(float(kept.stakes[0] / kept.total))
        told = f"Nothing is left out: {half}, the largest {largest}. {number(kept.total)} tokens count."
        st.markdown(as_markdown(told))
        return
    largest, before = (percent(float(one.stakes[0] / one.total)) for one in (kept, whole))
    st.markdown(
        as_markdown(
            f"With {count_words(len(out), 'row')} left out, {half} instead of {nakamoto(whole.stakes)}; the largest "
            f"has {largest} instead of {before}. {number(kept.total)} tokens count."
        )
    )


def known_plan(stakes: list[float], groups: list[str], voting: list[bool]) -> Plan:
    """A plan in which every holder is known."""
    named = tuple(
        (f"Row {place + 1}", group, stake, votes)
        for place, (stake, group, votes) in enumerate(zip(stakes, groups, voting, strict=True))
    )
    return Plan((), named)
