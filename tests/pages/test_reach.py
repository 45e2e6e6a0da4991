"""Every page and every file, as every kind of account: nothing of a row outside its scope, whatever the address asks.

What an account may see is worked out from the whole snapshot (`tests/access/scopes.py`), in another way than the
program does it. Looked at is all that the app sends to the browser, and all that its download buttons would write.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import streamlit as st
from google.protobuf import text_format
from streamlit.testing.v1 import AppTest

from dashboard import policy
from dashboard.access.accounts import Account
from dashboard.exports.bulletin import files, past
from dashboard.places import Places
from dashboard.scope import Scope
from dashboard.snapshots import Store
from dashboard.ui import bulletins, export
from dashboard.ui.account import Visitor
from dashboard.ui.data import View
from tests.access.scopes import Whole, published
from tests.support import app as support
from tests.support import entry
from tests.support.app import NAMES

NUMBER = re.compile(r"ZL\d{8,12}\.[\dX]")
VISITORS = (
    entry.city("320500"), entry.institution("4132010284"), entry.institution("4132011054"), entry.institution("nobody"),
)  # fmt: skip
VARIANTS = {
    "overview": ("map=map&measure=change_pp", "part=newly_approved"),
    "milestones": ("city={city}", "search=大学&group=all"),
    "cities": ("city={city}&scope=municipal", "part=stock_entered&year=2023"),
    "institutions": ("institution={institution}", "city={city}&search=学"),
    "evaluation": ("city={city}",),
    "events": ("city={city}&year=2024",),
    "filings": ("city={city}&list=unregistered", "list=unreported&count=times", "city={city}&year=2024"),
    "library": ("patent={patent}", "words={patent}&stage=all", "city={city}&stage=all", "institution={institution}"),
    "increment": ("city={city}",),
    "bulletin": ("bulletin={city}", "bulletin=province&order=official"),
    "quality": ("section=rows", "section=metrics", "section=snapshots", "section=plan"),
}
"""By page: what may stand in the address besides nothing; `{…}` is what is not the account's."""


@dataclass
class Reach:
    """A data folder with both days, and all that pages would write as files, as they draw their buttons."""

    places: Places
    whole: Whole
    written: list[tuple[str, Callable[[], bytes]]]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = tmp_path_factory.mktemp("reach")
    published(folder)
    return Places(folder)


@pytest.fixture(scope="module")
def whole(places: Places) -> Whole:
    return Whole(Store(places))


@pytest.fixture
def reach(places: Places, whole: Whole, opened: None, monkeypatch: pytest.MonkeyPatch) -> Reach:
    monkeypatch.setenv("DASHBOARD_DATA", str(places.data))
    found = Reach(places, whole, [])
    for module in (export, bulletins):
        plain = module.recorded

        def noted(view: object, what: str, name: str, write: Callable[[], bytes], plain=plain) -> Callable[[], bytes]:  # type: ignore[no-untyped-def]
            made: Callable[[], bytes] = plain(view, what, name, write)
            found.written.append((name, made))
            return made

        monkeypatch.setattr(module, "recorded", noted)
    return found


def allowed(whole: Whole, visitor: Account) -> str:
    """Every cell of every row that the account may see, and of what all may see."""
    scope = Scope(visitor.role, visitor.key)
    institutions, patents, enterprises = whole.institutions(scope), whole.patents(scope), whole.enterprises(scope)
    city = visitor.key if visitor.role == "city" else None
    tables = {name: whole.frame(name) for name in ("institutions", "patents", "filings", "evaluations", "enterprises",
              "events", "cases", "products", "pilots", "portfolios", "plan_cities", "experts")}  # fmt: skip
    named = set(tables["patents"].loc[tables["patents"]["institution_id"].isin(institutions), "portfolio_id"])
    cases = tables["cases"]
    kept = {
        "institutions": tables["institutions"]["institution_id"].isin(institutions),
        "patents": tables["patents"]["institution_id"].isin(institutions),
        "filings": tables["filings"]["institution_id"].isin(institutions),
        "evaluations": tables["evaluations"]["patent_no"].isin(patents),
        "enterprises": tables["enterprises"]["enterprise_id"].isin(enterprises),
        "experts": tables["experts"]["enterprise_id"].isin(enterprises),
        "events": tables["events"]["city_code"] == city,
        "cases": cases["institution_id"].isin(institutions)
        | (cases["institution_id"].isna() & (cases["city_code"] == city)),
        "products": tables["products"]["patent_no"].isin(patents),
        "pilots": tables["pilots"]["patent_no"].isin(patents),
        "portfolios": tables["portfolios"]["portfolio_id"].isin(named),
        "plan_cities": tables["plan_cities"]["city_code"].notna(),
    }
    return "\n".join(tables[name][rows].to_csv() for name, rows in kept.items())


def foreign(whole: Whole, visitor: Account) -> list[re.Pattern[str]]:
    """Names and numbers that stand in rows of others alone. Pools are offered to all: their names are everyone's."""
    own = allowed(whole, visitor)
    columns = {
        "institutions": ["institution_id", "institution_name"], "enterprises": ["enterprise_name"],
        "patents": ["title"], "filings": ["recipient"], "events": ["event_name"], "products": ["product_name"],
    }  # fmt: skip
    names = {
        str(cell) for table, wanted in columns.items() for cell in whole.frame(table)[wanted].dropna().to_numpy().flat
    }
    patterns = [re.compile(rf"(?<![\w]){re.escape(name)}(?![\w])") for name in sorted(names)]
    return [pattern for pattern in patterns if not pattern.search(own)]


def offending(text: str, whole: Whole, visitor: Account) -> list[str]:
    """What of others stands in a text."""
    numbers = set(NUMBER.findall(text)) - whole.patents(Scope(visitor.role, visitor.key))
    return sorted(numbers | {found[0] for pattern in foreign(whole, visitor) if (found := pattern.search(text))})


def sent(app: AppTest) -> str:
    """All that the app sent to the browser but the address that was asked for, as text."""
    nodes = [node.proto for node in app._tree if getattr(node, "proto", None) is not None]
    return "\n".join(text_format.MessageToString(proto, as_utf8=True) for proto in nodes)


def asked(whole: Whole, visitor: Account) -> dict[str, str]:
    """A city, an institution and a patent number that are not the account's."""
    scope = Scope(visitor.role, visitor.key)
    institutions = [i for i in whole.frame("institutions")["institution_id"] if i not in whole.institutions(scope)]
    patents = sorted(set(whole.frame("patents")["patent_no"]) - whole.patents(scope))
    city = "320300" if visitor.key != "320300" else "320500"
    return {"city": city, "institution": institutions[-1], "patent": patents[0]}


def variants(name: str, given: dict[str, str]) -> Iterator[dict[str, str]]:
    yield {}
    for variant in VARIANTS[name]:
        yield {key: value.format(**given) for key, value in (pair.split("=", 1) for pair in variant.split("&"))}


def plain(text: str, parameters: dict[str, str]) -> str:
    """Without what the address itself says: a page may say it back."""
    for value in parameters.values():
        text = text.replace(value, "")
    return text


def read(name: str, made: bytes) -> str:
    """A file's text: CSV as it is, of workbooks every cell, of documents and archives every part."""
    if zipfile.is_zipfile(io.BytesIO(made)):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            return "\n".join(archive.read(part).decode("utf-8", "ignore") for part in archive.namelist())
    return made.decode("utf-8", "ignore")


def test_there_is_something_of_others_to_be_seen(reach: Reach) -> None:
    for visitor in VISITORS:
        assert len(foreign(reach.whole, visitor)) > 20
    everything = sent(support.open_page("institutions", entry.PROVINCE))
    for visitor in VISITORS:
        assert offending(everything, reach.whole, visitor)


@pytest.mark.parametrize("visitor", VISITORS, ids=lambda account: account.name)
@pytest.mark.parametrize("name", NAMES)
def test_no_page_and_no_file_of_it_shows_a_row_of_others(reach: Reach, name: str, visitor: Account) -> None:
    for parameters in variants(name, asked(reach.whole, visitor)):
        reach.written.clear()
        app = support.open_page(name, visitor, **parameters)
        assert not app.exception
        assert offending(plain(sent(app), parameters), reach.whole, visitor) == [], parameters
        assert reach.written or parameters or name == "bulletin" or visitor.key == "nobody"
        for file, write in reach.written:
            if file.endswith(".png"):
                continue  # the same picture as its SVG, whose words can be read
            assert offending(plain(read(file, write()), parameters), reach.whole, visitor) == [], (parameters, file)


@pytest.mark.parametrize("visitor", VISITORS[:2], ids=lambda account: account.name)
def test_what_is_kept_for_one_account_is_shown_to_no_other(
    reach: Reach, visitor: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The province looks at everything first, and nothing is forgotten in between."""
    monkeypatch.setattr(st.cache_resource, "clear", lambda: None)
    monkeypatch.setattr(st.cache_data, "clear", lambda: None)
    given = asked(reach.whole, visitor)
    for name in NAMES:
        for parameters in variants(name, given):
            support.open_page(name, entry.PROVINCE, **parameters)
    for name in NAMES:
        for parameters in variants(name, given):
            found = sent(support.open_page(name, visitor, **parameters))
            assert offending(plain(found, parameters), reach.whole, visitor) == [], (name, parameters)


def test_past_bulletins_are_the_own_ones_alone(reach: Reach) -> None:
    for code in (None, "320100", "320500"):
        composed = bulletins.compose(_view(reach, entry.PROVINCE), code or bulletins.PROVINCE, "rank", ["总体进展"])
        made = files.write(composed, reach.places, "docx")
        past.keep(reach.places, composed, files.file_name(composed, "docx"), made)
    for visitor, count in ((entry.PROVINCE, 3), (VISITORS[0], 1), (VISITORS[2], 0)):
        assert len(past.listed(reach.places, Scope(visitor.role, visitor.key))) == count


def _view(reach: Reach, visitor: Account) -> View:
    store = reach.whole.store
    newest = store.newest()
    given = policy.load(reach.places.policy)
    return View(store, newest, store.previous(newest), Visitor(visitor, entry.HERE), given)


def test_what_is_looked_for_is_found_in_what_the_province_gets(reach: Reach) -> None:
    """Names, titles, recipients, numbers."""
    pages = {"library": {"stage": "all"}, "filings": {"list": "unregistered"}, "evaluation": {}, "milestones": {}}
    for name, given in pages.items():
        assert offending(sent(support.open_page(name, entry.PROVINCE, **given)), reach.whole, VISITORS[-1]), name
