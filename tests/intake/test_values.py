"""How one cell becomes a value (exports.md, "Values"). Each table reads: cell as written → value, or the code found."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.support.raw import ENTERPRISE, INSTITUTION, PATENT, Cleaned, each, outcomes, patents, serial

Table = dict[str | None, Any]


def test_text_is_tidied() -> None:
    expected: Table = {
        "  装置 ": "装置",
        "一种\n装置": "一种装置",
        "一 种 装 置": "一种装置",
        "一种  LED　灯": "一种 LED 灯",
        "ＬＥＤ（１）": "LED（1）",
        "装&nbsp;置": "装置",
        "'0012": "0012",
        '="0012"': "0012",
        "\u00a0装置\u3000": "装置",
        "无": "E-MISSING",
        "n/a": "E-MISSING",
        "—": "E-MISSING",
        "''": "'",
        "无线装置": "无线装置",
        "\uffff#N/A": "E-VALUE",
        "#N/A": "#N/A",
        "\ufffd型\ufffd装置": "\ufffd型\ufffd装置",
        "长" * 5000: "长" * 5000,
    }
    assert each("title", list(expected)) == expected


def test_in_free_text_only_empty_is_null() -> None:
    expected: Table = {"无": "无", "-": "-", " \n ": None, "\uffff#REF!": "W-VALUE"}
    assert each("product", list(expected)) == expected


def test_dates() -> None:
    expected: Table = {
        "2024-03-15": date(2024, 3, 15),
        "2024/3/5": date(2024, 3, 5),
        "2024.3.15": date(2024, 3, 15),
        "20240315": date(2024, 3, 15),
        "2024年3月15日": date(2024, 3, 15),
        "２０２４年３月１５日": date(2024, 3, 15),
        "2024-03-15 08:30:00": date(2024, 3, 15),
        "2024-03-15T08:30:00.000": date(2024, 3, 15),
        "2024/3/15 8:30": date(2024, 3, 15),
        "2024年3月15日 8时30分": date(2024, 3, 15),
        "20240315 10:00": date(2024, 3, 15),
        "45366": date(2024, 3, 15),
        "45366.75": date(2024, 3, 15),
        "31138": date(1985, 4, 1),
        "31137": "W-DATE",
        "60000": "E-FUTURE",
        "60001": "W-DATE",
        "1985-04-01": date(1985, 4, 1),
        "1985-03-31": "W-DATE",
        "2024-02-30": "W-DATE",
        "2024-3": "W-DATE",
        "2024/3-15": "W-DATE",
        "2024年3月15": "W-DATE",
        "2024-03-15 25:00": "W-DATE",
        "15/03/2024": "W-DATE",
        "去年": "W-DATE",
        "-": None,
        "2024-04-26": date(2024, 4, 26),
        "2024-04-27": "E-FUTURE",
    }
    assert each("recorded_on", list(expected)) == expected


def test_months() -> None:
    expected: Table = {
        "2024-03": date(2024, 3, 1),
        "2024/3": date(2024, 3, 1),
        "202403": date(2024, 3, 1),
        "2024年3月": date(2024, 3, 1),
        "2024-03-31": date(2024, 3, 1),
        "2024年3月31日": date(2024, 3, 1),
        "45366": date(2024, 3, 1),
        "2024.1": "E-DATE",
        "2024.03": "E-DATE",
        "2024-13": "E-DATE",
        "202413": "E-DATE",
        "3月": "E-DATE",
        "2024-04": date(2024, 4, 1),
        "2024-05": "E-FUTURE",
        "": "E-MISSING",
    }
    months = [{"institution_id": f"U{i}", "month": cell} for i, cell in enumerate(expected)]
    institutions = [{**INSTITUTION, "institution_id": row["institution_id"]} for row in months]
    cleaned = Cleaned(institutions=institutions, assessments=months)
    assert outcomes(cleaned, "assessments", "month", list(expected)) == expected


def test_yes_and_no() -> None:
    expected: Table = {
        "是": True,
        "y": True,
        "1": True,
        "TRUE": True,
        "√": True,
        "否": False,
        "N": False,
        "0": False,
        "False": False,
        "×": False,
        "1.0": "W-VALUE",
        "对": "W-VALUE",
        "": None,
        "-": None,
    }
    assert each("industrialised", list(expected)) == expected


def test_in_a_column_of_ticks_an_empty_cell_says_no() -> None:
    ticked = patents(
        {"patent_no": serial(1), "converted_before": "√", "industrialised": "√"},
        {"patent_no": serial(2), "converted_before": "", "industrialised": ""},
    )
    assert ticked.values("patents", "converted_before") == [True, False]
    assert ticked.values("patents", "industrialised") == [True, False]


def test_a_tick_among_other_words_says_nothing_of_empty_cells() -> None:
    mixed = patents(
        {"patent_no": serial(1), "industrialised": "√"},
        {"patent_no": serial(2), "industrialised": "否"},
        {"patent_no": serial(3), "industrialised": ""},
        {"patent_no": serial(4), "industrialised": "√", "sheet": "另一张"},
        {"patent_no": serial(5), "industrialised": "", "sheet": "另一张"},
    )
    assert mixed.values("patents", "industrialised") == [True, False, None, True, False]


def test_numbers() -> None:
    expected: Table = {
        "30.25": 30.25,
        "1,234.5": 1234.5,
        "1234万元": 1234.0,
        "30.25 万元": 30.25,
        "1e3": 1000.0,
        "1.2E+2": 120.0,
        ".5": 0.5,
        "+5": 5.0,
        "1000000000": 1e9,
        "1000000001": "W-VALUE",
        "-1": "W-VALUE",
        "12,34": "W-VALUE",
        "NaN": "W-VALUE",
        "inf": "W-VALUE",
        "1e400": "W-VALUE",
        "约5": "W-VALUE",
        "5万元整": "W-VALUE",
        "万元": "W-VALUE",
        "": None,
        "/": None,
    }
    filing = {"kind": "转让", "institution_id": "U1", "recipient": "某公司", "effective_on": "2024-01-01"}
    rows = [{**filing, "filing_no": f"B{i}", "patent_no": serial(0), "amount": c} for i, c in enumerate(expected)]
    cleaned = Cleaned(institutions=[INSTITUTION], patents=[{**PATENT, "patent_no": serial(0)}], filings=rows)
    assert outcomes(cleaned, "filings", "amount", list(expected)) == expected


def test_integers_within_their_bounds() -> None:
    expected: Table = {
        "5": 5,
        "4星": 4,
        "3.0": 3,
        "2.5": "W-VALUE",
        "0": "W-VALUE",
        "6": "W-VALUE",
        "四": "W-VALUE",
        "5 分": 5,
    }
    assert each("stars", list(expected)) == expected


def test_cities() -> None:
    expected: Table = {
        "南京市": "320100",
        "南京": "320100",
        "320100": "320100",
        "江苏省南京市": "320100",
        "江苏南京": "320100",
        "南 京": "320100",
        "江苏省 苏 州 市": "320500",
        "江宁区": "E-UNKNOWN-CITY",
        "昆山市": "E-UNKNOWN-CITY",
        "上海市": "E-UNKNOWN-CITY",
        "": "E-MISSING",
    }
    rows = [{**INSTITUTION, "institution_id": f"U{i}", "city_code": cell} for i, cell in enumerate(expected)]
    assert outcomes(Cleaned(institutions=rows), "institutions", "city_code", list(expected)) == expected


def test_coded_values_and_their_aliases() -> None:
    types: Table = {"PCT发明": "发明", "发明专利": "发明", "发 明": "发明", "专利": "E-VALUE"}
    assert each("patent_type", list(types)) == types
    legal: Table = {"专利权维持": "有效", "终止": "失效", "在审": "E-VALUE", "无": "E-MISSING"}
    assert each("legal_status", list(legal)) == legal
    maturity: Table = {"初样": "初样", "成熟": "W-VALUE", "无": None}
    assert each("maturity", list(maturity)) == maturity
    assert each("implementation", ["授权", "许可"]) == {"授权": "W-VALUE", "许可": "许可"}


def test_a_null_word_that_the_column_lists_is_a_value() -> None:
    evaluation = {
        "patent_no": PATENT["patent_no"],
        "enterprise_id": "E1",
        "pushed_on": "2024-04-02",
        "cooperation": "无",
    }
    cleaned = Cleaned(institutions=[INSTITUTION], patents=[PATENT], enterprises=[ENTERPRISE], evaluations=[evaluation])
    assert cleaned.values("evaluations", "cooperation") == ["无"]


def test_several_values() -> None:
    expected: Table = {
        "转让;许可": ["转让", "许可"],
        "转让；许可、开放许可": ["转让", "许可", "开放许可"],
        "转让|许可，作价入股": ["转让", "许可", "作价入股"],
        "转让": ["转让"],
        "转让; ;许可;": ["转让", "许可"],
        "转让;出售": "W-VALUE",
        "；": None,
        "无": None,
        "无意愿": ["无意愿"],
    }
    assert each("intents", list(expected)) == expected


def test_co_owners_are_kept_as_listed() -> None:
    assert each("co_owners", ["某公司、 乙大学;丙"]) == {"某公司、 乙大学;丙": ["某公司", "乙大学", "丙"]}
