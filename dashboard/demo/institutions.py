"""The real institutions of the reference lists, with invented affiliation, programmes, sizes and conduct."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from dashboard.demo.chance import Ints, pick, shares, stream
from dashboard.demo.settings import Settings
from dashboard.errors import SetupError
from dashboard.places import Places
from dashboard.policy import Policy

CONDUCTS = ("prompt", "slow", "late", "bulk")


@dataclass(frozen=True)
class Institution:
    """One institution; `full_stock` is its stock at scale 1 (patents), by which it is grouped and behaves."""

    code: str
    name: str
    listed_as: str
    kind: str
    level: str
    affiliation: str
    city: str
    demonstration: bool
    capacity_programme: bool
    full_stock: int
    group: str
    conduct: str
    untidy: bool


@dataclass(frozen=True)
class Listed:
    """A line of a reference list, in the words of the input contract."""

    code: str
    name: str
    listed_as: str
    kind: str
    level: str
    affiliation: str
    city: str


def build(settings: Settings, policy: Policy, places: Places) -> list[Institution]:
    """All institutions, by code.

    Raises:
        SetupError: a list is missing, a city is not the policy's, or demo.yaml names an institution no list has.
    """
    listed = sorted([*_universities(settings, places), *_research(settings, places)], key=lambda one: one.code)
    _check(settings, listed)
    cities = {city.name: city.code for city in policy.cities}
    if unknown := sorted({one.city for one in listed} - set(cities)):
        raise SetupError(
            f"演示数据的单位所在地不在方案的设区市之列：{'、'.join(unknown)}，演示数据只适用于参考名单所在的省。"
        )
    stocks = _stocks(settings, listed)
    rng = stream(settings.seed, "conduct")
    manners = pick(rng, [getattr(settings.conduct, name).share for name in CONDUCTS], len(listed))
    untidy = rng.random(len(listed)) < settings.conduct.untidy
    made = settings.institutions
    found = []
    for one, stock, manner, loose in zip(listed, stocks.tolist(), manners.tolist(), untidy.tolist(), strict=True):
        demonstration, capacity = one.listed_as in made.demonstration, one.listed_as in made.capacity_programme
        found.append(
            Institution(
                code=one.code,
                name=one.name,
                listed_as=one.listed_as,
                kind=one.kind,
                level=one.level,
                affiliation=one.affiliation,
                city=cities[one.city],
                demonstration=demonstration,
                capacity_programme=capacity,
                full_stock=stock,
                group=_group(policy, demonstration, capacity, stock),
                conduct=CONDUCTS[manner],
                untidy=loose,
            )
        )
    return found


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def _universities(settings: Settings, places: Places) -> Iterator[Listed]:
    # A rename counts when its year is certain and before the demonstration's; the list itself is of 2017.
    renamed = {
        row["moe_code"]: row["new_name"]
        for row in _rows(places.own("reference/university_renames.csv"))
        if re.fullmatch(r"\d{4}", row["year"]) and int(row["year"]) < settings.last_week.year
    }
    for row in _rows(places.own("reference/universities.csv")):
        listed_as, code = row["name_2017"], row["moe_code"]
        name = renamed.get(code, listed_as)
        private = row["department_group"].startswith("民办")
        level = "民办" if private else row["level"]
        if private or row["department_group"] == "部属":
            affiliation = row["department_group"][:2]
        else:
            affiliation = "市属" if listed_as in settings.institutions.municipal else "省属"
        city = settings.institutions.moved.get(name, row["city_normalised"])
        yield Listed(code, name, listed_as, "高校", level, affiliation, city)


def _research(settings: Settings, places: Places) -> Iterator[Listed]:
    for number, row in enumerate(_rows(places.own("reference/research_institutes.csv")), start=1):
        code = settings.institutions.research_code.format(number)
        # Brackets in a name are an alias of the list, not part of the name.
        name = re.sub(r"[(（].*[)）]$", "", row["name"])
        affiliation = "省属" if row["type"] == "省属" else "部属"
        yield Listed(code, name, name, "科研机构", "科研机构", affiliation, row["city"])


def _check(settings: Settings, listed: list[Listed]) -> None:
    made, names = settings.institutions, {one.listed_as for one in listed}
    named = {*made.municipal, *made.demonstration, *made.capacity_programme, *made.leading}
    if unknown := sorted(named - names):
        raise SetupError(f"demo.yaml 里的单位不在参考名单中：{'、'.join(unknown)}，请改正名称。")


def _stocks(settings: Settings, listed: list[Listed]) -> Ints:
    """Invented stocks at scale 1: a few leading ones by a power law, the others lognormal, the smallest none."""
    made = settings.institutions
    places = {name: place for place, name in enumerate(made.leading, start=1)}
    rng = stream(settings.seed, "sizes")
    noise = np.exp(made.sigma * rng.standard_normal(len(listed)))
    sizes = np.array(
        [
            made.top * places[one.listed_as] ** -made.exponent
            if one.listed_as in places
            else made.median[one.level] * n
            for one, n in zip(listed, noise, strict=True)
        ]
    )
    sizes[np.argsort(sizes, kind="stable")[: made.without_stock]] = 0
    return shares(settings.calibration.stock, sizes)


def _group(policy: Policy, demonstration: bool, capacity: bool, stock: int) -> str:
    for group in policy.groups:
        below = group.stock_below is not None and stock < group.stock_below
        if (
            below
            or "otherwise" in group.any_of
            or (demonstration and "demonstration" in group.any_of)
            or (capacity and "capacity_programme" in group.any_of)
        ):
            return group.code
    raise AssertionError("the policy's last group takes whatever is left")
