"""The card of `?view=embed`, and what windows offer to put it elsewhere."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import pytest

from model import VERSION, Scenario, load_network
from model.exports.impact import NOT_A_FORECAST
from model.words.text import month
from tests.pages.opening import drawn, line, opened, warned, words
from tests.pages.test_compare import opened_box
from ui.embed.card import card_of
from ui.embed.links import FRAME_HEIGHT, card_link, frame, full_page, root_of
from ui.link import Moment, read_query
from ui.panels import choices

PAGE = "pages/proposal.py"
MISSION = {"v": VERSION, "network": "internet-computer@2026-02", "proposal": "icp-mission-70"}


def card(link: str) -> str:
    return f"view=embed&embed=true&{link}"


def test_a_bare_card_shows_the_opening_network_and_nothing_to_change() -> None:
    app = opened("pages/start.py", card(""))
    assert not app.exception
    assert len(app.title) == 1
    assert NOT_A_FORECAST in words(app)
    assert len(app.get("vega_lite_chart")) == 1
    assert not app.slider
    assert not app.button
    assert not app.selectbox


def test_a_card_says_what_the_proposals_page_says_with_status_dates_version_and_the_chart_asked_for() -> None:
    link = "&".join(f"{key}={text}" for key, text in MISSION.items())
    app = opened(PAGE, card(f"{link}&chart=price"))
    moment, told = read_query(MISSION)
    assert told == ()
    said = words(app)
    found = card_of(moment)
    assert len(found.sentences) == 3
    for sentence in (*found.sentences, found.counted):
        assert sentence in said
    network = moment.scenario.network
    assert f"Passed, put in Mar 2026 · {network.title} as of {month(network.as_of)} · model {VERSION}" in said
    assert choices(moment.scenario.system)["price"] in said
    assert line(drawn(app), "scenario")[0] != line(drawn(app), "scenario")[-1]
    page = opened(PAGE, link)
    assert all(sentence in words(page) for sentence in found.sentences)


@pytest.mark.parametrize(
    ("link", "told"),
    [
        ("network=nowhere", "There is no network 'nowhere'"),
        ("proposal=unheard-of", "unheard-of"),
        ("burn_share=seven&nonsense=1", "(1 more like it.)"),
    ],
)
def test_a_card_whose_link_cannot_be_read_gives_one_sentence_and_no_numbers(link: str, told: str) -> None:
    app = opened(PAGE, card(link))
    assert not app.exception
    (warning,) = warned(app)
    assert told in warning
    assert not app.get("vega_lite_chart")
    (way_out,) = app.get("link_button")
    assert link in way_out.proto.url


def test_an_older_link_and_an_unknown_chart_are_told_and_the_card_stands() -> None:
    app = opened(PAGE, card("v=0.0&chart=weather&burn_share=0.3"))
    told = [note.value.replace("\\", "") for note in app.info]
    assert "made with version '0.0'" in told[0]
    assert "no chart 'weather'" in told[1]
    assert not warned(app)
    assert len(app.get("vega_lite_chart")) == 1


class Frame(HTMLParser):
    """Attributes of the one tag of a snippet."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag == "iframe"
        self.found = dict(attrs)


def test_forum_post_and_frame_are_offered_ready_to_copy() -> None:
    app = opened_box(opened("pages/sandbox.py", "burn_share=0.3&funded_by=providers"), "take-away")
    app.pills(key="take-away-kind").set_value("Forum post").run()
    (post,) = app.code
    moment = Moment(Scenario(load_network("payment"), {"burn_share": 0.3}, funded_by="providers"))
    assert post.value.startswith("# Burn share at 30%\n")
    assert all(f"- {sentence}" in post.value for sentence in card_of(moment).sentences)
    assert NOT_A_FORECAST in post.value
    app.pills(key="take-away-kind").set_value("Frame").run()
    app.selectbox(key="frame-take-away").select("price").run()
    parser = Frame()
    parser.feed(app.code[0].value)
    asked = dict(parse_qsl(urlsplit(str(parser.found["src"])).query))
    assert asked == {"embed": "true", "view": "embed", "chart": "price"} | moment.settings
    assert parser.found["height"] == str(FRAME_HEIGHT)


def test_a_comparison_is_no_card() -> None:
    app = opened_box(opened("pages/compare.py", "a=network%3Dpayment%26burn_share%3D0.3"), "take-away")
    assert not {"Forum post", "Frame"} & set(app.pills(key="take-away-kind").options)


def test_a_frame_keeps_what_an_author_wrote_from_becoming_markup() -> None:
    title = "\"><script>alert('1')</script>"
    parser = Frame()
    parser.feed(frame("https://example.org/proposal?a=1&b=2", title).partition("</iframe>")[0])
    assert parser.found["title"] == f"{title}: what it would change, computed with Ballast"
    assert parser.found["src"] == "https://example.org/proposal?a=1&b=2"


@pytest.mark.parametrize(
    ("url", "base", "root"),
    [
        ("https://example.org/sandbox?v=1", "", "https://example.org/"),
        ("https://example.org/", "", "https://example.org/"),
        ("https://example.org/tools/compare", "tools", "https://example.org/tools/"),
        ("https://example.org/tools", "tools", "https://example.org/tools/"),
    ],
)
def test_links_lead_to_the_app_wherever_it_is_served(
    url: str, base: str, root: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("streamlit.get_option", lambda _: base)
    assert root_of(url) == root
    moment = Moment(Scenario(load_network("payment")))
    assert card_link(url, moment, "supply").startswith(f"{root}sandbox?embed=true&view=embed&chart=supply&")
    assert full_page(url, {"view": "embed", "burn_share": "0.3"}, proposed=True) == f"{root}proposal?burn_share=0.3"
