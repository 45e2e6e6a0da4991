"""Export folders written by a test: the smallest good one, and the workbooks a spreadsheet program would not write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl
import xlwt

from dashboard.contract import Table
from tests.support.raw import CONTRACT, INSTITUTION, PATENT

INSTITUTIONS = CONTRACT.table("institutions")
PATENTS = CONTRACT.table("patents")
PATENT_HEADER = [PATENTS.column(name).header for name in PATENT]
PATENT_ROW = list(PATENT.values())

Cell = str | float | bool | None | object


def header(table: Table, names: Iterable[str]) -> list[str]:
    return [table.column(name).header for name in names]


def csv_text(*rows: Sequence[str], delimiter: str = ",") -> str:
    """Rows without any quoting: cells must not need it."""
    return "".join(delimiter.join(row) + "\n" for row in rows)


INSTITUTION_CSV = csv_text(header(INSTITUTIONS, INSTITUTION), list(INSTITUTION.values()))
PATENT_CSV = csv_text(PATENT_HEADER, PATENT_ROW)


def folder(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with 单位名录.csv, 专利盘点.csv and these files, which may replace them."""
    for name, content in {"单位名录.csv": INSTITUTION_CSV, "专利盘点.csv": PATENT_CSV, **files}.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def without_patents(path: Path, files: Mapping[str, str | bytes]) -> Path:
    """As `folder`, with no 专利盘点.csv but what `files` gives."""
    folder(path, files)
    if "专利盘点.csv" not in files:
        (path / "专利盘点.csv").unlink()
    return path


def xlsx(sheets: Mapping[str, Sequence[Sequence[Cell]]], hidden: Iterable[str] = ()) -> bytes:
    """A workbook by openpyxl; a cell `#N/A` becomes an error value."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
    for name in hidden:
        workbook[name].sheet_state = "hidden"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def xls(sheets: Mapping[str, Sequence[Sequence[Cell]]]) -> bytes:
    """An old workbook by xlwt."""
    workbook = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = workbook.add_sheet(name)
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                sheet.write(r, c, cell)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def ods(body: str, manifest: str = "", styles: str = "") -> bytes:
    """An OpenDocument spreadsheet whose tables are given as XML."""
    spaces = "".join(
        f' xmlns:{name}="{uri}"'
        for name, uri in {
            "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
            "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
            "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
            "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
            "calcext": "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0",
            "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0",
        }.items()
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f"<manifest:manifest{spaces}>{manifest}</manifest:manifest>",
            "content.xml": f"<office:document-content{spaces}>{styles}<office:body><office:spreadsheet>{body}"
            "</office:spreadsheet></office:body></office:document-content>",
        }
    )


def ods_table(rows: Sequence[Sequence[str]], more: str = "", name: str = "表") -> str:
    """A table of text cells as ods XML, with further rows as XML."""
    cells = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}">{cells}{more}</table:table>'


def ods_cell(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def raw_xlsx(sheet_data: str | None, workbook: str = "", extra: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook of one sheet `表` whose `<sheetData>` is given as XML (None: the sheet's part is missing)."""
    main, office = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org"
    relations = f"{office}/officeDocument/2006/relationships"
    package = f'xmlns="{office}/package/2006/relationships"'
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{office}/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships {package}><Relationship Id="r1" Type="{relations}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}">{workbook}'
        '<sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships {package}><Relationship Id="rId1" '
        f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
        "</styleSheet>",
        **(extra or {}),
    }
    if sheet_data is not None:
        members["xl/worksheets/sheet1.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{sheet_data}</sheetData></worksheet>'
        )
    return zipped(members)


def xlsx_row(number: int, *cells: str) -> str:
    """A row of inline text cells as sheet XML; a cell that starts with `<` is taken as it is."""
    parts = [c if c.startswith("<") else f'<c t="inlineStr"><is><t>{c}</t></is></c>' for c in cells]
    return f'<row r="{number}">{"".join(parts)}</row>'


def zipped(members: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()
