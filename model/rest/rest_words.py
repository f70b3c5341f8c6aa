"""Words that several sentences about rest points share: payers, dollars and roles."""

from __future__ import annotations

from model.rest.report import RestReport
from model.words.text import percent, quantity

PAYER_WORDS = {
    "providers": "paid by providers",
    "stakers": "paid by stakers",
    "treasury": "paid by the treasury",
    "users": "paid by users as a surcharge",
}


def usd(price: float | None) -> str:
    """Dollars for one token, one year or all of something."""
    return quantity(price, "$")


def signed_percent(rate: float) -> str:
    """A rate with its sign: "+5.4%"."""
    text = percent(rate)
    return f"+{text}" if rate > 0 and text[0].isdigit() else text


def role_words(report: RestReport, role: str) -> str:
    """What a role is called in a sentence: "providers" where there is one."""
    shape = report.scenario.structure
    return "providers" if shape.one_role else shape.called(role)
