{#
One page of an answer in its own order, or how many rows it has: so that what a page of the app shows of a long list is
cut off in the engine. `statement` is the metric's own, picked for the account already.
#}
{% if counted %}
select count(*) as hits from (
{{ statement }}
) as answer
{% else %}
select * from (
{{ statement }}
) as answer
limit cast($page_size as bigint) offset cast($page_start as bigint)
{% endif %}
