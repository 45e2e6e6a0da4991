/*
title: 登录失败
grain: one row per subject (an account from an address, an account, an address) with failures
columns: >
    subject: kind and a digest; names that were typed are not kept. free_at: when the next attempt is looked at.
*/
create table if not exists failures (
    subject text primary key,
    failures integer not null,
    last_at real not null,
    free_at real not null
)
