/*
title: 审计记录，新的在前
*/
select position, at, actor, action, subject, details, previous, digest
from audit
where $action is null or action = $action
order by position desc
limit $count offset $skip
