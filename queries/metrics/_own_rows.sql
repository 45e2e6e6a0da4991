{#
The rows of an answer that are the account's: picked after every aggregate and rank was taken over all rows.
`statement` is the metric's own; `by` says how an account's rows are known.
#}
with

answer as (
{{ statement }}
),

final as (
    select answer.*
    from answer
{% if by == "city_code" %}
    where answer.city_code = cast($account_key as varchar)
{% elif by == "institution_id" %}
    where answer.institution_id = cast($account_key as varchar)
{% else %}
    where answer.institution_id in (
        select institution_groups.institution_id
        from institution_groups
        where institution_groups.city_code = cast($account_key as varchar)
    )
{% endif %}
)

select * from final
