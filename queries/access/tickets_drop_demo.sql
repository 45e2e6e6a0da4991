/*
title: 作废演示账号的凭据
*/
delete from tickets where account in (select key from accounts where is_demo)
