"""The gallery as files: a few pages of every kind, links that resolve, nothing asked of anybody, the same twice."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qsl, urlparse

import pytest

from gallery.cards import all_cards, network_card, proposal_card
from gallery.site import checked_app, write_site
from model import BallastError, load_proposal, load_stress, network_names, proposal_names, stress_names
from model.exports.impact import NOT_A_FORECAST
from model.version import VERSION
from ui.link import read_query

APP = "https://ballast.example/app"
DATE = "2026-11-21"
NAMES = ("network/payment.html", "proposal/buyback-and-burn.html", "stress/demand-halves.html")


class Addresses(HTMLParser):
    """What a page links to, and what it loads by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.unnamed: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "a":
            self.links.append(given["href"])
        else:
            self.loaded += [given[key] for key in ("src", "href", "srcset", "data", "action") if key in given]
        if (tag == "img" and not given.get("alt")) or (given.get("role") == "img" and not given.get("aria-label")):
            self.unnamed.append(tag)


def read(path: Path) -> Addresses:
    found = Addresses()
    found.feed(path.read_text(encoding="utf-8"))
    return found


def rendered(folder: Path, app: str = APP, date: str = DATE) -> Path:
    cards = [
        network_card("payment"),
        proposal_card(load_proposal("buyback-and-burn")),
        proposal_card(load_stress("demand-halves")),
    ]
    assert len(list(write_site(folder, cards, app=app, date=date))) == len(cards)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rendered(tmp_path_factory.mktemp("gallery") / "site")


@pytest.mark.slow
def test_every_network_proposal_and_stress_gets_one_page() -> None:
    made = {(card.kind, card.name) for card in all_cards()}
    wanted = {"network": network_names(), "proposal": proposal_names(), "stress": stress_names()}
    assert made == {(kind, name) for kind, names in wanted.items() for name in names}


def test_every_link_resolves_and_nothing_is_loaded_from_anywhere_else(site: Path) -> None:
    pages = [site / "index.html", *(site / name for name in NAMES)]
    assert sorted(site.rglob("*.html")) == sorted(pages)
    for page in pages:
        found = read(page)
        assert found.loaded
        local = [address for address in (*found.links, *found.loaded) if not urlparse(address).scheme]
        assert all((page.parent / address).resolve().is_file() for address in local), page.name
        assert [address for address in found.loaded if urlparse(address).scheme] == []
        assert found.unnamed == []
    assert set(read(pages[0]).links) == set(NAMES)
    assert re.findall(r"url\((?!data:)|@import", (site / "assets/style.css").read_text()) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_it_is_and_opens_as_the_same_scenario_in_the_app(site: Path, name: str) -> None:
    text = (site / name).read_text(encoding="utf-8")
    assert NOT_A_FORECAST in text
    assert f"Ballast model {VERSION}, written on {DATE}" in text
    specs = json.loads(text.split('id="specs">')[1].split("</script>")[0])
    assert len(specs) == text.count("<figure>") == text.count("Show as table") >= 3
    opened = next(link for link in read(site / name).links if link.startswith(APP))
    moment, told = read_query(dict(parse_qsl(urlparse(opened).query)))
    assert told == ()
    parts = [part.name for part in (*moment.scenario.stacked, *moment.scenario.stresses)]
    assert parts == ([] if name.startswith("network") else [Path(name).stem])


def test_a_stress_is_named_as_an_assumption_that_is_not_the_presets(site: Path) -> None:
    assert "This result uses 1 non-default assumption." in (site / NAMES[2]).read_text(encoding="utf-8")


@pytest.mark.slow
def test_another_day_changes_the_date_alone_and_without_an_app_no_page_links_into_one(
    site: Path, tmp_path: Path
) -> None:
    later, day = rendered(tmp_path / "later", date="2027-01-01"), b"2027-01-01"
    files = [path.relative_to(site) for path in sorted(site.rglob("*")) if path.is_file()]
    written = f"written on {DATE}".encode()
    for path in files:
        assert (site / path).read_bytes().replace(written, b"written on " + day) == (later / path).read_bytes(), path
    alone = rendered(tmp_path / "alone", app="")
    for name in NAMES:
        text = (alone / name).read_text(encoding="utf-8")
        assert "ballast.example" not in text
        assert "Link, to be put behind the address of an app: ?v=" in text


def test_a_page_that_no_card_asks_for_goes_and_a_folder_of_somebody_else_stays(tmp_path: Path) -> None:
    (tmp_path / "stress").mkdir()
    (tmp_path / "stress" / "gone.html").write_text("old")
    assert list(write_site(tmp_path, [], date=DATE)) == []
    assert not (tmp_path / "stress" / "gone.html").exists()
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(BallastError, match=r"letters\.txt"):
        list(write_site(tmp_path, [], date=DATE))


@pytest.mark.parametrize(
    "address", ["ballast.example", "javascript:alert(1)", 'https://a"b', "https://", "https://a b"]
)
def test_what_is_no_address_of_an_app_is_refused(address: str) -> None:
    with pytest.raises(BallastError):
        checked_app(address)
    assert checked_app("https://ballast.example/app/") == APP
