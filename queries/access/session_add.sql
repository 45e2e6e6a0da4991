/*
title: 新会话
*/
insert into sessions (id, handle, account, created_at, seen_at, address, browser)
values ($id, $handle, $account, $now, $now, $address, $browser)
