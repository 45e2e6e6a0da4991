"""Folders that must not be imported: by name, how to make one, and what the Chinese sentence says.

Each is a file error: exit code 2, nothing published. `SECRET` stands in extra cells and must never be repeated.
"""

from __future__ import annotations

import io
import random
import shutil
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.intake.folders import (
    INSTITUTION_CSV,
    PATENT_CSV,
    PATENT_HEADER,
    PATENT_ROW,
    csv_text,
    folder,
    ods,
    ods_cell,
    ods_table,
    raw_xlsx,
    without_patents,
    xls,
    xlsx,
    xlsx_row,
    zipped,
)

SECRET = "13812345678"

EXIT_CODE = 2


@dataclass(frozen=True)
class BadFolder:
    """`make` fills an empty folder (and returns what to import); each of `says` stands in the error."""

    name: str
    make: Callable[[Path], Path]
    says: tuple[str, ...]


def _with(name: str, files: Mapping[str, str | bytes], *says: str) -> BadFolder:
    """The good folder with these files beside it (or in place of its own)."""
    return BadFolder(name, lambda path: folder(path, files), says)


def _patents(name: str, file: str, content: str | bytes, *says: str) -> BadFolder:
    """The good folder with this file as its only 专利盘点."""
    return BadFolder(name, lambda path: without_patents(path, {file: content}), (file, *says))


def _lacking(name: str, left_out: str, *says: str) -> BadFolder:
    def make(path: Path) -> Path:
        (folder(path, {}) / left_out).unlink()
        return path

    return BadFolder(name, make, says)


def _missing(path: Path) -> Path:
    return path / "没有这个文件夹"


def _a_file(path: Path) -> Path:
    return folder(path, {}) / "专利盘点.csv"


def _linked(path: Path) -> Path:
    """The only 专利盘点 is a symbolic link."""
    aside = path.parent / f"{path.name}-aside.csv"
    shutil.move(folder(path, {}) / "专利盘点.csv", aside)
    (path / "专利盘点.csv").symlink_to(aside)
    return path


def _only_macosx(path: Path) -> Path:
    return without_patents(path, {"__MACOSX/专利盘点.csv": PATENT_CSV, "~$专利盘点.xlsx": b"", "._专利盘点.csv": b""})


def _compound(stream: str, content: bytes = b"") -> bytes:
    """An OLE2 file with one stream: header, allocation table, directory, content."""

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        encoded = name.encode("utf-16-le") + b"\0\0"
        places = struct.pack("<HBBIII", len(encoded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        return encoded.ljust(64, b"\0") + places + bytes(36) + struct.pack("<IQ", start, size)

    sectors = max(8, -(-len(content) // 512))
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, sectors + 2), 0xFFFFFFFE]
    table = struct.pack("<128I", *chain, *[0xFFFFFFFF] * (128 - len(chain)))
    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry(stream, 2, 0xFFFFFFFF, 2, sectors * 512)
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    head = head.ljust(512, b"\xff")
    return head + table + directory.ljust(512, b"\0") + content.ljust(sectors * 512, b"\0")


def _biff(*records: tuple[int, bytes]) -> bytes:
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)


_BOF = (0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
ENCRYPTED_XLS = _compound("Workbook", _biff(_BOF, (0x002F, bytes(54)), (0x000A, b"")))
ENCRYPTED_XLSX = _compound("EncryptedPackage", random.Random(1).randbytes(5000))

GOOD_XLSX = xlsx({"表": [PATENT_HEADER, PATENT_ROW]})
GOOD_XLS = xls({"表": [PATENT_HEADER, PATENT_ROW]})


def _altered(archive: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip file with one member changed."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    return zipped({**members, part: change(members[part])})


def _lying(archive: bytes) -> bytes:
    """The archive with a directory that claims 100 bytes for every member."""
    data = bytearray(archive)
    place = data.find(b"PK\x01\x02")
    while place >= 0:
        data[place + 24 : place + 28] = struct.pack("<I", 100)
        place = data.find(b"PK\x01\x02", place + 4)
    return bytes(data)


def _doubled(archive: bytes) -> bytes:
    """The archive with its theme under the name of another part, but for the letters' case."""
    return archive.replace(b"xl/theme/theme1.xml", b"[content_types].XML")


def _flagged(archive: bytes) -> bytes:
    """The archive with every member marked as encrypted."""
    data = bytearray(archive)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


def _flipped(archive: bytes) -> bytes:
    """The archive with bytes in the middle of its largest member's packed data turned over."""
    with zipfile.ZipFile(io.BytesIO(archive)) as source:
        info = max(source.infolist(), key=lambda member: member.compress_size)
    place = info.header_offset + 30 + len(info.filename) + info.compress_size // 2
    return archive[:place] + bytes(b ^ 0xFF for b in archive[place : place + 8]) + archive[place + 8 :]


_FEW = [PATENT_HEADER[:-1], PATENT_ROW[:-1]]
_TWICE = [[*PATENT_HEADER, "专 利 号（必填）"], [*PATENT_ROW, "x"]]
_ROWS = xlsx_row(1, *PATENT_HEADER) + xlsx_row(2, *PATENT_ROW)
_BOMB = raw_xlsx(_ROWS + " " * (4 << 20))
_FAR = raw_xlsx(_ROWS + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
_FAR_ODS = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16000"'
    f' office:value-type="string"><text:p>{SECRET}</text:p></table:table-cell></table:table-row>'
)
_ENCRYPTED_ODS = (
    '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
)

BAD_FOLDERS: tuple[BadFolder, ...] = (
    BadFolder("missing folder", _missing, ("没有这个文件夹", "不存在")),
    BadFolder("a file in place of a folder", _a_file, ("专利盘点.csv", "不是文件夹")),
    BadFolder("empty folder", lambda path: path, ("单位名录", "专利盘点", "必须有")),
    _lacking("no institutions", "单位名录.csv", "没有「单位名录」"),
    _lacking("no patents", "专利盘点.csv", "没有「专利盘点」"),
    BadFolder("patents only behind a link", _linked, ("没有「专利盘点」",)),
    BadFolder("patents only as temporary files", _only_macosx, ("没有「专利盘点」",)),
    _with(
        "evaluations without enterprises",
        {"企业评价.csv": "专利号,企业编码,推送日期\n"},
        "企业评价",
        "没有「企业名录」",
    ),
    _with("experts without enterprises", {"experts.csv": "专家编号,企业编码,入库日期\n"}, "专家库", "没有「企业名录」"),
    _with("WPS table", {"专利盘点_南京.et": b"x"}, "专利盘点_南京.et", "扩展名是 .et"),
    _with("zip", {"子/专利盘点.zip": zipped({"a": "b"})}, "子/专利盘点.zip", ".zip"),
    _with("Word", {"对接活动.docx": b"x"}, "对接活动.docx", ".docx"),
    _with("no extension", {"单位名录": INSTITUTION_CSV}, "单位名录", "没有扩展名"),
    _with("extension ends with a dot", {"patents.": PATENT_CSV}, "patents.", "没有扩展名"),
    _with("backup", {"专利盘点.csv.bak": PATENT_CSV}, "专利盘点.csv.bak", ".bak"),
    _with("English name, unknown extension", {"PATENTS_2.pdf": b"x"}, "PATENTS_2.pdf", ".pdf"),
    _patents("empty CSV", "专利盘点.csv", b"", "0 字节"),
    _patents("CSV of blank lines", "专利盘点.csv", "\n\n,,\n", "没有可读的内容"),
    _patents("only a byte order mark", "专利盘点.csv", b"\xef\xbb\xbf", "没有可读的内容"),
    _patents("NUL byte", "专利盘点.csv", PATENT_CSV + "\0", "空字节"),
    _patents("UTF-16", "专利盘点.txt", PATENT_CSV.encode("utf-16"), "空字节"),
    _patents("neither UTF-8 nor GB18030", "专利盘点.csv", PATENT_CSV.encode() + b"\xff\xff\n", "GB18030"),
    _patents("UTF-8 cut in a character", "专利盘点.csv", PATENT_CSV.encode() + "字".encode()[:2], "GB18030"),
    _patents("Big5 bytes", "专利盘点.csv", PATENT_CSV.encode("gb18030") + b"\xa4\xff\n", "GB18030"),
    _patents("open quote at the end", "专利盘点.csv", PATENT_CSV + f'ZL1,"{SECRET}\n,,\n', "引号"),
    _patents("open quote in the header", "专利盘点.csv", '"' + PATENT_CSV, "引号"),
    _patents("open quote far down", "专利盘点.csv", PATENT_CSV + csv_text(PATENT_ROW) * 60_000 + '"', "引号"),
    _patents("required column missing", "专利盘点.csv", csv_text(*_FEW), "缺少必需的列「审核状态」"),
    _patents("no header", "专利盘点.csv", csv_text(PATENT_ROW, PATENT_ROW), "没有表头行"),
    _patents("header in row 11", "专利盘点.csv", "标题\n" * 10 + PATENT_CSV, "前 10 行里没有表头行"),
    _patents("header parted by |", "专利盘点.csv", csv_text(PATENT_HEADER, PATENT_ROW, delimiter="|"), "没有表头行"),
    _patents("header twice", "专利盘点.csv", csv_text(*_TWICE), "「专利号」", "出现了 2 次"),
    _patents(
        "alias twice", "专利盘点.csv", csv_text(["申请号", "申请号", *PATENT_HEADER[1:]]), "「专利号」", "出现了 2 次"
    ),
    _patents("workbook named CSV", "专利盘点.csv", GOOD_XLSX, "空字节"),
    _patents("empty workbook file", "专利盘点.xlsx", b"", "0 字节"),
    _patents("CSV named xlsx", "专利盘点.xlsx", PATENT_CSV, "内容不是工作簿"),
    _patents(
        "HTML named xls", "专利盘点.xls", "<html><table><tr><td>专利号</td></tr></table></html>", "内容不是工作簿"
    ),
    _patents("cut workbook", "专利盘点.xlsx", GOOD_XLSX[: len(GOOD_XLSX) // 2], "已损坏"),
    _patents("turned bytes", "专利盘点.xlsx", _flipped(GOOD_XLSX), "已损坏"),
    _patents("Word document named xlsx", "专利盘点.xlsx", zipped({"word/document.xml": "<w/>"}), "不是 xlsx 工作簿"),
    _patents("any zip named xlsm", "专利盘点.xlsm", zipped({"a.txt": "b"}), "不是 xlsx 工作簿"),
    _patents("sheet's part missing", "专利盘点.xlsx", raw_xlsx(None), "工作表「表」", "已损坏"),
    _patents(
        "sheet's XML cut off",
        "专利盘点.xlsx",
        _altered(GOOD_XLSX, "xl/worksheets/sheet1.xml", lambda data: data[: len(data) * 2 // 3]),
        "已损坏",
    ),
    _patents(
        "shared string missing", "专利盘点.xlsx", raw_xlsx(_ROWS + xlsx_row(3, '<c t="s"><v>5</v></c>')), "已损坏"
    ),
    _patents(
        "cell of unknown type", "专利盘点.xlsx", raw_xlsx(_ROWS + xlsx_row(3, '<c t="zz"><v>1</v></c>')), "「表」"
    ),
    _patents("bomb", "专利盘点.xlsx", _BOMB, "200:1"),
    _patents("bomb whose directory lies", "专利盘点.xlsx", _lying(_BOMB), "200:1"),
    _patents("two parts of one name", "专利盘点.xlsx", _doubled(GOOD_XLSX), "已损坏"),
    _patents("bomb beside the sheets", "专利盘点.ods", zipped({"content.xml": "<a/>", "x": bytes(4 << 20)}), "200:1"),
    _patents("cell in the last corner", "专利盘点.xlsx", _FAR, "工作表「表」", "相隔太远"),
    _patents("cells repeated a billion times", "专利盘点.ods", ods(ods_table([PATENT_HEADER], _FAR_ODS)), "相隔太远"),
    _patents("password on xlsx", "专利盘点.xlsx", ENCRYPTED_XLSX, "密码"),
    _patents("password on xls", "专利盘点.xls", ENCRYPTED_XLS, "密码"),
    _patents("password on ods", "专利盘点.ods", ods(ods_table([PATENT_HEADER]), _ENCRYPTED_ODS), "密码"),
    _patents("password on the zip", "专利盘点.xlsx", _flagged(GOOD_XLSX), "密码"),
    _patents("cut xls", "专利盘点.xls", GOOD_XLS[:2000], "已损坏"),
    _patents("OLE document that is no workbook", "专利盘点.xls", _compound("WordDocument"), "已损坏"),
    _patents("cut ods", "专利盘点.ods", ods(ods_table([PATENT_HEADER]))[:-60], "已损坏"),
    _patents("ods with broken XML", "专利盘点.ods", ods("<table:table>"), "已损坏"),
    _patents("workbook without content", "专利盘点.xlsx", xlsx({"一": [], "二": []}), "没有可读的内容"),
    _patents(
        "header only on a hidden sheet",
        "专利盘点.xlsx",
        xlsx({"说明": [["见附表"]], "数据": [PATENT_HEADER, PATENT_ROW]}, hidden=["数据"]),
        "工作表「说明」",
        "没有表头行",
    ),
    _patents("required column missing in a sheet", "专利盘点.xlsx", xlsx({"南京": _FEW}), "「南京」", "「审核状态」"),
    _patents(
        "header twice in the second sheet",
        "专利盘点.xlsx",
        xlsx({"南京": [PATENT_HEADER, PATENT_ROW], "苏州": _TWICE}),
        "工作表「苏州」",
        "出现了 2 次",
    ),
    _with(
        "two bad files, both named",
        {"专利盘点.csv": b"", "单位名录.csv": "a,b\n"},
        "专利盘点.csv：文件是空的",
        "单位名录.csv：",
    ),
    _with(
        "one bad file among good ones", {"对接活动.csv": f"活动编号,电话\n1,{SECRET}\n"}, "对接活动.csv", "缺少必需的列"
    ),
    _with("bad optional table", {"二次开发.xlsx": b"PK\x03\x04"}, "二次开发.xlsx", "已损坏"),
    _with(
        "ods cell", {"典型案例.ods": ods(f"<table:table table:name='a'>{ods_cell('x')}</table:table>")}, "典型案例.ods"
    ),
)
