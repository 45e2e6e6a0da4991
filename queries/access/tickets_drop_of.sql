/*
title: 作废一个账号的凭据
*/
delete from tickets where account = $account
