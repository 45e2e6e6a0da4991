/*
title: 登录凭据
grain: one row per ticket that was neither used nor let lapse; id is the sha256 of what the browser shows
*/
create table if not exists tickets (
    id text primary key,
    account text not null references accounts (key),
    expires_at real not null
)
