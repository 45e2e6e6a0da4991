/*
title: 退回与提示明细
clause: 五（四）
definition: >
    本快照未采用的行（E-，整行退回）和被清空或存疑的单元格（W-），注明文件、工作表、Excel 行号、原因代码、所在列与原值；
    原单元格只含约定的列，不含联系人等附加列。
grain: 每处一行，按文件与行号
rows: own
parameters:
  table: {label: 数据表, type: text}
  code: {label: 原因代码, type: text}
columns:
  - {name: table, label: 数据表, unit: text}
  - {name: file, label: 文件, unit: text}
  - {name: sheet, label: 工作表, unit: text}
  - {name: row_no, label: 行号, unit: count}
  - {name: code, label: 原因代码, unit: text}
  - {name: column, label: 列, unit: text}
  - {name: value, label: 原值, unit: text}
  - {name: cells, label: 原单元格, unit: text}
  - {name: institution_id, label: 单位编码, unit: text}
example:
  as_of: 2024-04-30
  given:
    rejects: |
      table_name,file,sheet,row_no,code,column_name,value
      patents,专利盘点.csv,,9,E-PATENT-NO,patent_no,2.01311E+12
      patents,专利盘点.csv,,4,E-DATE,granted_on,不详
    warnings: |
      table_name,file,sheet,row_no,code,column_name,value
      patents,专利盘点.csv,,4,W-VALUE,stars,6
  parameters: {table: patents, code: E-PATENT-NO}
  expect: |
    table,file,sheet,row_no,code,column,value,cells,institution_id
    patents,专利盘点.csv,,9,E-PATENT-NO,patent_no,2.01311E+12,,
*/
with

findings as (
    select table_name, file, sheet, row_no, code, column_name, value, cells, institution_id from rejects
    union all
    select table_name, file, sheet, row_no, code, column_name, value, cells, institution_id from warnings
),

final as (
    select
        table_name as "table",
        file,
        sheet,
        row_no,
        code,
        column_name as "column",
        value,
        cells,
        institution_id
    from findings
    where table_name = coalesce(cast($table as varchar), table_name)
        and code = coalesce(cast($code as varchar), code)
)

select * from final
order by file, sheet, row_no, code, "column"
