"""Passwords: what is accepted, how they are kept (bcrypt, 12 rounds), how they are compared.

A password is 12 to 128 characters of any kind, compared as typed but for Unicode's own equalities (NFC, as NIST SP
800-63B asks). bcrypt looks at 72 bytes and stops at a zero byte, so what it gets is always the same 64 characters: the
base64 of an HMAC-SHA-384 under a name of our own, which keeps these digests apart from any other use of SHA-384.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import bcrypt

from dashboard.errors import UsageError

SHORTEST, LONGEST = 12, 128
ROUNDS = 12
LEFT = 8
"""Characters that must be left of a password without the words of this place."""

_DOMAIN = b"dashboard.access.passwords/1"
_COMMON = Path(__file__).with_name("common_passwords.txt")
_WORDS = Path(__file__).with_name("context_words.txt")

NOBODY = "$2b$12$uwbIuh0I1Sedqj4UM9ChSOIIde6frzSRqpMd6rmeao6kNvyzI1fd."
"""The hash of a random value that was thrown away: what a name without an account is compared with."""


def accept(password: str, about: Iterable[str] = ()) -> None:
    """Raise unless the password may be chosen.

    Args:
        about: the account's name and place, which must not be part of it.

    Raises:
        UsageError: too short, too long, a common one, or made of the account's name or this place's words.
    """
    text = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(text) <= LONGEST:
        raise UsageError(f"密码应当有 {SHORTEST} 到 {LONGEST} 个字符（现有 {len(text)} 个），可以用一句话或几个词。")
    plain = text.casefold()
    own = [word.casefold() for word in about if len(word) >= 2]
    if any(word in plain for word in own):
        raise UsageError("密码里不能含有账号名，请换一个。")
    if plain in common() or _is_pattern(plain) or _is_of_this_place(plain):
        raise UsageError("这个密码太常见，容易被猜中，请换一个。")


def hashed(password: str) -> str:
    """The hash to keep of an accepted password."""
    return bcrypt.hashpw(_digest(password), bcrypt.gensalt(ROUNDS)).decode("ascii")


def matches(password: str, kept: str | None) -> bool:
    """Whether a password is the one kept; None, for no account, takes as long and never is."""
    found = bcrypt.checkpw(_digest(password), (kept or NOBODY).encode("ascii"))
    return found and kept is not None


def made_up() -> str:
    """A random password, 128 bits, easy to read aloud and copy."""
    return "-".join(secrets.token_hex(4) for _ in range(4))


@cache
def common() -> frozenset[str]:
    """Passwords of 12 characters and more that many people choose, case folded."""
    return frozenset(_lines(_COMMON))


@cache
def context_words() -> tuple[str, ...]:
    """Words of this place that a password must not be made of, the longest first."""
    return tuple(sorted(_lines(_WORDS), key=len, reverse=True))


def _lines(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.casefold() for line in lines if line and not line.startswith("#!")]


def _is_pattern(plain: str) -> bool:
    """One piece of up to six characters over and over, or characters that follow on one another."""
    repeated = any((plain[:size] * (len(plain) // size + 1))[: len(plain)] == plain for size in range(1, 7))
    steps = {ord(after) - ord(before) for before, after in zip(plain, plain[1:], strict=False)}
    return repeated or steps in ({1}, {-1})


def _is_of_this_place(plain: str) -> bool:
    """Little is left of it without the words of this place."""
    rest = plain
    for word in context_words():
        rest = rest.replace(word, "")
    return rest != plain and len(rest) < LEFT


def _digest(password: str) -> bytes:
    text = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return base64.b64encode(hmac.digest(_DOMAIN, text, hashlib.sha384))
