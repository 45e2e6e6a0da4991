/*
title: 审计记录，按序
*/
select position, at, actor, action, subject, details, previous, digest from audit order by position
