/*
title: 新增账号
*/
insert into accounts (key, name, role, place, password, is_demo, created_at, password_at)
values ($key, $name, $role, $place, $password, $is_demo, $now, $now)
