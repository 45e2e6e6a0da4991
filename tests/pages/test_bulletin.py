"""通报导出: what may be chosen, the preview, making a file with progress, and the list of past ones."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import docx
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.exports.bulletin import model, past
from dashboard.places import Places
from dashboard.scope import PROVINCE, Scope
from tests.exports.bulletin_source import sample
from tests.support import entry, samples
from tests.support.app import open_page, sample_places, text

NANJING = "320100"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A data folder of the test's own, since making a bulletin leaves one there."""
    places = sample_places(tmp_path)
    monkeypatch.setenv("DASHBOARD_DATA", str(places.data))
    return places


def _make(app: AppTest) -> AppTest:
    return app.button(key="bulletin-make").click().run()


def _group(app: AppTest, name: str) -> Any:
    return next(group for group in app.get("button_group") if group.key == f"bulletin-{name}")


def test_the_preview_says_what_the_bulletin_says(on_samples: Places) -> None:
    shown = text(open_page("bulletin"))
    for section in sample().sections:
        assert section.name in shown
        for sentence in section.sentences:
            assert sentence in shown
    assert "表1　全省存量专利转化各阶段" in shown
    assert "图1　各组盘点率与应达进度" in shown


def test_week_and_scope_come_from_the_address(on_samples: Places) -> None:
    shown = text(open_page("bulletin", bulletin=NANJING, snapshot=samples.FIRST))
    assert "截至2024年4月30日，南京市2家高校和科研机构" in shown


def test_only_the_sections_chosen_are_there(on_samples: Places) -> None:
    app = open_page("bulletin")
    _group(app, "sections").set_value([model.EVENTS]).run()
    assert "尚未举办计数活动的有" in text(app)
    assert "盘点进度达" not in text(app)
    _group(app, "sections").set_value([]).run()
    assert "没有选择任何部分。" in text(app)


def test_a_file_is_made_kept_and_listed(own: Places) -> None:
    app = _make(open_page("bulletin"))
    assert not app.exception
    (kept,) = past.listed(own, PROVINCE)
    assert (kept.made_by, kept.place) == (entry.PROVINCE.name, "全省")
    content = past.content(own, kept, PROVINCE)
    assert hashlib.sha256(content).hexdigest() == kept.sha256
    (status,) = app.status
    assert status.label == f"已生成 {kept.name}，sha256 {kept.sha256[:16]}…"
    assert "往期通报（1 份）" in text(app)
    assert f"sha256 {kept.sha256}" in text(app)
    labels = [element.proto.label for element in app.get("download_button")]
    assert f"下载 {kept.name}" in labels
    target = own.data / "taken.docx"
    target.write_bytes(content)
    assert any(p.text.startswith("截至2025年2月28日，全省") for p in docx.Document(str(target)).paragraphs)


@pytest.mark.parametrize("ending", ["xlsx", "zip"])
def test_other_forms_are_made_too(own: Places, ending: str) -> None:
    app = open_page("bulletin", bulletin=NANJING)
    _group(app, "form").set_value(ending).run()
    _make(app)
    (kept,) = past.listed(own, Scope("city", NANJING))
    assert kept.name.endswith(f".{ending}")


def test_a_brief_has_its_head(own: Places) -> None:
    app = open_page("bulletin")
    app.checkbox(key="bulletin-brief").check().run()
    app.text_input(key="bulletin-issue").set_value("17").run()
    app.text_input(key="bulletin-报").set_value("省政府办公厅").run()
    _make(app)
    (kept,) = past.listed(own, PROVINCE)
    (own.data / "taken.docx").write_bytes(past.content(own, kept, PROVINCE))
    said = [p.text for p in docx.Document(str(own.data / "taken.docx")).paragraphs]
    assert {"第17期", "报：省政府办公厅"} <= set(said)


def test_a_broken_template_is_named_and_nothing_is_kept(own: Places) -> None:
    template = own.data / "templates" / "bulletin.docx"
    template.parent.mkdir()
    document = docx.Document()
    document.add_paragraph("{{ 标体 }}")
    document.save(str(template))
    app = _make(open_page("bulletin"))
    assert not app.exception
    assert "占位符“标体”不认得" in text(app)
    assert [status.label for status in app.status] == ["没有生成"]
    assert past.listed(own, PROVINCE) == []


def test_a_city_has_its_own_bulletin_and_an_institution_none(own: Places) -> None:
    _make(open_page("bulletin"))
    app = open_page("bulletin", entry.city(NANJING), bulletin="province")
    assert "预览：南京市高校和科研机构存量专利盘活工作进展情况通报" in text(app)
    assert "往期通报（0 份）" in text(app)
    _make(app)
    assert [kept.place for kept in past.listed(own, Scope("city", NANJING))] == ["南京市"]
    assert "本账号没有可以导出的通报。" in text(open_page("bulletin", entry.institution("4132010284")))
