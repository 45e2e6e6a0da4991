/*
title: 停用或启用
*/
update accounts set is_disabled = $is_disabled where key = $key
