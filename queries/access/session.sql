/*
title: 一个会话及其账号
definition: Only while neither idle nor absolute time has run out and the account is enabled.
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
    and sessions.seen_at > $idle_since
    and sessions.created_at > $open_since
