/*
title: 去掉演示账号
*/
delete from accounts where is_demo
