"""Bulletins: what they say of zero, one, many and ties, how they are put together, and names that come back whole."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from functools import cache
from typing import Any
from unittest.mock import Mock, call

import docx
import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard import metrics, wording
from dashboard.errors import OutOfScope, UsageError
from dashboard.exports import csvfile
from dashboard.exports.bulletin import book, city, make, model, pack, template, word, words
from dashboard.exports.bulletin.model import Bulletin, Rows, Section, Table
from dashboard.exports.sheet import Origin, Sheet, unguard
from dashboard.exports.xmltext import LOST, carried
from dashboard.scope import PROVINCE, Scope
from tests.exports.bulletin_source import PLACES, bulletin, sample, source, told
from tests.support import samples
from tests.support.worlds import JIANGSU, World

NANJING, SUZHOU = "320100", "320500"
ONE_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
    "a5f645400000000049454e44ae426082"
)


def _document(made: Bulletin, head: word.Head = word.PLAIN) -> Any:
    return docx.Document(io.BytesIO(word.write(made, template.PATH, head, draw=lambda _: ONE_PIXEL)))


def _text(document: Any) -> str:
    return "\n".join(p.text for p in document.paragraphs)


def _world_rows(name: str) -> list[dict[str, Any]]:
    return samples.world(samples.SECOND).query(name)


INSTITUTIONS = "institution_id,institution_name,city_code,affiliation\n{}"


@cache
def _world(approved: int = 1, *, cities: str = "A,甲大学,320100,省属", **tables: str) -> World:
    rows = [
        f"P{i},A,{'已通过' if i <= approved else '未建档'},{'2024-03-20' if i <= approved else ''}" for i in range(1, 5)
    ]
    patents = "patent_no,institution_id,review_status,approved_on\n" + "\n".join(rows)
    return World("2024-04-26", {"institutions": INSTITUTIONS.format(cities), "patents": patents, **tables})


def test_without_a_week_before_nothing_is_compared() -> None:
    said = told(bulletin(_world()), model.PROGRESS)
    assert said.startswith(
        "截至2024年4月26日，全省1家高校和科研机构应盘点存量专利4件，已盘点入库1件，盘点进度达25.0%；"
    )
    assert "没有更早一期数据，本期不作比较。" in said
    assert "较" not in said.replace("不作比较", "")


@pytest.mark.parametrize(
    ("before", "now", "wanted"),
    [
        (1, 3, "较上周提高50.0个百分点"), (3, 1, "较上周下降50.0个百分点"), (2, 2, "较上周持平"),
        (1, 3, "本周新增盘点入库2件。"), (3, 1, "本周盘点入库净减少2件。"), (2, 2, "本周没有新增盘点入库。"),
    ],
)  # fmt: skip
def test_a_week_before_is_compared_with(before: int, now: int, wanted: str) -> None:
    rebuilt = World("2024-04-19", _world(before).given)
    second = World("2024-04-26", _world(now).given, rebuilt)
    assert wanted in told(bulletin(second, rebuilt), model.PROGRESS)


def test_a_snapshot_that_is_no_week_older_is_named_by_its_date() -> None:
    first = World("2024-04-01", _world(1).given)
    said = told(bulletin(World("2024-04-26", _world(2).given, first), first), model.PROGRESS)
    assert "较4月1日提高25.0个百分点" in said
    assert "4月1日以来新增盘点入库1件。" in said


def test_a_date_of_another_year_has_its_year() -> None:
    first = World("2024-12-27", _world(1).given)
    made = bulletin(World("2025-02-28", _world(2).given, first), first)
    assert "较2024年12月27日提高25.0个百分点" in told(made, model.PROGRESS)
    assert "2024年12月27日以来新增盘点入库1件。" in told(made, model.PROGRESS)
    assert told(made, model.MILESTONES).startswith("2024年3月31日节点：")


@pytest.mark.parametrize(
    ("as_of", "wanted"),
    [
        ("2024-03-30", "距3月31日节点还有1天：A 示范高校与不足300件单位应达100%，1家中1家尚未达标。"),
        ("2024-03-31", "3月31日节点（数据截至当日到期）：A 示范高校与不足300件单位应达100%，1家中1家尚未达标。"),
        ("2024-04-01", "3月31日节点：A 示范高校与不足300件单位应达100%，1家中1家未达标。"),
        ("2024-12-27", "3月31日节点：A 示范高校与不足300件单位应达100%，1家中1家未达标。"),
    ],
)
def test_a_date_of_the_plan_is_ahead_that_day_or_over(as_of: str, wanted: str) -> None:
    """Also after the last one: what was missed stays missed."""
    world = World(as_of, _world(1).given)
    assert told(bulletin(world), model.MILESTONES) == wanted
    mine = wanted.replace("A 示范高校与不足300件单位应达100%，1家中", "有任务的1家单位中，")
    assert told(bulletin(world, city=NANJING), model.MILESTONES) == mine


def test_nothing_listed_is_said_in_words() -> None:
    assert "尚无专利入转化资源库。" in told(bulletin(_world()), model.PROGRESS)
    assert "占已盘点入库的—" not in told(bulletin(_world(0), city=NANJING), model.PROGRESS)


@pytest.mark.parametrize("approved", [0, 4])
def test_none_and_all_are_said_as_such(approved: int) -> None:
    said = told(bulletin(_world(approved)), model.PROGRESS) + told(bulletin(_world(approved)), model.INSTITUTIONS)
    wanted = "尚无单位完成全部存量专利盘点入库" if approved == 0 else "各单位均已达到当前里程碑的应完成数"
    assert wanted in said


def test_a_province_without_stock_says_so() -> None:
    world = World(
        "2024-04-26",
        {"institutions": INSTITUTIONS.format("A,甲大学,320100,省属"),
         "patents": "patent_no,institution_id,granted_on\nP1,A,2024-02-01"},
    )  # fmt: skip
    assert told(bulletin(world), model.PROGRESS) == "截至2024年4月26日，全省没有应盘点的存量专利。"
    assert told(bulletin(world, city=NANJING), model.PROGRESS) == "截至2024年4月26日，南京市没有应盘点的存量专利。"
    _document(bulletin(world))


def test_absent_tables_are_said_to_be_absent_not_zero() -> None:
    made = bulletin(_world())
    for name, table in ((model.EVALUATION, "企业评价"), (model.EVENTS, "对接活动"), (model.FILINGS, "转让许可")):
        assert told(made, name) == f"本期没有收到“{table}”表，本部分从略（不等于零）。"
    _document(bulletin(_world(), city=NANJING))


def test_present_tables_without_rows_are_zero() -> None:
    filings = "filing_no,patent_no,kind,institution_id,recipient,effective_on,registered_on"
    made = bulletin(_world(filings=filings, events="event_id,event_name,held_on,city_code,level,kind"))
    assert told(made, model.FILINGS) == "2024年以来，全省没有已备案的转让许可。"
    assert "尚无设区市达到全年5场的要求" in told(made, model.EVENTS)
    assert "尚未举办计数活动的有南京市、无锡市、徐州市等13市。" in told(made, model.EVENTS)


def test_growth_from_nothing_is_no_number() -> None:
    filings = (
        "filing_no,patent_no,kind,institution_id,recipient,effective_on,registered_on\n"
        "F1,P1,转让,A,某公司,2024-01-05,2024-02-01"
    )
    said = told(bulletin(_world(filings=filings)), model.FILINGS)
    assert "备案专利1件，上年同期为零，同比—；合同1份，涉及1件次。" in said


def test_a_tie_is_said_as_a_tie() -> None:
    patents = (
        "patent_no,institution_id,review_status,approved_on\n"
        "P1,A,已通过,2024-03-20\nP2,A,未建档,\nP3,B,已通过,2024-03-20\nP4,B,未建档,"
    )
    rows = INSTITUTIONS.format("A,甲大学,320100,省属\nB,乙大学,320500,省属")
    world = World("2024-04-26", {"institutions": rows, "patents": patents})
    assert "盘点率50.0%，并列全省第1位。" in told(bulletin(world, city=NANJING), model.CITIES)
    assert "南京市、苏州市并列盘点率均为50.0%。" in told(bulletin(world), model.CITIES)


@pytest.mark.parametrize(
    ("mine", "other", "needed"),
    [((1, 4), (2, 4), 2), ((0, 3), (1, 2), 2), ((3, 4), (4, 4), None), ((1, 10), (1, 9), 1)],
)
def test_what_would_lift_a_city(mine: tuple[int, int], other: tuple[int, int], needed: int | None) -> None:
    assert city.to_pass(*mine, *other) == needed
    if needed is not None:
        assert (mine[0] + needed) / mine[1] > other[0] / other[1] >= (mine[0] + needed - 1) / mine[1]


def test_a_city_edition_has_its_rank_its_institutions_and_what_would_lift_it() -> None:
    made = sample(NANJING)
    assert told(made, model.CITIES).splitlines() == [
        "南京市盘点率92.3%，居全省第3位，与并列首位的徐州市、扬州市（100.0%）相差7.7个百分点。",
        "位次在前的徐州市、扬州市已全部完成，南京市全部完成后与其并列。",
        "距当前应完成数还差2件。",
    ]
    table = next(t for t in made.tables if t.title == "南京市各单位盘点进展")
    mine = {row["institution_name"] for row in _world_rows("inventory_institution") if row["city_code"] == NANJING}
    assert set(table.sheet.frame["institution_name"]) <= mine


def test_cities_stand_by_rank_or_in_the_official_order() -> None:
    first, second = samples.world(samples.FIRST), samples.world(samples.SECOND)
    official = bulletin(second, first, order="official")
    table = next(t for t in official.tables if t.metric == "inventory_city")
    assert list(table.sheet.frame["city_name"]) == [c.name for c in JIANGSU.cities] + ["全省"]
    ranked = next(t for t in sample().tables if t.metric == "inventory_city").sheet.frame
    ranks = [r for r in ranked["rank"] if not wording.is_null(r)]
    assert ranks == sorted(ranks)


def test_only_the_sections_asked_for_are_there_and_numbered() -> None:
    made = sample().only([model.EVENTS, model.PROGRESS])
    said = _text(_document(made))
    assert "一、总体进展" in said
    assert "二、对接活动" in said
    assert "三、" not in said
    with pytest.raises(UsageError, match="通报没有“天气”部分"):
        sample().only(["天气"])


def test_tables_and_charts_are_numbered_in_order() -> None:
    made = sample()
    titles = [p.text for p in _document(made).paragraphs if re.match(r"[表图]\d+　", p.text)]
    assert [t for t in titles if t[0] == "表"] == [f"表{i}　{t.title}" for i, t in enumerate(made.tables, 1)]
    assert [t for t in titles if t[0] == "图"] == [f"图{i}　{f.title}" for i, f in enumerate(made.figures, 1)]


@pytest.mark.parametrize("city", [None, NANJING])
def test_a_chart_is_drawn_under_the_title_that_the_preview_shows(city: str | None) -> None:
    figures = sample(city).figures
    assert len(figures) > 3
    assert [figure.chart.title for figure in figures] == [figure.title for figure in figures]


def test_titles_are_there_before_any_table_is_filled() -> None:
    world = source(samples.world(samples.FIRST))
    asked = Mock(side_effect=world.ask)
    made = make.compose(replace(world, ask=asked), PLACES, NANJING)
    assert made.tables[0].title == "南京市存量专利转化各阶段"
    assert "funnel" not in {each.args[0] for each in asked.mock_calls}
    assert len(made.tables[0].sheet.frame) == 9
    assert asked.mock_calls[-1] == call("funnel", level="city", key=NANJING)


def test_the_header_row_is_repeated_and_tables_are_real() -> None:
    for table in _document(sample()).tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml


def test_a_table_leaves_no_row_alone_on_a_page() -> None:
    for table in _document(sample()).tables:
        kept = ["w:keepNext" in row._tr.xml for row in table.rows]
        assert kept[0]
        assert not kept[-1]
        assert len(kept) < 3 or kept[-2]
        assert len(kept) > 7 or all(kept[:-1])


def test_a_city_stands_out_among_the_others() -> None:
    made = sample(NANJING)
    for table, written in zip(made.tables, _document(made).tables, strict=True):
        bold = [row.cells[0].paragraphs[0].runs[0].bold for row in written.rows[1:]]
        names = list(table.sheet.frame.get("city_name", []))
        if table.metric in ("inventory_city", "events_city", "filings_city"):
            wanted = [name == "南京市" or (table.has_total and name == "全省") for name in names]
            assert [bool(each) for each in bold] == wanted
            assert any(wanted)


def test_a_message_of_the_screen_becomes_a_sentence_of_a_document() -> None:
    message = "江苏大学到2024-03-31应完成6815件，已盘点入库2120件，占存量31.1234%，第2024号"
    assert words.readable(message) == (
        "江苏大学到2024年3月31日应完成6,815件，已盘点入库2,120件，占存量31.1234%，第2024号"
    )


def test_the_chart_of_filings_says_that_licences_come_late() -> None:
    for place in (None, NANJING):
        figure = next(f for f in sample(place).figures if f.metric == "filings_city")
        assert "许可合同可在生效后3个月内备案" in figure.chart.note


def test_a_patent_both_transferred_and_licensed_is_said_to_be_so() -> None:
    filings = (
        "filing_no,patent_no,kind,institution_id,recipient,effective_on,registered_on\n"
        "F1,P1,转让,A,某公司,2024-01-05,2024-02-01\nF2,P1,普通许可,A,某公司,2024-01-05,2024-02-01"
    )
    said = told(bulletin(_world(filings=filings), city=NANJING), model.FILINGS)
    assert "其中转让1件，许可1件（1件既转让又许可）。" in said


def test_a_brief_has_its_red_head_and_whom_it_goes_to() -> None:
    head = word.Head(True, "盘活简报", "17", "省专班", "2024年4月28日", "省政府办公厅", "省教育厅", "各市")
    said = _text(_document(sample(), head))
    for text in ("盘活简报", "第17期", "省专班\t2024年4月28日", "报：省政府办公厅", "送：省教育厅", "发：各市"):
        assert text in said
    assert "报：" not in _text(_document(sample()))


def test_demonstration_is_marked_in_every_file() -> None:
    made = bulletin(_world(), is_demo=True)
    assert "演示数据，不得引用" in _text(_document(made))
    with zipfile.ZipFile(io.BytesIO(pack.write(made.only([model.CITIES])))) as archive:
        assert "演示数据" in archive.read("说明.txt").decode("utf-8-sig")
        assert all("演示数据" in archive.read(n).decode() for n in archive.namelist() if n.endswith(".svg"))
    cover = openpyxl.load_workbook(io.BytesIO(book.write(made)))["封面"]
    assert any("演示数据" in str(cell.value) for row in cover.iter_rows() for cell in row)


def test_the_same_input_gives_the_same_bytes() -> None:
    made = bulletin(_world())
    assert book.write(made) == book.write(made)
    assert word.write(made, template.PATH, draw=lambda _: ONE_PIXEL) == word.write(
        made, template.PATH, draw=lambda _: ONE_PIXEL
    )


def test_the_workbook_has_a_cover_contents_charts_and_definitions() -> None:
    opened = openpyxl.load_workbook(io.BytesIO(book.write(sample())))
    assert opened.sheetnames[:2] == ["封面", "目录"]
    assert opened.sheetnames[-1] == "说明"
    assert opened["封面"]["A1"].value == sample().title
    assert sum(bool(page._charts) for page in opened.worksheets) >= 3
    for page in opened.worksheets[2:-1]:
        assert page.freeze_panes == "B3"
        assert page.page_setup.paperSize == 9


@pytest.mark.parametrize(
    ("scope", "code", "allowed"),
    [
        (PROVINCE, None, True), (PROVINCE, NANJING, True), (Scope("city", NANJING), NANJING, True),
        (Scope("city", NANJING), SUZHOU, False), (Scope("city", NANJING), None, False),
        (Scope("institution", "A"), None, False), (Scope("institution", "A"), NANJING, False),
    ],
)  # fmt: skip
def test_who_may_have_which_bulletin(scope: Scope, code: str | None, allowed: bool) -> None:
    if allowed:
        make.check_scope(scope, code)
    else:
        with pytest.raises(OutOfScope):
            make.check_scope(scope, code)


def test_a_city_is_known_by_code_and_names() -> None:
    assert {make.city_named(JIANGSU, text).code for text in ("320500", "苏州", "苏州市")} == {SUZHOU}
    with pytest.raises(UsageError, match="没有名为 上海 的设区市，可用的有：南京市"):
        make.city_named(JIANGSU, "上海")


NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60) | st.sampled_from(
    ["=cmd|' /C calc'!A0", "+1", "@x", "-1", "＝1", "一\n二", "a\rb", "a\tb", "\x00\x07\x1b", "长" * 300, "🚀",
     "<b>&\"'", "{{ 标题 }}", "{% if %}", "{_{", "]]>", "_x0041_", "\ufffe"]
)  # fmt: skip


@cache
def _plain() -> Bulletin:
    return bulletin(_world())


def _of(name: str) -> Bulletin:
    column = metrics.Column(name="name", label="单位名称", unit="text")
    frame = pd.DataFrame({"name": pd.Series([name], dtype=object)})
    table = Table("inventory_institution", "名单", lambda: Rows(Sheet("名单", [column], frame)))
    made = _plain()
    section = Section(model.INSTITUTIONS, [name], [table])
    return Bulletin(["通报"], "全省", None, made.as_of, None, made.origin, [section], made.values)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES)
def test_any_name_comes_back_from_word(name: str) -> None:
    document = _document(_of(name))
    assert document.tables[0].rows[1].cells[0].paragraphs[0].text == carried(name)
    assert any(p.text == carried(name) for p in document.paragraphs)
    assert (LOST in _text(document)) == (carried(name) != name)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(NAMES)
def test_any_name_comes_back_from_a_workbook_and_runs_nowhere(name: str) -> None:
    opened = openpyxl.load_workbook(io.BytesIO(book.write(_of(name))))
    cell = opened.worksheets[2]["A3"]
    assert cell.data_type in ("s", "n")
    assert str(cell.value or "").replace("_x000D_", "\r") == carried(name)
    assert cell.hyperlink is None
    notes = " ".join(str(c.value) for row in opened["说明"].iter_rows() for c in row)
    assert (LOST in notes) == (carried(name) != name)


@settings(max_examples=40, deadline=None)
@given(NAMES)
def test_any_name_comes_back_from_csv(name: str) -> None:
    sheet = _of(name).tables[0].sheet
    text = csvfile.write(sheet, Origin(sample().as_of, "s", False)).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert unguard(rows[1][0]) == name
