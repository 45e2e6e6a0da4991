/*
title: 退回与提示原因
clause: 五（四）
definition: 本快照各数据表按原因代码统计的行数：E- 为整行退回，W- 为清空或存疑；一行同一代码只计一次。示例指出第一处所在。
grain: 每个数据表每个原因代码一行
columns:
  - {name: table, label: 数据表, unit: text}
  - {name: code, label: 原因代码, unit: text}
  - {name: rows, label: 行数, unit: count}
  - {name: example, label: 示例, unit: text}
example:
  as_of: 2024-04-30
  given:
    rejects: |
      table_name,file,sheet,row_no,code,column_name,value
      patents,专利盘点.csv,,9,E-PATENT-NO,patent_no,2.01311E+12
      patents,专利盘点.csv,,4,E-PATENT-NO,patent_no,1
    warnings: |
      table_name,file,sheet,row_no,code,column_name,value
      patents,专利盘点.xlsx,一院,4,W-VALUE,stars,6
      patents,专利盘点.xlsx,一院,4,W-VALUE,breadth,很多
  expect: |
    table,code,rows,example
    patents,E-PATENT-NO,2,专利盘点.csv 第4行 patent_no
    patents,W-VALUE,1,专利盘点.xlsx 一院 第4行 breadth
*/
with

findings as (
    select table_name, code, file, sheet, row_no, column_name from rejects
    union all
    select table_name, code, file, sheet, row_no, column_name from warnings
),

placed as (
    select
        *,
        row_number() over (partition by table_name, code order by file, sheet, row_no, column_name) as position
    from findings
),

final as (
    select
        table_name as "table",
        code,
        count(distinct (file, sheet, row_no)) as "rows",
        max(concat_ws(' ', file, nullif(sheet, ''), '第' || row_no || '行', column_name)) filter (where position = 1) as example
    from placed
    group by table_name, code
)

select * from final
order by "table", code
