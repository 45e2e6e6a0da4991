/*
title: 会话过多时结束最久没动静的
*/
delete from sessions
where id in (
    select id from sessions where account = $account order by seen_at desc, created_at desc limit -1 offset $most
)
