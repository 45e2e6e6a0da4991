"""转让许可 on the samples: months, cities, flow, what is not on record, and what became of the patents."""

from __future__ import annotations

import pytest

from dashboard.places import Places
from tests.support import entry, samples
from tests.support.app import charts, figures, open_page, text


@pytest.mark.parametrize(("count", "unit"), [("patents", "件"), ("times", "件次"), ("contracts", "份")])
def test_the_switch_says_what_is_counted(count: str, unit: str, on_samples: Places) -> None:
    app = open_page("filings", snapshot=samples.FIRST, count=count)
    months, cities, *_ = charts(app)
    assert months["title"][0]["subtext"] == cities["title"][0]["subtext"] == f"单位：{unit}"


def test_the_figures_tell_transfers_licences_and_what_is_not_on_record(on_samples: Places) -> None:
    total, _, licences, unregistered, unreported = figures(open_page("filings", snapshot=samples.FIRST))
    assert "件数同比" in total
    assert "其中开放许可" in licences
    assert unregistered.startswith("1件次")
    assert "占当年备案件次" in unreported


def test_the_lag_of_licences_is_shaded_and_told(on_samples: Places) -> None:
    app = open_page("filings", snapshot=samples.FIRST)
    months = charts(app)[0]
    shaded = [s["markArea"]["data"][0] for s in months["series"] if "markArea" in s]
    assert shaded
    assert all(area == [{"name": "备案滞后", "xAxis": "2"}, {"xAxis": "4"}] for area in shaded)
    assert "许可合同备案一般滞后约 3 个月" in text(app)


def test_it_says_that_cities_need_not_add_up(on_samples: Places) -> None:
    assert "各市相加可以大于全省" in text(open_page("filings"))


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        ("institutions", "各单位转让许可"),
        ("unregistered", "未备案合同"),
        ("unreported", "未反馈平台的合同"),
        ("flow", "转让许可流向明细"),
    ],
)
def test_the_lists_are_reached_by_their_address(chosen: str, title: str, on_samples: Places) -> None:
    app = open_page("filings", snapshot=samples.FIRST, list=chosen)
    assert not app.exception
    assert title in text(app)


def test_an_unregistered_contract_says_for_how_long(on_samples: Places) -> None:
    told = text(open_page("filings", snapshot=samples.FIRST, list="unregistered"))
    assert "B4" in told
    assert "生效不足三个月的不算拖延" in told


def test_rates_run_over_the_snapshots_with_their_denominators(on_samples: Places) -> None:
    app = open_page("filings")
    rates = charts(app)[-1]
    assert rates["xAxis"]["data"] == ["4·30", "2·28"]
    assert [[item["value"] for item in line["data"]] for line in rates["series"]] == [
        [pytest.approx(6.976744, abs=1e-6)] * 2,
        [pytest.approx(2.325581, abs=1e-6)] * 2,
    ]
    assert "分母为已入库专利，由 43 件变为 43 件" in text(app)
    assert "2025-06-30 目标" in text(app)


def test_a_year_without_a_filing_says_so(on_samples: Places) -> None:
    assert "2025 年还没有登记备案的转让许可" in text(open_page("filings", snapshot=samples.SECOND))


def test_counted_rates_are_told_apart_from_surveyed_ones(on_samples: Places) -> None:
    assert "与抽样调查公布的口径不同，不宜并列" in text(open_page("filings"))


def test_without_the_tables_it_says_which_and_keeps_the_rates(on_bare: Places) -> None:
    app = open_page("filings")
    assert figures(app) == []
    assert "本快照没有“转让许可”表" in text(app)
    assert "本快照没有“产品备案”表" in text(app)
    assert "分母为已入库专利 43 件" in text(app)
    assert len(charts(app)) == 1


def test_contracts_of_another_city_are_said_to_be_closed_not_none(on_samples: Places) -> None:
    told = text(open_page("filings", entry.city("320500"), snapshot=samples.FIRST, city="321300"))
    assert "不在本账号的查看范围内" in told
    assert "所选范围内没有记录" in text(open_page("filings", snapshot=samples.FIRST, city="321300"))
