/*
title: 最近登录
*/
update accounts set signed_in_at = $now where key = $key
