"""Figures that networks published, each with its date, source and grade, for the benches to be held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Grade = Literal["primary", "secondary", "derived", "assumed"]


@dataclass(frozen=True)
class Published:
    """One published figure.

    Attributes
    ----------
    what, value, unit
        The figure.
    on
        Day, month or span it belongs to.
    source, link
        Where it stands.
    grade
        Primary: the network itself. Secondary: somebody who reports it. Derived: worked out from such figures.
    """

    what: str
    value: float
    unit: str
    on: str
    source: str
    grade: Grade
    link: str = ""


_STATISTICS = "Render Foundation statistics, epochs 1 to 97"
_STATISTICS_LINK = "https://stats.renderfoundation.com"


@dataclass(frozen=True)
class BurnedAndMinted:
    """What Render burned and paid to nodes in a calendar year, by the ends of weekly epochs.

    Attributes
    ----------
    label, epochs
        The year, and how many epochs of it the statistics hold.
    burned, minted
        RENDER burned, and RENDER minted to nodes for jobs and availability.
    burned_usd
        USD spent on the burned RENDER.
    """

    label: str
    epochs: int
    burned: float
    burned_usd: float
    minted: float


RENDER_YEARS = (
    BurnedAndMinted("2023, 1 epoch", 1, 14_998, 75_490, 39_787),
    BurnedAndMinted("2024, 52 epochs", 52, 281_611, 2_005_653, 1_523_694),
    BurnedAndMinted("2025, 44 epochs", 44, 503_030, 1_869_516, 786_923),
)
"""Calendar years by the Render Foundation's public statistics, to 2025-10-29; the last epoch is incomplete."""

RENDER_YEARS_SOURCE = (
    "Render Foundation statistics (stats.renderfoundation.com), epochs 1 to 97, read 2025-10-29, primary; sums of "
    "epochs that end in the year."
)


def _by_year(own: BurnedAndMinted) -> tuple[Published, ...]:
    source, link = _STATISTICS, _STATISTICS_LINK
    return (
        Published(f"Burned in {own.label}", own.burned, "RENDER", own.label[:4], source, "primary", link),
        Published(f"Spent on the burn in {own.label}", own.burned_usd, "USD", own.label[:4], source, "primary", link),
        Published(f"Minted to nodes in {own.label}", own.minted, "RENDER", own.label[:4], source, "primary", link),
    )


_RNPS = "https://github.com/rendernetwork/RNPs/blob/main"

RENDER_FIGURES = (
    *(figure for own in RENDER_YEARS for figure in _by_year(own)),
    Published("Price of a legacy credit", 0.25, "EUR", "2026", "know.rendernetwork.com", "secondary"),
    Published(
        "Salad revenue expected in the first year",
        4.3e6,
        "USD",
        "2026-03-26",
        "RNP-023",
        "primary",
        f"{_RNPS}/RNP-023.md",
    ),
    Published(
        "Jobs budget of year 3", 15_000, "RENDER a week", "2025-12-05", "RNP-022", "primary", f"{_RNPS}/RNP-022.md"
    ),
    Published(
        "Availability budget of year 3",
        2_800,
        "RENDER a week",
        "2025-12-05",
        "RNP-022",
        "primary",
        f"{_RNPS}/RNP-022.md",
    ),
    Published("RENDER price in RNP-020's example", 1.90, "USD", "2025-11", "RNP-020", "primary", f"{_RNPS}/RNP-020.md"),
)
"""Render, to be compared with a ledger."""

_PAPER = "Mission 70 white paper, as reported by chainreport.co"
_PAPER_LINK = "https://internetcomputer.org/whitepapers/mission70.pdf"
_MONITOR = "MrNasdog page on ICP (a third party's model, not ledger counts)"
_WALLET = "dfinity/nns-dapp test data, January to April 2026"


def _paper(what: str, value: float, unit: str, on: str) -> Published:
    return Published(what, value, unit, on, _PAPER, "secondary", _PAPER_LINK)


def _in_wallet(what: str, value: float) -> Published:
    return Published(what, value, "ICP", "2026-04-08", _WALLET, "primary", "https://github.com/dfinity/nns-dapp")


ICP_FIGURES = (
    _in_wallet("Total supply", 550_775_607),
    _in_wallet("Total voting power", 881_502_663),
    Published("Total supply", 553_010_000, "ICP", "2026-05-27", _MONITOR, "secondary"),
    Published("Cycles burned", 0.05732, "XDR a second", "2026-05-27", _MONITOR, "secondary"),
    Published("Price", 1.9963, "XDR per ICP", "2026-05-27", _MONITOR, "secondary"),
    Published("Nodes of the first generation", 1_030, "nodes", "2026", "forum.dfinity.org/t/62811", "secondary"),
    Published("Nodes of the second generation", 391, "nodes", "2026", "forum.dfinity.org/t/62811", "secondary"),
    Published(
        "Pay of a node",
        1_329,
        "XDR a month",
        "2026-05-27",
        "5.16M ICP minted in 90 days less 35% of voting rewards, over 1,421 nodes",
        "derived",
    ),
    _paper("Voting rewards", 5.88, "% of supply a year", "2026-01"),
    _paper("Voting rewards planned", 3.45, "% of supply a year", "2027-01"),
    _paper("Node rewards", 3.84, "% of supply a year", "2026-01"),
    _paper("Node rewards planned", 1.97, "% of supply a year", "2027-01"),
    _paper("Cycles burned", 0.05, "XDR a second", "2026-01"),
    _paper("Cycles burned planned", 0.77, "XDR a second", "2027-01"),
    _paper("Net inflation planned", 2.92, "% of supply a year", "2027-01"),
)
"""Internet Computer, to be compared with its rules."""


def _at_launch(what: str, value: float) -> Published:
    return Published(what, value, "FET", "2021-03-31", "Fetch.ai blog, 2021-04-08", "primary", "https://fetch.ai/blog")


FETCH_FIGURES = (
    _at_launch("FET on the chain at launch", 1_055_156_116),
    _at_launch("FET of the ERC-20 contract", 1_152_997_575),
    Published(
        "Total after the merger mint",
        2_630_547_141,
        "FET",
        "2024-05-03",
        "Fetch.ai blog, 2024-05-03",
        "primary",
        "https://fetch.ai/blog/fet-token-supply-increased-to-support-forthcoming-asi-token-merge",
    ),
    Published(
        "Total after the CUDOS mint",
        2_719_493_896.67,
        "FET",
        "2024-11",
        "fetchhub-4, upgrade v0.14.0",
        "primary",
        "https://github.com/fetchai/genesis-fetchhub",
    ),
    Published("Circulating supply", 2_370_780_389, "FET", "2025-10", "Listing page, October 2025", "secondary"),
    Published(
        "Inflation, a parameter",
        3.0,
        "% a year",
        "2021-03-31",
        "genesis of fetchhub-1",
        "primary",
        "https://github.com/fetchai/genesis-fetchhub",
    ),
    Published(
        "Community tax",
        2.0,
        "% of what is minted",
        "2021-03-31",
        "genesis of fetchhub-1",
        "primary",
        "https://github.com/fetchai/genesis-fetchhub",
    ),
    Published(
        "Validators after the CUDOS merge",
        91,
        "validators",
        "2024-11",
        "fetchhub-4, upgrade v0.14.0",
        "primary",
        "https://github.com/fetchai/genesis-fetchhub",
    ),
)
"""Fetch.ai; a bonded ratio with a date was not found."""
