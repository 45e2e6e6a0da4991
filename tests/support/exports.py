"""Small export folders written in a test: one university with a number of patents, in the contract's own headers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

INSTITUTIONS = """单位编码,单位名称,单位类型,隶属关系,所在设区市,国家知识产权示范高校,承担运营能力提升计划
U1,某大学,高校,省属,南京市,否,否
"""
HEADERS = "专利号,专利名称,专利类型,单位编码,申请日,授权公告日,法律状态,基准日前已转化,审核状态,审核通过日期,联系人电话"


def number(serial: int) -> str:
    """A patent number of 2019 with its check character, in canonical form."""
    digits = f"20191{serial:07d}"
    total = sum(int(d) * w for d, w in zip(digits, (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5), strict=True))
    return f"ZL{digits}.{'X' if total % 11 == 10 else total % 11}"


def patents(count: int, approved: int = 0, wrong: int = 0) -> str:
    """CSV of `count` stock patents, the first `approved` of them approved, then `wrong` rows with a bad number."""
    states = ["已通过,2024-03-10"] * approved + ["待院审,"] * (count - approved)
    rows = [
        f"{number(i)},一种装置{i},发明,U1,2019-03-01,2021-06-15,有效,否,{state},13800000000"
        for i, state in enumerate(states, 1)
    ]
    rows += [f"2.01311E+12,坏行{i},发明,U1,2019-03-01,2021-06-15,有效,否,待院审,,13800000000" for i in range(wrong)]
    return "\n".join([HEADERS, *rows]) + "\n"


def write(folder: Path, files: Mapping[str, str | bytes] | None = None, **given: int) -> Path:
    """A folder with 单位名录 and 专利盘点 (see `patents` for `given`), and `files` besides or instead."""
    content: dict[str, str | bytes] = {"单位名录.csv": INSTITUTIONS, "专利盘点.csv": patents(**{"count": 10, **given})}
    for name, data in {**content, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder
