"""The publish gates: what holds a readable folder back until a person says that it is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dashboard.contract import Contract
from dashboard.snapshots.catalogue import Catalogue


@dataclass(frozen=True)
class Accept:
    """The flags that open a gate each."""

    rejects: bool = False
    change: bool = False
    replace: bool = False


@dataclass(frozen=True)
class Facts:
    """What gates and catalogue need to know of a built snapshot.

    `rows` accepted over all tables, `stock` the province's patents, `judged` (accepted, rejected) rows by table,
    `movers` who moved the stock, in words.
    """

    as_of: dt.date
    is_demo: bool
    rows: int
    stock: int
    judged: Mapping[str, tuple[int, int]]
    movers: str = ""


def closed(facts: Facts, contract: Contract, catalogue: Catalogue, accept: Accept) -> tuple[str, ...]:
    """One sentence, naming its flag, per gate that holds and is not accepted."""
    reasons = [] if accept.rejects else _rejects(facts, contract)
    if not accept.change:
        reasons += _change(facts, contract, catalogue)
    if not accept.replace and catalogue.on(facts.as_of, facts.is_demo):
        reasons.append(f"{facts.as_of} 的快照已经存在；确认要替换，请加 --replace。")
    return tuple(reasons)


def _rejects(facts: Facts, contract: Contract) -> list[str]:
    limit = Decimal(str(contract.gates.rejected_share))
    reasons = []
    for table in contract.tables:
        accepted, rejected = facts.judged.get(table.name, (0, 0))
        if table.required and rejected > limit * (accepted + rejected):
            share = rejected / (accepted + rejected)
            reasons.append(
                f"{table.title} 退回 {rejected} 行，占 {share:.1%}，超过 {limit:.0%}；"
                "请先改正源文件，确认照此发布请加 --accept-rejects。"
            )
    return reasons


def _change(facts: Facts, contract: Contract, catalogue: Catalogue) -> list[str]:
    limit = Decimal(str(contract.gates.stock_change))
    previous = catalogue.before(facts.as_of, facts.is_demo)
    if previous is None or abs(facts.stock - previous.stock) <= limit * previous.stock:
        return []
    movers = f"变动最大的是：{facts.movers}；" if facts.movers else ""
    return [
        (
            f"全省存量由 {previous.date} 的 {previous.stock} 件变为 {facts.stock} 件，变动超过 {limit:.0%}；{movers}"
            "请先核对是否漏了文件，确认无误请加 --accept-change。"
        )
    ]
