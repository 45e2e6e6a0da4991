"""The pieces of a Word document that are made from data: paragraphs, tables, pictures; in the template's styles.

Text goes in as XML nodes, never through the template's language, so that it comes back as it was: a line break is
`w:br`, a tab `w:tab`, and only what XML cannot carry is replaced.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from dashboard import wording
from dashboard.charts.chart import Chart
from dashboard.exports.bulletin import columns, template
from dashboard.exports.bulletin.model import Table
from dashboard.exports.xmltext import LOST, carried, loses
from dashboard.wording import Column

__all__ = ["LOST", "Pieces"]

WHOLE = 6
"""Rows up to which a table stays on one page; a longer one leaves no row alone on either side of a break."""

_KEPT = "<w:keepNext/>"
_BREAKS = re.compile("([\n\t])")
_CENTRED = frozenset({"rank", "status", "date", "month"})
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_TABLE = (
    f'<w:tblPr><w:tblW w:w="{columns.TYPE_AREA}" w:type="dxa"/><w:jc w:val="center"/>'
    f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
    "</w:tblCellMar></w:tblPr>"
)


class Pieces:
    """Makes elements for one document; `has_lost` tells whether any text had characters that XML cannot carry."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.has_lost = False
        self._styles = {style.name: style for style in document.styles}
        self._looks: dict[str, tuple[str, str]] = {}

    def like(self, paragraph: Any, text: str) -> Any:
        """A paragraph of `text` in the look of another: its style, its indents, its first run's type."""
        self.has_lost = self.has_lost or loses(text)
        made = parse_xml(f"<w:p {nsdecls('w')}><w:r>{_nodes(text)}</w:r></w:p>")
        shape, of_run = paragraph.find(qn("w:pPr")), paragraph.find(f"{qn('w:r')}/{qn('w:rPr')}")
        if shape is not None:
            made.insert(0, copy.deepcopy(shape))
        if of_run is not None:
            made.find(qn("w:r")).insert(0, copy.deepcopy(of_run))
        return made

    def styled(self, style: str, text: str) -> Any:
        """A paragraph in a style of the template, its fonts named in the run as well."""
        return parse_xml(self._paragraph(style, text, nsdecls("w")))

    def note(self, text: str) -> Any:
        return self.styled(template.NOTE, text)

    def table(self, table: Table, title: str) -> list[Any]:
        """Its title, then the table: header row repeated on every page, no row broken over two."""
        kinds, rows = table.sheet.columns, _shown(table)
        heads = [columns.heading(column) for column in kinds]
        widths = columns.widths(kinds, heads, rows)
        looks = [template.TABLE_TEXT if c.unit in wording.WORDS else template.TABLE_NUMBER for c in kinds]
        sides = ['<w:jc w:val="center"/>' if c.unit in _CENTRED else "" for c in kinds]
        head = self._row(heads, [template.TABLE_HEAD] * len(kinds), [_KEPT] * len(kinds), widths, "<w:tblHeader/>")
        kept = _kept(len(rows))
        body = [
            self._row(
                row, looks, [_KEPT + side for side in sides] if i in kept else sides, widths, "",
                "<w:b/>" if i in table.rows.stressed else "",
            )
            for i, row in enumerate(rows)
        ]  # fmt: skip
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        made = f"<w:tbl {nsdecls('w')}>{_TABLE}<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(body)}</w:tbl>"
        return [self.styled(template.TABLE_TITLE, title), parse_xml(made), self.note("" if rows else "没有记录。")]

    def picture(self, content: bytes, chart: Chart, title: str) -> list[Any]:
        """The picture as wide as the type area with its words for those who do not see it, title and note below."""
        holder = self.styled(template.PICTURE, "")
        run = Paragraph(holder, self.document._body).add_run()
        shape = run.add_picture(io.BytesIO(content), width=Mm(156))
        shape._inline.docPr.set("descr", carried(chart.alt))
        shape._inline.docPr.set("title", carried(chart.title))
        note = [self.note(f"注：{chart.note}")] if chart.note else []
        return [holder, self.styled(template.PICTURE_TITLE, title), *note]

    def _row(
        self, texts: Sequence[str], looks: Sequence[str], sides: Sequence[str], widths: Sequence[int],
        of_row: str, of_run: str = "",
    ) -> str:  # fmt: skip
        cells = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{self._paragraph(look, text, '', side, of_run)}</w:tc>"
            for text, look, side, width in zip(texts, looks, sides, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{of_row}</w:trPr>{cells}</w:tr>"

    def _paragraph(self, style: str, text: str, declared: str, of_paragraph: str = "", of_run: str = "") -> str:
        """A paragraph as XML text; its run repeats the style's fonts, so that no program falls back on its own."""
        self.has_lost = self.has_lost or loses(text)
        name, fonts = self._look(style)
        run = f"<w:r><w:rPr>{fonts}{of_run}</w:rPr>{_nodes(text)}</w:r>" if text else ""
        return f"<w:p {declared}><w:pPr>{name}{of_paragraph}</w:pPr>{run}</w:p>"

    def _look(self, style: str) -> tuple[str, str]:
        """The name and the fonts of a style as XML; nothing where an office's template lacks it."""
        if style not in self._looks:
            found = self._styles.get(style)
            fonts = None if found is None else found.element.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
            named = "" if found is None else f"<w:pStyle w:val={quoteattr(found.style_id)}/>"
            said = "" if fonts is None else "".join(
                f" w:{part}={quoteattr(fonts.get(qn(f'w:{part}')))}"
                for part in ("ascii", "hAnsi", "eastAsia") if fonts.get(qn(f"w:{part}"))
            )  # fmt: skip
            self._looks[style] = named, f"<w:rFonts{said}/>" if said else ""
        return self._looks[style]


def _kept(rows: int) -> frozenset[int]:
    """Which rows stay on the page of the next one."""
    return frozenset(range(rows - 1)) if rows <= WHOLE else frozenset({0, rows - 2})


def _nodes(text: str) -> str:
    """Text as the children of a run: a line break is `w:br`, a tab `w:tab`, a carriage return a reference."""
    return "".join(
        {"\n": "<w:br/>", "\t": "<w:tab/>"}.get(
            part, f'<w:t xml:space="preserve">{escape(part, {chr(13): "&#13;"})}</w:t>'
        )
        for part in _BREAKS.split(carried(text))
        if part
    )


def _shown(table: Table) -> list[list[str]]:
    """The cells as the screen prints them."""
    sheet = table.sheet
    return [
        [
            _said(value, column, sheet.labels.get(column.name, {}))
            for value, column in zip(row, sheet.columns, strict=True)
        ]
        for row in sheet.frame[[c.name for c in sheet.columns]].astype(object).itertuples(index=False, name=None)
    ]


def _said(value: Any, column: Column, labels: Any) -> str:
    if not wording.is_null(value) and str(value) in labels:
        return str(labels[str(value)])
    return wording.cell(value, column)
