/*
title: 各阶段逐级包含
message: 有集合的已入资源库、已盘点入库、已建档或存量件数不是逐级包含
definition: In each set, listed ≤ approved ≤ recorded ≤ stock.
grain: one row per set that breaks it
*/
select
    level,
    key,
    scope,
    stock,
    recorded,
    approved,
    listed
from stock_sets
where not (0 <= listed and listed <= approved and approved <= recorded and recorded <= stock)
