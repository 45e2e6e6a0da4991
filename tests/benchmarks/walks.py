"""What is done on each page: the filter that is changed, and to what, in words that stand on both kinds of pages."""

from __future__ import annotations

from dataclasses import dataclass

CITIES = ("南京市", "苏州市", "徐州市", "无锡市", "南通市", "镇江市")


@dataclass(frozen=True)
class Walk:
    """A page, the label of its main filter, and the options that are chosen in turn.

    `is_search`: the page searches rows, whose cost may grow with them; the others must not.
    """

    page: str
    label: str
    options: tuple[str, ...]
    is_search: bool = False


WALKS = (
    Walk("overview", "统计范围", ("市属", "部省属", "属地")),
    Walk("milestones", "设区市", CITIES),
    Walk("cities", "设区市", CITIES),
    Walk("institutions", "设区市", CITIES),
    Walk("evaluation", "设区市", CITIES),
    Walk("events", "设区市", CITIES),
    Walk("filings", "设区市", CITIES),
    Walk("library", "设区市", CITIES, is_search=True),
    Walk("increment", "设区市", CITIES),
    Walk("bulletin", "范围", CITIES),
    Walk("quality", "内容", ("退回与提示明细", "快照", "执行方案", "导入情况")),
)


def walk(page: str) -> Walk:
    return next(found for found in WALKS if found.page == page)
