"""How much memory the engine may take: a little for a reader, a share of the machine for an import."""

from __future__ import annotations

import pytest

from dashboard.errors import SetupError
from dashboard.snapshots import engine


def limit(memory: str) -> str:
    with engine.connect(memory=memory) as connection:
        ((found,),) = connection.execute("select current_setting('memory_limit')").fetchall()
    return str(found)


def test_an_import_takes_a_share_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DASHBOARD_IMPORT_MEMORY", raising=False)
    assert engine.import_memory() == engine.IMPORT_MEMORY
    assert limit(engine.import_memory()) != limit("50%")


@pytest.mark.parametrize("told", ["2GB", "512 MiB", "40%", "1.5gb"])
def test_a_setting_says_otherwise(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("DASHBOARD_IMPORT_MEMORY", told)
    assert limit(engine.import_memory()) == limit(told)


@pytest.mark.parametrize("told", ["much", "-1GB", "0%", "4", "4GB; drop table x"])
def test_what_is_no_amount_is_said_so(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("DASHBOARD_IMPORT_MEMORY", told)
    with pytest.raises(SetupError, match="DASHBOARD_IMPORT_MEMORY"):
        engine.import_memory()
