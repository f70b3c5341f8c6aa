"""Encode a proposal: an answer at once, nothing lost, a file and a link that say the same."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from model import load_proposal
from model.proposals.draft import Draft
from model.proposals.draft_check import check
from model.proposals.files import proposal_to_toml
from tests.pages.opening import drawn, line, opened, query_of, words
from ui.link import read_query

PAGE = "pages/encode.py"


def draft_in(app: AppTest) -> Draft:
    found: Draft = app.session_state["_draft"]
    return found


def key(app: AppTest, name: str) -> str:
    """Widget key of a field of the first setting."""
    return f"enc-{draft_in(app).provisions[0].moves[0].uid}-{name}"


def with_one_change(share: float = 40.0) -> AppTest:
    """The form with the burn share moved."""
    app = opened(PAGE)
    app.selectbox(key=key(app, "key")).select("burn_share").run()
    app.number_input(key=key(app, "value")).set_value(share).run()
    return app


def with_everything() -> AppTest:
    app = with_one_change()
    source = draft_in(app).sources[0].uid
    for name, value in (("0-title", "Burn two fifths"), ("0-author", "A voter"), (f"{source}-title", "Own idea"),
                        (f"{source}-date", "2026-11")):  # fmt: skip
        app.text_input(key=f"enc-{name}").set_value(value)
    app.text_area(key="enc-0-summary").set_value("More is burned.")
    app.text_area(key="enc-0-does_not_model").set_value("what the announcement does")
    return app.run()


def test_one_complete_change_is_answered_at_once() -> None:
    app = opened(PAGE)
    assert "the answer appears here" in words(app)
    assert not app.get("vega_lite_chart")
    app = with_one_change()
    assert not app.exception
    assert "With “This proposal”, supply in Nov 2036 would be" in words(app)
    frame = drawn(app)
    assert line(frame, "scenario")[-1] < line(frame, "baseline")[-1]
    assert "of 50 modelled futures" in words(app) or "In all 50 modelled futures" in words(app)
    assert "| Burn share | 40% instead of 20% |" in words(app)


def test_today_s_value_and_the_bounds_stand_beside_the_setting() -> None:
    assert "Today 20%; allowed 0% to 100%." in words(with_one_change())


def test_the_number_stays_as_typed_when_its_unit_changes() -> None:
    app = with_one_change(2.0)
    provision = draft_in(app).provisions[0]
    assert provision.moves[0].value == 0.02
    app.selectbox(key=f"enc-{provision.uid}-way").select("by_factor").run()
    assert provision.moves[0].value == 2.0
    assert "| Burn share | 40% instead of 20% |" in words(app)


def test_what_cannot_stand_is_told_beside_the_field_and_the_rest_stays() -> None:
    app = with_one_change(140.0)
    assert not app.exception
    assert "Burn share is 140%" in words(app)
    assert "1 field cannot stand as typed" in words(app)
    app.number_input(key=key(app, "value")).set_value(30.0).run()
    assert "Burn share is" not in words(app)


def test_fields_that_are_empty_say_so_only_when_asked() -> None:
    app = with_one_change()
    assert "Needed: a title." not in words(app)
    assert "Still needed for the file:" in words(app)
    app.button(key="encode-try").click().run()
    assert "Needed: a title." in words(app)


def test_the_form_survives_a_change_of_page() -> None:
    app = with_everything()
    before = words(app)
    app.switch_page("pages/model.py").run()
    app.switch_page(PAGE).run()
    assert words(app) == before
    assert app.text_input(key="enc-0-title").value == "Burn two fifths"
    assert app.number_input(key=key(app, "value")).value == 40


def test_a_finished_form_offers_the_file() -> None:
    app = with_everything()
    assert "Still needed" not in words(app)
    assert [button.proto.label for button in app.get("download_button")] == ["Download the file"]


def test_it_is_tried_in_the_sandbox_and_its_link_needs_no_file() -> None:
    app = with_everything()
    app.button(key="encode-to-pages/sandbox.py").click().run()
    assert not app.exception
    assert app.title[0].value == "Sandbox"
    assert "With “Burn two fifths”" in app.markdown[0].value
    moment, told = read_query(query_of(app))
    assert told == ()
    assert moment.scenario.stacked[0].title == "Burn two fifths"
    assert moment.scenario.values["burn_share"] == 0.4
    again = opened("pages/sandbox.py", "&".join(f"{name}={text}" for name, text in query_of(app).items()))
    assert line(drawn(again), "scenario") == line(drawn(app), "scenario")


def test_an_encoded_proposal_is_offered_on_top_of_others_in_this_session() -> None:
    app = with_everything()
    app.button(key="encode-to-pages/sandbox.py").click().run()
    app.switch_page("pages/sandbox.py").run()
    app.button(key="reset").click().run()
    app.session_state["changes"] = True
    app.run()
    app.selectbox(key="drawer-add").select("burn-two-fifths").run()
    assert "With “Burn two fifths”" in app.markdown[0].value


# ---- beginnings -------------------------------------------------------------------------------------------
def with_menu(app: AppTest) -> AppTest:
    app.session_state["encode-from"] = True
    return app.run()


def test_a_file_is_opened_for_editing_and_comes_out_the_same() -> None:
    app = with_menu(opened(PAGE))
    part = load_proposal("icp-mission-70")
    app.file_uploader[0].set_value(("mission.toml", proposal_to_toml(part).encode(), "application/toml")).run()
    assert not app.exception
    assert app.text_input(key="enc-0-title").value == "Mission 70"
    assert check(draft_in(app), part.as_of).proposal == part
    assert "With “Mission 70”" in words(app)


def test_a_broken_file_is_one_sentence_and_loses_nothing_that_was_typed() -> None:
    app = with_menu(with_everything())
    for content in (b"title = ", b"\xff\xfe", b"name = 'x'\n", b"x = 1\n" * 90_000):
        app.file_uploader[0].set_value(("broken.toml", content, "application/toml")).run()
        assert not app.exception
        assert len(app.error) == 1
        assert app.error[0].value.replace("\\", "").endswith("What was typed is still here.")
        assert app.text_input(key="enc-0-title").value == "Burn two fifths"


def test_what_another_beginning_replaces_can_be_brought_back() -> None:
    app = with_menu(with_everything())
    app.selectbox(key="encode-copy").select("buyback-and-burn").run()
    assert str(app.text_input(key="enc-0-title").value).startswith("Buyback and burn")
    app.button(key="encode-back").click().run()
    assert app.text_input(key="enc-0-title").value == "Burn two fifths"


def test_what_is_moved_by_hand_becomes_the_first_change() -> None:
    app = with_menu(opened(PAGE, "network=staking&burn_share=0.3&funded_by=providers"))
    app.button(key="encode-sandbox").click().run()
    assert draft_in(app).network == "staking"
    assert app.number_input(key=key(app, "value")).value == 30
    assert "| Burn share | 30% instead of 0% |" in words(app)


def test_rows_come_and_go() -> None:
    app = with_one_change()
    app.button(key="add-event").click().run()
    app.button(key="add-change").click().run()
    assert len(draft_in(app).provisions) == 3
    app.button(key=f"drop-{draft_in(app).provisions[2].uid}").click().run()
    app.button(key=f"drop-{draft_in(app).provisions[1].uid}").click().run()
    assert "| Burn share | 40% instead of 20% |" in words(app)
