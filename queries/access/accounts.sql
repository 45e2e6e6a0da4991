/*
title: 全部账号
*/
select key, name, role, place, password, is_disabled, is_demo, created_at, password_at, signed_in_at
from accounts
order by is_demo, role, key
