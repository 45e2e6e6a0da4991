"""What became of approved patents: implemented, industrialised, in a product; and what was granted since."""

from __future__ import annotations

from functools import cache

from tests.support.rows import cells, only
from tests.support.worlds import World

INSTITUTIONS = """
institution_id,city_code
a,320100
b,320100
c,320500
"""

PATENTS = """
patent_no,institution_id,granted_on,converted_before,review_status,recorded_on,approved_on,implementation,industrialised
own use,a,2021-06-15,false,已通过,,2024-03-01,自行实施,true
untouched,a,2021-06-15,false,已通过,,2024-03-01,未实施,false
blank,a,2021-06-15,false,已通过,,2024-03-01,,
returned,a,2021-06-15,false,校审退回,2024-03-01,,许可,true
converted,a,2021-06-15,true,已通过,,2024-03-01,转让,true
joint,a,2021-06-15,false,已通过,,2024-03-01,,
joint,b,2021-06-15,false,校审退回,2024-03-01,,许可,true
joint,c,2021-06-15,false,已通过,,2024-03-02,未实施,
half stock,a,2021-06-15,false,已通过,,2024-03-01,,
half stock,b,2021-06-15,true,已通过,,2024-03-01,转让,true
new,b,2024-01-05,false,已通过,,2024-03-01,作价入股,
new joint,a,2024-01-05,false,未建档,,,,
new joint,b,2024-01-06,false,待院审,2024-03-01,,,
new joint,c,2024-01-05,false,已通过,,2024-03-01,,
"""

PRODUCTS = """
product_no,patent_no,stage,sales,registered_on
P,own use,备案,100,2024-03-01
P,untouched,认定,300,2024-03-01
P,returned,认定,999,2024-03-01
Q,own use,备案,,2024-03-01
R,joint,备案,2.5,2024-03-01
S,converted,认定,7,2024-03-01
T,unknown,认定,7,2024-03-01
"""

ASSESSMENTS = """
institution_id,month,assessed,advised,declined,ordered_projects,joint_projects
a,2024-01-01,10,7,3,1,
b,2024-04-01,,,1,,2
a,2023-12-01,99,99,99,99,99
c,2024-02-01,,,5,,
"""


@cache
def world() -> World:
    given = {"institutions": INSTITUTIONS, "patents": PATENTS, "products": PRODUCTS, "assessments": ASSESSMENTS}
    return World("2024-04-30", given)


def test_a_number_counts_once_and_one_implemented_row_is_enough() -> None:
    rows = world().query("conversion_city")
    names = "approved implemented implementation_rate industrialised industrialisation_rate"
    # own use, untouched, blank, joint, half stock, new; implemented: own use, joint (the row not approved), new
    assert cells(only(rows, city_code="320100"), names) == [6, 3, 0.5, 2, 1 / 3]
    assert cells(only(rows, city_code="320500"), names) == [2, 0, 0.0, 0, 0.0]
    assert cells(only(rows, city_code="320200"), names) == [0, 0, None, 0, None]


def test_a_product_counts_once_with_its_largest_sales_among_approved_patents() -> None:
    rows = world().query("conversion_city")
    names = "product_patents products recognised_products sales"
    assert cells(only(rows, city_code="320100"), names) == [3, 3, 1, 302.5]
    assert cells(only(rows, city_code="320500"), names) == [1, 1, 0, 2.5]
    assert cells(only(rows, city_code="320200"), names) == [0, 0, 0, 0]


def test_increment_counts_numbers_whatever_their_status() -> None:
    rows = world().query("increment_city")
    names = "granted recorded approved inventory_rate"
    assert cells(only(rows, city_code="320100"), names) == [2, 2, 1, 0.5]
    assert cells(only(rows, city_code="320500"), names) == [1, 1, 1, 1.0]
    assert cells(only(rows, city_code="320200"), names) == [0, 0, 0, None]


def test_assessments_of_this_year_add_up_by_city() -> None:
    rows = world().query("increment_city")
    names = "assessed advised declined declined_rate ordered_projects joint_projects"
    assert cells(only(rows, city_code="320100"), names) == [10, 7, 4, 0.4, 1, 2]
    assert cells(only(rows, city_code="320500"), names) == [0, 0, 5, None, 0, 0]
    assert cells(only(rows, city_code="320200"), names) == [0, 0, 0, None, 0, 0]
