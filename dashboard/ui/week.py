"""The week on one page: the milestone line, and 本周要点."""

from __future__ import annotations

import html

from dashboard import highlights
from dashboard.ui import timeline
from dashboard.ui.data import View, kept
from dashboard.ui.figures import first
from dashboard.ui.markup import address
from dashboard.ui.timeline import Stop


def stops(view: View) -> list[Stop]:
    """The dates of the plan with who has met them."""
    return timeline.stops(view.ask("milestone_group").frame, view.ask("evaluation_milestones").frame)


@kept
def line(view: View) -> str:
    """The milestone line, each date leading to the milestones, as markup."""
    labels = {group.code: group.label for group in view.policy.groups}
    return timeline.draw(stops(view), view.as_of, address("milestones", snapshot=view.as_of.isoformat()), labels)


@kept
def sentence(view: View) -> str:
    """What is due next, and what is overdue."""
    return timeline.sentence(stops(view), view.as_of)


@kept
def brief(view: View) -> str:
    """本周要点, as markup."""
    week = highlights.Week(
        as_of=view.as_of,
        before=view.previous.date if view.previous else None,
        province=first(view.ask("inventory_province")),
        province_before=first(view.earlier(2)[0].ask("inventory_province")) if view.previous else None,
        cities=view.ask("inventory_city").frame,
        attention=view.ask("attention").frame,
    )
    told = "".join(html.escape(said) for said in highlights.sentences(week))
    return f'<p class="zl-brief"><b>本周要点</b>{sentence(view)}。{told}</p>'
