/*
title: 最后一条审计记录
*/
select position, digest from audit order by position desc limit 1
