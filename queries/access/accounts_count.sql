/*
title: 账号个数
*/
select count(*) as accounts from accounts
