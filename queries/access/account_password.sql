/*
title: 改密码
*/
update accounts set password = $password, password_at = $now where key = $key
