/*
title: 审计记录只增不改
*/
create trigger if not exists audit_keeps_rows before update on audit
begin
    select raise(abort, 'audit is append-only');
end
