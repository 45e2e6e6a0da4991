"""Each page opens on full, bare and no data, and shows what its address asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.places import Places
from tests.pages.test_dress import STYLE
from tests.support import samples
from tests.support.app import NAMES, bare_places, charts, figures, open_page, text

SOOCHOW = "4132010285"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_and_says_which_data_it_shows(name: str, on_samples: Places) -> None:
    app = open_page(name)
    assert not app.exception
    assert f"数据截至 {samples.SECOND} · 与 {samples.FIRST} 比较" in text(app)
    assert "演示数据" not in text(app)
    numbers = set(re.findall(r"zl-n\d+", "".join(element.proto.body for element in app.get("html"))))
    assert {name for name in numbers if f".{name} " not in STYLE} == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_on_the_first_snapshot_of_all(name: str, on_samples: Places) -> None:
    app = open_page(name, snapshot=samples.FIRST)
    assert not app.exception
    assert f"数据截至 {samples.FIRST} · 没有更早的快照可比较" in text(app)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_opens_without_the_optional_tables(name: str, on_bare: Places) -> None:
    app = open_page(name)
    assert not app.exception


@pytest.mark.parametrize("name", NAMES)
def test_without_a_snapshot_a_page_says_what_to_do(name: str, on_nothing: Path) -> None:
    app = open_page(name)
    assert not app.exception
    assert "还没有快照" in text(app)
    assert "import" in text(app)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_address_may_not_say_is_ignored(name: str, on_samples: Places) -> None:
    hostile = "'; drop table patents; --<script>alert(1)</script>../../"
    parameters = ("snapshot", "city", "scope", "year", "institution", "group", "status", "page", "sort", "section")
    app = open_page(name, **dict.fromkeys(parameters, hostile))
    assert not app.exception
    assert f"数据截至 {samples.SECOND}" in text(app)
    assert "alert(1)" not in text(app)


def test_demonstration_data_are_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(bare_places(tmp_path, is_demo=True).data))
    for name in NAMES:
        assert "演示数据" in text(open_page(name))


def test_the_overview_shows_no_zero_where_a_table_is_absent(on_bare: Places) -> None:
    _, evaluated, events, filings, _ = figures(open_page("overview"))
    assert evaluated == "——本快照缺少该数据表"
    assert events == "—/13市—本快照缺少该数据表"
    assert filings == "—件同比—本快照缺少该数据表"


def test_the_overview_ranks_the_cities_and_names_what_to_follow_up(on_samples: Places) -> None:
    app = open_page("overview", snapshot=samples.FIRST)
    bars, tiles = charts(app)
    assert len(bars["series"][0]["data"]) == len(tiles["series"][0]["data"]) == 13
    links = app.get("page_link")
    assert links
    assert all(f"snapshot={samples.FIRST}" in link.proto.query_string for link in links)


def test_the_scope_narrows_the_cities(on_samples: Places) -> None:
    assert "各市盘点率排名（市属）" in text(open_page("cities", scope="municipal"))


def test_the_city_of_the_address_has_its_scorecard(on_samples: Places) -> None:
    app = open_page("cities", city="320500")
    assert app.selectbox(key="address-city").value == "320500"
    assert "苏州市与江苏对照" in text(app)


def test_milestones_can_be_narrowed_by_name(on_samples: Places) -> None:
    assert "（1 家，属地）" in text(open_page("milestones", search="苏州大学"))
    assert "没有符合条件的单位" in text(open_page("milestones", search="没有这所学校"))


def test_an_institution_has_its_profile(on_samples: Places) -> None:
    app = open_page("institutions", institution=SOOCHOW)
    assert not app.exception
    assert "苏州大学" in text(app)
    assert "组" in text(app)
    assert "专利走到哪一步" in text(app)


@pytest.mark.parametrize("section", ["files", "rows", "snapshots", "metrics", "plan"])
def test_each_section_of_quality_opens(section: str, on_samples: Places) -> None:
    app = open_page("quality", section=section)
    assert not app.exception
    assert "读取" in text(app) or section != "files"


def test_a_choice_by_hand_goes_into_the_address(on_samples: Places) -> None:
    app = open_page("cities")
    assert app.query_params["snapshot"] == samples.SECOND
    app.selectbox(key="address-city").select("320500").run()
    assert app.query_params["city"] == "320500"
    assert "苏州市与江苏对照" in text(app)
    app.selectbox(key="address-city").select("all").run()
    assert "city" not in app.query_params


def test_every_block_can_be_exported_and_says_how_it_is_defined(on_samples: Places) -> None:
    app = open_page("overview")
    assert app.get("download_button") == []
    for block in ("cities", "map", "attention", "change"):
        app.session_state[f"export-{block}"] = True
    app.run()
    labels = [element.proto.label for element in app.get("download_button")]
    assert labels.count("CSV 表格") == labels.count("XLSX 工作簿") == 4
    assert labels.count("PNG 图片") == labels.count("SVG 矢量图") == 2
    told = text(app)
    assert told.count("计算语句（SQL）") >= len(labels) / 4
    assert "select * from final" in told
