/*
title: 审计记录条数
*/
select count(*) as entries from audit where $action is null or action = $action
