"""What holds for every chart, and what each is for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dashboard.charts import cities, events, filings, institutions, library, maps, timeline, trends
from dashboard.charts.bars import Target
from dashboard.charts.chart import Chart, records, tip
from dashboard.wording import ACCENT, BAND, FONTS
from tests.charts import frames, gallery
from tests.charts.frames import AS_OF, PLAN
from tests.support.contrast import contrast

NAMES = sorted(gallery.CHARTS)


@pytest.fixture(params=NAMES)
def drawn(request: pytest.FixtureRequest) -> Chart:
    frame, draw = gallery.CHARTS[request.param]
    return draw(frame)


def test_records_are_rows_by_name_with_none_for_a_null_of_pandas() -> None:
    frame = pd.DataFrame({
        "name": ["甲", None], "gap": pd.array([3, None], dtype="Int64"), "stock": [1, 2], "rate": [0.5, None],
        "day": [pd.Timestamp("2024-04-26"), None], "is_met": [True, False],
        "is_late": pd.array([True, None], dtype="boolean"),
    })  # fmt: skip
    first, second = records(frame)
    assert first == {
        "name": "甲",
        "gap": 3,
        "stock": 1,
        "rate": 0.5,
        "day": pd.Timestamp("2024-04-26"),
        "is_met": True,
        "is_late": True,
    }
    assert [type(first[name]) for name in ("gap", "stock", "is_met")] == [int, int, bool]
    assert second["gap"] is second["is_late"] is None
    assert all(pd.isna(second[name]) for name in ("name", "rate", "day"))
    assert records(frame.head(0)) == []


def test_an_option_is_plain_json_without_functions(drawn: Chart) -> None:
    text = json.dumps(drawn.option, allow_nan=False)
    assert "function" not in text
    assert "--x_x--" not in text


def test_an_option_does_not_move_and_names_chinese_fonts(drawn: Chart) -> None:
    assert drawn.option["animation"] is False
    assert drawn.option["textStyle"]["fontFamily"] == FONTS


def test_an_option_carries_its_title_and_description(drawn: Chart) -> None:
    title = drawn.option["title"][0]
    assert (title["show"], title["text"]) == (False, drawn.title)
    assert drawn.option["aria"]["label"]["description"] == drawn.alt
    assert drawn.alt.endswith("。")
    assert drawn.height > 0


def test_an_axis_of_names_shows_all_of_them(drawn: Chart) -> None:
    axes = [axis for name in ("xAxis", "yAxis") for axis in _several(drawn.option.get(name))]
    labelled = [axis for axis in axes if axis["type"] == "category" and axis.get("show", True)]
    over_time = drawn.title == "实施率"
    assert {axis["axisLabel"]["interval"] for axis in labelled} <= {"auto" if over_time else 0}


def test_no_chart_has_two_value_axes_on_one_plot(drawn: Chart) -> None:
    grids = [axis.get("gridIndex", 0) for axis in _several(drawn.option.get("yAxis"))]
    assert len(grids) == len(set(grids))


def test_no_chart_is_a_pie_or_in_three_dimensions(drawn: Chart) -> None:
    assert {s["type"] for s in drawn.option["series"]} <= {"bar", "line", "scatter", "heatmap", "map"}


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_without_rows_is_still_a_chart(name: str) -> None:
    frame, draw = gallery.CHARTS[name]
    empty = draw(frame.iloc[0:0])
    assert json.dumps(empty.option, allow_nan=False)
    assert empty.height > 0


def test_cities_are_sorted_by_value_and_nulls_come_last() -> None:
    option = _cities().option
    names = [label.split("|")[-1].rstrip("}") for label in option["yAxis"]["data"]]
    assert (names[0], names[-2], names[-1]) == ("镇江市", "徐州市", "宿迁市")
    assert _texts(option["series"][1])[0] == "{bold|78.8%}  {met|●}"
    assert _texts(option["series"][1])[-1] == "{value|—}  {none|–}"


def test_the_axis_label_has_rank_and_movement() -> None:
    assert _cities().option["yAxis"]["data"][0] == "{rank|1}{moved|↑2}{name|镇江市}"


def test_the_target_is_a_named_line() -> None:
    line = _cities().option["series"][0]["markLine"]
    assert line["label"]["formatter"] == "应达 61.0%"
    assert line["data"] == [{"xAxis": 61.0}]


def test_only_the_highlighted_city_has_the_accent() -> None:
    colours = [item["itemStyle"]["color"] for item in _cities().option["series"][0]["data"]]
    assert colours.count(ACCENT) == 1


def test_the_description_names_highest_lowest_and_target() -> None:
    assert _cities().alt == "各市盘点率：最高镇江市 78.8%，最低徐州市 41.5%；应达 61.0%。"


def test_a_target_beyond_all_bars_stays_in_sight() -> None:
    chart = cities.city_bars(
        frames.cities(), title="盘点率", value="inventory_rate", unit="rate", target=Target("应达", 1.0)
    )
    assert chart.option["xAxis"]["max"] > 100


def test_markup_and_braces_in_names_are_shown_not_run() -> None:
    assert tip("<b>甲</b>{a}") == {"formatter": "&lt;b&gt;甲&lt;/b&gt;｛a｝"}
    text = json.dumps(institutions.stock_scatter(frames.institutions()).option, ensure_ascii=False)
    assert "{a}" not in text
    assert '"formatter": "&lt;b&gt;甲乙' in text


def test_tiles_stand_where_the_policy_puts_them() -> None:
    chart = gallery.CHARTS["tile_grid"][1](frames.cities())
    tiles = {item["label"]["formatter"]: item["value"][:2] for item in chart.option["series"][0]["data"]}
    assert tiles["南京\n63.4% ○"] == [0, 2]
    assert tiles["宿迁\n—"] == [1, 0]


def test_equal_values_are_one_class() -> None:
    same = frames.cities().assign(inventory_rate=0.5)
    chart = maps.tile_grid(same, frames.tiles(), title="盘点率", value="inventory_rate", unit="rate")
    assert [piece["label"] for piece in chart.option["visualMap"]["pieces"]] == ["50.0%–50.0%"]


def test_the_schematic_map_says_what_it_is() -> None:
    chart = gallery.CHARTS["choropleth"][1](frames.cities())
    assert chart.note == "示意图，无审图号，不得公开使用。"
    assert chart.map is not None
    named = {f["properties"]["name"] for f in chart.map.geojson["features"]}
    assert {item["name"] for item in chart.option["series"][0]["data"]} == named


def test_another_province_has_no_base_map() -> None:
    assert maps.base_map(Path("data/reference/map"), ["330100", "330200"]) is None


@pytest.mark.parametrize(
    ("as_of", "where"),
    [
        (date(2024, 3, 1), -0.34),
        (date(2024, 3, 31), 0.0),
        (date(2024, 4, 15), 0.5),
        (date(2024, 5, 31), 2.0),
        (date(2025, 2, 28), 2.34),
    ],
)
def test_today_stands_between_its_dates(as_of: date, where: float) -> None:
    line = timeline.milestone_line(frames.groups(), as_of=as_of).option["series"][1]["markLine"]
    assert line["data"][0][0]["coord"][0] == pytest.approx(where)


def test_the_milestone_line_counts_statuses_by_group() -> None:
    chart = timeline.milestone_line(frames.groups(), as_of=AS_OF)
    first = chart.option["series"][1]["data"][0]["label"]["formatter"]
    assert first.startswith("{date|3·31}  {soft|已过 26 天}\nA 应 100%：{met|●}61  {late|◐}20  {missed|▲}15")


def test_the_matrix_takes_the_worst_status_of_a_cell() -> None:
    chart = gallery.CHARTS["milestone_matrix"][1](frames.groups())
    pieces = {piece["value"]: piece["label"] for piece in chart.option["visualMap"]["pieces"]}
    worst = {tuple(item["value"][:2]): pieces[item["value"][2]] for item in chart.option["series"][0]["data"]}
    assert worst[0, 0] == "▲ 未达标"
    assert worst[0, 1] == "◐ 逾期达标"
    assert worst[1, 1] == "○ 未到期"


def test_a_late_institution_says_by_how_many_days() -> None:
    chart = gallery.CHARTS["institution_grid"][1](frames.institution_duties())
    texts = set(_texts(chart.option["series"][0]))
    assert texts == {"● 达标", "◐ 晚 6 天", "▲ 逾期 26 天", "○ 未到期", "– 无存量"}


def test_the_target_of_a_group_is_a_step_held_until_the_next_date() -> None:
    chart = gallery.CHARTS["group_curves"][1](frames.daily())
    steps = [s for s in chart.option["series"] if s.get("step")]
    assert [s["step"] for s in steps] == ["end"] * 3
    shares = [item["value"] for item in steps[2]["data"]]
    assert shares[1:] == [["2024-03-31", 30.0], ["2024-04-30", 60.0], ["2024-05-31", 100.0], ["2024-05-31", 100.0]]


def test_parts_beside_each_other_differ_in_grey(drawn: Chart) -> None:
    stacks: dict[str, list[str]] = {}
    for series in drawn.option["series"]:
        colour = series.get("itemStyle", {}).get("color", "")
        if "stack" in series and str(colour).startswith("#"):
            stacks.setdefault(series["stack"], []).append(colour)
    beside = [pair for colours in stacks.values() for pair in pairwise(colours)]
    assert [pair for pair in beside if contrast(*pair) < 1.3] == []


def test_the_bump_chart_leaves_out_cities_without_a_rank() -> None:
    chart = trends.bump(frames.history(), title="名次")
    assert len(chart.option["series"]) == 12 + 1
    assert chart.option["yAxis"]["inverse"] is True
    assert _ends(chart)[0] == ([5, 1], "1  镇江市")


def test_names_of_cities_that_share_a_rank_stand_below_each_other() -> None:
    weeks = [pd.Timestamp("2024-04-26"), pd.Timestamp("2024-05-03")]
    ranks = {"泰州市": (2, 1), "宿迁市": (1, 1), "无锡市": (3, 3), "南京市": (4, None)}
    rows = [
        {"as_of": week, "city_name": city, "rank": rank}
        for city, known in ranks.items()
        for week, rank in zip(weeks, known, strict=True)
    ]
    chart = trends.bump(pd.DataFrame(rows), title="名次")
    assert _ends(chart) == [
        ([1, 1], "1  泰州市"), ([1, 2], "1  宿迁市"), ([1, 3], "3  无锡市"), ([0, 4], "4  南京市")
    ]  # fmt: skip
    assert chart.explore is not None
    assert [trace.text[-1] for trace in chart.explore().data] == ["泰州市、宿迁市", "", "无锡市", "南京市"]


def _ends(chart: Chart) -> list[tuple[list[int], str]]:
    return [(item["value"], item["label"]["formatter"]) for item in chart.option["series"][-1]["data"]]


def test_a_long_name_beside_a_point_is_broken_over_lines_and_the_rest_have_none() -> None:
    frame = frames.institutions().head(3)
    frame = frame.assign(
        institution_name=["中国科学院苏州生物医学工程技术研究所", "苏州大学", "无缺口学院"], stock=9_000
    )
    (series,) = institutions.stock_scatter(frame.assign(status="missed", gap=[5, 4, 0])).option["series"]
    labels = [item["label"] for item in series["data"]]
    assert [label["formatter"] for label in labels] == ["中国科学院苏州生物医学工程技术研究所", "苏州大学", ""]
    assert [(label.get("width"), label.get("overflow")) for label in labels] == [
        (77, "break"),
        (None, None),
        (None, None),
    ]
    assert [label["show"] for label in labels] == [True, True, False]


def test_points_carry_their_institution_for_selection() -> None:
    chart = institutions.stock_scatter(frames.institutions())
    assert chart.figure is not None
    found = [point[0] for trace in chart.figure.data for point in trace.customdata]
    assert len(found) == 39
    assert "4132000039" not in found


def test_a_city_without_a_score_has_no_parts() -> None:
    chart = cities.composite(frames.scores(), weights=PLAN.weights.model_dump())
    last = [s["data"][-1]["value"] for s in chart.option["series"]]
    assert last == [None] * 5 + [0]


def test_parts_of_the_composite_rescale_to_the_score() -> None:
    frame = pd.DataFrame(
        [{"city_name": "甲市", "inventory_score": 100.0, "evaluation_score": 50.0, "events_score": None,
          "filings_score": None, "products_score": None, "score": 83.33}]
    )  # fmt: skip
    chart = cities.composite(frame, weights=PLAN.weights.model_dump())
    parts = [s["data"][0]["value"] for s in chart.option["series"][:5]]
    assert parts == [pytest.approx(66.666667), pytest.approx(16.666667), None, None, None]


def test_pace_is_marked_beside_the_target() -> None:
    lines = events.event_bars(gallery.event_counts(), target=5, pace=1).option["series"][0]["markLine"]["data"]
    assert [line["xAxis"] for line in lines] == [5.0, 1]


def test_the_lag_is_shaded_for_licences_only() -> None:
    option = gallery.CHARTS["month_columns"][1](gallery.filings_by_month(2024, 4)).option
    shaded = [s["markArea"]["data"][0] for s in option["series"] if "markArea" in s]
    assert shaded == [[{"name": "备案滞后", "xAxis": "2"}, {"xAxis": "4"}]] * 4
    assert all(s["markArea"]["itemStyle"]["color"] == BAND for s in option["series"] if "markArea" in s)


def test_a_past_year_has_no_lag() -> None:
    chart = filings.month_columns(
        gallery.filings_by_month(2023, 12), gallery.filings_by_month(2022, 12),
        value="contracts", as_of=AS_OF, year=2023, lag=3,
    )  # fmt: skip
    assert chart.note == ""
    assert not [s for s in chart.option["series"] if "markArea" in s]


def test_recipients_are_told_apart_by_place() -> None:
    table = filings.flow_places(gallery.flow(), "江苏省")
    assert [list(row) for row in table.itertuples(index=False)] == [
        ["南京市", 70, 40, 30, 0],
        ["苏州市", 0, 5, 0, 9],
    ]


def test_the_matrix_of_value_and_maturity_has_every_combination() -> None:
    one = pd.DataFrame({"stars": [None, 5], "maturity": [None, "产品"], "patents": [3, 7]})
    chart = library.value_maturity(one, maturities=PLAN.maturity_levels, high_from="初样", pool_stars=4)
    cells = {tuple(item["value"][:2]): item["label"]["formatter"] for item in chart.option["series"][0]["data"]}
    assert len(cells) == 54
    assert (cells[8, 5], cells[7, 0], cells[0, 0]) == ("3", "7", "0")
    assert "4 星及以上且成熟度在初样及以上的 7 件" in chart.alt


def test_the_calendar_is_that_of_its_year() -> None:
    chart = events.calendar(gallery.event_days(), year=2024)
    assert chart.option["calendar"][0]["range"] == "2024"
    assert chart.alt == "2024 年对接活动日历：23 场，分布在 12 天；最多的一天是 2024-04-12，5 场。"


def test_each_city_says_both_sides_of_its_bar_and_none_where_unknown() -> None:
    option = filings.side_bars(gallery.sides(), value="patents").option
    texts = _texts(option["series"][-1])
    assert (option["yAxis"]["data"][0], texts[0]) == ("南京市", "70 / 112")
    assert (option["yAxis"]["data"][-1], texts[-1]) == ("宿迁市", "— / —")


def test_a_city_without_new_grants_has_no_rate() -> None:
    texts = _texts(gallery.CHARTS["rate_bars"][1](gallery.grants()).option["series"][1])
    assert texts[-1] == "{value|—}"
    assert "{value|0.0%（0/20）}" in texts


def test_months_carry_their_share_and_their_year_when_there_are_several() -> None:
    def names(count: int) -> list[str]:
        drawn: list[str] = gallery.CHARTS["month_bars"][1](gallery.grant_months(count)).option["xAxis"]["data"]
        return drawn

    assert names(1) == ["1月\n48.5%"]
    assert names(13)[-1] == "25·1\n48.5%"


def test_counts_over_columns_are_written_as_everywhere() -> None:
    frame = pd.DataFrame([("2024-01", 12868, 981, 0.08)], columns=["month", "granted", "approved", "inventory_rate"])
    drawn = gallery.CHARTS["month_bars"][1](frame).option["series"]
    assert [series["data"][0]["label"]["formatter"] for series in drawn] == ["12,868", "981"]


def test_a_long_count_stays_within_its_cell() -> None:
    def size(count: int) -> int:
        one = pd.DataFrame({"stars": [5], "maturity": ["产品"], "patents": [count]})
        drawn = library.value_maturity(one, maturities=PLAN.maturity_levels, high_from="初样", pool_stars=4)
        found: int = drawn.option["series"][0]["label"]["fontSize"]
        return found

    assert (size(9_999), size(10_000)) == (12, 10)


def _cities() -> Chart:
    return gallery.CHARTS["city_bars"][1](frames.cities())


def _texts(series: dict[str, Any]) -> list[str]:
    return [item["label"]["formatter"] for item in series["data"]]


def _several(axes: Any) -> Iterator[dict[str, Any]]:
    yield from axes if isinstance(axes, list) else [axes] if axes else []
