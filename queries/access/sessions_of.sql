/*
title: 一个账号的会话
*/
select handle, created_at, seen_at, address, browser
from sessions
where account = $account
    and seen_at > $idle_since
    and created_at > $open_since
order by seen_at desc, handle
