/*
title: 文件收支平衡
message: 有文件的读取行数不等于接收、退回与跳过之和
definition: Rows read = accepted + rejected + skipped, for every file.
grain: one row per file that does not balance
*/
select
    table_name,
    file,
    rows_read,
    accepted,
    rejected,
    skipped
from files
where rows_read is distinct from accepted + rejected + skipped
