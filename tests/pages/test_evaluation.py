"""企业评价 on the samples: groups against targets, cities, needs with their patents, experts."""

from __future__ import annotations

from dashboard.places import Places
from tests.support import samples
from tests.support.app import charts, figures, open_page, text


def test_the_figures_are_the_rates_of_the_province_and_of_each_group(on_samples: Places) -> None:
    whole, lead, other, needs = figures(open_page("evaluation", snapshot=samples.FIRST))
    assert whole == "44.4%较上期—4/9对"
    assert lead == "60.0%较上期—3/5对，应60%"
    assert other == "25.0%较上期—1/4对，应50%"
    assert needs == "2对较上期—有合作意愿2对"


def test_a_figure_is_compared_with_the_snapshot_before(on_samples: Places) -> None:
    whole, lead, *_ = figures(open_page("evaluation"))
    assert whole == "44.4%较上期持平4/9对"
    assert lead == "60.0%较上期持平3/5对，应100%"


def test_groups_stand_against_their_targets(on_samples: Places) -> None:
    groups, fields, experts = charts(open_page("evaluation", snapshot=samples.FIRST))
    assert [item["value"] for item in groups["series"][0]["data"]] == [60.0, 25.0]
    assert groups["series"][2]["data"][0]["label"]["formatter"] == "4·30 应达 60%"
    assert fields["yAxis"]["data"] == ["新材料", "新能源", "未填"]
    assert experts["series"][1]["data"][0]["label"]["formatter"] == "{value|2 人（1 家，参评 3 件次）}"


def test_needs_name_their_patents_and_lead_to_the_institution(on_samples: Places) -> None:
    app = open_page("evaluation", snapshot=samples.FIRST)
    told = text(app)
    assert "提高良率" in told
    assert "ZL201910200007.0" in told
    links = [element.proto.body for element in app.get("html") if "institution=4132010284" in element.proto.body]
    assert len(links) == 1


def test_a_city_keeps_the_needs_of_its_enterprises(on_samples: Places) -> None:
    assert "提高良率" not in text(open_page("evaluation", city="320500"))
    assert "没有企业提出技术改进需求" in text(open_page("evaluation", city="321300"))


def test_what_enterprises_say_is_told_apart_from_what_is_counted(on_samples: Places) -> None:
    told = text(open_page("evaluation"))
    assert "有改进需求（企业自填）" in told
    assert "是意愿不是结果，不与入库、备案的计数并列比较" in told


def test_without_the_tables_it_says_which_and_shows_no_figure(on_bare: Places) -> None:
    app = open_page("evaluation")
    assert figures(app) == []
    assert charts(app) == []
    assert "本快照没有“企业评价”表" in text(app)
    assert "本快照没有“专家库”表" in text(app)
    assert "不等于零" in text(app)
