/*
title: 全省每件只计一次
message: 全省存量或已盘点入库件数与按专利号去重的结果不一致
definition: The province's stock and approved stock, counted again from the rows by distinct patent number.
grain: one row when it differs
*/
with

counted as (
    select
        count(distinct patent_no) as stock,
        count(distinct case when is_approved then patent_no end) as approved
    from patent_rows
    where is_stock
),

province as (
    select coalesce(max(stock), 0) as stock, coalesce(max(approved), 0) as approved
    from stock_sets
    where level = 'province' and scope = 'territory'
),

final as (
    select
        counted.stock,
        province.stock as stock_of_mart,
        counted.approved,
        province.approved as approved_of_mart
    from counted
    cross join province
    where counted.stock <> province.stock or counted.approved <> province.approved
)

select * from final
