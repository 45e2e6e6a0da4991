/*
title: 专利池与专利组合
clause: 二（三）
definition: 专利组合表的每个组合，及盘点表中写明属于它的专利件数（不重复的专利号，不论状态）。
grain: 每个组合一行
columns:
  - {name: portfolio_id, label: 组合编号, unit: text}
  - {name: portfolio_name, label: 组合名称, unit: text}
  - {name: kind, label: 类型, unit: text}
  - {name: field, label: 技术领域, unit: text}
  - {name: operator, label: 运营机构, unit: text}
  - {name: formed_on, label: 成立日期, unit: date}
  - {name: licensees, label: 已许可企业, unit: enterprises}
  - {name: patents, label: 成员专利, unit: patents}
example:
  # Patent 1 names Z in both of its rows; X is named by a patent but not in the table; nobody names Y.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
      b
    patents: |
      patent_no,institution_id,converted_before,portfolio_id
      1,a,true,Z
      1,b,true,Z
      2,a,false,Z
      3,a,false,X
    portfolios: |
      portfolio_id,portfolio_name,kind,operator,formed_on,licensees
      Y,组合二,专利组合,运营中心,2024-02-29,
      Z,组合一,专利池,,,2
  expect: |
    portfolio_id,portfolio_name,kind,field,operator,formed_on,licensees,patents
    Y,组合二,专利组合,,运营中心,2024-02-29,,0
    Z,组合一,专利池,,,,2,2
*/
with

final as (
    select
        portfolios.portfolio_id,
        portfolios.portfolio_name,
        portfolios.kind,
        portfolios.field,
        portfolios.operator,
        portfolios.formed_on,
        portfolios.licensees,
        coalesce(portfolio_members.patents, 0) as patents
    from portfolios
    left join portfolio_members on portfolio_members.portfolio_id = portfolios.portfolio_id
)

select * from final order by portfolio_id
