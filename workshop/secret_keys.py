"""Join codes, keys, recovery codes and tokens: made at random, kept only as hashes, compared in constant time."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets

CODE_LETTERS = "BCDGHJLMNPQRSTVWXZ"
"""No vowels, so that no words appear; no letter that looks like a digit, and without F and K a rude word is rarer."""
CODE_LENGTH = 6
KEY_BYTES = 20
"""160 bits: nobody guesses a key, whatever the throttle."""
COST = {"n": 2**14, "r": 8, "p": 1}
"""RFC 7914's interactive setting: 16 MiB and some 50 ms for each look at a facilitator key; kept beside each hash."""


def new_code() -> str:
    """A join code that is read aloud and typed on a phone; 34 million of them."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def plain_code(typed: object) -> str:
    """A code as it is kept, from what somebody typed: "bcd-ghj " is BCDGHJ; "" where it cannot be one."""
    if not isinstance(typed, str) or len(typed) > 40:
        return ""
    letters = "".join(letter for letter in typed.upper() if not letter.isspace() and letter != "-")
    return letters if len(letters) == CODE_LENGTH and set(letters) <= set(CODE_LETTERS) else ""


def new_key() -> str:
    """A secret of 160 bits in groups of letters and digits, to be written down."""
    text = base64.b32encode(secrets.token_bytes(KEY_BYTES)).decode()
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))


def _plain_key(typed: object) -> bytes:
    if not isinstance(typed, str) or len(typed) > 100:
        return b""
    return "".join(letter for letter in typed.upper() if letter.isalnum()).encode()


def slow_hash(key: str) -> str:
    """What is kept of a facilitator key or recovery code: scrypt with its cost and a salt of its own."""
    salt, (n, r, p) = secrets.token_bytes(16), COST.values()
    return f"scrypt${n}${r}${p}${salt.hex()}${_scrypt(_plain_key(key), salt, n, r, p).hex()}"


def is_key(typed: object, kept: str) -> bool:
    """Whether what was typed is the key behind a kept hash; takes the same time for every wrong one."""
    _, n, r, p, salt, digest = kept.split("$")
    found = _scrypt(_plain_key(typed), bytes.fromhex(salt), int(n), int(r), int(p))
    return hmac.compare_digest(found, bytes.fromhex(digest))


def _scrypt(key: bytes, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(key, salt=salt, n=n, r=r, p=p, dklen=32, maxmem=256 * n * r + 2**20)


def new_token() -> str:
    """What a phone keeps to come back to its seat: 192 random bits."""
    return secrets.token_urlsafe(24)


def fast_hash(token: object) -> str:
    """What is kept of a token; with 192 random bits behind it, a slow hash would only slow phones down."""
    text = token if isinstance(token, str) and len(token) <= 100 else ""
    return hashlib.sha256(b"ballast seat " + text.encode(errors="replace")).hexdigest()


class Secret:
    """A key on its way to the one person it is for: printed, logged or compared it gives nothing away."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The key itself, to be shown once."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(hidden)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a secret is not written to a file")
