"""How like two pictures of a page are, loosely: where boxes, bars and lines of text stand, not how letters are drawn.

References are pictures in grey of a quarter of the size. `DASHBOARD_REFERENCES=keep` takes them anew; look at the
difference in git before committing them.
"""

from __future__ import annotations

import os
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

SHRUNK, SEEN = 4, 28
"""How much smaller a reference is than the page, and from which difference of grey, of 255, a point counts."""

ALLOWED = 0.01
"""Share of points that may differ: another release of the browser draws letters otherwise, but moves nothing."""

KEEP = os.environ.get("DASHBOARD_REFERENCES") == "keep"


def small(picture: Path) -> Image.Image:
    """The picture as it is kept: in grey, a quarter as wide and high."""
    with Image.open(picture) as found:
        return found.convert("L").reduce(SHRUNK)


def difference(one: Image.Image, other: Image.Image) -> float:
    """Share of the points that differ, of two pictures made by `small`; 1 where their sizes do."""
    if one.size != other.size:
        return 1.0
    blurred = (picture.filter(ImageFilter.BoxBlur(2)) for picture in (one, other))
    counts = ImageChops.difference(*blurred).histogram()
    return sum(counts[SEEN:]) / sum(counts)


def check(picture: Path, reference: Path) -> None:
    """Fail if the picture is not like its reference, or has none."""
    found = small(picture)
    if KEEP:
        reference.parent.mkdir(exist_ok=True)
        found.save(reference, optimize=True)
        return
    assert reference.exists(), f"no reference {reference.name}: take it with DASHBOARD_REFERENCES=keep"
    with Image.open(reference) as kept:
        share = difference(found, kept)
    assert share <= ALLOWED, f"{picture} differs from {reference.name} in {share:.1%} of its points"
