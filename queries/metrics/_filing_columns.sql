{#
What filings_city and filings_institution share: for the rows of `subjects` (key and the columns to keep), the figures of
the year asked for, those of the year before up to the same day, and the rank by patents. Absent filings leave nulls.
#}
{% macro asked() %}
asked as (
    select
        coalesce(cast($year as bigint), year(as_of)) as year,
        year(as_of) as current_year
    from plan
),
{% endmacro %}

{% macro counted(level) %}
counts as (
    select
        subjects.*,
{% for column in ["transfer_contracts", "transfer_times", "transfer_patents", "licence_contracts", "licence_times",
                  "licence_patents", "open_licence_patents", "patents", "amount", "unreported"] %}
        case when presence.has_filings then coalesce(this_year.{{ column }}, 0) end as {{ column }},
{% endfor %}
        case when presence.has_filings then coalesce(filing_backlog.unregistered, 0) end as unregistered,
        case
            when not presence.has_filings then null
            when asked.year < asked.current_year then coalesce(year_before.patents, 0)
            else coalesce(year_before.patents_to_date, 0)
        end as previous_year_patents
    from subjects
    cross join asked
    cross join presence
    left join filing_sets as this_year
        on this_year.level = '{{ level }}'
        and this_year.scope = 'territory'
        and this_year.key = subjects.key
        and this_year.year = asked.year
    left join filing_sets as year_before
        on year_before.level = '{{ level }}'
        and year_before.scope = 'territory'
        and year_before.key = subjects.key
        and year_before.year = asked.year - 1
    left join filing_backlog
        on filing_backlog.level = '{{ level }}'
        and filing_backlog.scope = 'territory'
        and filing_backlog.key = subjects.key
),
{% endmacro %}

{% macro figures() %}
        transfer_contracts,
        transfer_times,
        transfer_patents,
        licence_contracts,
        licence_times,
        licence_patents,
        open_licence_patents,
        patents,
        amount,
        unregistered,
        unreported,
        previous_year_patents,
        patents / nullif(previous_year_patents, 0) - 1 as yoy,
        case when patents is not null then rank() over (order by patents desc nulls last) end as rank
{%- endmacro %}
