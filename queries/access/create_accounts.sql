/*
title: 账号
grain: one row per account
columns: >
    key: the name as it is compared (NFKC, case folded). place: city code or institution id. demo: made at a start
    without accounts. Moments are seconds since 1970.
*/
create table if not exists accounts (
    key text primary key,
    name text not null,
    role text not null check (role in ('province', 'steward', 'city', 'institution')),
    place text,
    password text not null,
    is_disabled integer not null default 0,
    is_demo integer not null default 0,
    created_at real not null,
    password_at real not null,
    signed_in_at real,
    check ((role in ('city', 'institution')) = (place is not null))
)
