"""专利增量 on the samples: new grants inventoried, assessments before filing, projects."""

from __future__ import annotations

from dashboard.places import Places
from tests.support import samples
from tests.support.app import charts, figures, open_page, text


def test_the_figures_say_how_many_are_new_and_inventoried(on_samples: Places) -> None:
    granted, rate, declined, ordered, joint = figures(open_page("increment", snapshot=samples.FIRST))
    assert granted == "4件较上期—2023-12-31之后授权"
    assert rate == "75.0%较上期—3/4件"
    assert declined == "20.0%较上期—6/30件"
    assert ordered.startswith("4较上期")
    assert joint.startswith("2较上期")


def test_months_and_cities_are_drawn(on_samples: Places) -> None:
    cities, months, assessed = charts(open_page("increment", snapshot=samples.FIRST))
    assert len(cities["series"][0]["data"]) == 13
    assert sum(item["value"] for item in months["series"][0]["data"]) == 4
    assert sum(item["value"] for item in assessed["series"][0]["data"]) == 30


def test_a_year_without_a_report_is_not_drawn_as_zeros(on_samples: Places) -> None:
    app = open_page("increment", snapshot=samples.SECOND)
    assert len(charts(app)) == 2
    assert "2025 年还没有申请前评估的报送" in text(app)


def test_the_city_of_the_address_has_its_months(on_samples: Places) -> None:
    told = text(open_page("increment", snapshot=samples.FIRST, city="320100"))
    assert "南京市各月新授权与入库" in told
    assert "全省增量盘点率" in told
    app = open_page("increment", snapshot=samples.FIRST, city="321300")
    assert "宿迁市2024 年还没有申请前评估的报送" in text(app)


def test_without_the_table_it_says_so_and_keeps_the_grants(on_bare: Places) -> None:
    app = open_page("increment")
    assert [figure[:2] for figure in figures(app)] == ["4件", "75"]
    assert len(charts(app)) == 2
    assert "本快照没有“申请前评估”表" in text(app)
