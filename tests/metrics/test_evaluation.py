"""Enterprises' evaluation: groups, duties at their milestones, needs and cooperation, experts."""

from __future__ import annotations

from functools import cache

import pytest

from tests.support.rows import cells, only
from tests.support.worlds import Rows, World

ENTERPRISES = """
enterprise_id,city_code,categories
model,320100,国家知识产权示范企业
strong,320100,高新技术企业;国家知识产权优势企业
small,320500,专精特新中小企业
idle,320300,国有企业
"""

# Five pairs of lead, three of other; patent 1 was pushed to three enterprises.
EVALUATIONS = """
patent_no,enterprise_id,evaluated_on,improvement_need,cooperation
1,model,2024-04-29,提高良率,有
2,model,2024-04-30,n/a,无
3,model,2024-05-01,暂无,洽谈中
1,strong,,降低成本,有
2,strong,2024-05-02,/,
1,small,2024-05-30,没有,有
4,small,,,洽谈中
5,small,,,
"""


@cache
def world(as_of: str) -> World:
    given = {"institutions": "institution_id\na", "enterprises": ENTERPRISES, "evaluations": EVALUATIONS}
    return World(as_of, given)


def test_an_enterprise_leads_by_any_of_its_categories() -> None:
    rows = world("2024-05-31").query("evaluation_city")
    names = "enterprises matched evaluated"
    assert cells(only(rows, city_code="320100", enterprise_group="lead"), names) == [2, 5, 4]
    assert cells(only(rows, city_code="320500", enterprise_group="other"), names) == [1, 3, 1]
    assert len(rows) == 26


def test_rates_rank_within_the_group_and_need_a_pair() -> None:
    rows = world("2024-05-31").query("evaluation_city")
    assert cells(only(rows, city_code="320100", enterprise_group="lead"), "evaluation_rate rank") == [0.8, 1]
    assert cells(only(rows, city_code="320500", enterprise_group="other"), "evaluation_rate rank") == [1 / 3, 1]
    idle = only(rows, city_code="320300", enterprise_group="other")
    assert cells(idle, "enterprises matched evaluation_rate rank") == [1, 0, None, None]


def test_needs_and_wishes_count_where_evaluated_and_said() -> None:
    lead, other = world("2024-05-31").query("evaluation_group")
    assert cells(lead, "with_need with_cooperation") == [1, 2]
    assert cells(other, "with_need with_cooperation") == [0, 1]


@pytest.mark.parametrize(
    ("as_of", "duty"),
    [
        # 60 % of five pairs is exactly 3: decimal arithmetic does not ask for a fourth; the third came a day late.
        ("2024-04-30", ["2024-04-30", 0.6, 3, 0, "late"]),
        ("2024-05-01", ["2024-05-31", 1.0, 5, 1, "open"]),
        ("2024-05-31", ["2024-05-31", 1.0, 5, 1, "open"]),
        ("2024-06-01", ["2024-05-31", 1.0, 5, 1, "missed"]),
    ],
)
def test_a_duty_follows_the_current_milestone(as_of: str, duty: list[object]) -> None:
    lead, _ = world(as_of).query("evaluation_group")
    assert cells(lead, "milestone_due share required gap status") == duty


def test_a_share_of_odd_pairs_is_rounded_up() -> None:
    _, other = world("2024-05-31").query("evaluation_group")
    assert cells(other, "milestone_due share required gap status") == ["2024-05-31", 0.5, 2, 1, "open"]


def test_nothing_matched_owes_nothing() -> None:
    given: dict[str, Rows] = {"institutions": "institution_id\na", "enterprises": ENTERPRISES, "evaluations": []}
    lead, _ = World("2024-05-31", given).query("evaluation_group")
    names = "enterprises matched evaluated evaluation_rate milestone_due share required gap status with_need"
    assert cells(lead, names) == [2, 0, 0, None, "2024-05-31", 1.0, None, None, "none", 0]


def test_the_change_is_against_the_rate_before() -> None:
    before = World("2024-05-24", {"institutions": "institution_id\na", "enterprises": ENTERPRISES, "evaluations": """
patent_no,enterprise_id,evaluated_on
1,model,2024-04-29
2,model,
"""})  # fmt: skip
    given = {"institutions": "institution_id\na", "enterprises": ENTERPRISES, "evaluations": EVALUATIONS}
    lead, other = World("2024-05-31", given, before).query("evaluation_group")
    assert lead["previous_rate"] == 0.5
    assert lead["change_pp"] == pytest.approx(30)
    assert cells(other, "previous_rate change_pp") == [None, None]


def test_experts_by_field() -> None:
    given = {"institutions": "institution_id\na", "enterprises": ENTERPRISES, "experts": """
expert_id,enterprise_id,field,reviews
1,model,新材料,2
2,model,新材料,
3,small,,5
"""}  # fmt: skip
    assert World("2024-05-31", given).query("experts_field") == [
        {"field": "新材料", "experts": 2, "enterprises": 1, "reviews": 2},
        {"field": "未填", "experts": 1, "enterprises": 1, "reviews": 5},
    ]
