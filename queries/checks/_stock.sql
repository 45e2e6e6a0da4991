/*
title: 全省存量
definition: The province's stock patents, each number once.
grain: one row
*/
select count(distinct patent_no) as stock
from patent_rows
where is_stock
