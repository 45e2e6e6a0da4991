"""Text files: encodings, delimiters, records; the quick way and the careful one agree."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unittest import mock

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.intake import text
from dashboard.intake.sheet import UnreadableError, batches_of
from dashboard.intake.text import TextFile
from tests.intake.folders import PATENT_CSV, PATENT_HEADER, PATENT_ROW, PATENTS, csv_text
from tests.support.raw import CONTRACT


def _rows(path: Path) -> list[list[str]]:
    (sheet,) = text.sheets(path, PATENTS, CONTRACT, lambda size: None)
    return [list(row) for batch in sheet.batches for row in zip(*batch.to_pydict().values(), strict=True)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_line_ends(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    path = tmp_path / "专利盘点.csv"
    content = "南京,上报;表\n\n" + csv_text(PATENT_HEADER, PATENT_ROW, delimiter=delimiter)
    path.write_bytes(content.replace("\n", end).encode(encoding))
    rows = _rows(path)
    assert len(rows) == 4
    assert rows[2] == PATENT_HEADER
    assert rows[3] == PATENT_ROW


def test_rare_characters_of_gb18030(tmp_path: Path) -> None:
    path = tmp_path / "专利盘点.csv"
    path.write_bytes(PATENT_CSV.replace("一种装置", "𠮷甪€镕").encode("gb18030"))
    assert _rows(path)[1][1] == "𠮷甪€镕"


def test_a_byte_order_mark_of_gb18030_is_no_part_of_the_header(tmp_path: Path) -> None:
    path = tmp_path / "专利盘点.csv"
    path.write_bytes(("\ufeff" + PATENT_CSV).encode("gb18030"))
    assert _rows(path)[0] == PATENT_HEADER


def test_quotes_of_another_delimiter_do_not_hide_the_header(tmp_path: Path) -> None:
    path = tmp_path / "专利盘点.tsv"
    path.write_text(csv_text(PATENT_HEADER, ["ZL1", 'a,"b', *PATENT_ROW[2:]], delimiter="\t"), encoding="utf-8")
    assert _rows(path)[1][:2] == ["ZL1", 'a,"b']


def test_a_cell_has_no_longest_length(tmp_path: Path) -> None:
    path = tmp_path / "专利盘点.csv"
    long = "长" * 3_000_000
    path.write_text(
        csv_text(PATENT_HEADER, ["ZL1", long, *PATENT_ROW[2:]], ["ZL2", f'"{long}\n"', "x"]), encoding="utf-8"
    )
    rows = _rows(path)
    assert rows[1][1] == long
    assert rows[2][1] == long + "\n"


def test_an_open_quote_at_the_end_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "专利盘点.csv"
    for ending in ('"', 'a,"b', 'a,"b\n\n', '"a""', '"a"",\r\n'):
        path.write_text(PATENT_CSV + ending, encoding="utf-8", newline="")
        with pytest.raises(UnreadableError, match="引号"):
            _rows(path)


def test_quotes_within_a_cell_are_text(tmp_path: Path) -> None:
    path = tmp_path / "专利盘点.csv"
    path.write_text(PATENT_CSV + '5" 屏,"a""b",c"\n"x"y,z\n', encoding="utf-8")
    assert [row[:3] for row in _rows(path)[2:]] == [['5" 屏', 'a"b', 'c"'], ["xy", "z", ""]]


def _by_csv_reader(content: str) -> list[list[str]] | None:
    """All records, or nothing if the content ends in an open quote: strict about nothing, as the reader is."""
    records = list(csv.reader(io.StringIO(content + "\0,\0", newline="")))
    return records[:-1] if records[-1] == ["\0", "\0"] else None


# A file ends with a line end here, so that the sentinel above stands alone.
_CELLS = st.text(st.sampled_from('ab,"\n\r ;字\u3000\ufeff'), max_size=6)
_WELL_FORMED = st.lists(st.lists(_CELLS, min_size=1, max_size=4), max_size=12).map(
    lambda rows: "".join(
        ",".join('"' + c.replace('"', '""') + '"' if set(c) & set(',"\r\n') else c for c in r) + "\n" for r in rows
    )
)
_RECTANGLES = (
    st.integers(1, 4)
    .flatmap(
        lambda width: st.lists(
            st.lists(st.sampled_from(["", "a", "字", '"b,""c"', '"\n"', "d e"]), min_size=width, max_size=width),
            max_size=20,
        )
    )
    .map(lambda rows: "".join(",".join(row) + "\r\n" for row in rows))
)
_ANYTHING = st.text(st.sampled_from('ab,"\n\r字'), max_size=40).map(lambda t: t + "\n")


@settings(max_examples=300, deadline=None)
@given(
    content=st.one_of(_WELL_FORMED, _RECTANGLES, _ANYTHING),
    block=st.integers(1, 24),
    shortest=st.sampled_from([1, 4, text.PIECE]),
)
def test_blocks_of_any_size_give_what_csv_reader_gives(
    tmp_path_factory: pytest.TempPathFactory, content: str, block: int, shortest: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(content.encode())
    expected = _by_csv_reader(content.removeprefix("\ufeff"))
    file = TextFile(path, "utf-8", max(block, 3))
    try:
        with mock.patch.object(text, "PIECE", shortest):
            found = [
                row
                for batch in file.batches(",", lambda size: None)
                for row in zip(*batch.to_pydict().values(), strict=True)
            ]
    except UnreadableError:
        found = None
    assert (found is None) == (expected is None)
    for got, wanted in zip(found or [], expected or [], strict=True):
        assert list(got)[: len(wanted)] == wanted
        assert not any(list(got)[len(wanted) :])


def test_the_quick_way_is_taken_for_plain_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "专利盘点.csv"
    path.write_text(
        csv_text(PATENT_HEADER, *[[*PATENT_ROW[:1], '"甲, ""乙"""', *PATENT_ROW[2:]]] * 50), encoding="utf-8"
    )
    monkeypatch.setattr(text, "batches_of", None)
    assert len(_rows(path)) == 51


def test_a_stray_quote_costs_its_surroundings_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "专利盘点.csv"
    lines = [f"ZL{number},一种装置,{PATENT_ROW[2]}" for number in range(9_000)]
    lines[4_000] = 'ZL4000,5" 屏幕,发明'
    path.write_text(csv_text(PATENT_HEADER) + "\n".join(lines), encoding="utf-8")
    by_csv_reader = []

    def noted(rows: Iterable[Sequence[str]]) -> Iterator[pa.Table]:
        for batch in batches_of(rows):
            by_csv_reader.append(batch.num_rows)
            yield batch

    monkeypatch.setattr(text, "batches_of", noted)
    monkeypatch.setattr(text, "PIECE", 1 << 10)
    assert [row[:2] for row in _rows(path)[4_000:4_003]] == [
        ["ZL3999", "一种装置"],
        ["ZL4000", '5" 屏幕'],
        ["ZL4001", "一种装置"],
    ]
    assert 0 < sum(by_csv_reader) < 200


def test_lines_may_end_in_returns_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "专利盘点.csv"
    path.write_bytes((PATENT_CSV + ",".join(PATENT_ROW) + "\n").replace("\n", "\r").encode() * 3)
    monkeypatch.setattr(text, "LONGEST_LINE", 50)
    monkeypatch.setattr(text, "BLOCK", 64)
    assert len(_rows(path)) == 9
