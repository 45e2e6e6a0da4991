"""A process that asks the command line until it is told to stop: `python -m tests.faults.asking DATA LOG STOP`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from dashboard.places import REPOSITORY


def main() -> None:
    data, log, stop = map(Path, sys.argv[1:])
    if hasattr(os, "nice"):
        os.nice(5)  # the imports come first
    command = [
        sys.executable,
        "-m",
        "dashboard",
        "--data",
        str(data),
        "query",
        "inventory_province",
        "--format",
        "json",
    ]
    with log.open("a", encoding="utf-8") as file:
        while not stop.exists():
            done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
            file.write(json.dumps(_line(done)) + "\n")
            file.flush()


def _line(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    if done.returncode != 0 or done.stderr:
        return {"failure": f"{done.returncode}: {done.stderr}"}
    (row,) = json.loads(done.stdout)
    return {name: row[name] for name in ("stock", "approved", "previous_rate")}


if __name__ == "__main__":
    main()
