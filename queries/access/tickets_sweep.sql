/*
title: 清理过期凭据
*/
delete from tickets where expires_at <= $now
