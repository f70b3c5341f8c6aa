"""The way in: a link and a QR code that carry the join code and nothing else."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from workshop import WorkshopError
from workshop.joining import join_link, qr_svg, shown_code


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("http://localhost:8501/", "http://localhost:8501/workshop?workshop.room=BCDGHJ"),
        ("https://sand.example/workshop?workshop.key=x#y", "https://sand.example/workshop?workshop.room=BCDGHJ"),
        ("https://a.example/ballast/sandbox?network=render", "https://a.example/ballast/workshop?workshop.room=BCDGHJ"),
        ("https://a.example", "https://a.example/workshop?workshop.room=BCDGHJ"),
    ],
)
def test_the_join_link_keeps_the_host_and_carries_the_code_alone(address: str, link: str) -> None:
    assert join_link(address, "bcd ghj") == link


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "//x", "https://user:pass@x.example/", "x" * 3000])
def test_what_is_no_address_makes_no_link(address: str) -> None:
    with pytest.raises(WorkshopError, match="no address"):
        join_link(address, "BCDGHJ")


def test_the_qr_code_is_one_picture_that_scales_and_holds_nothing_to_run() -> None:
    picture = ET.fromstring(qr_svg("https://sand.example/workshop?workshop.room=BCDGHJ"))
    assert picture.tag.endswith("svg")
    assert "viewBox" in picture.attrib
    assert {child.tag.rpartition("}")[2] for child in picture.iter()} == {"svg", "title", "path"}
    assert shown_code("BCDGHJ") == "BCD GHJ"
    assert qr_svg("https://a.example") != qr_svg("https://b.example")
