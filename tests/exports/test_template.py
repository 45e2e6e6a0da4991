"""The template: as the script makes it, as an office may edit it, and what is said when it is broken."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from dashboard.errors import SetupError
from dashboard.exports.bulletin import template, word
from tests.exports.bulletin_source import sample
from tests.exports.test_bulletin import ONE_PIXEL
from tests.support import office


def _edited(folder: Path, edit: Callable[[Any], None]) -> Path:
    document = docx.Document(str(template.PATH))
    edit(document)
    path = folder / "bulletin.docx"
    document.save(str(path))
    return path


def _rendered(path: Path) -> Any:
    return docx.Document(io.BytesIO(word.write(sample(), path, draw=lambda _: ONE_PIXEL)))


def _paragraph(document: Any, text: str) -> Any:
    return next(p for p in document.paragraphs if text in p.text)


def test_the_template_in_the_repository_is_what_the_script_makes() -> None:
    assert template.PATH.read_bytes() == template.build()


def test_the_page_is_that_of_the_standard() -> None:
    section: Any = docx.Document(str(template.PATH)).sections[0]
    sizes = [section.page_width, section.page_height, section.top_margin, section.left_margin]
    sizes.append(section.page_width - section.left_margin - section.right_margin)
    sizes.append(section.page_height - section.top_margin - section.bottom_margin)
    assert [size.mm if hasattr(size, "mm") else size / Mm(1) for size in sizes] == pytest.approx(
        [210, 297, 37, 28, 156, 225], abs=0.1
    )


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [("通报正文", "仿宋_GB2312", 16), ("通报标题", "方正小标宋简体", 22), ("通报一级标题", "黑体", 16)],
)
def test_styles_name_the_fonts_of_the_standard(style: str, font: str, size: int) -> None:
    found = docx.Document(str(template.PATH)).styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert found.font.size is not None
    assert found.font.size.pt == size


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
    "lang eastAsianLayout specVanish oMath",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
}
"""The order in which ECMA-376 part 1 (17.3, 17.4, 17.6) has the properties; Word may refuse another."""


@pytest.mark.parametrize("kind", ORDER)
def test_properties_stand_in_the_order_of_the_schema(kind: str) -> None:
    known = [qn(f"w:{name}") for name in ORDER[kind].split()]
    brief = word.Head(True, issue="1", office="甲", reported_to="乙", sent_to="丙", issued_to="丁")
    written = docx.Document(io.BytesIO(word.write(sample(), template.PATH, brief, draw=lambda _: ONE_PIXEL)))
    section: Any = written.sections[0]
    roots = [written.element, written.styles.element, section.footer._element, section.even_page_footer._element]
    found = [properties for root in roots for properties in root.iter(qn(f"w:{kind}"))]
    assert found
    for properties in found:
        places = [known.index(child.tag) for child in properties]
        assert places == sorted(places), [child.tag for child in properties]


def test_a_title_is_broken_where_its_meaning_allows() -> None:
    assert "江苏省高校和科研机构存量专利盘活\n工作进展情况通报" in [p.text for p in _rendered(template.PATH).paragraphs]


def test_the_annex_starts_a_page_behind_the_signature() -> None:
    made = word.write(sample(), template.PATH, word.Head(office="省专班"), draw=lambda _: ONE_PIXEL)
    document = docx.Document(io.BytesIO(made))
    said = [p.text for p in document.paragraphs]
    assert (
        said.index("附件：数据表和指标口径")
        < said.index("省专班")
        < said.index("附件")
        < said.index("数据表和指标口径")
    )
    assert document.styles["通报附件"].paragraph_format.page_break_before


@pytest.mark.parametrize(("reported", "sent"), [("省政府", ""), ("", "省教育厅"), ("", "")])
def test_only_those_it_goes_to_are_named(reported: str, sent: str) -> None:
    brief = word.Head(True, reported_to=reported, sent_to=sent)
    document = docx.Document(io.BytesIO(word.write(sample(), template.PATH, brief, draw=lambda _: ONE_PIXEL)))
    said = [p.text for p in document.paragraphs if p.style is not None and p.style.name == template.SENT]
    assert said == [f"{name}：{to}" for name, to in (("报", reported), ("送", sent)) if to]


def test_every_run_names_its_east_asian_font() -> None:
    runs = _rendered(template.PATH).element.body.iter(qn("w:r"))
    written = [run for run in runs if "".join(t.text or "" for t in run.iter(qn("w:t"))).strip()]
    assert len(written) > 500
    assert all(run.rPr is not None and run.rPr.rFonts.get(qn("w:eastAsia")) for run in written)


def test_a_deleted_section_leaves_the_others_numbered(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        for text in ("里程碑达成.题", "里程碑达成.正文", "里程碑达成.图表"):
            found = _paragraph(document, text)._element
            found.getparent().remove(found)

    said = [p.text for p in _rendered(_edited(tmp_path, edit)).paragraphs]
    assert "二、地市排名" in said
    assert not any("里程碑达成" in text for text in said)
    assert any(text.startswith("表2　各市盘点进展") for text in said)


def test_a_moved_section_takes_its_new_number(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        first = _paragraph(document, "{%p if 总体进展 %}")._element
        start = _paragraph(document, "{%p if 地市排名 %}")._element
        moved, at = [], start
        while True:
            moved.append(at)
            if "endif" in "".join(t.text or "" for t in at.iter(qn("w:t"))):
                break
            at = at.getnext()
        for element in moved:
            first.addprevious(element)

    said = [p.text for p in _rendered(_edited(tmp_path, edit)).paragraphs]
    assert said.index("一、地市排名") < said.index("二、总体进展")
    assert any(text.startswith("表1　各市盘点进展") for text in said)


def test_wording_of_the_office_stays_and_takes_single_figures(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        run = _paragraph(document, "{{ 总体进展.题 }}").runs[0]
        run.text = "我市进度"
        _paragraph(document, "{{ 标题 }}").insert_paragraph_before(
            "{{ 范围 }}盘点率 {{ 盘点率 }}，存量 {{ 存量 }} 件。"
        )

    said = [p.text for p in _rendered(_edited(tmp_path, edit)).paragraphs]
    assert "我市进度" in said
    values = sample().values
    assert f"全省盘点率 {values['盘点率']}，存量 {values['存量']} 件。" in said


def test_a_placeholder_split_over_runs_still_works(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        paragraph = _paragraph(document, "{{ 标题 }}")
        paragraph.runs[0].text = "{{ 标"
        paragraph.add_run("题 }}").bold = True

    assert "\n".join(sample().title_lines) in [p.text for p in _rendered(_edited(tmp_path, edit)).paragraphs]


def test_a_template_saved_by_libreoffice_says_the_same(tmp_path: Path) -> None:
    """Its placeholders, styles and page survive another program's hand."""
    (saved,) = office.convert(template.PATH, "docx:MS Word 2007 XML", tmp_path / "saved")
    assert saved.read_bytes() != template.PATH.read_bytes()
    ours, theirs = _rendered(template.PATH), _rendered(saved)
    assert [p.text for p in theirs.paragraphs if p.text] == [p.text for p in ours.paragraphs if p.text]
    assert [len(t.rows) for t in theirs.tables] == [len(t.rows) for t in ours.tables]
    for name in ("page_width", "top_margin", "left_margin"):
        assert getattr(theirs.sections[0], name) == pytest.approx(getattr(ours.sections[0], name), abs=2000)
    body = next(p for p in theirs.paragraphs if p.text.startswith("截至"))
    assert body.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == template.FANGSONG


def test_a_template_edited_as_text_document_says_the_same(tmp_path: Path) -> None:
    """As an office might: opened in LibreOffice Writer, kept as .odt, and saved as .docx again."""
    (kept,) = office.convert(template.PATH, "odt", tmp_path / "odt")
    (saved,) = office.convert(kept, "docx:MS Word 2007 XML", tmp_path / "docx")
    said = [p.text for p in _rendered(saved).paragraphs if p.text]
    assert said == [p.text for p in _rendered(template.PATH).paragraphs if p.text]


@pytest.mark.parametrize(
    ("placeholder", "wanted"),
    [
        ("{{ 标体 }}", "占位符“标体”不认得，可用的有：标题"),
        ("{{ 总体进展.正纹 }}", "占位符“正纹”不认得"),
        ("{{ 标题 ", "占位符写错了：“{{ 标题”，"),
        ("{% if %}", "占位符写错了：“{% if %}”，"),
        ("{{ 标题 | 大写 }}", "占位符写错了"),
    ],
)
def test_a_broken_placeholder_is_named(tmp_path: Path, placeholder: str, wanted: str) -> None:
    def edit(document: Any) -> None:
        _paragraph(document, "{{ 标题 }}").runs[0].text = placeholder

    with pytest.raises(SetupError) as caught:
        _rendered(_edited(tmp_path, edit))
    assert wanted in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_template_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bulletin.docx"
    path.write_bytes(b"hello")
    with pytest.raises(SetupError, match=r"模板 bulletin\.docx 打不开"):
        word.write(sample(), path)


def test_a_style_that_the_office_removed_is_done_without(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        found = document.styles["通报表格数字"].element
        found.getparent().remove(found)

    assert _rendered(_edited(tmp_path, edit)).tables
