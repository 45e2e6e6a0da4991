"""Every mistake that a user makes has its Chinese sentence, through the command line; and what matters comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from dashboard.__main__ import main
from tests.support.exports import number

Run = Callable[..., tuple[int, str, str]]

WEEKS = ("2024-04-19", "2024-04-26")
UNITS = {
    "4132010284": ("南京大学", "南京市"),
    "4132010285": ("苏州大学", "苏州市"),
    "4132011641": ("淮海工学院", "连云港市"),
}
HEADS = (
    "专利号,专利名称,专利类型,单位编码,申请日,授权公告日,"
    "法律状态,基准日前已转化,审核状态,审核通过日期,建档日期,联系人电话"
)


def units(names: Mapping[str, tuple[str, str]] = UNITS) -> str:
    heads = "单位编码,单位名称,单位类型,隶属关系,所在设区市,国家知识产权示范高校,承担运营能力提升计划"
    return "\n".join([heads, *(f"{code},{name},高校,省属,{city},否,否" for code, (name, city) in names.items())]) + "\n"


def patents(unit: str, count: int = 60, recorded: str = "2024-03-01", wrong: Sequence[str] = ()) -> str:
    """`count` stock patents of an institution, and rows as given after them."""
    first = 1000 * (1 + list(UNITS).index(unit))
    rows = [
        f"{number(first + i)},装置,发明,{unit},2019-03-01,2021-06-15,有效,否,待院审,,{recorded},13800000000"
        for i in range(count)
    ]
    return "\n".join([HEADS, *rows, *wrong]) + "\n"


def week(path: Path, files: Mapping[str, str | None] | None = None) -> Path:
    """单位名录 and a file of 专利盘点 for each of three cities, but for what `files` says (None: absent)."""
    usual = {f"专利盘点_{city[:-1]}.csv": patents(code) for code, (_, city) in UNITS.items()}
    path.mkdir()
    for name, text in {"单位名录.csv": units(), **usual, **(files or {})}.items():
        if text is not None:
            (path / name).write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("DASHBOARD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "400")

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main([str(a) for a in arguments])
        out, err = capfd.readouterr()
        return code, out, err

    return run


@pytest.fixture
def second(run: Run, tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    """Import a good first week; then import what is given as the second."""
    assert run("import", week(tmp_path / "first"), "--date", WEEKS[0])[0] == 0

    def second(files: Mapping[str, str | None], *more: str) -> tuple[int, str, str]:
        return run("import", week(tmp_path / "second", files), "--date", WEEKS[1], *more)

    return second


def test_no_snapshot_yet(run: Run) -> None:
    for call in (["query", "stars"], ["bulletin", "--out", "x.docx"]):
        code, _, err = run(*call)
        assert (code, "还没有快照，请先用 import 导入" in err) == (2, True)


def test_the_wrong_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "图片").mkdir()
    (tmp_path / "图片" / "合影.jpg").write_bytes(b"")
    code, out, err = run("import", tmp_path / "图片", "--date", WEEKS[0])
    assert (code, out) == (2, "")
    assert "图片 里有 1 个文件（合影.jpg），没有一个以表名开头，多半选错了文件夹" in err


def test_the_wrong_table_in_a_file(run: Run, tmp_path: Path) -> None:
    """Rows that are readable and all wrong: which file, and why."""
    folder = week(tmp_path / "week", dict.fromkeys((f"专利盘点_{city[:-1]}.csv" for _, city in UNITS.values())))
    (folder / "专利盘点.csv").write_text(
        patents("4132010284", 0, wrong=["x,y,发明,1,?,?,?,?,?,,,"] * 3), encoding="utf-8"
    )
    code, _, err = run("import", folder, "--date", WEEKS[0])
    assert code == 2
    assert "专利盘点.csv：「专利盘点」没有一行可以接收，退回原因：专利号不合规则 3 行" in err


def test_last_years_file_by_its_name(second: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = second({"专利盘点_南京.csv": None, "专利盘点-2023.4.26-南京.csv": patents("4132010284")})
    assert code == 0
    assert "文件名写的是 2023-04-26，快照日期是 2024-04-26" in out


def test_last_years_file_by_its_rows(second: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = second({"专利盘点_南京.csv": patents("4132010284", recorded="2023-05-01")})
    assert code == 0
    assert "「专利盘点」里最晚的日期是 2023-05-01，比快照日期早 361 天" in out
    assert out.count("比快照日期早") == 1


def test_a_citys_file_is_missing(second: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = second({"专利盘点_苏州.csv": None})
    assert code == 3
    assert "苏州市在「专利盘点」里没有一行，上一期（2024-04-19）有 60 行" in out
    assert "苏州市知识产权局" in out
    assert "上一期在 专利盘点_苏州.csv" in out
    assert "变动最大的是：苏州市 60→0（-60），其中苏州大学 60→0（-60）" in err


def test_a_table_is_missing(run: Run, tmp_path: Path) -> None:
    events = "活动编号,活动名称,活动日期,所在设区市,组织层级,活动类型\nH1,对接会,2024-04-01,南京市,市级,对接\n"
    assert run("import", week(tmp_path / "first", {"对接活动.csv": events}), "--date", WEEKS[0])[0] == 0
    code, out, _ = run("import", week(tmp_path / "second"), "--date", WEEKS[1])
    assert (code, "上一期（2024-04-19）有「对接活动」1 行，这一期没有这张表" in out) == (0, True)


def test_a_snapshot_date_in_the_future(run: Run, tmp_path: Path) -> None:
    day = dt.date.today() + dt.timedelta(days=3)
    code, out, _ = run("import", week(tmp_path / "week"), "--date", day)
    assert (code, f"快照日期 {day} 晚于今天" in out) == (0, True)


def test_a_snapshot_date_before_the_newest(run: Run, tmp_path: Path) -> None:
    assert run("import", week(tmp_path / "first"), "--date", WEEKS[1])[0] == 0
    code, out, _ = run("import", week(tmp_path / "second"), "--date", WEEKS[0])
    assert (code, "早于已发布的最新一期（2024-04-26）" in out) == (0, True)


def test_rows_with_a_date_in_the_future(second: Callable[..., tuple[int, str, str]]) -> None:
    """The wrong `--date` for the right folder looks like this."""
    code, out, _ = second({"专利盘点_南京.csv": patents("4132010284", recorded="2024-04-30")}, "--accept-change")
    assert code == 3
    assert "60 行因日期晚于快照日期 2024-04-26 退回" in out
    assert "请改用那一期的 --date" in out


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (("4132019999", "江苏海洋大学"), "多半已更名为“江苏海洋大学”（4132019999）"),
        (("4132019999", "淮海工学院"), "同名单位的编码现在是 4132019999"),
        (("4132019999", "别的学院"), "补回单位名录；确已撤并请说明"),
    ],
)
def test_an_institution_vanished(second: Callable[..., tuple[int, str, str]], now: tuple[str, str], says: str) -> None:
    code, name = now
    others = {unit: said for unit, said in UNITS.items() if unit != "4132011641"}
    exit_code, out, _ = second({"单位名录.csv": units({**others, code: (name, "连云港市")})})
    assert exit_code == 3
    assert (
        "单位名录里没有了“淮海工学院”（4132011641），上一期（2024-04-19）有专利 60 行，这一期有 60 行仍用这个编码"
        in out
    )
    assert says in out
    assert "连云港市知识产权局" in out


def test_the_stock_jumped(second: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = second({"专利盘点_苏州.csv": patents("4132010285", 90)})
    assert code == 3
    assert "全省存量由 2024-04-19 的 180 件变为 210 件" in err
    assert "苏州市 60→90（+30），其中苏州大学 60→90（+30）" in err
    assert "存量与上一期（2024-04-19）相差很大：苏州大学 60→90（+30）" in out


def test_what_to_mend_says_where_whose_and_how(second: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    bad = ["2.01311E+12,坏行,发明,4132010284,2019-03-01,2021-06-15,有效,否,待院审,,,13800000000",
           f"{number(5)},坏行,发明,4132010284,2019-03-01,2021-06-15,有,否,待院审,,,13800000000",
           f"{number(6)},坏行,发明,9999,2019-03-01,2021-06-15,有效,否,待院审,,,13800000000"]  # fmt: skip
    target = tmp_path / "报告.xlsx"
    code, out, _ = second({"专利盘点_南京.csv": patents("4132010284", wrong=bad)}, "--report", str(target))
    assert code == 0
    first, *_ = out.partition("读取行数")
    for said in (
        "专利号不合规则 1 行（E-PATENT-NO）：「专利号」，第 62 行", "专利盘点_南京.csv", "南京大学",
        "按专利证书核对号码和校验位", "「法律状态」，第 63 行", "可用：有效、失效", "「单位编码」，第 64 行",
        "南京市知识产权局",
    ):  # fmt: skip
        assert said in first, said
    assert "13800000000" not in out
    book = openpyxl.load_workbook(target)
    assert book.sheetnames[0] == "先看这里"
    assert [cell.value for cell in book["先看这里"][1]] == ["要办的事", "文件", "找谁", "怎么办"]
    assert book["先看这里"].max_row == 4


def test_nothing_to_say_of_a_good_week(second: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = second({})
    assert (code, err, "先看这里" in out) == (0, "", False)
