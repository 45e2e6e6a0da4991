"""地市排名 as accounts see it: figures of all cities, rows of their own, and no list of none for what is hidden."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import Counter
from pathlib import Path

import pytest

from dashboard.access.accounts import Account
from dashboard.places import Places
from dashboard.snapshots import importer
from dashboard.snapshots.gates import Accept
from dashboard.snapshots.importer import Order
from tests.support import entry, samples
from tests.support.app import open_page, text

SUZHOU, NANJING = "320500", "320100"
SOOCHOW, COLLEGE = "4132010285", "4132011054"
CLOSED = "其他市的单位和专利不在本账号的查看范围内"


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Two days; on the first, each institution lacks the first three of its patents."""
    folder = tmp_path_factory.mktemp("cities")
    places = Places(folder / "data")
    for day, lacking in ((samples.FIRST, 3), (samples.SECOND, 0)):
        order = Order(_export(folder / day, lacking), dt.date.fromisoformat(day), accept=Accept(True, True))
        assert importer.import_folder(places, order).entry
    return places


def _export(folder: Path, lacking: int) -> Path:
    folder.mkdir()
    for name in ("单位名录.csv", "专利盘点.csv"):
        with (samples.SAMPLES / "exports" / name).open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        whose, met = head.index("单位编码"), Counter[str]()
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            write = csv.writer(file)
            write.writerow(head)
            for row in rows:
                met[row[whose]] += 1
                if name == "单位名录.csv" or met[row[whose]] > lacking:
                    write.writerow(row)
    return folder


@pytest.fixture(autouse=True)
def _on_it(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(places.data))


def seen(account: Account, **parameters: str) -> str:
    return re.sub(r"\s+", " ", text(open_page("cities", account, **parameters)))


@pytest.mark.parametrize(
    ("account", "wanted"),
    [
        (entry.city(SUZHOU), "苏州市与江苏对照（本市）"),
        (entry.institution(SOOCHOW), "苏州市与江苏对照（本市）"),
        (entry.PROVINCE, "与江苏对照（未选城市，取名次最后者）"),
    ],
)
def test_without_a_choice_it_is_the_accounts_own_city(account: Account, wanted: str) -> None:
    assert wanted in seen(account)


@pytest.mark.parametrize("account", [entry.city(SUZHOU), entry.institution(SOOCHOW)])
def test_lists_of_another_city_are_said_to_be_closed(account: Account) -> None:
    told = seen(account, city=NANJING)
    assert told.count(CLOSED) == 2
    assert "南京市拖后的单位（" not in told
    assert "南京市有变动的专利（" not in told


@pytest.mark.parametrize("page", ["milestones", "institutions", "library"])
def test_other_pages_say_so_too_instead_of_none(page: str) -> None:
    assert CLOSED in text(open_page(page, entry.city(SUZHOU), city=NANJING))
    assert CLOSED not in text(open_page(page, entry.city(SUZHOU), city=SUZHOU))
    assert CLOSED not in text(open_page(page, entry.PROVINCE, city="321300"))


@pytest.mark.parametrize("account", [entry.PROVINCE, entry.STEWARD, entry.city(SUZHOU)])
def test_whoever_sees_a_city_has_its_lists_with_their_numbers(account: Account) -> None:
    told = seen(account, city=SUZHOU)
    assert CLOSED not in told
    assert "苏州市拖后的单位（1 家，差得多的在前）" in told
    assert "苏州市有变动的专利（6 件）" in told


def test_an_institution_is_told_that_the_lists_hold_itself_alone() -> None:
    told = seen(entry.institution(COLLEGE))
    assert "苏州市拖后的单位（只列本单位）" in told
    assert "苏州市有变动的专利（只列本单位，3 件）" in told
    assert "本单位没有距应完成数的缺口。" in seen(entry.institution(SOOCHOW))


def test_no_change_is_said_in_words_and_another_part_can_be_chosen() -> None:
    app = open_page("cities", city=SUZHOU, part="moved_out")
    assert f"苏州市较 {samples.FIRST} 没有移出的专利。" in text(app)
    assert app.selectbox(key="address-part").value == "moved_out"


def test_numbers_lead_only_to_what_the_account_sees() -> None:
    assert _linked(entry.PROVINCE) > {SUZHOU, NANJING}
    assert _linked(entry.city(SUZHOU)) == _linked(entry.institution(SOOCHOW)) == {SUZHOU}


def _linked(account: Account) -> set[str]:
    bodies = "".join(element.proto.body for element in open_page("cities", account).get("html"))
    return set(re.findall(r"city=(\d{6})&amp;part=", bodies))
