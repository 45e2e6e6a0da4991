/*
title: 结束一个会话
*/
delete from sessions where id = $id returning account
