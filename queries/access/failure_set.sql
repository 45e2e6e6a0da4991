/*
title: 记下失败次数
*/
insert into failures (subject, failures, last_at, free_at)
values ($subject, $failures, $now, $free_at)
on conflict (subject) do update set failures = excluded.failures, last_at = excluded.last_at, free_at = excluded.free_at
