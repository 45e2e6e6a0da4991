/*
title: 清理过期会话
*/
delete from sessions where seen_at <= $idle_since or created_at <= $open_since
