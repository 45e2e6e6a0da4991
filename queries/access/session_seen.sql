/*
title: 会话有动静
*/
update sessions set seen_at = $now where id = $id and seen_at < $before
