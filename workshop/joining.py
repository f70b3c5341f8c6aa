"""How phones find a room: the field of the address that carries its code, and a QR code of the whole address."""

from __future__ import annotations

import io
from urllib.parse import urlencode, urlsplit, urlunsplit

import segno

from workshop.errors import WorkshopError
from workshop.secret_keys import plain_code

CODE_FIELD = "workshop.room"
"""Field of the address that carries a join code; keys and tokens are never in an address."""
PATH = "workshop"


def shown_code(code: str) -> str:
    """A code as it is read aloud: "BCD GHJ"."""
    return f"{code[:3]} {code[3:]}"


def join_link(address: str, code: str) -> str:
    """Address that opens the room on a phone.

    Parameters
    ----------
    address
        Any page of this app; only scheme, host and the folder that the app is served under are used.

    Raises
    ------
    WorkshopError
        For what is no web address, and for what is no code.
    """
    plain, parts = plain_code(code), urlsplit(address if len(address) < 2000 else "")
    if not plain:
        raise WorkshopError("this is no join code", where="code", allowed="six letters")
    if parts.scheme not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        raise WorkshopError("this is no address of a web page", where="address", allowed="https://...")
    folder = parts.path.rstrip("/").rpartition("/")[0] if not parts.path.endswith("/") else parts.path.rstrip("/")
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{PATH}", urlencode({CODE_FIELD: plain}), ""))


def qr_svg(address: str, *, dark: str = "#000000", light: str = "#ffffff") -> str:
    """A QR code as SVG, with the quiet border that phones need, scaling to its place."""
    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(picture, kind="svg", border=4, dark=dark, light=light, omitsize=True, xmldecl=False, title="Join code")
    return picture.getvalue().decode()
