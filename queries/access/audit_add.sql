/*
title: 追加审计记录
*/
insert into audit (position, at, actor, action, subject, details, previous, digest)
values ($position, $at, $actor, $action, $subject, $details, $previous, $digest)
