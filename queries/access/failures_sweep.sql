/*
title: 清理旧的失败次数
*/
delete from failures where last_at <= $forgotten_since
