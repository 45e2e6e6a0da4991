"""Which passwords may be chosen, and how they are kept."""

from __future__ import annotations

import time
import unicodedata

import pytest

from dashboard.access import passwords
from dashboard.errors import UsageError


def _text(length: int) -> str:
    return "".join(chr(0x4E00 + 7 * i % 5000) for i in range(length))


@pytest.mark.parametrize(
    "password",
    [
        "床前明月光疑是地上霜举头望",
        "839201748265",
        "            x",
        "!#%&/()=?`^*",
        "aaaaaaaaaaab-b",
        "é" * 5 + "correcthorse",
        "Tr0ub4dor & 3 umbrellas",
        "p" + "𝒳𠮷" * 30,
        "x" * 64 + "y" * 64,
    ],
)
def test_any_characters_may_be_used(password: str) -> None:
    passwords.accept(password)


@pytest.mark.parametrize("length", [0, 1, 11, 129, 5000])
def test_length_is_12_to_128(length: int) -> None:
    text = _text(length)
    with pytest.raises(UsageError, match="12 到 128"):
        passwords.accept(text)


@pytest.mark.parametrize("length", [12, 72, 73, 128])
def test_lengths_at_the_edge_are_taken(length: int) -> None:
    passwords.accept(_text(length))


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "PASSWORD1234",
        "qwertyuiop123",
        "1q2w3e4r5t6y",
        "woaini5201314",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "123456789012",
        "abcdefghijklm",
        "adminadmin123",
        "dashboard-2024",
        "zhuanlipandian",
        "专利盘点专利盘点专利盘点专利",
        "知识产权管理员12345",
    ],
)
def test_common_ones_and_words_of_this_place_are_refused(password: str) -> None:
    with pytest.raises(UsageError, match="常见"):
        passwords.accept(password)


def test_the_accounts_name_is_refused() -> None:
    with pytest.raises(UsageError, match="账号名"):
        passwords.accept("my-NanJing-secret-path", ["nanjing"])


def test_enough_common_passwords_are_known_and_none_is_too_short_to_be_chosen() -> None:
    assert len(passwords.common()) >= 3000
    assert {p for p in passwords.common() if not 12 <= len(p) <= 128} == set()


@pytest.mark.parametrize("length", [12, 72, 73, 100, 128])
def test_every_character_counts(length: int) -> None:
    kept = passwords.hashed("夜" * (length - 1) + "a")
    assert passwords.matches("夜" * (length - 1) + "a", kept)
    assert not passwords.matches("夜" * (length - 1) + "b", kept)
    assert not passwords.matches("夜" * (length - 1), kept)


def test_a_zero_byte_ends_nothing() -> None:
    kept = passwords.hashed("before\x00after-one")
    assert not passwords.matches("before\x00after-two", kept)


def test_letter_case_and_white_space_count() -> None:
    kept = passwords.hashed(" A phrase of mine ")
    assert [passwords.matches(p, kept) for p in (" A phrase of mine ", " a phrase of mine ", "A phrase of mine")] == [
        True,
        False,
        False,
    ]


def test_the_same_text_in_another_unicode_form_is_the_same() -> None:
    kept = passwords.hashed(unicodedata.normalize("NFC", "café-über-señor"))
    assert passwords.matches(unicodedata.normalize("NFD", "café-über-señor"), kept)


def test_twelve_rounds_and_a_salt_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    first, second = passwords.hashed("the same phrase"), passwords.hashed("the same phrase")
    assert first.startswith("$2b$12$")
    assert first != second
    assert passwords.NOBODY.startswith("$2b$12$")


def test_nobody_takes_as_long_as_somebody_and_never_matches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    kept = passwords.hashed("a phrase to compare")

    def cost(kept: str | None) -> float:
        began = time.process_time()
        assert not passwords.matches("another phrase", kept)
        return time.process_time() - began

    somebody, nobody = min(cost(kept) for _ in range(3)), min(cost(None) for _ in range(3))
    assert 0.7 < somebody / nobody < 1.4


def test_made_up_ones_are_random_and_may_be_chosen() -> None:
    made = {passwords.made_up() for _ in range(50)}
    assert len(made) == 50
    for password in made:
        passwords.accept(password)
