/*
title: 审计记录
grain: one row per entry, in order; each carries the digest of the one before it
*/
create table if not exists audit (
    position integer primary key autoincrement,
    at text not null,
    actor text not null,
    action text not null,
    subject text not null,
    details text not null,
    previous text not null,
    digest text not null
)
