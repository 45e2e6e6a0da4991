/*
title: 结束本账号的一个会话
*/
delete from sessions where handle = $handle and account = $account returning account
