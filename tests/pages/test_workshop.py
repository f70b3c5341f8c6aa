"""The Workshop page: rooms are opened, joined, run and revealed; what is sealed and what is secret shows nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from streamlit.testing.v1 import AppTest

from model import Scenario, load_network
from model.comparison.rows import at_years
from model.outcomes import measures, outcome
from tests.pages.opening import opened, query_of, words
from ui.link import Moment
from ui.runs import run_of
from ui.workshop import session as workshop_session
from ui.workshop.figures import questions_for, results_of
from workshop import Answer, Beat, Direction, Facilitator, Workshop, secret_keys
from workshop.joining import CODE_FIELD

PAGE = "pages/workshop.py"
HOSTILE = "<img src=x onerror=alert(1)> **[b](http://x)** $x$ :red[y] www.evil.example"


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workshop]:
    """A store of its own, with keys that cost nothing."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'rooms.sqlite'}")
    monkeypatch.setitem(secret_keys.COST, "n", 2)
    yield workshop_session.rooms()
    workshop_session.rooms().close()
    workshop_session._workshop_at.cache_clear()


def shown(app: AppTest) -> str:
    """Everything that the page tells or holds: texts, widgets and the address; not what its browser alone is given."""
    assert not app.exception
    protos = [getattr(node, "proto", "") for node in app._tree]
    drawn = [str(proto) for proto in protos if type(proto).__name__ != "BidiComponent"]
    return "\n".join([*drawn, str(dict(app.query_params)), str(query_of(app))])


def in_room(code: str, **more: str) -> AppTest:
    return opened(PAGE, urlencode({CODE_FIELD: code, **more}))


def joined(code: str, name: str, role: str = "staker") -> AppTest:
    app = in_room(code)
    app.text_input("workshop-name").input(name)
    app.selectbox("workshop-role").select(role)
    return next(button for button in app.button if button.label == "Join").click().run()


def press(app: AppTest, key: str) -> AppTest:
    app = app.button(key).click().run()
    assert not app.exception
    return app


def hosted(store: Workshop, minutes: int = 20) -> tuple[str, Facilitator]:
    made = store.open_room("payment", minutes=minutes)
    return made.code, store.facilitator(made.code, made.facilitator_key.reveal())


def test_a_round_from_opening_to_reveal_with_nothing_sealed_or_secret_on_any_screen(store: Workshop) -> None:
    host = opened(PAGE, "network=payment&burn_share=0.4&funded_by=providers")
    host.segmented_control("workshop-way").set_value("Open a room").run()
    press(host, "workshop-open")
    key, recovery = (code.value for code in host.code[:2])
    code = query_of(host)[CODE_FIELD]
    assert key in shown(host)
    assert key not in str(query_of(host)) + code
    press(host, "workshop-kept")
    assert key not in shown(host)
    assert recovery not in shown(host)
    for _ in range(2):
        press(host, "workshop-next")
    press(host, "workshop-propose")
    assert not host.error, host.error[0].value
    assert "Supply, Oct 2028" in words(host)
    press(host, "workshop-next")

    anna, ben, screen = joined(code, "Anna"), joined(code, "Ben", "user"), in_room(code, view="projector")
    for place in range(3):
        anna.segmented_control(f"ws-direction-1-{place}").set_value(Direction.DOWN)
    anna.number_input("ws-number-1-0").set_value(471.7219)
    press(anna, "ws-seal-1")
    assert "you chose down, and 472M tokens is above" in anna.error[0].value
    anna.number_input("ws-number-1-0").set_value(71.7219)
    press(anna, "ws-seal-1")
    assert any("sealed until the reveal" in note.value for note in anna.success)
    assert "71.7" in shown(anna)
    for other in (ben.run(), screen.run(), host.run()):
        assert "71.7219" not in shown(other)
        assert "71721900" not in shown(other)
    assert "1 of 2 have predicted" in words(screen).replace("*", "")

    press(host, "workshop-next")
    assert "All of you expected down (1 of 1)" in words(host)
    assert "All of you expected down (1 of 1)" in words(screen.run())
    assert "Closest: Anna" in words(screen)
    # Ben's screen still shows the form: what is sent now is late.
    press(ben, "ws-seal-1")
    assert "not possible now" in " ".join(error.value for error in ben.error)
    assert "You expected down for Supply" in words(anna.run())


def test_the_reveal_tells_what_the_model_gives_on_the_page_of_the_scenario(store: Workshop) -> None:
    scenario = Scenario(load_network("payment"), {"burn_share": 0.4}, funded_by="providers")
    questions = questions_for(scenario, ["supply", "price", "net_emission_rate"], 5)
    found = results_of(scenario, questions)
    run = run_of(Moment(scenario))
    for question, column in zip(questions, ("supply", "price", "net_emission_rate"), strict=True):
        told = outcome(run, measures(scenario.system)[column], at_years(run, 5))
        result = found[question.kpi]
        assert result.scenario == pytest.approx(told.scenario, rel=1e-12)
        assert result.baseline == pytest.approx(told.baseline, rel=1e-12) == question.baseline


def test_hostile_names_and_titles_are_shown_as_text(store: Workshop) -> None:
    code, host = hosted(store)
    seat = joined(code, HOSTILE[:40])
    host.skip_to(Beat.PROPOSE)
    shown_to = [in_room(code, view="projector"), seat.run()]
    store.seat(store.join(code, "B", "user").token.reveal()).submit(HOSTILE[:40], scenario(), "x", HOSTILE)
    back = opened(PAGE)
    back.session_state["_workshop"].host = host
    back.session_state["_workshop"].code = code
    shown_to.append(back.run())
    for app in shown_to:
        assert not app.exception
        for element in app.markdown:
            if "onerror" in element.value or "evil" in element.value:
                assert "<img" not in element.value.replace("\\<", "")
                assert "www.evil" not in element.value
                assert "](http" not in element.value.replace("\\]", "").replace("\\(", "")


def scenario() -> Scenario:
    return Scenario(load_network("payment"), {"burn_share": 0.4}, funded_by="providers")


@pytest.mark.parametrize(
    ("link", "told"),
    [("", ""), ("workshop.room=BCDGHJ", "there is no such room"), ("workshop.room=%3Cb%3E", "is no join code"),
     ("view=projector&workshop.room=BCDGHJ", "there is no such room"), ("workshop.key=x", "does not know")],
)  # fmt: skip
def test_a_link_without_a_room_offers_the_ways_in_and_says_why(link: str, told: str) -> None:
    app = opened(PAGE, link)
    assert not app.exception
    assert len(app.warning) == (1 if told else 0)
    assert told in " ".join(warning.value.replace("\\", "").lower() for warning in app.warning)
    assert app.segmented_control("workshop-way").options


def test_a_facilitator_comes_back_with_the_key_or_the_recovery_code(store: Workshop) -> None:
    made = store.open_room("payment", minutes=20)
    for secret, recovers in ((made.facilitator_key, False), (made.recovery_code, True)):
        app = opened(PAGE)
        app.segmented_control("workshop-way").set_value("Come back as facilitator").run()
        app.text_input("workshop-back-code").input(made.code)
        app.text_input("workshop-key").input(secret.reveal())
        app.checkbox("workshop-recover").set_value(recovers)
        next(button for button in app.button if button.label == "Come back").click().run()
        assert "0 people joined" in words(app)
        assert secret.reveal() not in shown(app)
        assert len(app.code) == (2 if recovers else 0)


def test_groups_submit_merge_and_vote_under_the_networks_own_rule(store: Workshop) -> None:
    code, host = hosted(store)
    people = [joined(code, name) for name in ("Anna", "Ben")]
    host.skip_to(Beat.COMPARE)
    idle = people[0].run()
    idle.segmented_control("ws-how").set_value("Paste a link").run()
    idle.text_input("ws-link").input("http://x/sandbox?v=0&network=payment&slashed_burn_share=0.5")
    press(idle, "ws-submit")
    assert "This scenario changes nothing" in idle.error[0].value
    for app, share in zip(people, ("0.3", "0.5"), strict=True):
        app.run()
        app.segmented_control("ws-how").set_value("Paste a link").run()
        app.text_input("ws-link").input(f"http://x/sandbox?v=0&network=payment&burn_share={share}&funded_by=providers")
        app.text_input("ws-title").input(f"Burn {share}")
        press(app, "ws-submit")
        assert not app.error, app.error[0].value
    screen = opened(PAGE)
    screen.session_state["_workshop"].host = host
    screen.session_state["_workshop"].code = code
    screen.run()
    assert not screen.exception
    for app in (screen, in_room(code, view="projector"), people[0].run()):
        told = shown(app)
        assert "Burn 0.3: Burn share from 20% to 30%, paid by providers (60% to 50%)" in told
        assert "As it is today" in told
    press(screen, "workshop-merge")
    assert query_of(screen)["burn_share"] == "0.4"
    press(screen, "workshop-open-vote")
    for app in people:
        app.run()
        assert "Burn share from 20% to 40%, paid by providers (60% to 40%)" in words(app).replace("\\", "")
        app.radio[0].set_value("yes")
        press(app, "ws-vote-1")
    press(screen, "workshop-close-vote")
    assert "Yes 2" in words(screen)
    press(screen, "workshop-next")
    assert "Who plays whom" in words(screen)
    assert "Your role, staker" in words(people[0].run())
    assert "Under the rule" in words(screen)


def test_a_network_as_it_is_cannot_be_what_a_round_is_about(store: Workshop) -> None:
    code, host = hosted(store)
    host.skip_to(Beat.PROPOSE)
    screen = opened(PAGE)
    screen.session_state["_workshop"].host = host
    screen.session_state["_workshop"].code = code
    screen.run().selectbox("ws-proposal").select("screen")
    press(screen, "workshop-propose")
    assert "This scenario changes nothing yet" in screen.error[0].value
    assert host.board().rounds == ()


def test_answers_may_be_changed_until_the_beat_ends(store: Workshop) -> None:
    code, host = hosted(store)
    host.skip_to(Beat.PROPOSE)
    questions = questions_for(scenario(), ["supply"], 1)
    host.propose("More burn", scenario(), questions)
    host.next()
    app = joined(code, "Anna")
    press(app, "ws-seal-1")
    assert "is missing" in app.error[0].value
    for direction in (Direction.UP, Direction.DOWN):
        app.segmented_control("ws-direction-1-0").set_value(direction)
        press(app, "ws-seal-1")
        seat = app.session_state["_workshop"].seat
        assert seat.my_prediction(1) == {questions[0].kpi: Answer(direction)}


def test_a_lost_seat_is_given_anew_and_a_deleted_room_is_gone_for_everybody(store: Workshop) -> None:
    code, host = hosted(store)
    phone = joined(code, "Anna")
    screen = opened(PAGE)
    screen.session_state["_workshop"].host = host
    screen.session_state["_workshop"].code = code
    for box in ("workshop-people", "workshop-keeping"):
        screen.session_state[box] = True
    press(screen.run(), "workshop-token-for")
    token = next(found.value for found in screen.code if len(found.value) == 32)
    assert token not in shown(screen.run())
    assert "not there any more" in phone.run().error[0].value

    other = in_room(code)
    other.session_state["workshop-moved"] = True
    other.run().text_input("workshop-token").input(token)
    press(other, "workshop-return")
    assert "Anna, compute provider" in words(other) or "Anna, staker" in words(other)
    assert token not in shown(other)

    assert screen.button("workshop-delete").disabled
    screen.checkbox("workshop-sure").check().run()
    press(screen, "workshop-delete")
    assert "is deleted" in screen.success[0].value
    assert "not there any more" in other.run().error[0].value
    assert "there is no such room" in in_room(code).warning[0].value.lower()


def test_a_simulated_room_goes_through_every_beat(store: Workshop) -> None:
    screen = opened(PAGE, "network=payment&burn_share=0.4&funded_by=providers")
    screen.segmented_control("workshop-way").set_value("Rehearse").run()
    screen.segmented_control("workshop-minutes").set_value(20).run()
    press(screen, "workshop-open")
    host = screen.session_state["_workshop"].host
    seen = []
    while (beat := host.board().step.beat) is not Beat.CLOSED:
        press(screen, "workshop-simulate")
        if beat is Beat.PROPOSE:
            press(screen, "workshop-propose")
        seen.append(beat)
        press(screen, "workshop-next")
        assert not screen.error
    assert "12 people joined" in words(screen)
    assert seen == [step.beat for step in host.board().steps[:-1]]
    assert host.board().rounds[0].predicted == 12


def test_an_exported_room_opens_again_from_its_file(store: Workshop) -> None:
    code, host = hosted(store)
    store.join(code, "Anna", "staker")
    app = opened(PAGE)
    app.segmented_control("workshop-way").set_value("Open a room").run()
    app.session_state["workshop-import-box"] = True
    app.run().file_uploader("workshop-file").set_value(("room.json", host.export().encode(), "application/json"))
    press(app, "workshop-import")
    assert not app.error
    assert query_of(app)[CODE_FIELD] != code
    assert "1 person joined" in words(app)
