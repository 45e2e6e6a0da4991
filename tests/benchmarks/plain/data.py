"""The tables, read once and cached, with the columns that pages need."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st
import yaml

FOLDER = Path(os.environ["PLAIN_DATA"])
COLUMNS = [
    "patent_no", "institution_id", "granted_on", "converted_before", "legal_status", "lapsed_on", "recorded_on",
    "review_status", "approved_on", "listed_on", "implementation", "industrialised", "stars", "maturity", "prospect",
    "breadth", "field", "portfolio_id",
]  # fmt: skip
TEXTS = ["institution_id", "legal_status", "review_status", "implementation", "maturity", "prospect", "breadth",
         "field", "portfolio_id"]  # fmt: skip
SCOPES = {"属地": None, "市属": ["市属"], "部省属": ["部属", "省属"]}
WEEKS_BACK = 8


@st.cache_data
def plan():
    return yaml.safe_load(Path(os.environ["PLAIN_PLAN"]).read_text(encoding="utf-8"))


@st.cache_data
def cities():
    return {city["code"]: city["name"] for city in plan()["cities"]}


@st.cache_data
def tiles():
    return pd.DataFrame([(c["code"], *c["tile"]) for c in plan()["cities"]], columns=["city_code", "column", "row"])


def weeks():
    return sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir() and "." not in folder.name)


def weeks_until(week):
    return [w for w in weeks() if w <= week][-WEEKS_BACK:]


def week_before(week):
    earlier = [w for w in weeks() if w < week]
    return earlier[-1] if earlier else None


@st.cache_data
def table(week, name, columns=None):
    return pd.read_parquet(FOLDER / week / f"{name}.parquet", columns=columns)


@st.cache_data
def institutions(week):
    """The institutions with their stock, group and what they owe."""
    frame = table(week, "institutions").drop(columns=["source_file", "source_sheet", "source_row"])
    frame["city"] = frame["city_code"].map(cities())
    rows = _rows(week)
    stock = rows[rows["is_stock"]]
    by = stock.groupby("institution_id", observed=True)
    frame = frame.set_index("institution_id")
    frame["stock"] = by.size()
    frame["approved"] = by["is_approved"].sum()
    frame[["stock", "approved"]] = frame[["stock", "approved"]].fillna(0).astype(int)
    frame["rate"] = frame["approved"] / frame["stock"].replace(0, np.nan)
    small = frame["demonstration"] | (frame["stock"] < 300)
    frame["group"] = np.where(small, "A", np.where(frame["capacity_programme"], "B", "C"))
    day = pd.Timestamp(week)
    for due, share in duties("A") | duties("B") | duties("C"):
        owed = [g for g in "ABC" if (due, share) in duties(g)]
        column = f"应达 {due:%m-%d}"
        mine = frame["group"].isin(owed)
        done = stock[stock["approved_on"] <= due].groupby("institution_id", observed=True).size()
        reached = done.reindex(frame.index).fillna(0) >= np.ceil(share * frame["stock"])
        now = frame["approved"] >= np.ceil(share * frame["stock"])
        told = np.where(reached, "达标", np.where(now, "逾期达标", "未到期" if due >= day else "未达标"))
        frame[column] = np.where(mine & (frame["stock"] > 0), told, frame.get(column, ""))
    share = {g: current(g, day) for g in "ABC"}
    frame["due_on"] = frame["group"].map({g: s[0] for g, s in share.items()})
    frame["required"] = np.ceil(frame["group"].map({g: s[1] for g, s in share.items()}) * frame["stock"]).astype(int)
    frame["gap"] = (frame["required"] - frame["approved"]).clip(lower=0)
    frame["status"] = np.where(
        frame["stock"] == 0, "—",
        np.where(frame["gap"] == 0, "达标", np.where(frame["due_on"] < day, "未达标", "未到期")),
    )  # fmt: skip
    return frame.reset_index()


@st.cache_data
def duties(group):
    found, last = set(), 0.0
    for m in sorted(plan()["milestones"], key=lambda m: m["due_on"]):
        if m["group"] == group and m["share"] > last:
            found.add((pd.Timestamp(m["due_on"]), m["share"]))
            last = m["share"]
    return found


def current(group, day):
    mine = sorted(duties(group))
    return next((d for d in mine if d[0] >= day), mine[-1])


def _rows(week):
    frame = table(week, "patents", COLUMNS)
    baseline = pd.Timestamp(plan()["baseline"]["day"])
    for column in ("granted_on", "lapsed_on", "recorded_on", "approved_on", "listed_on"):
        frame[column] = pd.to_datetime(frame[column])
    valid = (frame["legal_status"] == "有效") | (frame["lapsed_on"] > baseline)
    frame["is_stock"] = (frame["granted_on"] <= baseline) & ~frame["converted_before"].fillna(False) & valid
    frame["is_increment"] = frame["granted_on"] > baseline
    frame["is_approved"] = frame["review_status"] == "已通过"
    frame["is_listed"] = frame["is_approved"] & frame["listed_on"].notna()
    return frame


@st.cache_data
def patents(week):
    """One row per patent and institution, with what pages count by."""
    frame = _rows(week)
    whose = table(week, "institutions", ["institution_id", "city_code", "affiliation"])
    frame = frame.merge(whose, on="institution_id", how="left")
    order = frame.sort_values(["is_listed", "is_approved", "approved_on"], ascending=[False, False, True]).index
    sorted_rows = frame.loc[order]
    frame["once_in_city"] = ~sorted_rows.duplicated(["city_code", "patent_no"]).reindex(frame.index)
    frame["once"] = ~sorted_rows.duplicated("patent_no").reindex(frame.index)
    for column in [*TEXTS, "city_code", "affiliation"]:
        frame[column] = frame[column].astype("category")
    return frame


@st.cache_data
def library(week):
    """The patents with their titles and institutions, for searching."""
    frame = patents(week)
    frame["title"] = table(week, "patents", ["title"])["title"]
    names = table(week, "institutions", ["institution_id", "institution_name"])
    frame = frame.merge(names, on="institution_id", how="left")
    frame["institution_name"] = frame["institution_name"].astype("category")
    return frame


def of_scope(frame, scope):
    kinds = SCOPES[scope]
    return frame if kinds is None else frame[frame["affiliation"].isin(kinds)]


def by_city(week, scope="属地"):
    """Stock, approved, listed and rates of the cities."""
    rows = of_scope(patents(week), scope)
    stock = rows[rows["is_stock"] & rows["once_in_city"]]
    found = stock.groupby("city_code", observed=True).agg(
        stock=("is_stock", "size"), approved=("is_approved", "sum"), listed=("is_listed", "sum")
    )
    found = found.reindex(list(cities())).fillna(0).astype(int)
    found["rate"] = found["approved"] / found["stock"].replace(0, np.nan)
    found["listing_rate"] = found["listed"] / found["approved"].replace(0, np.nan)
    owed = of_scope(institutions(week), scope).groupby("city_code")
    found["required_rate"] = owed["required"].sum() / owed["stock"].sum()
    found["missed"] = owed["status"].agg(lambda s: (s == "未达标").sum())
    found["rank"] = found["rate"].rank(ascending=False, method="min")
    found["city"] = found.index.map(cities())
    return found.reset_index()


def province(week, scope="属地"):
    rows = of_scope(patents(week), scope)
    stock = rows[rows["is_stock"] & rows["once"]]
    return {"stock": len(stock), "approved": int(stock["is_approved"].sum()), "listed": int(stock["is_listed"].sum())}


@st.cache_data
def week_by_city(week, scope):
    """`by_city`, kept: what is drawn over the weeks."""
    return by_city(week, scope).assign(week=week)


@st.cache_data
def week_totals(week, scope):
    """The province's headline figures of a week, kept: what small lines are drawn from."""
    whole = province(week, scope)
    pairs, held, filed = evaluations(week), events(week), filings(week)
    year = pd.Timestamp(week).year
    counted = held[held["is_counted"] & (held["year"] == year)].groupby("city_code").size()
    this_year = filed[filed["year"] == year]
    return {
        "盘点率": whole["approved"] / whole["stock"] if whole["stock"] else np.nan,
        "企业评价率": pairs["is_evaluated"].mean(),
        "活动达标城市": int((counted >= plan()["events"]["target"]).sum()),
        "转让许可": this_year["patent_no"].nunique(),
        "入库率": whole["listed"] / whole["approved"] if whole["approved"] else np.nan,
    }


@st.cache_data
def enterprises(week):
    frame = table(week, "enterprises", ["enterprise_id", "enterprise_name", "city_code", "categories"])
    lead = set(plan()["enterprise_groups"][0]["categories"])
    is_lead = frame["categories"].map(lambda given: given is not None and bool(lead.intersection(given)))
    frame["group"] = np.where(is_lead, "国家知识产权优势示范企业", "其他企业")
    return frame.drop(columns="categories")


@st.cache_data
def evaluations(week):
    """The pairs of patent and enterprise, with the enterprise's city and group."""
    columns = ["patent_no", "enterprise_id", "evaluated_on", "improvement_need", "cooperation"]
    frame = table(week, "evaluations", columns).merge(enterprises(week), on="enterprise_id", how="left")
    frame["is_evaluated"] = frame["evaluated_on"].notna()
    need = frame["improvement_need"]
    frame["has_need"] = frame["is_evaluated"] & need.notna() & ~need.isin(["", "无", "暂无", "没有"])
    frame["has_wish"] = frame["is_evaluated"] & frame["cooperation"].isin(["有", "洽谈中"])
    for column in ("city_code", "group", "cooperation"):
        frame[column] = frame[column].astype("category")
    return frame


@st.cache_data
def events(week):
    frame = table(week, "events").drop(columns=["source_file", "source_sheet", "source_row"])
    frame["held_on"] = pd.to_datetime(frame["held_on"])
    frame["year"] = frame["held_on"].dt.year
    rules = plan()["events"]
    frame["is_counted"] = frame["level"].isin(rules["counted_levels"]) & frame["kind"].isin(rules["counted_kinds"])
    frame["city"] = frame["city_code"].map(cities())
    return frame[frame["held_on"] <= week]


@st.cache_data
def filings(week):
    frame = table(week, "filings").drop(columns=["source_file", "source_sheet", "source_row"])
    whose = table(week, "institutions", ["institution_id", "institution_name", "city_code"])
    frame = frame.merge(whose, on="institution_id", how="left")
    for column in ("effective_on", "registered_on", "reported_on"):
        frame[column] = pd.to_datetime(frame[column])
    frame["year"] = frame["registered_on"].dt.year
    frame["side"] = np.where(frame["kind"].isin(["转让", "作价入股"]), "转让", "许可")
    frame["city"] = frame["city_code"].map(cities())
    return frame
