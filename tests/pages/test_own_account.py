"""我的账号 and 账号: what stands there, for whom, and what may be done."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import accounts, audit, passwords, reception, sessions
from dashboard.places import Places
from dashboard.ui.own_account import browser_name
from tests.support import entry
from tests.support.app import open_page, text

NEW = "另一句话：山重水复疑无路"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "ROUNDS", 4)


def fill(app: AppTest, **values: str) -> None:
    """Fill text fields by their labels."""
    for label, value in values.items():
        next(field for field in app.text_input if field.label == label).set_value(value)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def says(app: AppTest) -> str:
    return "\n".join(element.value for element in (*app.error, *app.success))


@pytest.mark.parametrize(
    ("now", "new", "again", "told"),
    [
        (entry.PASSWORD, NEW, "不一样的一句话而已啊啊", "不一样"),
        (entry.PASSWORD, "短", "短", "12 到 128"),
        ("不是这个密码，不是", NEW, NEW, "账号或密码不对"),
        ("", NEW, NEW, "账号或密码不对"),
    ],
)
def test_a_password_is_not_changed_unless_all_holds(
    on_samples: Places, now: str, new: str, again: str, told: str
) -> None:
    app = open_page("me", entry.city("320100"))
    fill(app, 现在的密码=now, 新密码=new, 再输一次新密码=again)
    assert told in says(press(app, "修改密码"))
    assert entry.session(on_samples, entry.city("320100"))


def test_a_changed_password_ends_every_session(on_samples: Places) -> None:
    store = reception.at(on_samples).store
    other = entry.session(on_samples, entry.city("320200"))
    app = open_page("me", entry.city("320200"))
    fill(app, 现在的密码=entry.PASSWORD, 新密码=NEW, 再输一次新密码=NEW)
    press(app, "修改密码")
    assert sessions.visit(store, other) is None
    assert sessions.own(store, entry.city("320200")) == []
    assert audit.newest(store, 1)[0].action == "password_changed"


def test_own_sessions_are_seen_and_ended(on_samples: Places) -> None:
    store, visitor = reception.at(on_samples).store, entry.city("320300")
    other = entry.session(on_samples, visitor)
    theirs = entry.session(on_samples, entry.PROVINCE)
    app = open_page("me", visitor)
    assert "正在使用的登录（2 个）" in text(app)
    assert "本次登录" in text(app)
    handle = next(one.handle for one in sessions.own(store, visitor) if one.handle in _ends(app) and other)
    before = {one.handle for one in sessions.own(store, visitor)}
    app.button(key=f"end-{handle}").click().run()
    assert {one.handle for one in sessions.own(store, visitor)} == before - {handle}
    assert sessions.visit(store, theirs)


def _ends(app: AppTest) -> list[str]:
    return [str(button.key).removeprefix("end-") for button in app.button if str(button.key).startswith("end-")]


@pytest.mark.parametrize("visitor", [entry.PROVINCE, entry.city("320100"), entry.institution("4132010284")])
def test_only_stewards_see_the_accounts(on_samples: Places, visitor: accounts.Account) -> None:
    app = open_page("accounts", visitor)
    assert "只供数据管理员使用" in text(app)
    assert not app.text_input
    line = audit.newest(reception.at(on_samples).store, 1)[0]
    assert (line.action, line.actor, line.subject) == ("refused", visitor.name, "账号")


def test_a_steward_sees_who_there_is_and_what_was_done(on_samples: Places) -> None:
    entry.known(on_samples, entry.city("320500"))
    told = text(open_page("accounts", entry.STEWARD))
    assert "市局320500" in told
    assert "苏州市" in told
    told = text(open_page("accounts", entry.STEWARD, section="audit", action="account_added"))
    assert "逐条核对完好" in told
    assert "新增账号" in told
    assert "登录失败" not in told


def test_a_steward_adds_an_account_with_the_own_password_alone(on_samples: Places) -> None:
    store = reception.at(on_samples).store
    app = open_page("accounts", entry.STEWARD)
    app.selectbox(key="add-role").set_value("city")
    app.selectbox(key="add-city").set_value("320600")
    fill(app, 账号名="南通局", 初始密码=NEW)
    assert "请输入您本人的密码" in says(press(app, "新增"))
    app.text_input(key="add-own").set_value("不是这个密码，不是")
    assert "账号或密码不对" in says(press(app, "新增"))
    app.text_input(key="add-own").set_value(entry.PASSWORD)
    assert "已新增账号 南通局" in says(press(app, "新增"))
    assert accounts.find(store, "南通局").account == accounts.Account("南通局", "city", "320600")


def test_a_steward_disables_an_account_and_lets_it_in_again(on_samples: Places) -> None:
    store, other = reception.at(on_samples).store, entry.city("320700")
    session = entry.session(on_samples, other)
    app = open_page("accounts", entry.STEWARD)
    app.selectbox(key="account-chosen").set_value(other.name).run()
    app.text_input(key="state-own").set_value(entry.PASSWORD)
    assert f"账号 {other.name} 已停用" in says(press(app, "停用"))
    assert sessions.visit(store, session) is None
    app.text_input(key="state-own").set_value(entry.PASSWORD)
    press(app, "启用")
    assert not accounts.find(store, other.name).is_disabled


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0", "Edge 120，Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36", "Chrome 156，Linux"),
        ("<script>", "其他浏览器，其他系统"),
        ("", "其他浏览器，其他系统"),
    ],
)
def test_a_browser_is_told_by_its_name(said: str, told: str) -> None:
    assert browser_name(said) == told
