/*
title: 用掉凭据
*/
delete from tickets where id = $id returning account, expires_at
