"""A bulletin as a Word file, in the office's own template.

The template holds placeholders (`{{ 总体进展.正文 }}`) and conditions (`{%p if 总体进展 %}`); the list is in README.md.
Words go in where a placeholder stands; sentences, tables and charts take the place of its paragraph, in the order in
which the template asks for them, and are numbered in that order.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError

from dashboard import wording
from dashboard.errors import SetupError
from dashboard.exports import pictures
from dashboard.exports.bulletin import model, pieces, template, words
from dashboard.exports.bulletin.model import Bulletin, Figure, Section, Table, Tell, silent
from dashboard.exports.bulletin.pieces import Pieces
from dashboard.exports.xmltext import carried

NUMERALS = "一二三四五六七八九十"
DEMO_MARK = f"，{wording.DEMONSTRATION}，不得引用"
PRINTED = pictures.Frame(width=620, has_heading=False)

_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}")

_PLACEHOLDER = re.compile(r"\{\{.*?(?:\}\}|$)|\{%.*?(?:%\}|$)")
_BLOCKS = {
    "if": "{}{{% endif %}}", "for": "{}{{% endfor %}}", "endif": "{{% if 1 %}}{}", "endfor": "{{% for i in [] %}}{}",
    "else": "{{% if 1 %}}{}{{% endif %}}", "elif": "{{% if 1 %}}{}{{% endif %}}",
}  # fmt: skip

Draw = Callable[[Figure], bytes]


@dataclass(frozen=True)
class Head:
    """What a 简报 has around it, and who signs; all of it optional.

    Attributes:
        is_brief: red head, issue number and 报送发.
    """

    is_brief: bool = False
    name: str = "存量专利盘活工作简报"
    issue: str = ""
    office: str = ""
    issued_on: str = ""
    reported_to: str = ""
    sent_to: str = ""
    issued_to: str = ""


PLAIN = Head()


def write(
    bulletin: Bulletin, template_path: Path, head: Head = PLAIN, draw: Draw | None = None, tell: Tell = silent
) -> bytes:
    """The .docx; the same input gives the same bytes.

    Args:
        draw: a figure as PNG; without one they are drawn here, as they stand in the document.
        tell: is told of each figure.

    Raises:
        SetupError: the template cannot be read, or has a placeholder that is not known; the sentence names it.
    """
    draw = draw or _drawn(bulletin, tell)
    document = _filled(bulletin, template_path, head)
    _Setter(document, bulletin, draw).run()
    properties = document.docx.core_properties
    properties.title, properties.subject = carried(bulletin.title), f"快照 {bulletin.origin.snapshot}"
    properties.created = properties.modified = datetime.combine(bulletin.as_of, time())
    properties.keywords = wording.DEMONSTRATION if bulletin.origin.is_demonstration else ""
    out = io.BytesIO()
    document.docx.save(out)
    return template.settled(out.getvalue())


def _drawn(bulletin: Bulletin, tell: Tell) -> Draw:
    """Begins all figures; the caption below each says its title."""
    begun = {figure: pictures.begun(figure.chart, bulletin.origin, PRINTED) for figure in bulletin.figures}
    places = {figure: number for number, figure in enumerate(begun)}

    def draw(figure: Figure) -> bytes:
        tell(f"绘制{figure.title}", places[figure] / len(places))
        return begun[figure].result()

    return draw


def _filled(bulletin: Bulletin, path: Path, head: Head) -> Any:
    """The template with its words filled in and marks where blocks go."""
    environment = Environment(undefined=StrictUndefined, autoescape=True)
    try:
        document = DocxTemplate(str(path))
        document.render(_context(bulletin, head), environment)
    except UndefinedError as error:
        raise SetupError(_unknown(path, error, bulletin, head)) from error
    except TemplateSyntaxError as error:
        raise SetupError(
            f"模板 {path.name} 里的占位符写错了：{_faulty(path, environment)}，请检查大括号、百分号和拼写。"
        ) from error
    except TemplateError as error:
        raise SetupError(f"模板 {path.name} 不能使用：{error}。") from error
    except (PackageNotFoundError, BadZipFile, OSError, KeyError, ValueError) as error:
        raise SetupError(f"模板 {path.name} 打不开，它应当是一个 .docx 文件，请从程序包中恢复。") from error
    return document


def _unknown(path: Path, error: UndefinedError, bulletin: Bulletin, head: Head) -> str:
    named = re.search(r"'([^']*)' is undefined|has no (?:attribute|element) '([^']*)'", str(error))
    name = next((part for part in named.groups() if part), "") if named else str(error)
    known = "、".join(key for key in _context(bulletin, head) if key not in model.SECTIONS)
    return (
        f"模板 {path.name} 里的占位符“{name}”不认得，可用的有：{known}，"
        f"以及{'、'.join(model.SECTIONS)}（各带 .题 .正文 .图表 .表 .图）。"
    )


def _faulty(path: Path, environment: Environment) -> str:
    """The first placeholder of the template that cannot be read, as it stands there."""
    document = Document(str(path))
    texts = [p.text for p in document.element.body.iter(qn("w:p"))]
    for placeholder in (found for text in texts for found in _PLACEHOLDER.findall(text)):
        try:
            environment.parse(_whole(placeholder))
        except TemplateSyntaxError:
            return f"“{placeholder.strip()}”"
    return "有 if 或 for 没有相应的 endif 或 endfor"


def _whole(placeholder: str) -> str:
    """A placeholder as a template of its own: without docxtpl's p, tr, tc, r, its block closed or opened."""
    plain = re.sub(r"^(\{[{%])(?:p|tr|tc|r)\s", r"\1 ", placeholder)
    for word, whole in _BLOCKS.items():
        if re.match(rf"\{{%-?\s*{word}\b", plain):
            return whole.format(plain)
    return plain


class _Parts(Mapping[str, Any]):
    """A section in a template: its placeholders are marks; false when the bulletin has no such section."""

    def __init__(self, name: str, section: Section | None) -> None:
        self._there = section is not None
        kinds = ("题", "正文", "图表", "表", "图", "口径")
        self._marks = {kind: f"{_OPEN}{name}.{kind}{_CLOSE}" if section else "" for kind in kinds}

    def __getitem__(self, key: str) -> str:
        return self._marks[key]

    def __iter__(self) -> Any:
        return iter(self._marks)

    def __len__(self) -> int:
        return len(self._marks)

    def __bool__(self) -> bool:
        return self._there


def _context(bulletin: Bulletin, head: Head) -> dict[str, Any]:
    sections = {section.name: section for section in bulletin.sections}
    origin = bulletin.origin
    source = f"{pictures.SOURCE}；快照{origin.snapshot}；{origin.view}。" + (
        f"{wording.DEMONSTRATION}：单位名称真实，数字均为虚构，不得引用。" if origin.is_demonstration else ""
    )
    plain = {
        "标题": "\n".join(bulletin.title_lines),
        **bulletin.values,
        "快照编号": origin.snapshot,
        "演示标记": DEMO_MARK if origin.is_demonstration else "",
        "来源说明": source,
        "简报": head.is_brief,
        "简报名称": head.name,
        "期号": head.issue,
        "编发单位": head.office,
        "印发日期": head.issued_on or words.day(bulletin.as_of),
        "报": head.reported_to,
        "送": head.sent_to,
        "发": head.issued_to,
    }
    cleaned = {key: carried(value) if isinstance(value, str) else value for key, value in plain.items()}
    return {**cleaned, **{name: _Parts(name, sections.get(name)) for name in model.SECTIONS}}


@dataclass
class _Setter:
    """Puts sentences, tables and charts where their marks stand, and numbers what it sets."""

    document: Any
    bulletin: Bulletin
    draw: Draw
    headings: int = 0
    tables: int = 0
    figures: int = 0
    pieces: Pieces = field(init=False)

    def __post_init__(self) -> None:
        self.pieces = Pieces(self.document.docx)

    def run(self) -> None:
        body = self.document.docx.element.body
        for paragraph in [p for p in body.iter(qn("w:p")) if _OPEN in _text(p)]:
            self._set(paragraph)
        if self.pieces.has_lost:
            last = body.find(qn("w:sectPr"))
            last.addprevious(self.pieces.note(pieces.LOST))

    def _set(self, paragraph: Any) -> None:
        marks = [tuple(mark.split(".")) for mark in _MARK.findall(_text(paragraph))]
        at, blocks = paragraph, False
        for name, kind in marks:
            section = next(s for s in self.bulletin.sections if s.name == name)
            if kind == "题":
                _replace(paragraph, name, kind, self._heading(name))
                continue
            blocks = True
            _replace(paragraph, name, kind, "")
            for element in self._blocks(section, kind, paragraph):
                at.addnext(element)
                at = element
        if blocks and not _text(paragraph).strip():
            paragraph.getparent().remove(paragraph)

    def _heading(self, name: str) -> str:
        if name == model.ANNEX:
            return name
        self.headings += 1
        return f"{NUMERALS[self.headings - 1]}、{name}"

    def _blocks(self, section: Section, kind: str, like: Any) -> list[Any]:
        match kind:
            case "正文":
                return [self.pieces.like(like, text) for text in section.sentences]
            case "口径":
                return [self.pieces.like(like, text) for text in definitions(self.bulletin)]
            case _:
                chosen: Sequence[Table | Figure] = section.parts
                if kind in ("表", "图"):
                    chosen = section.tables if kind == "表" else section.figures
                return [element for part in chosen for element in self._part(part)]

    def _part(self, part: Table | Figure) -> list[Any]:
        if isinstance(part, Table):
            self.tables += 1
            return self.pieces.table(part, f"表{self.tables}　{part.title}")
        self.figures += 1
        return self.pieces.picture(self.draw(part), part.chart, f"图{self.figures}　{part.title}")


def definitions(bulletin: Bulletin) -> list[str]:
    """The definition of each table, once a metric."""
    found: dict[str, str] = {}
    for table in bulletin.tables:
        sheet = table.sheet
        said = " ".join(sheet.definition.split())
        found.setdefault(table.metric, f"{sheet.title}：{said}（依据：方案{sheet.clause}）")
    return list(found.values())


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in paragraph.iter(qn("w:t")))


def _replace(paragraph: Any, name: str, kind: str, text: str) -> None:
    """Put `text` for a mark, which docxtpl writes within one run."""
    for node in paragraph.iter(qn("w:t")):
        if node.text:
            node.text = node.text.replace(f"{_OPEN}{name}.{kind}{_CLOSE}", text)
