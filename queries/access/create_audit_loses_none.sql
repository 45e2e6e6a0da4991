/*
title: 审计记录只增不删
*/
create trigger if not exists audit_loses_none before delete on audit
begin
    select raise(abort, 'audit is append-only');
end
