"""Demonstration folders: the same every time, one world week after week, and near the published figures."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from dashboard import contract as contracts
from dashboard import demo, policy
from dashboard.contract import Contract
from dashboard.demo import settings
from dashboard.errors import SetupError, UsageError
from dashboard.places import Places
from dashboard.policy import Policy
from tests.support import rough
from tests.support.rough import Row, day, number

PLACES = Places.at()
BASELINE = date(2023, 12, 31)
SCALE = 0.1
WEEKS = [date(2024, 3, 15), date(2024, 3, 29), date(2024, 3, 31), date(2024, 4, 26), date(2024, 5, 3)]
Tables = dict[str, list[Row]]


@pytest.fixture(scope="module")
def plan() -> Policy:
    return policy.load(PLACES.policy)


@pytest.fixture(scope="module")
def contract(plan: Policy) -> Contract:
    return contracts.load(PLACES.contract, plan)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory, plan: Policy) -> dict[date, Path]:
    out = tmp_path_factory.mktemp("demo")
    return dict(zip(WEEKS, demo.write(out, WEEKS, SCALE, plan, PLACES), strict=True))


@pytest.fixture(scope="module")
def world(folders: dict[date, Path], contract: Contract) -> dict[date, Tables]:
    return {week: rough.tables(folder, contract) for week, folder in folders.items()}


def in_stock(row: Row) -> bool:
    granted, lapsed = day(row["granted_on"]), day(row["lapsed_on"])
    valid = row["legal_status"] == "有效" or (lapsed is not None and lapsed > BASELINE)
    return granted is not None and granted <= BASELINE and row["converted_before"] in ("否", "N", "0") and valid


def stock_of(tables: Tables) -> dict[str, list[Row]]:
    """Stock rows by patent number."""
    found: dict[str, list[Row]] = {}
    for row in tables["patents"]:
        if in_stock(row):
            found.setdefault(number(row["patent_no"]), []).append(row)
    return found


def share_approved(tables: Tables) -> float:
    stock = stock_of(tables)
    return sum(any(r["review_status"] == "已通过" for r in rows) for rows in stock.values()) / len(stock)


def fingerprints(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_eight_fridays_are_the_default() -> None:
    weeks = demo.weeks()
    assert (weeks[0], weeks[-1], len(weeks)) == (date(2024, 3, 15), date(2024, 5, 3), 8)
    assert {week.isoweekday() for week in weeks} == {5}


def test_fewer_weeks_are_the_newest_and_none_is_refused() -> None:
    assert demo.weeks(2) == [date(2024, 4, 26), date(2024, 5, 3)]
    with pytest.raises(UsageError, match="周数"):
        demo.weeks(0)


def test_equal_arguments_give_equal_bytes_in_any_order_and_company(tmp_path: Path, plan: Policy) -> None:
    older, newer = date(2024, 4, 26), date(2024, 5, 3)
    together = demo.write(tmp_path / "a", [older, newer], 0.01, plan, PLACES)
    alone = demo.write(tmp_path / "b", [newer], 0.01, plan, PLACES)
    after = demo.write(tmp_path / "b", [older], 0.01, plan, PLACES)
    assert [fingerprints(folder) for folder in together] == [fingerprints(folder) for folder in (*after, *alone)]


def test_other_scales_give_other_bytes(tmp_path: Path, plan: Policy) -> None:
    one, other = (demo.write(tmp_path / str(s), [WEEKS[0]], s, plan, PLACES)[0] for s in (0.01, 0.011))
    assert fingerprints(one) != fingerprints(other)


@pytest.mark.parametrize("scale", [0, -1, float("nan")])
def test_a_scale_that_is_not_positive_is_refused(tmp_path: Path, plan: Policy, scale: float) -> None:
    with pytest.raises(UsageError, match="规模"):
        demo.write(tmp_path, [WEEKS[0]], scale, plan, PLACES)


@pytest.mark.parametrize("week", [BASELINE, date(2024, 7, 1)])
def test_a_date_outside_the_worlds_time_is_refused(tmp_path: Path, plan: Policy, week: date) -> None:
    with pytest.raises(UsageError, match="演示数据只有 2024-01-01 至 2024-06-30"):
        demo.write(tmp_path, [week], 0.01, plan, PLACES)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, plan: Policy) -> None:
    foreign = tmp_path / WEEKS[0].isoformat() / "专利盘点_真实.csv"
    foreign.parent.mkdir()
    foreign.write_text("真实", encoding="utf-8")
    with pytest.raises(UsageError, match="已有其他文件"):
        demo.write(tmp_path, [WEEKS[0]], 0.01, plan, PLACES)
    assert fingerprints(tmp_path) == {f"{WEEKS[0]}/专利盘点_真实.csv": hashlib.sha256("真实".encode()).hexdigest()}


def test_another_provinces_plan_is_told_that_the_lists_are_not_its_own(tmp_path: Path, plan: Policy) -> None:
    elsewhere = plan.model_copy(update={"cities": plan.cities[1:]})
    with pytest.raises(SetupError, match="不在方案的设区市之列：南京市"):
        demo.write(tmp_path, [WEEKS[0]], 0.01, elsewhere, PLACES)


def test_progress_is_told_in_sentences(tmp_path: Path, plan: Policy) -> None:
    told: list[str] = []
    demo.write(tmp_path, [WEEKS[0]], 0.01, plan, PLACES, told.append)
    assert told == ["正在生成演示数据", "正在写出演示数据 2024-03-15"]


def test_every_table_is_there_every_week(world: dict[date, Tables], contract: Contract) -> None:
    for tables in world.values():
        assert {name: bool(rows) for name, rows in tables.items()} == {table.name: True for table in contract.tables}


def test_nothing_is_dated_after_its_week(world: dict[date, Tables], contract: Contract) -> None:
    for week, tables in world.items():
        late = [
            (table.name, column.name, row[column.name])
            for table in contract.tables
            for column in table.columns
            if column.type == "date"
            for row in tables[table.name]
            if (found := day(row[column.name])) and found > week
        ]
        assert late == [("products", "registered_on", "2204-03-01")]


def test_patents_persist_and_some_enter_and_leave(world: dict[date, Tables]) -> None:
    for older, newer in pairwise(WEEKS):
        before, now = set(stock_of(world[older])), set(stock_of(world[newer]))
        assert len(before & now) > 0.99 * len(before)
    assert set(stock_of(world[WEEKS[-1]])) - set(stock_of(world[WEEKS[0]]))
    assert set(stock_of(world[WEEKS[0]])) - set(stock_of(world[WEEKS[-1]]))


def test_some_move_to_another_institution(world: dict[date, Tables]) -> None:
    homes = [
        {number: rows[0]["institution_id"] for number, rows in stock_of(world[week]).items() if len(rows) == 1}
        for week in (WEEKS[0], WEEKS[-1])
    ]
    moved = [number for number, home in homes[0].items() if homes[1].get(number, home) != home]
    assert 0 < len(moved) < 0.01 * len(homes[0])


def test_approvals_stand_but_for_a_few_that_are_withdrawn(world: dict[date, Tables]) -> None:
    approved = [
        {
            (number(row["patent_no"]), row["institution_id"]): day(row["approved_on"])
            for row in world[week]["patents"]
            if row["review_status"] == "已通过"
        }
        for week in (WEEKS[1], WEEKS[3])
    ]
    changed = [key for key, on in approved[0].items() if approved[1].get(key) != on]
    assert 0 < len(changed) < 0.02 * len(approved[0])


def test_other_tables_only_grow(world: dict[date, Tables]) -> None:
    for name in ("enterprises", "evaluations", "experts", "events", "filings", "products", "pilots", "cases"):
        sizes = [len(world[week][name]) for week in WEEKS]
        assert sizes == sorted(sizes), name
        assert sizes[0] < sizes[-1], name


def test_stock_is_the_published_one(world: dict[date, Tables]) -> None:
    assert len(stock_of(world[date(2024, 5, 3)])) == pytest.approx(16100, rel=0.02)


def test_rate_lies_between_the_published_ones_at_the_first_date_and_rises(world: dict[date, Tables]) -> None:
    low, high = settings.load(PLACES).calibration.first_due_rate
    assert low <= share_approved(world[date(2024, 3, 31)]) <= high
    rates = [share_approved(world[week]) for week in WEEKS]
    assert all(later > earlier for earlier, later in pairwise(rates))
    assert 0.10 < rates[0] < 0.30
    assert 0.70 < rates[-1] < 0.90


def test_stars_and_listing_are_as_published(world: dict[date, Tables]) -> None:
    aims = settings.load(PLACES).calibration
    for week in (date(2024, 3, 31), date(2024, 5, 3)):
        approved = [r for r in world[week]["patents"] if in_stock(r) and r["review_status"] == "已通过"]
        stars = Counter(r["stars"].removesuffix("星") for r in approved)
        assert aims.three_stars[0] <= (stars["3"] + stars["4"] + stars["5"]) / len(approved) <= aims.three_stars[1]
        listed = sum(bool(r["listed_on"]) for r in approved) / len(approved)
        assert aims.listed_share[0] <= listed <= aims.listed_share[1]


def test_a_few_universities_dominate_and_some_institutions_have_none(world: dict[date, Tables]) -> None:
    tables = world[date(2024, 5, 3)]
    sizes = Counter(row["institution_id"] for rows in stock_of(tables).values() for row in rows)
    largest = sum(size for _, size in sizes.most_common(15))
    assert largest > 0.5 * sizes.total()
    assert len(tables["institutions"]) - len(sizes) >= 5
    assert sum(size < 30 for size in sizes.values()) > 50


def test_a_few_patents_have_two_institutions(world: dict[date, Tables]) -> None:
    owners = [{row["institution_id"] for row in rows} for rows in stock_of(world[date(2024, 5, 3)]).values()]
    assert 0.01 < sum(len(found) == 2 for found in owners) / len(owners) < 0.06


def test_work_follows_the_week_and_rushes_before_a_date(world: dict[date, Tables]) -> None:
    days = Counter(day(r["approved_on"]) for r in world[date(2024, 5, 3)]["patents"] if r["review_status"] == "已通过")
    week = [sum(n for on, n in days.items() if on and on.isoweekday() == weekday) for weekday in range(1, 8)]
    assert max(week[5:]) < 0.4 * min(week[:5])
    before_due, quiet = (
        sum(days[end - timedelta(days=back)] for back in range(5)) for end in (date(2024, 3, 29), date(2024, 3, 15))
    )
    assert before_due > 1.5 * quiet


def test_review_takes_days_and_forms_come_back(world: dict[date, Tables]) -> None:
    rows = world[date(2024, 3, 31)]["patents"]
    assert {r["review_status"] for r in rows} >= {"未建档", "待院审", "院审退回", "待校审", "校审退回", "已通过"}
    lags = sorted(
        (approved - recorded).days
        for r in rows
        if r["review_status"] == "已通过"
        and (approved := day(r["approved_on"]))
        and (recorded := day(r["recorded_on"]))
    )
    assert 3 <= lags[len(lags) // 2] <= 15


def test_filings_grow_at_the_published_rate_and_register_late(world: dict[date, Tables]) -> None:
    aim = settings.load(PLACES).calibration.filings_year
    rows = world[date(2024, 5, 3)]["filings"]
    registered = [(day(r["registered_on"]), number(r["patent_no"])) for r in rows]
    last, this = (
        {no for on, no in registered if on and date(year, 1, 1) <= on <= date(year, 5, 3)} for year in (2023, 2024)
    )
    assert len(this) / len(last) - 1 == pytest.approx(aim.growth, abs=0.2)
    year = {no for on, no in registered if on and date(2023, 1, 1) <= on <= date(2023, 11, 30)}
    assert len(year) == pytest.approx(aim.patents * SCALE / (1 + aim.growth), rel=0.15)
    lags = [(on - start).days for r in rows if (on := day(r["registered_on"])) and (start := day(r["effective_on"]))]
    assert max(lags) <= 92
    assert any(not on for on, _ in registered)
    assert any(r["registered_on"] and not r["reported_on"] for r in rows)
    assert any(size > 1 for size in Counter(r["filing_no"] for r in rows).values())


def test_some_cities_have_their_five_events_and_some_none(world: dict[date, Tables], plan: Policy) -> None:
    counted = Counter(
        row["city_code"]
        for row in world[date(2024, 5, 3)]["events"]
        if row["held_on"].startswith("2024")
        and row["level"] in plan.events.counted_levels
        and row["kind"] in plan.events.counted_kinds
    )
    numbers = [counted[city.name] for city in plan.cities]
    assert sum(count >= plan.events.target for count in numbers) >= 4
    assert 0 in numbers


def test_lead_enterprises_evaluate_ahead_of_the_others(world: dict[date, Tables], plan: Policy) -> None:
    tables = world[date(2024, 5, 3)]
    lead = {
        row["enterprise_id"]
        for row in tables["enterprises"]
        if set(plan.enterprise_groups[0].categories) & set(row["categories"].split("；"))
    }
    done = {True: [0, 0], False: [0, 0]}
    for row in tables["evaluations"]:
        done[row["enterprise_id"] in lead][bool(row["evaluated_on"])] += 1
    ahead, behind = (done[group][1] / sum(done[group]) for group in (True, False))
    assert 0.5 < ahead < 0.8
    assert 0.2 < behind < 0.5


def test_institutions_are_the_real_ones_under_their_names_of_the_day(world: dict[date, Tables]) -> None:
    names = {row["institution_id"]: row for row in world[date(2024, 5, 3)]["institutions"]}
    assert len(names) == 180
    assert names["4132011641"]["institution_name"] == "江苏海洋大学"
    assert names["4132011049"]["institution_name"] == "淮阴工学院"
    assert (names["4132013982"]["institution_name"], names["4132013982"]["city_code"]) == ("无锡学院", "无锡市")
    assert names["YS000009"]["institution_name"] == "扬州船用电子仪器研究所"


def test_phone_numbers_are_obviously_none(folders: dict[date, Path]) -> None:
    text = (folders[date(2024, 5, 3)] / "专利盘点_常州.csv").read_text(encoding="utf-8")
    lines = text.splitlines()
    assert lines[1].endswith(",联系电话")
    assert {line.rsplit(",", 1)[1] for line in lines[2:]} == {"00000000000"}
