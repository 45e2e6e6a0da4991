"""`bulletin` as a timer calls it: the files, the register of past ones, the audit trail, one line when it fails."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest

from dashboard.__main__ import main
from dashboard.access import audit
from dashboard.access.store import AccessStore
from dashboard.exports.bulletin import past
from dashboard.places import Places
from dashboard.scope import PROVINCE
from tests.support import samples
from tests.support.worlds import JIANGSU

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """The sample exports as two published snapshots."""
    found = Places(tmp_path_factory.mktemp("data"))
    for day in (samples.FIRST, samples.SECOND):
        assert main(["--data", str(found.data), "import", str(samples.SAMPLES / "exports"), "--date", day]) == 0
    return found


@pytest.fixture
def run(places: Places, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run `bulletin`; gives exit code, standard output and standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = main(["--data", str(places.data), "bulletin", *(str(a) for a in arguments)])
        out, err = capfd.readouterr()
        return code, out, err

    return run


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("ending", ["docx", "xlsx", "zip"])
def test_one_bulletin_is_written_kept_and_noted(run: Run, places: Places, tmp_path: Path, ending: str) -> None:
    path = tmp_path / "new" / f"通报.{ending}"
    code, out, err = run("--out", path, "--city", "南京")
    assert (code, out, err) == (0, f"{path}  sha256 {_sha256(path)}\n", "")
    kept = next(p for p in past.listed(places, PROVINCE) if p.sha256 == _sha256(path))
    assert (kept.place, kept.name) == ("南京市", path.name)
    assert past.content(places, kept, PROVINCE) == path.read_bytes()
    (line, *_) = audit.newest(AccessStore(places), action="export")
    assert line.actor.startswith("os:")
    assert "南京市" in line.subject
    assert line.details == {"snapshot": kept.snapshot, "file": path.name, "sha256": kept.sha256}


def test_the_newest_snapshot_is_taken_unless_one_is_named(run: Run, tmp_path: Path) -> None:
    said = []
    for arguments in ([], ["--snapshot", samples.FIRST]):
        path = tmp_path / f"{len(arguments)}.docx"
        assert run("--out", path, *arguments)[0] == 0
        said.append("\n".join(p.text for p in docx.Document(str(path)).paragraphs))
    assert "截至2025年2月28日" in said[0]
    assert "截至2024年4月30日" in said[1]
    assert "没有更早一期数据，本期不作比较。" in said[1]


def test_all_fourteen_come_into_a_folder(run: Run, places: Places, tmp_path: Path) -> None:
    folder = tmp_path / "all"
    code, out, err = run("--all-cities", folder)
    assert (code, err) == (0, "")
    names = [f"{place}存量专利盘活通报_{samples.SECOND}.docx" for place in ("全省", *(c.name for c in JIANGSU.cities))]
    assert out.splitlines() == [f"{folder / name}  sha256 {_sha256(folder / name)}" for name in names]
    assert sorted(p.name for p in folder.iterdir()) == sorted(names)
    for name, place in zip(names[1:], (c.name for c in JIANGSU.cities), strict=True):
        document = docx.Document(str(folder / name))
        assert document.paragraphs[0].text.startswith(place)
        assert document.inline_shapes
    noted = audit.newest(AccessStore(places), 14, action="export")
    assert {line.details["sha256"] for line in noted} == {_sha256(folder / name) for name in names}


def test_the_same_call_gives_the_same_bytes_and_is_kept_once(run: Run, places: Places, tmp_path: Path) -> None:
    assert run("--out", tmp_path / "a.xlsx")[0] == 0
    before = past.listed(places, PROVINCE)
    assert run("--out", tmp_path / "b.xlsx")[0] == 0
    assert past.listed(places, PROVINCE) == before
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_the_files_are_what_their_endings_say(run: Run, tmp_path: Path) -> None:
    for ending in ("xlsx", "zip"):
        assert run("--out", tmp_path / f"a.{ending}")[0] == 0
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames[:2] == ["封面", "目录"]
    with zipfile.ZipFile(io.BytesIO((tmp_path / "a.zip").read_bytes())) as archive:
        endings = [Path(name).suffix for name in archive.namelist()]
    assert endings.count(".png") == endings.count(".svg") > 5


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ((), "请给出 --out 文件"), (("--out", "a.docx", "--all-cities", "b"), "两者选一"),
        (("--all-cities", "b", "--city", "南京"), "两者选一"), (("--out", "a.doc"), "可用的有：.docx"),
        (("--out", "a"), "没有扩展名的文件"), (("--out", "a.docx", "--city", "上海"), "没有名为 上海 的设区市"),
        (("--out", "a.docx", "--snapshot", "2024-01-05"), "2024-01-05"),
        (("--out", "{data}/snapshots/catalogue.json/a.docx"), "写不进去"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_chinese_line(
    run: Run, places: Places, arguments: tuple[str, ...], wanted: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*(text.format(data=places.data) for text in arguments))
    assert (code, out) == (2, "")
    assert wanted in err
    assert len(err.strip().splitlines()) == 1
    assert re.search("[一-鿿]", err)
    assert not list(tmp_path.iterdir())


def test_the_office_own_template_is_used_and_a_broken_one_named(run: Run, places: Places, tmp_path: Path) -> None:
    own = places.data / "templates" / "bulletin.docx"
    own.parent.mkdir()
    document = docx.Document()
    document.add_paragraph("本局：{{ 范围 }}盘点率 {{ 盘点率 }}")
    document.save(str(own))
    assert run("--out", tmp_path / "own.docx")[0] == 0
    (said,) = [p.text for p in docx.Document(str(tmp_path / "own.docx")).paragraphs]
    assert re.fullmatch(r"本局：全省盘点率 \d+\.\d%", said)
    document.paragraphs[0].runs[0].text = "{{ 盘点綠 }}"
    document.save(str(own))
    code, _, err = run("--out", tmp_path / "broken.docx")
    assert code != 0
    assert "占位符“盘点綠”不认得" in err
    assert not (tmp_path / "broken.docx").exists()
    own.unlink()
