"""Zip archives (xlsx, xlsm, ods) before a parser opens them: whole, not a bomb, nothing stored under a password."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from dashboard.contract import UnpackedLimit
from dashboard.intake.sheet import UnreadableError

_PIECE = 4 << 20
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_METHODS = {zipfile.ZIP_STORED: None, zipfile.ZIP_DEFLATED: -zlib.MAX_WBITS}

DAMAGED = "文件已损坏或没有下载完整，请重新导出"


class Archive:
    """A zip file read with its own count of what comes out: the sizes its directory claims are not relied on.

    Raises:
        UnreadableError: damaged, encrypted, packed in an unknown way, or larger unpacked than the limit.
    """

    def __init__(self, path: Path, limit: UnpackedLimit) -> None:
        self.path = path
        self._size = path.stat().st_size
        self._limit = limit
        try:
            with zipfile.ZipFile(path) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise UnreadableError(DAMAGED) from None
        if any(info.header_offset < 0 for info in infos):
            raise UnreadableError(DAMAGED)
        self._check(sum(info.file_size for info in infos))
        self._members = {_key(info.filename): info for info in infos}
        if len(self._members) < len(infos):
            raise UnreadableError(DAMAGED)
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableError("文件有密码保护，请取消密码后重新导出")
        self._unpacked = 0

    @property
    def names(self) -> list[str]:
        """The members, in small letters and with forward slashes, whatever the program that wrote them made of it."""
        return list(self._members)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._members

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's content in pieces; counts towards the limit."""
        info = self._members[_key(name)]
        if info.compress_type not in _METHODS:
            raise UnreadableError("文件用了不认识的压缩方式，请用 WPS 或 Excel 另存后重新导入")
        checksum = 0
        for piece in self._inflated(info):
            self._unpacked += len(piece)
            self._check(self._unpacked)
            checksum = zlib.crc32(piece, checksum)
            yield piece
        if checksum != info.CRC:
            raise UnreadableError(DAMAGED)

    def content(self, name: str) -> bytes:
        return b"".join(self.pieces(name))

    def _check(self, size: int) -> None:
        if size > self._limit.bytes or size > self._limit.ratio * self._size:
            gigabytes, ratio = self._limit.bytes >> 30, self._limit.ratio
            raise UnreadableError(
                f"解压后超过 {gigabytes} GiB 或压缩比超过 {ratio}:1，不予读取；请拆成几个文件或重新导出"
            )

    def _inflated(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        with self.path.open("rb") as file:
            file.seek(info.header_offset)
            start = file.read(_LOCAL_HEADER.size)
            if len(start) < _LOCAL_HEADER.size or not start.startswith(b"PK\x03\x04"):
                raise UnreadableError(DAMAGED)
            _, name_length, extra_length = _LOCAL_HEADER.unpack(start)
            file.seek(name_length + extra_length, 1)
            bits = _METHODS[info.compress_type]
            inflater = None if bits is None else zlib.decompressobj(bits)
            left = info.compress_size
            while left and (data := file.read(min(_PIECE, left))):
                left -= len(data)
                yield from [data] if inflater is None else _unpacked(inflater, data)
            if left or (inflater and not inflater.eof):
                raise UnreadableError(DAMAGED)


def _key(name: str) -> str:
    return name.replace("\\", "/").lower()


def _unpacked(inflater: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    try:
        while data and not inflater.eof:
            yield inflater.decompress(data, _PIECE)
            data = inflater.unconsumed_tail
    except zlib.error:
        raise UnreadableError(DAMAGED) from None
