"""The table of requirements names all of them, and tests that there are."""

from __future__ import annotations

import re

from dashboard.places import REPOSITORY

README = (REPOSITORY / "dashboard/access/README.md").read_text(encoding="utf-8")

LEVEL_1_AND_2 = {
    "6.1": 3,
    "6.2": 11,
    "6.3": 4,
    "6.4": 4,
    "6.5": 5,
    "6.6": 3,
    "6.8": 4,
    "7.1": 3,
    "7.2": 4,
    "7.3": 2,
    "7.4": 5,
    "7.5": 2,
    "7.6": 2,
}
"""How many requirements of levels 1 and 2 each section has; they are its first ones. (V6.7 has none.)"""


def test_every_requirement_has_its_row() -> None:
    listed = re.findall(r"^\| (\d\.\d\.\d+) \| [^|]+ \| [^|]+ \|$", README, re.MULTILINE)
    assert listed == [f"{section}.{n}" for section, count in LEVEL_1_AND_2.items() for n in range(1, count + 1)]


def test_every_named_test_is_there() -> None:
    found = re.findall(r"`((?:\w+/)?)(test_\w+\.py)::(test_\w+)`", README)
    assert {folder for folder, _, _ in found} == {"", "browser/", "pages/"}
    for folder, file, name in found:
        path = REPOSITORY / "tests" / (folder or "access") / file
        assert f"def {name}(" in path.read_text(encoding="utf-8"), name


def test_every_file_of_the_room_is_named() -> None:
    files = {path.name for path in (REPOSITORY / "dashboard/access").glob("*.*")} - {"__init__.py", "README.md"}
    assert {name for name in files if f"`{name}`" not in README} == set()
