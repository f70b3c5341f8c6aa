"""What pages ask beside the scenario travels in the link, and comes back by undo."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from ui.link import LONGEST_PAGE_FIELDS, read_query


def asking_page() -> None:
    import streamlit as st

    from ui import address, page_fields, state

    rule = page_fields.choice("vote.rule", ["nns", "cosmos"], "nns")
    turnout = page_fields.number("vote.turnout", 0.05, 0.0, 1.0)
    rows = page_fields.table("vote.rows")
    tab = page_fields.choice("model.tab", ["words", "equations"], "words")
    address.begin("pages/vote.py")
    page_fields.tell_problems("vote", [rule, turnout, rows])
    st.markdown(f"{rule.value()} {turnout.value()} {list(rows.value())}")
    st.caption(tab.value())
    st.button("Ask", on_click=lambda: page_fields.put({rule: "cosmos", turnout: 0.25}))
    st.button("Type", on_click=lambda: rows.set(({"subnet": 1, "price": 0.5},)))
    st.button("Default", on_click=lambda: page_fields.put({rule: "nns", turnout: 0.05, rows: ()}))
    st.button("Turn", on_click=lambda: tab.set("equations"))
    st.button("Undo", on_click=state.undo, disabled=not state.can_undo())
    st.button("Redo", on_click=state.redo)


def asked(**fields: str) -> AppTest:
    app = AppTest.from_function(asking_page, default_timeout=30)
    for key, text in fields.items():
        app.query_params[key.replace("__", ".")] = text
    return app.run()


def press(app: AppTest, label: str) -> str:
    next(button for button in app.button if button.label == label).click().run()
    return app.markdown[0].value


def written(app: AppTest) -> dict[str, str]:
    return {key: text for key, text in app.session_state["_scenario"].seen.items() if key.startswith("vote.")}


def test_several_fields_are_one_step_of_the_history_and_of_the_address() -> None:
    app = asked()
    assert press(app, "Ask") == "cosmos 0.25 []"
    assert written(app) == {"vote.rule": "cosmos", "vote.turnout": "0.25"}
    assert press(app, "Undo") == "nns 0.05 []"
    assert written(app) == {}


def test_a_default_is_never_written_and_a_table_comes_back_from_its_link() -> None:
    app = asked()
    assert press(app, "Type") == "nns 0.05 [{'subnet': 1, 'price': 0.5}]"
    packed = written(app)["vote.rows"]
    assert asked(vote__rows=packed).markdown[0].value == "nns 0.05 [{'subnet': 1, 'price': 0.5}]"
    press(app, "Default")
    assert written(app) == {}


def test_turning_to_another_view_is_no_step_for_undo_and_stays_when_a_change_is_undone() -> None:
    app = asked()
    press(app, "Turn")
    assert app.caption[0].value == "equations"
    assert next(button for button in app.button if button.label == "Undo").disabled
    press(app, "Ask")
    assert press(app, "Undo") == "nns 0.05 []"
    assert app.caption[0].value == "equations"
    assert press(app, "Redo") == "cosmos 0.25 []"
    assert app.caption[0].value == "equations"


def test_the_browsers_back_returns_from_a_view_and_then_undoes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.address.LATEST", 0.0)
    app = asked()
    press(app, "Ask")
    before = dict(app.session_state["_scenario"].seen)
    press(app, "Turn")
    for address, rule, tab in ((before, "cosmos 0.25 []", "words"), ({}, "nns 0.05 []", "words")):
        app.query_params.clear()
        app.query_params.update(address)
        app.run()
        assert (app.markdown[0].value, app.caption[0].value) == (rule, tab)
    assert press(app, "Redo") == "cosmos 0.25 []"


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("rule", "dice", "'dice' cannot be chosen"),
        ("turnout", "nan", "a number from 0 to 1"),
        ("turnout", "2", "a number from 0 to 1"),
        ("rows", "xyz", "The table in the link cannot be read"),
        ("colour", "red", "a field 'vote.colour' that this page does not know"),
    ],
)
def test_what_does_not_stand_is_told_in_one_sentence_and_the_default_stands(key: str, text: str, told: str) -> None:
    app = asked(**{f"vote__{key}": text})
    assert app.markdown[0].value == "nns 0.05 []"
    (warning,) = app.warning
    assert told in warning.value.replace("\\", "")


def test_numbers_do_not_depend_on_what_a_page_asks() -> None:
    plain, _ = read_query({"network": "render"})
    asking, told = read_query({"network": "render", "vote.rule": "nns"})
    assert told == ()
    assert plain == asking
    assert hash(plain) == hash(asking)
    assert plain.query != asking.query


def test_a_link_that_says_too_much_beside_the_scenario_keeps_the_scenario() -> None:
    moment, told = read_query({"network": "render", "vote.rows": "x" * LONGEST_PAGE_FIELDS})
    assert moment.scenario.network.name == "render"
    assert moment.page_fields == ()
    assert len(told) == 1
