/*
title: 改角色
*/
update accounts set role = $role, place = $place where key = $key
