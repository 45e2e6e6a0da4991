/*
title: 导入文件
clause: 五（四）
definition: 本快照导入的每个文件：读取行数 = 采用 + 退回 + 跳过；提示数为清空或存疑的单元格数。
grain: 每个文件一行
columns:
  - {name: table, label: 数据表, unit: text}
  - {name: file, label: 文件, unit: text}
  - {name: rows_read, label: 读取, unit: count}
  - {name: accepted, label: 采用, unit: count}
  - {name: rejected, label: 退回, unit: count}
  - {name: skipped, label: 跳过, unit: count}
  - {name: warnings, label: 提示, unit: count}
example:
  as_of: 2024-04-30
  given:
    files: |
      table_name,file,rows_read,accepted,rejected,skipped,warnings
      patents,专利盘点.csv,5,3,1,1,2
      institutions,市/单位名录.csv,1,1,0,0,0
  expect: |
    table,file,rows_read,accepted,rejected,skipped,warnings
    institutions,市/单位名录.csv,1,1,0,0,0
    patents,专利盘点.csv,5,3,1,1,2
*/
with

final as (
    select
        table_name as "table",
        file,
        rows_read,
        accepted,
        rejected,
        skipped,
        warnings
    from files
)

select * from final
order by "table", file
