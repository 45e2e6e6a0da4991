"""The loose comparison sees what moved, and not how it was drawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.browser import likeness

BOX = (100, 100, 500, 160)


@pytest.fixture
def page() -> Image.Image:
    found = Image.new("RGB", (1366, 768), "white")
    drawn = ImageDraw.Draw(found)
    for y in range(40, 740, 24):
        drawn.text((40, y), "Inventoried patents by city, in percent " * 4, fill="#1F2933", font_size=13)
    drawn.rectangle(BOX, fill="#1D5A8E")
    return found


def compared(one: Image.Image, other: Image.Image, place: Path) -> float:
    one.save(place / "one.png")
    other.save(place / "other.png")
    return likeness.difference(likeness.small(place / "one.png"), likeness.small(place / "other.png"))


def test_letters_drawn_otherwise_are_alike(page: Image.Image, tmp_path: Path) -> None:
    assert compared(page, page.filter(ImageFilter.GaussianBlur(0.7)), tmp_path) <= likeness.ALLOWED / 4


@pytest.mark.parametrize("change", ["gone", "moved", "other colour"])
def test_what_is_gone_or_moved_or_paler_is_seen(page: Image.Image, tmp_path: Path, change: str) -> None:
    other = page.copy()
    drawn = ImageDraw.Draw(other)
    drawn.rectangle(BOX, fill="white" if change != "other colour" else "#7FABD0")
    if change == "moved":
        drawn.rectangle((BOX[0], BOX[1] + 40, BOX[2], BOX[3] + 40), fill="#1D5A8E")
    assert compared(page, other, tmp_path) > likeness.ALLOWED


def test_pages_of_other_sizes_are_not_alike(page: Image.Image, tmp_path: Path) -> None:
    assert compared(page, page.crop((0, 0, 1366, 700)), tmp_path) == 1.0


def test_a_picture_without_a_reference_fails(page: Image.Image, tmp_path: Path) -> None:
    page.save(tmp_path / "page.png")
    with pytest.raises(AssertionError, match=r"no reference none\.png"):
        likeness.check(tmp_path / "page.png", tmp_path / "none.png")
