"""The bulletin's template as the program ships it: `python -m dashboard.exports.bulletin.template` writes it anew.

A real Word file with named styles and placeholders, for an office to edit in Word, WPS or LibreOffice: its own copy in
the data folder (`templates/bulletin.docx`) is used before this one. Page, type and numbering: GB/T 9704-2012 (A4, top
37 mm, left 28 mm, type area 156 × 225 mm, 3号仿宋, 22 lines of 28 characters, page number 4号 between dashes, odd right
and even left); the red head with its number and 报送发 is the custom of a 简报, not of the standard.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dashboard.exports.bulletin import model
from dashboard.places import REPOSITORY

PATH = REPOSITORY / "data" / "templates" / "bulletin.docx"

TITLE, HEADING, BODY = "通报标题", "通报一级标题", "通报正文"
TABLE_TITLE, TABLE_HEAD, TABLE_TEXT, TABLE_NUMBER = "通报表题", "通报表头", "通报表格文字", "通报表格数字"
PICTURE, PICTURE_TITLE, NOTE = "通报图", "通报图题", "通报注释"
RED_HEAD, ISSUE, SENT = "简报红头", "简报期号", "简报版记"
SIGNED, ANNEX = "通报落款", "通报附件"

FANGSONG, XIAOBIAOSONG, HEITI, SONGTI = "仿宋_GB2312", "方正小标宋简体", "黑体", "宋体"
LATIN = "Times New Roman"
RED = RGBColor(0xC0, 0x00, 0x00)
LINE = Pt(28)
CONDENSED = "-5"
"""Twentieths of a point by which 3号 characters stand closer: 28 of 16 pt are 158 mm, the type area has 156."""
MADE = dt.datetime(2024, 1, 1)

_AFTER = {"outlineLvl": "rPr", "spacing": "w kern position sz szCs lang"}
_AFTER["snapToGrid"] = f"spacing ind contextualSpacing jc textAlignment outlineLvl {_AFTER['outlineLvl']}"
_AFTER["pBdr"] = f"shd tabs snapToGrid {_AFTER['snapToGrid']}"
"""What comes behind a property, of what stands beside it in this template."""


@dataclass(frozen=True)
class Look:
    """A paragraph style: East Asian font, size in points, and how it stands."""

    name: str
    font: str
    size: float
    align: WD_ALIGN_PARAGRAPH = WD_ALIGN_PARAGRAPH.LEFT
    is_indented: bool = False
    line: Any = LINE
    before: float = 0
    after: float = 0
    keeps_next: bool = False
    is_on_grid: bool = False
    starts_page: bool = False
    is_ruled: bool = False
    is_heading: bool = False
    colour: RGBColor = RGBColor(0, 0, 0)


_CENTER, _RIGHT, _BOTH = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
LOOKS = (
    Look(TITLE, XIAOBIAOSONG, 22, _CENTER, line=Pt(34), after=14),
    Look(HEADING, HEITI, 16, is_indented=True, keeps_next=True, is_on_grid=True, is_heading=True),
    Look(ANNEX, HEITI, 16, keeps_next=True, is_on_grid=True, starts_page=True, is_heading=True),
    Look(BODY, FANGSONG, 16, _BOTH, is_indented=True, is_on_grid=True),
    Look(TABLE_TITLE, HEITI, 12, _CENTER, line=Pt(20), before=8, after=2, keeps_next=True),
    Look(TABLE_HEAD, HEITI, 9, _CENTER, line=None, before=1, after=1),
    Look(TABLE_TEXT, SONGTI, 9, line=None, before=1, after=1),
    Look(TABLE_NUMBER, SONGTI, 9, _RIGHT, line=None, before=1, after=1),
    Look(PICTURE, SONGTI, 9, _CENTER, line=None, before=6, keeps_next=True),
    Look(PICTURE_TITLE, HEITI, 12, _CENTER, line=Pt(20), after=6),
    Look(NOTE, SONGTI, 9, line=None, after=4),
    Look(SIGNED, FANGSONG, 16, _RIGHT, is_on_grid=True),
    Look(RED_HEAD, XIAOBIAOSONG, 42, _CENTER, line=Pt(56), after=6, colour=RED),
    Look(ISSUE, FANGSONG, 16, _CENTER),
    Look(SENT, FANGSONG, 14, line=Pt(24), is_ruled=True),
)


def build() -> bytes:
    """The template; the same bytes every time."""
    document = Document()
    _page(document)
    _normal(document)
    for look in LOOKS:
        _style(document, look)
    for style, text in _paragraphs():
        paragraph = document.add_paragraph(style=style)
        look = next(found for found in LOOKS if found.name == style)
        run = paragraph.add_run(text)
        fonts(run, look.font)
        if style == ISSUE and "数据截至" in text:
            paragraph.paragraph_format.space_after = Pt(14)
        if style == ISSUE and "印发日期" in text:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
            paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(156), WD_TAB_ALIGNMENT.RIGHT)
            paragraph.paragraph_format.space_after = Pt(24)
            _ruled(paragraph._element.get_or_add_pPr(), "C00000", 18, "bottom")
    properties = document.core_properties
    properties.author, properties.title = "", "通报模板"
    properties.created = properties.modified = MADE
    out = io.BytesIO()
    document.save(out)
    return settled(out.getvalue())


def settled(content: bytes) -> bytes:
    """A zipped document with its parts under one fixed time, so that the same content gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            new.writestr(zipfile.ZipInfo(item.filename, MADE.timetuple()[:6]), old.read(item), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def fonts(run: Any, east_asian: str) -> None:
    """Name the fonts of a run: the East Asian one, and the one for digits and Latin letters."""
    run.font.name = LATIN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), east_asian)


def _paragraphs() -> Iterator[tuple[str, str]]:
    """Style and text of the template's paragraphs, in order."""
    yield ISSUE, "{%p if 简报 %}"
    yield RED_HEAD, "{{ 简报名称 }}"
    yield ISSUE, "第{{ 期号 }}期"
    yield ISSUE, "{{ 编发单位 }}\t{{ 印发日期 }}"
    yield ISSUE, "{%p endif %}"
    yield TITLE, "{{ 标题 }}"
    yield ISSUE, "（数据截至{{ 数据截至 }}{{ 演示标记 }}）"
    for name in model.SECTIONS[:-1]:
        yield BODY, f"{{%p if {name} %}}"
        yield HEADING, f"{{{{ {name}.题 }}}}"
        yield from ((BODY, f"{{{{ {name}.{part} }}}}") for part in ("正文", "图表"))
        yield BODY, "{%p endif %}"
    yield BODY, f"{{%p if {model.ANNEX} %}}"
    yield BODY, "附件：数据表和指标口径"
    yield BODY, "{%p endif %}"
    yield BODY, "{%p if not 简报 and 编发单位 %}"
    yield from ((SIGNED, text) for text in ("{{ 编发单位 }}", "{{ 印发日期 }}"))
    yield BODY, "{%p endif %}"
    yield BODY, f"{{%p if {model.ANNEX} %}}"
    yield ANNEX, f"{{{{ {model.ANNEX}.题 }}}}"
    yield TITLE, "数据表和指标口径"
    yield from ((BODY, f"{{{{ {model.ANNEX}.{part} }}}}") for part in ("正文", "图表"))
    yield NOTE, f"{{{{ {model.ANNEX}.口径 }}}}"
    yield BODY, "{%p endif %}"
    yield NOTE, "{{ 来源说明 }}"
    yield BODY, "{%p if 简报 %}"
    for name in ("报", "送", "发"):
        yield BODY, f"{{%p if {name} %}}"
        yield SENT, f"{name}：{{{{ {name} }}}}"
        yield BODY, "{%p endif %}"
    yield BODY, "{%p endif %}"


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(26)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    properties.append(parse_xml(f'<w:docGrid {nsdecls("w")} w:type="lines" w:linePitch="579"/>'))
    document.settings.odd_and_even_pages_header_footer = True
    _page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(footer: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — in 4号 宋体, one character in from the side."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    shifted = paragraph.paragraph_format
    shifted.right_indent, shifted.left_indent = (Pt(14), None) if side == WD_ALIGN_PARAGRAPH.RIGHT else (None, Pt(14))
    for text, kind in (("— ", None), (None, "begin"), (" PAGE ", None), (None, "separate"), ("1", None),
                       (None, "end"), (" —", None)):  # fmt: skip
        run = paragraph.add_run()
        run.font.size = Pt(14)
        fonts(run, SONGTI)
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._element.append(mark)
        elif text == " PAGE ":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = text
            run._element.append(code)
        else:
            run.text = text


def _normal(document: Any) -> None:
    """The base of all: 3号仿宋."""
    normal = document.styles["Normal"]
    normal.font.size, normal.font.name = Pt(16), LATIN
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANGSONG)


def _style(document: Any, look: Look) -> None:
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size, style.font.color.rgb = Pt(look.size), look.colour
    style.font.name = LATIN
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), look.font)
    shape = style.paragraph_format
    shape.alignment = look.align
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.keep_with_next = look.keeps_next
    shape.page_break_before = look.starts_page
    shape.widow_control = False
    if not look.is_on_grid:
        _insert(style.element.get_or_add_pPr(), "snapToGrid", val="0")
    if look.is_heading:
        _insert(style.element.get_or_add_pPr(), "outlineLvl", val="0")
    if look.is_ruled:
        _ruled(style.element.get_or_add_pPr(), "000000", 8, "top", "bottom")
    if look.line is None:
        shape.line_spacing = 1.0
    else:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, look.line
    if look.size == 16:
        _insert(style.element.get_or_add_rPr(), "spacing", val=CONDENSED)
    if look.is_indented:
        indent = style.element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), str(int(look.size * 40)))


def _ruled(properties: Any, colour: str, eighths: int, *sides: str) -> None:
    """Lines beside a paragraph, so many eighths of a point thick; paragraphs with the same ones share them."""
    borders = _insert(properties, "pBdr")
    for side in sides:
        borders.append(_element(side, val="single", sz=str(eighths), space="4", color=colour))


def _insert(properties: Any, name: str, **attributes: str) -> Any:
    """A property put where the schema has its place (ECMA-376 part 1, 17.3), since Word may refuse another order."""
    made = _element(name, **attributes)
    properties.insert_element_before(made, *(f"w:{later}" for later in _AFTER[name].split()))
    return made


def _element(name: str, **attributes: str) -> Any:
    made = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def write(path: Path = PATH) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build())


if __name__ == "__main__":
    write()
