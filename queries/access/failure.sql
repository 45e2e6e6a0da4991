/*
title: 一个对象的失败次数
*/
select failures, last_at, free_at from failures where subject = $subject
