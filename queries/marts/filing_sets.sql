/*
title: 转让许可年度汇总
clause: 五（二）
definition: >
    Registered filings of a year, counted three ways: contracts (distinct filing_no), times (rows), patents (distinct
    patent_no). The amount takes each contract once, with the largest amount on its rows there.
    patents_to_date counts those registered by the as-of date's month and day of that year.
grain: one row per set (level province, city or institution, key, scope) and year with a registered row
*/
with

registered as (
    select
        institution_sets.level,
        institution_sets.key,
        institution_sets.scope,
        filing_rows.*
    from filing_rows
    inner join institution_sets on institution_sets.institution_id = filing_rows.institution_id
    where filing_rows.year is not null and institution_sets.level in ('province', 'city', 'institution')
),

times as (
    select
        level,
        key,
        scope,
        year,
        count(*) as times,
        count(case when is_transfer then 1 end) as transfer_times,
        count(case when not is_transfer then 1 end) as licence_times,
        count(case when not is_reported then 1 end) as unreported
    from registered
    group by level, key, scope, year
),

contracts as (
    select
        level,
        key,
        scope,
        year,
        filing_no,
        bool_or(is_transfer) as is_transfer,
        bool_or(not is_transfer) as is_licence,
        max(amount) as amount
    from registered
    group by level, key, scope, year, filing_no
),

contract_counts as (
    select
        level,
        key,
        scope,
        year,
        count(*) as contracts,
        count(case when is_transfer then 1 end) as transfer_contracts,
        count(case when is_licence then 1 end) as licence_contracts,
        coalesce(sum(amount), 0) as amount
    from contracts
    group by level, key, scope, year
),

numbers as (
    select
        level,
        key,
        scope,
        year,
        patent_no,
        bool_or(is_transfer) as is_transfer,
        bool_or(not is_transfer) as is_licence,
        bool_or(kind = '开放许可') as is_open_licence,
        bool_or(is_to_date) as is_to_date
    from registered
    group by level, key, scope, year, patent_no
),

patent_counts as (
    select
        level,
        key,
        scope,
        year,
        count(*) as patents,
        count(case when is_transfer then 1 end) as transfer_patents,
        count(case when is_licence then 1 end) as licence_patents,
        count(case when is_open_licence then 1 end) as open_licence_patents,
        count(case when is_to_date then 1 end) as patents_to_date
    from numbers
    group by level, key, scope, year
),

final as (
    select
        times.level,
        times.key,
        times.scope,
        times.year,
        contract_counts.contracts,
        times.times,
        patent_counts.patents,
        contract_counts.transfer_contracts,
        times.transfer_times,
        patent_counts.transfer_patents,
        contract_counts.licence_contracts,
        times.licence_times,
        patent_counts.licence_patents,
        patent_counts.open_licence_patents,
        contract_counts.amount,
        times.unreported,
        patent_counts.patents_to_date
    from times
    inner join contract_counts
        on contract_counts.level = times.level
        and contract_counts.key = times.key
        and contract_counts.scope = times.scope
        and contract_counts.year = times.year
    inner join patent_counts
        on patent_counts.level = times.level
        and patent_counts.key = times.key
        and patent_counts.scope = times.scope
        and patent_counts.year = times.year
)

select * from final
