"""Workbooks: what their cells become as text, which sheets are read, where error values stand."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt

from dashboard.intake import workbook
from dashboard.intake.archive import Archive
from dashboard.intake.sheet import UnreadableError
from tests.intake.folders import (
    PATENT_HEADER,
    PATENT_ROW,
    PATENTS,
    Cell,
    ods,
    ods_cell,
    ods_table,
    raw_xlsx,
    xlsx,
    xlsx_row,
)
from tests.support.raw import CONTRACT

ERROR = "\uffff#N/A"


def _read(path: Path, content: bytes) -> dict[str, list[list[str]]]:
    path.write_bytes(content)
    return {
        sheet.name or "": [
            list(row) for batch in sheet.batches for row in zip(*batch.to_pydict().values(), strict=True)
        ]
        for sheet in workbook.sheets(path, PATENTS, CONTRACT, lambda size: None)
    }


def _row(path: Path, *cells: Cell) -> list[str]:
    return _read(path, xlsx({"表": [cells]}))["表"][0]


def test_numbers_dates_and_truth_as_text(tmp_path: Path) -> None:
    cells = (4132010284, 2.5, 201310699744.2, 2013106997442.0, 1e20, True, False, "007", "=1+1", None, "末")
    assert _row(tmp_path / "a.xlsx", *cells) == [
        "4132010284", "2.5", "201310699744.2", "2013106997442", "100000000000000000000", "true", "false", "007", "", "",
        "末",
    ]  # fmt: skip
    moments = (date(2024, 3, 15), datetime(2024, 3, 15, 8, 30), datetime(2024, 3, 15))
    assert _row(tmp_path / "a.xlsx", *moments) == ["2024-03-15", "2024-03-15T08:30:00", "2024-03-15"]


def test_an_error_value_is_told_from_the_words(tmp_path: Path) -> None:
    rows = _read(tmp_path / "a.xlsx", xlsx({"一": [["x"], [None, "#N/A", "末"]], "二": [["a", "#DIV/0!"]]}))
    assert rows == {"一": [["x", "", ""], ["", ERROR, "末"]], "二": [["a", "\uffff#DIV/0!"]]}
    text = '<c t="str"><f>A1</f><v>#N/A</v></c>'
    error = '<c r="D3" t="e"><f>NA()</f><v>#N/A</v></c>'
    content = raw_xlsx(xlsx_row(3, '<c r="B3"><v>1</v></c>', text, error) + "<row><c t='e'><v>#REF!</v></c></row>")
    rows = _read(tmp_path / "a.xlsx", content)
    assert rows["表"][2:] == [["", "1", "#N/A", ERROR], ["\uffff#REF!", "", "", ""]]


def test_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    content = raw_xlsx('<row r="1"><c s="1"><v>43904</v></c></row>', '<workbookPr date1904="1"/>')
    assert _read(tmp_path / "a.xlsx", content)["表"] == [["2024-03-15"]]


def test_leading_empty_rows_count(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.xlsx", raw_xlsx(xlsx_row(4, '<c r="A4"><v>1</v></c>')))["表"] == [
        [""],
        [""],
        [""],
        ["1"],
    ]


def test_rows_and_cells_out_of_order(tmp_path: Path) -> None:
    content = raw_xlsx(
        '<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'
    )
    assert _read(tmp_path / "a.xlsx", content)["表"] == [["1", ""], ["3", "4"]]


def test_content_decides_not_the_extension(tmp_path: Path) -> None:
    assert _read(tmp_path / "a.xls", xlsx({"表": [["x"]]})) == {"表": [["x"]]}


def _old(datemode: bool = False) -> bytes:
    book = xlwt.Workbook()
    book.dates_1904 = datemode
    sheet = book.add_sheet("表")
    sheet.write(1, 1, "字")
    sheet.write(1, 2, 4132010284)
    sheet.write(1, 3, date(2024, 3, 15) if not datemode else 43904, xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    sheet.write(1, 4, True)
    sheet.row(1).set_cell_error(5, 42)
    sheet.write(1, 6, 0.5)
    sheet.row(1).set_cell_blank(7)
    hidden = book.add_sheet("藏")
    hidden.visibility = 1
    hidden.write(0, 0, "x")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("datemode", [False, True])
def test_old_workbooks(tmp_path: Path, datemode: bool) -> None:
    assert _read(tmp_path / "a.xls", _old(datemode)) == {
        "表": [[""] * 7, ["", "字", "4132010284", "2024-03-15", "true", ERROR, "0.5"]],
        "藏": [],
    }


def test_open_document(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="4132010284"/>'
        '<table:table-cell office:value-type="date" office:date-value="2024-03-15"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="string" office:string-value=""'
        ' calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>' + ods_cell("末")
    )
    more = (
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f'<table:table-row table:number-rows-repeated="2"><table:table-cell/>{cells}'
        '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    row = ["", "4132010284", "2024-03-15", "true", ERROR, ERROR, "末"]
    assert _read(tmp_path / "a.ods", ods(ods_table([["头"]], more)))["表"] == [
        ["头", *[""] * 6],
        [""] * 7,
        [""] * 7,
        row,
        row,
    ]


def _ods_row(path: Path, *cells: str) -> list[str]:
    return _read(path, ods(ods_table([], f"<table:table-row>{''.join(cells)}</table:table-row>")))["表"][0]


def test_text_of_an_open_document_is_whole(tmp_path: Path) -> None:
    text, note = 'office:value-type="string"', "<office:annotation><text:p>批注</text:p></office:annotation>"
    lines = (
        "<text:p>甲<text:s text:c='2'/>a<text:tab/>b<text:line-break/>c</text:p><text:p>二<text:a>d</text:a></text:p>"
    )
    cells = (
        f"<table:table-cell {text}>{lines}</table:table-cell>",
        "<table:table-cell><text:p>没有类型</text:p></table:table-cell>",
        '<table:table-cell office:value-type="string" office:string-value="只在标记里"/>',
        f"<table:table-cell {text}>{note}<text:p>正文</text:p></table:table-cell>",
        f"<table:table-cell>{note}</table:table-cell>",
        '<table:table-cell office:value-type="date" office:date-value="2024-03-15T00:00:00"/>',
        '<table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p></table:table-cell>',
        '<table:table-cell office:value-type="time" office:time-value="PT8H"><text:p>08:00</text:p></table:table-cell>',
    )
    assert _ods_row(tmp_path / "a.ods", *cells) == [
        "甲  a\tb\nc\n二d", "没有类型", "只在标记里", "正文", "", "2024-03-15", "0.5", "08:00",
    ]  # fmt: skip


@pytest.mark.parametrize("shown", ["#N/A", "#DIV/0!", "#NAME?", "#REF!", "Err:502", "错误:504"])
def test_a_formula_that_shows_an_error_is_one_whoever_wrote_the_document(tmp_path: Path, shown: str) -> None:
    stored = ('"float" office:value="0"', '"string" office:string-value=""')
    formula = 'table:formula="of:=NA()" office:value-type'
    cells = [f"<table:table-cell {formula}={s}><text:p>{shown}</text:p></table:table-cell>" for s in stored]
    assert _ods_row(tmp_path / "a.ods", *cells, ods_cell(shown)) == ["\uffff" + shown, "\uffff" + shown, shown]


def test_a_hidden_open_document_table(tmp_path: Path) -> None:
    styles = (
        '<office:automatic-styles><style:style style:name="h" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    body = ods_table([["x"]]).replace("<table:table ", '<table:table table:style-name="h" ', 1)
    assert _read(tmp_path / "a.ods", ods(body, styles=styles)) == {"表": []}


def test_hidden_sheets_have_no_content(tmp_path: Path) -> None:
    sheets: Mapping[str, Sequence[Sequence[Cell]]] = {"一": [["x"]], "二": [["y"]]}
    assert _read(tmp_path / "a.xlsx", xlsx(sheets, hidden=["二"])) == {"一": [["x"]], "二": []}


def test_a_far_cell_alone_is_no_reason_to_refuse(tmp_path: Path) -> None:
    """Formatted but empty cells in the last corner count for nothing; a filled one in the last column is read."""
    styled = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    rows = _read(tmp_path / "a.xlsx", raw_xlsx(xlsx_row(1, *PATENT_HEADER) + styled))
    assert rows["表"] == [PATENT_HEADER]
    rows = _read(tmp_path / "a.xlsx", raw_xlsx(xlsx_row(1, "a", '<c r="XFD1"><v>1</v></c>')))
    assert rows["表"][0][-1] == "1"
    assert len(rows["表"][0]) == 16384


def test_parts_may_be_named_in_other_letters(tmp_path: Path) -> None:
    """Some exporters write `XL/Worksheets/Sheet1.xml` where the relation says otherwise."""
    content = raw_xlsx(xlsx_row(1, "x")).replace(b"xl/worksheets/sheet1.xml", b"xl/Worksheets/Sheet1.xml")
    assert _read(tmp_path / "a.xlsx", content) == {"表": [["x"]]}


def test_the_count_of_bytes_is_our_own(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx({"表": [PATENT_HEADER, PATENT_ROW]}))
    small = CONTRACT.unpacked_limit.model_copy(update={"ratio": 2})
    with pytest.raises(UnreadableError, match="2:1"):
        Archive(path, small)
