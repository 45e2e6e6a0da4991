"""What moved in a city's stock between two snapshots."""

from __future__ import annotations

from tests.oracle.counting import Row, stock
from tests.oracle.plan import CITIES
from tests.oracle.snapshot import Snapshot

_COLUMNS = (
    "stock_entered", "stock_left", "stock_moved_in", "stock_moved_out", "net_stock", "newly_approved", "withdrawn",
    "approved_entered", "approved_left", "approved_moved_in", "approved_moved_out", "net_approved",
)  # fmt: skip


def change_city(now: Snapshot) -> list[Row]:
    return [{"city_code": code, "city_name": name, **_change(now, code)} for code, name in CITIES.items()]


def _change(now: Snapshot, city: str) -> Row:
    if now.previous is None:
        return dict.fromkeys(_COLUMNS)
    here, here_before = _standing(now, city), _standing(now.previous, city)
    province, province_before = _standing(now), _standing(now.previous)
    new, gone, stayed = here.keys() - here_before, here_before.keys() - here, here.keys() & here_before
    moved_in, moved_out = new & province_before.keys(), gone & province.keys()
    entered, left = new - moved_in, gone - moved_out
    row: Row = {
        "stock_entered": len(entered),
        "stock_left": len(left),
        "stock_moved_in": len(moved_in),
        "stock_moved_out": len(moved_out),
        "net_stock": len(here) - len(here_before),
        "newly_approved": sum(here[n] and not here_before[n] for n in stayed),
        "withdrawn": sum(here_before[n] and not here[n] for n in stayed),
        "approved_entered": sum(here[n] for n in entered),
        "approved_left": sum(here_before[n] for n in left),
        "approved_moved_in": sum(here[n] for n in moved_in),
        "approved_moved_out": sum(here_before[n] for n in moved_out),
        "net_approved": sum(here.values()) - sum(here_before.values()),
    }
    parts = row["stock_entered"] - row["stock_left"] + row["stock_moved_in"] - row["stock_moved_out"]
    assert row["net_stock"] == parts
    approvals = row["approved_entered"] - row["approved_left"] + row["approved_moved_in"] - row["approved_moved_out"]
    assert row["net_approved"] == row["newly_approved"] - row["withdrawn"] + approvals
    return row


def _standing(snapshot: Snapshot, city: str | None = None) -> dict[str, bool]:
    """The numbers of a city's (or the province's) stock, and whether each is approved."""
    return {n.patent_no: n.approved for n in stock(snapshot, snapshot.within(city=city))}
