"""对接活动 on the samples: cities against the plan's number, the calendar, kinds, deals, training and cases."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from dashboard import metrics
from dashboard.places import Places
from tests.support import samples
from tests.support.app import charts, figures, open_page, text


def test_the_first_figure_is_how_many_cities_held_theirs(on_samples: Places) -> None:
    met, held, behind, *_ = figures(open_page("events", snapshot=samples.FIRST))
    assert met.startswith("1/13市")
    assert "每市全年应办5场" in met
    assert held == "9场较上期—全部活动12场"
    assert behind.endswith("按均匀进度现应1场")


def test_cities_stand_against_the_target_and_the_pace(on_samples: Places) -> None:
    cities, calendar, kinds, levels = charts(open_page("events", snapshot=samples.FIRST))
    lines = cities["series"][0]["markLine"]["data"]
    assert [line["xAxis"] for line in lines] == [5.0, 1]
    assert calendar["calendar"][0]["range"] == "2024"
    assert "对接" in kinds["yAxis"]["data"]
    assert "市级" in levels["yAxis"]["data"]


def test_a_past_year_has_no_pace_and_its_cities_are_judged(on_samples: Places) -> None:
    app = open_page("events", snapshot=samples.SECOND, year="2024")
    _, _, missed, *_ = figures(app)
    assert missed.endswith("2024年已结束")
    cities = charts(app)[0]
    assert [line["xAxis"] for line in cities["series"][0]["markLine"]["data"]] == [5.0]


def test_the_city_of_the_address_has_its_calendar_and_list(on_samples: Places) -> None:
    told = text(open_page("events", snapshot=samples.FIRST, city="320100"))
    assert "南京市对接活动日历" in told
    assert "2024 年还没有活动" in text(open_page("events", snapshot=samples.FIRST, city="320300"))


def test_another_city_is_picked_from_what_is_at_hand(on_samples: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    app, unasked = open_page("events", snapshot=samples.FIRST), Mock(side_effect=metrics.ask)
    monkeypatch.setattr(metrics, "ask", unasked)
    app.query_params["city"] = "320600"
    assert "南通市对接活动日历" in text(app.run())
    assert unasked.call_count == 0


def test_training_and_cases_stand_beside_the_deals(on_samples: Places) -> None:
    told = text(open_page("events", snapshot=samples.FIRST))
    assert "各市签约、培训宣传与典型案例" in told
    assert "案例报送" in told


def test_without_the_tables_it_says_which_and_shows_no_figure(on_bare: Places) -> None:
    app = open_page("events")
    assert figures(app) == []
    assert charts(app) == []
    assert "本快照没有“对接活动”表" in text(app)
    assert "本快照没有“典型案例”表" in text(app)
