/*
title: 结束演示账号的会话
*/
delete from sessions where account in (select key from accounts where is_demo)
