"""LibreOffice as a test uses it: files in, converted files out. Skipped where it is not installed, except under CI."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def convert(source: Path, to: str, folder: Path, *options: str) -> list[Path]:
    """The files that LibreOffice makes of one, in a profile of its own.

    Args:
        to: an ending, with filter and options as `soffice --convert-to` takes them.
        folder: an empty one, for the results.
    """
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("没有 LibreOffice（soffice），不能检查它打开文件的结果")
        pytest.skip("没有 LibreOffice（soffice）")
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        program, f"-env:UserInstallation={(folder.parent / 'profile').as_uri()}", "--headless", "--norestore", *options,
        "--convert-to", to, "--outdir", str(folder), str(source),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return sorted(folder.iterdir())
