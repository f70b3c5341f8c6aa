"""A workshop in a real browser: one facilitator, one projector and six phones go through a round together."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from tests.browser.conftest import serving
from tests.browser.visits import PHONE, assert_accessible, assert_no_sideways_scroll, settled, visit
from workshop import ROLES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAMES = ("Anna", "Ben", "<b>Cleo</b> www.evil.example", "Dana", "e@evil.example", "http://evil.example")
SECRET = "97.5321"
"""A predicted number that stands nowhere else."""
PROJECTOR = {"width": 1600, "height": 900}
UPDATED = 2_000
PHONES_UPDATED = 5_000
"""Milliseconds in which the projector and the phones follow the facilitator, measured from the facilitator's screen."""
SCREENS = ({"width": 1400, "height": 900}, {"width": 1280, "height": 720})
"""Projectors: nobody can scroll one from the desk."""
BUSY = 4
"""Eight browser windows and the server share the machine of the test: an update may take this many times longer."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Address and log of a server with a store of its own."""
    folder = tmp_path_factory.mktemp("workshop")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BALLAST_DATA", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        patch.setitem(os.environ, "BALLAST_WARM", "off")
        with serving(folder / "log.txt") as url:
            yield url, folder / "log.txt"
            log = (folder / "log.txt").read_text()
        assert "Traceback" not in log


class Room:
    """All screens of one workshop, each in a context of its own."""

    def __init__(self, browser: Browser, stack: ExitStack, address: str, folder: Path) -> None:
        self.browser, self.stack, self.address, self.folder = browser, stack, address, folder
        self.host, self.phones = self.window({"width": 1280, "height": 900}), list[Page]()
        self.shots = 0

    def window(self, size: dict[str, int]) -> Page:
        context = self.browser.new_context(viewport=size, reduced_motion="reduce")  # type: ignore[arg-type]
        self.stack.callback(context.close)
        page = context.new_page()
        page.set_default_timeout(30_000)
        return page

    def open(self) -> None:
        visit(self.host, f"{self.address}/workshop?network=payment&burn_share=0.4&funded_by=providers")
        self.host.get_by_role("radio", name="Open a room").click()
        self.host.get_by_role("button", name="Open the room").click()
        expect(self.host.get_by_text("Recovery code.")).to_be_visible()
        self.secrets = self.host.locator(".st-key-ws-keys code").all_inner_texts()
        self.host.get_by_role("button", name="I have kept both").click()
        found = re.search(r"workshop\.room=([A-Z]{6})", self.host.url)
        assert found
        self.link = f"{self.address}/workshop?workshop.room={found[1]}"
        self.projector = self.window(PROJECTOR)
        visit(self.projector, f"{self.link}&view=projector")

    def rehearse(self) -> None:
        """A room of simulated people, and its projector."""
        visit(self.host, f"{self.address}/workshop?network=payment")
        self.host.get_by_role("radio", name="Rehearse").click()
        self.host.get_by_role("button", name="Open a rehearsal").click()
        self.host.get_by_role("button", name="I have kept both").click()
        found = re.search(r"workshop\.room=([A-Z]{6})", self.host.url)
        assert found
        self.projector = self.window(SCREENS[0])
        visit(self.projector, f"{self.address}/workshop?workshop.room={found[1]}&view=projector")

    def join(self, people: dict[str, str]) -> None:
        """Everybody opens the link at once, then gives name and role."""
        for _ in people:
            self.phones.append(self.window(PHONE))
            self.phones[-1].goto(self.link, wait_until="commit")
        for page, (name, role) in zip(self.phones, people.items(), strict=True):
            self.take_seat(page, name, role)

    def take_seat(self, page: Page, name: str, role: str) -> None:
        page.get_by_label("Your name").fill(name)
        if role != ROLES[0].label:
            page.get_by_role("combobox", name="Your role").click()
            page.get_by_role("option", name=role).click()
        page.get_by_role("button", name="Join", exact=True).click()
        expect(page.get_by_text(f", {role.lower()}").first).to_be_visible()
        assert page.locator("a[href*=evil]").count() == 0

    def next(self, beat: str) -> None:
        """On to a beat by the Space key; the projector and the phones follow by themselves."""
        self.host.get_by_role("heading", level=1).click()
        self.host.keyboard.press("Space")
        expect(self.host.locator(".st-key-ws-bar").get_by_text(beat)).to_be_visible()
        self.follow(beat)

    def follow(self, beat: str) -> None:
        bar = self.projector.locator(".st-key-ws-bar").get_by_text(beat)
        expect(bar).to_be_visible(timeout=BUSY * UPDATED)
        for phone in self.phones:
            expect(phone.locator(".st-key-ws-bar").get_by_text(beat)).to_be_visible(timeout=BUSY * PHONES_UPDATED)
        settled(self.projector)

    def picture(self, beat: str) -> None:
        """What facilitator, projector and the first phone see."""
        self.shots += 1
        screens = {"facilitator": self.host, "projector": self.projector, "phone": self.phones[0]}
        for name, page in screens.items():
            page.screenshot(path=self.folder / f"{self.shots}-{beat}-{name}.png")
            assert_no_sideways_scroll(page)

    def everything(self, *pages: Page) -> str:
        return "\n".join(page.content() + page.url for page in pages)


def assert_fits(projector: Page, beat: str) -> None:
    """Everything of a beat stands on the screen."""
    for size in SCREENS:
        projector.set_viewport_size(size)  # type: ignore[arg-type]
        settled(projector)
        tall = "document.querySelector('[data-testid=stMain]').scrollHeight"
        try:  # the page takes a moment to follow the window
            projector.wait_for_function(f"() => {tall} <= {size['height']}", timeout=PHONES_UPDATED)
        except PlaywrightTimeoutError:
            pytest.fail(f"{beat} is {projector.evaluate(tall)} px tall on a screen of {size['height']}")


def predict(phone: Page, direction: str, number: str) -> None:
    phone.locator("[data-testid=stButtonGroup]").first.wait_for()
    for group in phone.locator("[data-testid=stButtonGroup]").all():
        group.get_by_role("radio", name=direction, exact=True).click()
    phone.get_by_role("spinbutton").first.fill(number)
    phone.get_by_role("button", name="Seal my prediction").click()
    expect(phone.get_by_text("Kept, sealed until the reveal.")).to_be_visible()


def test_a_whole_round_with_one_facilitator_a_projector_and_six_phones(
    browser: Browser, served: tuple[str, Path], tmp_path: Path
) -> None:
    with ExitStack() as stack:
        address, log = served
        room = Room(browser, stack, address, tmp_path)
        room.open()
        room.join({name: ROLES[place].label for place, name in enumerate(NAMES)})
        expect(room.projector.get_by_text("6 people")).to_be_visible(timeout=BUSY * UPDATED)
        expect(room.projector.get_by_text("<b>Cleo</b>")).to_be_visible()
        assert room.projector.locator("a[href*=evil]").count() == 0
        assert_accessible(room.phones[0], within=".stMainBlockContainer")
        room.picture("prepare")

        room.next("Baseline tour")
        room.picture("tour")
        room.next("Propose, round 1")
        room.host.get_by_role("button", name="Choose it").click()
        expect(room.projector.get_by_text(re.compile("Burn share from 20% to 40%")).first).to_be_visible(
            timeout=BUSY * UPDATED
        )
        room.picture("propose")

        room.next("Predict, round 1")
        predict(room.phones[0], "Down", SECRET)
        for place, phone in enumerate(room.phones[1:5]):
            predict(phone, "Up" if place % 2 else "Down", str((120 if place % 2 else 90) + place))
        counted = room.projector.get_by_text("5 of 6")
        expect(counted).to_be_visible(timeout=BUSY * UPDATED)
        others = room.everything(room.host, room.projector, *room.phones[1:])
        assert SECRET not in others
        assert not any(secret in room.everything(room.host, room.projector, *room.phones) for secret in room.secrets)
        # A phone that loads the page again comes back to its seat, and to the beat.
        room.phones[1].goto(room.link)
        expect(room.phones[1].get_by_text("Kept, sealed until the reveal.")).to_be_visible()
        # So does the facilitator, without the key in the address.
        room.host.reload()
        expect(room.host.locator(".st-key-ws-bar").get_by_text("Predict, round 1")).to_be_visible()
        room.picture("predict")

        room.next("Reveal, round 1")
        expect(room.projector.get_by_text(re.compile("of you expected")).first).to_be_visible()
        expect(room.projector.get_by_text(re.compile("Closest:")).first).to_be_visible()
        assert_accessible(room.projector)
        room.picture("reveal")
        room.next("Replay, round 1")
        expect(room.projector.get_by_text("1 of 2. Before")).to_be_visible()
        room.host.get_by_role("button", name="Show after").click()
        expect(room.projector.get_by_text("2 of 2. After")).to_be_visible(timeout=BUSY * UPDATED)
        settled(room.projector)
        room.picture("replay")
        room.next("Explain, round 1")
        settled(room.host)
        assert_accessible(room.host)
        room.picture("explain")
        tokens = [phone.evaluate("Object.entries(localStorage).find(([k]) => k.startsWith('ballast.seat'))[1]")
                  for phone in room.phones]  # fmt: skip
        told = log.read_text() + room.everything(room.host, room.projector, *room.phones)
        assert not any(secret in told for secret in (*room.secrets, *tokens))
        assert len(list(tmp_path.glob("*.png"))) == 3 * 7


def test_every_beat_fits_the_projector_and_the_room_sees_what_it_votes_on(
    browser: Browser, served: tuple[str, Path], tmp_path: Path
) -> None:
    with ExitStack() as stack:
        room = Room(browser, stack, served[0], tmp_path)
        room.rehearse()
        host, screen = room.host, room.projector

        def press(name: str | re.Pattern[str], sees: str) -> None:
            host.get_by_role("button", name=name).first.click()
            # What a beat shows may have to be run first: how soon a screen follows is the other test's claim.
            expect(screen.get_by_text(re.compile(sees)).first).to_be_visible(timeout=BUSY * PHONES_UPDATED)
            assert_fits(screen, sees)

        def act(name: str, done: str) -> None:
            host.get_by_role("button", name=name).first.click()
            expect(host.get_by_text(re.compile(done)).first).to_be_visible(timeout=BUSY * PHONES_UPDATED)

        simulate = "Let the simulated people act"
        assert_fits(screen, "Prepare")
        press(re.compile("^Next"), "This is the baseline")
        press(re.compile("^Next"), "Which proposal")
        press(simulate, "Idea 4")
        press("Choose it", "Do not discuss it yet")
        press(re.compile("^Next"), "have predicted")
        act(simulate, "12 predicted")
        press("Reveal", "Closest:")
        press(re.compile("^Next"), "1 of 2. Before")
        press("Show after", "2 of 2. After")
        press(re.compile("^Next"), "What changed")
        host.get_by_role("button", name="Skip").click()
        press("To “Group scenarios”", "nothing sent yet")
        expect(host.get_by_role("button", name="To “Debrief”")).to_have_count(0)  # the menu is closed
        press(simulate, "“Group 3”")
        press(re.compile("^Next"), "Goals met")
        host.get_by_role("radio", name="Levers").click()
        expect(screen.get_by_text(re.compile("diamond: today"))).to_be_visible(timeout=BUSY * UPDATED)
        assert_fits(screen, "Levers")
        press("Vote of support first", "Votes are secret")
        act(simulate, "12 voted")
        press("Close the vote and count", "most support")
        press("Merge and open it", "Merged:")
        press("Open the vote", "0 of 12")
        ballot = screen.locator("[class*=st-key-ws-beat-]").inner_text()
        assert ballot.count(" from ") >= 3  # every lever that a group moved, with what it is today
        assert "…" not in ballot
        act(simulate, "12 voted")
        press("Close the vote and count", "Under the rule")
        press(re.compile("^Next"), "would turn the answer")
        press(re.compile("^Next"), "The room is closed")
