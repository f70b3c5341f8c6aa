"""Figures of the facilitator's kit, as Markdown: run sheets and the back-of-envelope check (`make docs`)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model import load_network, project
from model.words.text import exact, number, percent, quantity
from workshop.run_sheet import BEAT_WORDS, PLANS, Step, run_sheet

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "workshop"
NETWORK = "payment"
BURN_SHARES = (0.2, 0.4, 0.6)
"""Today's, the one that just balances, and one beyond."""


def clock_time(seconds: int) -> str:
    """Minutes and seconds since the start: 3675 -> "61:15"."""
    return f"{seconds // 60}:{seconds % 60:02d}"


def sheet_table(minutes: int) -> str:
    """Run sheet of one length with its usual rounds, one row per beat."""
    lines = ["| From | Minutes | Beat | What the facilitator does |", "|---:|---:|---|---|"]
    past = 0
    for step in run_sheet(minutes, PLANS[minutes].usual_rounds):
        lines.append(f"| {clock_time(past)} | {_minutes(step)} | {step.label} | {BEAT_WORDS[step.beat].facilitator} |")
        past += step.seconds
    return "\n".join(lines)


def _minutes(step: Step) -> str:
    return number(step.seconds / 60, 3) if step.seconds else ""


@dataclass(frozen=True)
class Envelope:
    """One year of a network at first-day rates, as four multiplications give it and as the model does.

    Attributes
    ----------
    burn_share
        Share of revenue.
    burned, model_burned
        Tokens a year.
    growth, model_growth
        New tokens less burned ones, as a share of supply, a year.
    """

    burn_share: float
    burned: float
    growth: float
    model_burned: float
    model_growth: float


def first_day(name: str = NETWORK) -> dict[str, float]:
    """Revenue (USD a year), price (USD), emission (tokens a year) and supply (tokens) of today's network."""
    run = project(load_network(name), years=1)
    return {key: float(run.values(key)[0, 0]) for key in ("revenue", "price", "emission", "supply")}


def envelope(burn_share: float, name: str = NETWORK) -> Envelope:
    """Burned = revenue x burn share / price; growth = (emission - burned) / supply."""
    today = first_day(name)
    burned = today["revenue"] * burn_share / today["price"]
    run = project(load_network(name), changes={"burn_share": burn_share}, funded_by="providers", years=1)
    row = list(run.labels).index("scenario")
    model = {key: float(run.values(key)[row, 0]) for key in ("burn", "net_emission_rate")}
    growth = (today["emission"] - burned) / today["supply"]
    return Envelope(burn_share, burned, growth, model["burn"], model["net_emission_rate"])


def envelope_table() -> str:
    """What the class works out by hand, beside the model's first day."""
    today = first_day()
    lines = [
        f"Given: revenue {quantity(today['revenue'], '$')} a year, price ${exact(today['price'])}, emission "
        f"{number(today['emission'])} tokens a year, supply {number(today['supply'])} tokens.",
        "",
        "| Burn share | Burned by hand, tokens a year | Model | Supply growth by hand, a year | Model |",
        "|---:|---:|---:|---:|---:|",
    ]
    for share in BURN_SHARES:
        row = envelope(share)
        cells = (number(row.burned), number(row.model_burned), percent(row.growth), percent(row.model_growth))
        lines.append(f"| {percent(share)} | {' | '.join(cells)} |")
    balance = today["emission"] * today["price"] / today["revenue"]
    lines += [
        "",
        f"Balance: emission x price / revenue = {percent(balance)} of revenue burned, and supply stands still.",
    ]
    return "\n".join(lines)


def parts() -> dict[str, str]:
    """Text of each generated part by its name."""
    return {**{f"{minutes}-minutes": sheet_table(minutes) for minutes in PLANS}, "envelope": envelope_table()}


def filled(text: str, found: dict[str, str]) -> str:
    """A document with its generated parts renewed; they stand between marks that name them."""
    for name, part in found.items():
        begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
        if begin in text:
            head, _, rest = text.partition(begin)
            text = f"{head}{begin}\n{part}\n{end}{rest.partition(end)[2]}"
    return text


def main() -> None:
    """Renew the documents of the kit."""
    found = parts()
    for path in sorted(FOLDER.glob("*.md")):
        path.write_text(filled(path.read_text(encoding="utf-8"), found), encoding="utf-8")


if __name__ == "__main__":
    main()
