"""A Word file as PDF, where LibreOffice is installed: its own headless conversion, in a profile of its own."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from dashboard.errors import UsageError

PROGRAM = "soffice"
LONGEST = 180
"""Seconds that a conversion may take."""


def is_available() -> bool:
    return shutil.which(PROGRAM) is not None


def write(document: bytes) -> bytes:
    """The .pdf of a .docx.

    Raises:
        UsageError: LibreOffice is not there, or could not convert.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise UsageError(
            "本机没有安装 LibreOffice（soffice），不能生成 PDF，请改导出 .docx 后用 Word 或 WPS 另存为 PDF。"
        )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "bulletin.docx"
        source.write_bytes(document)
        command = [
            program, f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}", "--headless", "--norestore",
            "--convert-to", "pdf", "--outdir", folder, str(source),
        ]  # fmt: skip
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)
        except (subprocess.SubprocessError, OSError) as error:
            raise UsageError("LibreOffice 没能把文档转换为 PDF，请改导出 .docx。") from error
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise UsageError("LibreOffice 没能把文档转换为 PDF，请改导出 .docx。")
        return made.read_bytes()
