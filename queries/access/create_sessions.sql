/*
title: 会话
grain: one row per session that has not ended
columns: >
    id: sha256 of the identifier that only the browser holds. handle: another random name, by which the owner ends it.
*/
create table if not exists sessions (
    id text primary key,
    handle text not null unique,
    account text not null references accounts (key),
    created_at real not null,
    seen_at real not null,
    address text not null,
    browser text not null
)
