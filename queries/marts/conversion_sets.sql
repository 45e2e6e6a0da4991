/*
title: 实施、产业化与产品备案汇总
clause: 五（四）
definition: >
    Approved patents of stock and increment in the province and in each city, each number once: approved if one of its
    rows of stock or increment there is, implemented or industrialised if one of them is, approved or not. Products are
    those that name such an approved patent, each product_no once, with the largest sales on its rows there; null where
    产品备案 is absent.
grain: one row per set (level province or city, key, scope) that has institutions
*/
with

sets as (
    select level, key, scope, institution_id from institution_sets where level in ('province', 'city')
),

counted as (
    select * from patent_rows where is_stock or is_increment
),

solo as (
    select
        institution_id,
        count(*) as approved,
        count(case when is_implemented then 1 end) as implemented,
        count(case when is_industrialised then 1 end) as industrialised
    from counted
    where is_approved and not is_joint
    group by institution_id
),

joint_numbers as (
    select
        sets.level,
        sets.key,
        sets.scope,
        counted.patent_no,
        bool_or(counted.is_approved) as is_approved,
        bool_or(counted.is_implemented) as is_implemented,
        bool_or(counted.is_industrialised) as is_industrialised
    from counted
    inner join sets on sets.institution_id = counted.institution_id
    where counted.is_joint
    group by sets.level, sets.key, sets.scope, counted.patent_no
),

parts as (
    select
        sets.level,
        sets.key,
        sets.scope,
        coalesce(solo.approved, 0) as approved,
        coalesce(solo.implemented, 0) as implemented,
        coalesce(solo.industrialised, 0) as industrialised
    from sets
    left join solo on solo.institution_id = sets.institution_id
    union all
    select
        level,
        key,
        scope,
        1 as approved,
        case when is_implemented then 1 else 0 end as implemented,
        case when is_industrialised then 1 else 0 end as industrialised
    from joint_numbers
    where is_approved
),

patent_counts as (
    select
        level,
        key,
        scope,
        cast(sum(approved) as bigint) as approved,
        cast(sum(implemented) as bigint) as implemented,
        cast(sum(industrialised) as bigint) as industrialised
    from parts
    group by level, key, scope
),

product_numbers as (
    select distinct patent_no from products
),

product_patents as (
    select distinct
        sets.level,
        sets.key,
        sets.scope,
        counted.patent_no
    from counted
    inner join product_numbers on product_numbers.patent_no = counted.patent_no
    inner join sets on sets.institution_id = counted.institution_id
    where counted.is_approved
),

product_patent_counts as (
    select
        level,
        key,
        scope,
        count(*) as product_patents
    from product_patents
    group by level, key, scope
),

product_filings as (
    select
        product_patents.level,
        product_patents.key,
        product_patents.scope,
        products.product_no,
        bool_or(products.stage = '认定') as is_recognised,
        max(products.sales) as sales
    from product_patents
    inner join products on products.patent_no = product_patents.patent_no
    group by product_patents.level, product_patents.key, product_patents.scope, products.product_no
),

product_counts as (
    select
        level,
        key,
        scope,
        count(*) as products,
        count(case when is_recognised then 1 end) as recognised_products,
        sum(sales) as sales
    from product_filings
    group by level, key, scope
),

final as (
    select
        patent_counts.level,
        patent_counts.key,
        patent_counts.scope,
        patent_counts.approved,
        patent_counts.implemented,
        patent_counts.industrialised,
        case when presence.has_products then coalesce(product_patent_counts.product_patents, 0) end as product_patents,
        case when presence.has_products then coalesce(product_counts.products, 0) end as products,
        case when presence.has_products then coalesce(product_counts.recognised_products, 0) end as recognised_products,
        case when presence.has_products then coalesce(product_counts.sales, 0) end as sales
    from patent_counts
    cross join presence
    left join product_patent_counts
        on product_patent_counts.level = patent_counts.level
        and product_patent_counts.key = patent_counts.key
        and product_patent_counts.scope = patent_counts.scope
    left join product_counts
        on product_counts.level = patent_counts.level
        and product_counts.key = patent_counts.key
        and product_counts.scope = patent_counts.scope
)

select * from final
