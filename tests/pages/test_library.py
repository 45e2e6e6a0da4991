"""资源库: what is found by default and by a link with filters; pages, export and scope; one patent's record."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import policy
from dashboard.access.accounts import Account
from dashboard.places import Places
from dashboard.scope import PROVINCE, Scope
from dashboard.snapshots.catalogue import Store
from dashboard.ui import hits, library
from dashboard.ui.account import Visitor
from dashboard.ui.data import View
from dashboard.ui.library import Asked
from tests.support.app import charts, open_page, text

APPROVED = 44
NANJING = "320100"


def found(app: AppTest) -> int:
    """The number of hits that the page tells."""
    told = re.search(r"符合条件\s+([\d,]+)", text(app))
    assert told
    return int(told[1].replace(",", ""))


def view_of(places: Places, scope: Scope) -> View:
    store = Store(places)
    entry = store.entries()[-1]
    return View(
        store,
        entry,
        store.previous(entry),
        Visitor(Account("甲", scope.role, scope.key), "127.0.0.1"),
        policy.load(places.policy),
    )


def test_approved_patents_are_shown_by_default(on_samples: Places) -> None:
    app = open_page("library")
    assert not app.exception
    assert app.selectbox(key="address-stage").value == "approved"
    assert found(app) == APPROVED
    matrix, routes = charts(app)
    assert len(matrix["series"][0]["data"]) == 6 * 9
    assert len(routes["series"][0]["data"]) == 5
    assert "专利池与专利组合（2 个）" in text(app)


def test_a_link_with_filters_shows_the_same_view(on_samples: Places) -> None:
    given = {"words": "一种", "stage": "all", "city": NANJING, "stars": "3-5", "sort": "title", "direction": "asc"}
    app = open_page("library", **given)
    assert not app.exception
    assert app.text_input(key="address-words").value == "一种"
    assert app.selectbox(key="address-sort").value == "title"
    assert {name: app.query_params[name] for name in given} == given
    assert (
        found(app) <= found(open_page("library", stage="all", city=NANJING)) < found(open_page("library", stage="all"))
    )


def test_a_choice_by_hand_goes_into_the_address(on_samples: Places) -> None:
    app = open_page("library")
    app.text_input(key="address-words").set_value("没有这样的名称").run()
    assert app.query_params["words"] == "没有这样的名称"
    assert "没有符合条件的专利" in text(app)


@pytest.mark.parametrize("words", ["%", "'; drop table patents; --", "<script>alert(1)</script>", "*/", "\\"])
def test_signs_in_the_search_box_are_plain_text(words: str, on_samples: Places) -> None:
    app = open_page("library", words=words, stage="all")
    assert not app.exception
    assert "alert(1)" not in text(app)
    assert found(app) == 0


def test_a_patent_has_its_record(on_samples: Places) -> None:
    number = str(every(view_of(on_samples, PROVINCE))[0])
    app = open_page("library", patent=number.removeprefix("ZL").replace(".", " "), stage="all")
    assert not app.exception
    assert number in text(app)
    assert all(part in text(app) for part in ("经过", "授权公告", "企业评价", "转让许可", "产品备案", "二次开发"))


def test_an_unknown_patent_is_said_so(on_samples: Places) -> None:
    app = open_page("library", patent="<b>ZL201310699744.2</b>")
    assert not app.exception
    assert "没有查到专利" in text(app)


def test_absent_tables_are_named_not_counted(on_bare: Places) -> None:
    app = open_page("library")
    assert not app.exception
    assert "没有“专利组合”表" in text(app)
    assert "没有“二次开发”表" in text(app)
    number = str(every(view_of(on_bare, PROVINCE))[0])
    record = text(open_page("library", patent=number))
    assert record.count("（不等于零）") == 4


def every(view: View) -> list[object]:
    """The numbers that an account exports of everything there is."""
    return list(hits.every_hit(view, Asked({"stage": "all"}, ""), {"sort": "stars"})["patent_no"])


def test_an_account_exports_its_own_rows_alone(on_samples: Places) -> None:
    whole, city = every(view_of(on_samples, PROVINCE)), every(view_of(on_samples, Scope("city", NANJING)))
    institution = every(view_of(on_samples, Scope("institution", "4132010285")))
    assert len(whole) == len(set(whole))
    assert set(city) < set(whole)
    assert set(institution) < set(whole)
    assert city


def test_filters_are_told_in_words(on_samples: Places) -> None:
    asked = library.told(view_of(on_samples, PROVINCE), {"stage": "approved", "city": NANJING, "words": "电池"})
    assert asked.words == "进度：已入库；设区市：南京市；专利号或名称：电池"
