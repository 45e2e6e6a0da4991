/*
title: 未读入的文件、工作表与列
clause: 五（四）
definition: 导入时列出但未读入的内容：不属于任何数据表的文件、没有表头的工作表、约定之外的列。列只记列名，不存内容。
grain: 每处一行
columns:
  - {name: kind, label: 类别, unit: text}
  - {name: file, label: 文件, unit: text}
  - {name: sheet, label: 工作表, unit: text}
  - {name: message, label: 说明, unit: text}
example:
  as_of: 2024-04-30
  given:
    notes: |
      kind,file,sheet,message
      column,专利盘点.csv,,未约定的列：联系人
      file,说明.docx,,不属于任何数据表
  expect: |
    kind,file,sheet,message
    column,专利盘点.csv,,未约定的列：联系人
    file,说明.docx,,不属于任何数据表
*/
with

final as (
    select kind, file, sheet, message from notes
)

select * from final
order by kind, file, sheet, message
