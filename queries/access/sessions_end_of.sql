/*
title: 结束一个账号的全部会话
*/
delete from sessions where account = $account
