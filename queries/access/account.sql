/*
title: 一个账号
*/
select key, name, role, place, password, is_disabled, is_demo, created_at, password_at, signed_in_at
from accounts
where key = $key
