"""The plan as typed, validated data: groups, milestones, targets, thresholds, weights.

One YAML file is one plan; each number of it carries the clause it comes from and the plan's own words.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from dashboard import yamlfile
from dashboard.yamlfile import Part

Share = Annotated[Decimal, Field(gt=0, le=1, max_digits=9, decimal_places=6)]
Weight = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Sourced(Part):
    """Something the plan says: the clause, and its words."""

    clause: str = Field(min_length=1)
    quote: str = Field(min_length=1)


class Province(Part):
    code: str
    name: str
    short_name: str


class City(Part):
    """A city of the plan's province; `tile` is its column and row on the schematic grid."""

    code: str
    name: str
    short_name: str
    tile: tuple[int, int]


class Baseline(Sourced):
    day: date


class BasicallyComplete(Sourced):
    """What "基本完成" is worth as a factor on the milestone's share."""

    factor: Share


class Goal(Sourced):
    due_on: date
    note: str


class StockBelow(Part):
    stock_below: int = Field(gt=0)


class Group(Sourced):
    """A group of institutions; it takes those of whom any condition holds and no earlier group's did."""

    code: str
    label: str
    any_of: tuple[Literal["demonstration", "capacity_programme", "otherwise"] | StockBelow, ...] = Field(min_length=1)

    @property
    def stock_below(self) -> int | None:
        """The stock under which an institution falls in this group (patents), if that is a condition."""
        return max((c.stock_below for c in self.any_of if isinstance(c, StockBelow)), default=None)


class Milestone(Sourced):
    """By `due_on`, `group` has `share` (a fraction) of its patents done."""

    group: str
    due_on: date
    share: Share
    basically_complete: bool = False


class EnterpriseGroup(Sourced):
    """Enterprises with one of `categories`; the group without any takes the rest."""

    code: str
    label: str
    categories: tuple[str, ...]


class Events(Sourced):
    target: int = Field(gt=0)
    counted_levels: tuple[str, ...]
    counted_kinds: tuple[str, ...]


class Weights(Part):
    """Weights of the composite score (参考); only their proportions matter."""

    inventory: Weight
    evaluation: Weight
    events: Weight
    filings: Weight
    products: Weight


class Attention(Part):
    no_approval_days: int = Field(gt=0)
    unreported_days: int = Field(gt=0)
    batch_share: Share
    batch_min_stock: int = Field(gt=0)


class Obligation(Part):
    """A date on which a group's duty rises, with the share due then (the factor of 基本完成 applied)."""

    group: str
    due_on: date
    share: Decimal


class Policy(Part):
    """The plan in force. Shares are fractions, days calendar days, amounts 万元."""

    id: str
    version: int
    title: str
    document: str
    province: Province
    cities: tuple[City, ...] = Field(min_length=1)
    baseline: Baseline
    basically_complete: BasicallyComplete
    goals: tuple[Goal, ...]
    groups: tuple[Group, ...] = Field(min_length=1)
    milestones: tuple[Milestone, ...]
    enterprise_groups: tuple[EnterpriseGroup, ...]
    enterprise_milestones: tuple[Milestone, ...]
    events: Events
    maturity_levels: tuple[str, ...]
    maturity_high_from: str
    good_prospects: tuple[str, ...]
    pool_stars: int = Field(ge=1, le=5)
    no_need_words: tuple[str, ...]
    weights: Weights
    attention: Attention
    pace_days: int = Field(gt=0)
    licence_lag_months: int = Field(default=3, ge=0)

    @field_validator("cities", "groups", "enterprise_groups")
    @classmethod
    def _codes_differ(cls, items: tuple[Any, ...]) -> tuple[Any, ...]:
        codes = [item.code for item in items]
        if len(set(codes)) != len(codes):
            raise ValueError(f"编码重复：{codes}")
        return items

    @model_validator(mode="after")
    def _hangs_together(self) -> Policy:
        if self.maturity_high_from not in self.maturity_levels:
            raise ValueError("maturity_high_from 不在 maturity_levels 之列")
        for known, milestones in (
            ({g.code for g in self.groups}, self.milestones),
            ({g.code for g in self.enterprise_groups}, self.enterprise_milestones),
        ):
            named = {m.group for m in milestones}
            if named != known:
                raise ValueError(f"各组与里程碑不对应：{sorted(named ^ known)}")
        if "otherwise" not in self.groups[-1].any_of or any("otherwise" in g.any_of for g in self.groups[:-1]):
            raise ValueError("最后一组（且只有最后一组）应当是 otherwise")
        if sum(not g.categories for g in self.enterprise_groups) != 1 or self.enterprise_groups[-1].categories:
            raise ValueError("企业分组的最后一组（且只有最后一组）不列类别")
        return self

    def obligations(self) -> tuple[Obligation, ...]:
        """Institutions' obligation dates, by group in the plan's order, then by date."""
        return self._rising((g.code for g in self.groups), self.milestones)

    def enterprise_obligations(self) -> tuple[Obligation, ...]:
        """Enterprises' obligation dates, by group in the plan's order, then by date."""
        return self._rising((g.code for g in self.enterprise_groups), self.enterprise_milestones)

    def _rising(self, groups: Iterable[str], milestones: tuple[Milestone, ...]) -> tuple[Obligation, ...]:
        found: list[Obligation] = []
        for group in groups:
            highest = Decimal(0)
            for milestone in sorted((m for m in milestones if m.group == group), key=lambda m: m.due_on):
                factor = self.basically_complete.factor if milestone.basically_complete else Decimal(1)
                if (share := milestone.share * factor) > highest:
                    highest = share
                    found.append(Obligation(group=group, due_on=milestone.due_on, share=share))
        return tuple(found)


def load(path: Path) -> Policy:
    """The policy of a YAML file.

    Raises:
        SetupError: see `yamlfile.load`.
    """
    return yamlfile.load(path, Policy)
