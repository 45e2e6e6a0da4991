"""Where things lie: the data folder of an installation, and the repository's own files behind it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from dashboard.errors import SetupError

REPOSITORY = Path(__file__).resolve().parent.parent
QUERIES = REPOSITORY / "queries"


@dataclass(frozen=True)
class Places:
    """The data folder (`--data`, `DASHBOARD_DATA`, or the repository's `data/`) and what is found through it."""

    data: Path

    @classmethod
    def at(cls, data: str | os.PathLike[str] | None = None) -> Places:
        """The places for a data folder; without one, `DASHBOARD_DATA` or the repository's `data/`."""
        return cls(Path(data or os.environ.get("DASHBOARD_DATA") or REPOSITORY / "data").absolute())

    @property
    def snapshots(self) -> Path:
        return self.data / "snapshots"

    @property
    def accounts(self) -> Path:
        return self.data / "accounts"

    def own(self, relative: str) -> Path:
        """A file or folder from the data folder if it is there, else the repository's.

        Raises:
            SetupError: it is in neither.
        """
        for base in (self.data, REPOSITORY / "data"):
            if (base / relative).exists():
                return base / relative
        raise SetupError(f"缺少 {relative}：数据目录和程序自带的 data/ 里都没有，请从程序包中恢复。")

    @property
    def policy(self) -> Path:
        """The one policy file in force.

        Raises:
            SetupError: the policy folder holds none, or more than one.
        """
        found = sorted(self.own("policy").glob("*.yaml"))
        if len(found) != 1:
            raise SetupError(f"data/policy/ 里应当只有一份方案文件，现有 {len(found)} 份，请只保留正在执行的一份。")
        return found[0]

    @property
    def contract(self) -> Path:
        return self.own("contract.yaml")
