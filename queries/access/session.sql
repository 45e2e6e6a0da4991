/*
title: 一个会话及其账号
definition: Only while the account is enabled; whether idle or absolute time has run out is asked of the row each time.
*/
select
    sessions.handle,
    sessions.created_at,
    sessions.seen_at,
    sessions.address,
    sessions.browser,
    accounts.name,
    accounts.role,
    accounts.place,
    accounts.is_demo
from sessions
inner join accounts on accounts.key = sessions.account
where sessions.id = $id
    and not accounts.is_disabled
