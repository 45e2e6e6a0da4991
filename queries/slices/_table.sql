/*
title: 账号的行
clause: 三
definition: >
    A table of the snapshot or of its pair as an account's slice has it: all rows of what everyone may see, the account's
    own of what is its own, and none of anything that no rule names.
grain: as in the table it comes from
*/
create table slice.main."{{ table }}" as
select *
from {{ database }}.main."{{ table }}"
{% if rule == "everyone" %}
{% elif rule == "institution" %}
where institution_id in (select institution_id from own_institutions)
{% elif rule == "patent" %}
where patent_no in (select patent_no from own_patents)
{% elif rule == "enterprise" %}
where enterprise_id in (select enterprise_id from own_enterprises)
{% elif rule == "portfolio" %}
where portfolio_id in (select portfolio_id from own_portfolios)
{% elif rule == "set" %}
where level <> 'institution' or key in (select institution_id from own_institutions)
{% elif rule == "own_set" %}
where level = 'institution' and key in (select institution_id from own_institutions)
{% elif rule == "case" %}
where ($role = 'city' and city_code = cast($key as varchar) and institution_id is null)
    or institution_id in (select institution_id from own_institutions)
{% elif rule == "city" %}
where $role = 'city' and city_code = cast($key as varchar)
{% elif rule == "change" %}
where ($role = 'city' and city_code = cast($key as varchar))
    or ($role = 'institution' and institution_id in (select institution_id from own_institutions))
{% else %}
where false
{% endif %}
