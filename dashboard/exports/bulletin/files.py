"""A bulletin as a file, by its ending: .docx, .xlsx (tables), .zip (charts), .pdf (where LibreOffice is)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard.errors import UsageError
from dashboard.exports.bulletin import book, pack, pdf, word
from dashboard.exports.bulletin.model import Bulletin, Tell, silent
from dashboard.exports.bulletin.word import PLAIN, Head
from dashboard.places import Places

TEMPLATE = "templates/bulletin.docx"


@dataclass(frozen=True)
class Form:
    """A kind of file: its name, ending, media type."""

    name: str
    ending: str
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
FORMS = (
    Form("Word 文档", "docx", f"{_OFFICE}.wordprocessingml.document"),
    Form("XLSX 附表", "xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    Form("图表包", "zip", "application/zip"),
    Form("PDF", "pdf", "application/pdf"),
)


def form(ending: str) -> Form:
    """The form of an ending.

    Raises:
        UsageError: there is none; the sentence lists those there are.
    """
    for found in FORMS:
        if found.ending == ending.lower().lstrip("."):
            return found
    raise UsageError(
        f"通报不能写成 {ending or '没有扩展名的文件'}，可用的有：{'、'.join(f'.{f.ending}' for f in FORMS)}。"
    )


def write(bulletin: Bulletin, places: Places, ending: str, head: Head = PLAIN, tell: Tell = silent) -> bytes:
    """The bytes of the file.

    Args:
        tell: is told what is being done, and how much is behind (0 to 1).

    Raises:
        UsageError: no such form, or PDF without LibreOffice.
        SetupError: the template is missing or wrong.
    """
    writers: dict[str, Callable[[], bytes]] = {
        "docx": lambda: word.write(bulletin, places.own(TEMPLATE), head, tell=tell),
        "xlsx": lambda: book.write(bulletin),
        "zip": lambda: pack.write(bulletin, tell),
        "pdf": lambda: pdf.write(word.write(bulletin, places.own(TEMPLATE), head, tell=tell)),
    }
    return writers[form(ending).ending]()


def file_name(bulletin: Bulletin, ending: str) -> str:
    """`全省存量专利盘活通报_2024-04-26_演示数据.docx`."""
    return bulletin.origin.file_name(f"{bulletin.place}存量专利盘活通报", ending)
