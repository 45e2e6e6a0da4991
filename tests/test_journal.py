"""The log: a line per request, run and import, turned over, and nothing personal in it."""

from __future__ import annotations

import http.client
import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from dashboard import health, journal
from dashboard.__main__ import main
from dashboard.access.web import cookie_name
from dashboard.errors import UsageError
from dashboard.places import Places
from tests.support import entry, samples
from tests.support.app import bare_places
from tests.support.server import serving


def lines(places: Places) -> list[dict[str, Any]]:
    text = (places.data / "logs" / journal.FILE).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_an_import_leaves_one_line_that_says_how_it_ended(tmp_path: Path) -> None:
    folder = tmp_path / "张三的导出 13812345678"
    shutil.copytree(samples.SAMPLES / "exports", folder)
    run = ["--data", str(tmp_path / "data"), "import", str(folder), "--date", samples.FIRST]
    missing = [part if part != str(folder) else str(tmp_path / "不在") for part in run]
    assert [main(run), main(run), main(missing)] == [0, 3, 2]
    published, held, failed = lines(Places(tmp_path / "data"))
    assert published["event"] == "import"
    assert (published["end"], published["as_of"], published["gates"]) == ("ok", samples.FIRST, 0)
    assert published["snapshot"].startswith(f"{samples.FIRST}-")
    assert (held["end"], held["snapshot"], held["gates"]) == ("ok", None, 1)
    assert failed["end"] == "UsageError"
    assert len({line["id"] for line in (published, held, failed)}) == 3
    assert all(line["at"] and line["pid"] and line["seconds"] >= 0 for line in (published, held, failed))
    text = (tmp_path / "data" / "logs" / journal.FILE).read_text(encoding="utf-8")
    assert "张三" not in text
    assert "13812345678" not in text


def test_requests_leave_a_line_each_without_what_was_asked(tmp_path: Path) -> None:
    places = bare_places(tmp_path)
    with serving(places) as address:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
        cookie = {"Cookie": f"{cookie_name(False)}={entry.session(places)}"}
        for path in ("/cities?search=13812345678", "/13812345678", "/media/0123secret.csv", "/static/nothing.js"):
            connection.request("GET", path, headers=cookie)
            connection.getresponse().read()
        connection.close()
    found = [(line["path"], line["status"]) for line in lines(places) if line["event"] == "request"]
    assert found == [("/cities", 200), ("other", 303), ("/media/", 403)]


def test_files_are_turned_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "SIZE", 2000)
    monkeypatch.setattr(journal, "KEPT", 2)
    places = Places(tmp_path)
    for at in range(100):
        journal.note(places, "request", path="/", status=200, at_test=at)
    files = sorted((tmp_path / "logs").glob(f"{journal.FILE}*"))
    assert len(files) == 3
    assert all(file.stat().st_size <= 2000 + 200 and file.stat().st_mode & 0o077 == 0 for file in files)
    assert lines(places)[-1]["at_test"] == 99


def test_a_log_that_cannot_be_written_stops_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "logs").write_text("in the way")
    journal.note(Places(tmp_path), "request", path="/")
    with pytest.raises(UsageError), journal.timed(Places(tmp_path), "import"):
        raise UsageError("不行")
    assert capfd.readouterr() == ("", "")


def test_health_names_what_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = bare_places(tmp_path)
    assert health.failures(places) == []
    monkeypatch.setattr(health, "ROOM", 1 << 62)
    assert health.failures(places) == ["disk"]
    (places.accounts / "access.sqlite").write_bytes(b"x" * 5000)
    (places.snapshots / "catalogue.json").write_text("{")
    assert health.failures(places) == ["catalogue", "accounts", "disk"], "the catalogue's copy still names the snapshot"
    (places.snapshots / "catalogue.copy.json").write_text("{")
    assert health.failures(places) == ["catalogue", "snapshot", "accounts", "disk"]
