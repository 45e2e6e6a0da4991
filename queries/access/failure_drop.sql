/*
title: 清零
*/
delete from failures where subject = $subject
