/*
title: 发凭据
*/
insert into tickets (id, account, expires_at) values ($id, $account, $expires_at)
