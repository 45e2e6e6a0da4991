/*
title: 单位进度预测
clause: 四
definition: >
    周均进度 = 最近 21 天（方案参数）审核通过件数 ÷ 3；所需进度 = 距当前里程碑还差的件数 ÷ 剩余周数，已达到为 0，已到期为空。
    预计完成日 = 按此进度全部完成之日；预计盘点率 = 到当前里程碑时的盘点率。依次判定：已完成、停滞（进度为 0）、可按期、有风险。
grain: 每个有存量的单位一行
rows: own
columns:
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: pace_per_week, label: 周均进度, unit: number, note: 件/周}
  - {name: needed_per_week, label: 所需进度, unit: number, note: 件/周}
  - {name: projected_on, label: 预计完成日, unit: date}
  - {name: projected_rate, label: 预计盘点率, unit: rate}
  - {name: outlook, label: 预测, unit: status}
example:
  as_of: 2024-03-24
  given:
    institutions: |
      institution_id
      I1
      I2
      I3
    patents: |
      patent_no,institution_id,review_status,approved_on
      P1,I1,已通过,2024-03-04
      P2,I1,待院审,
      P3,I1,待院审,
      P4,I2,已通过,2024-03-03
      P5,I2,待院审,
      P6,I3,已通过,2024-03-02
  expect: |
    institution_id,pace_per_week,needed_per_week,projected_on,projected_rate,outlook
    I1,0.3333333333333333,2,2024-05-05,0.4444444444444444,at_risk
    I2,0,1,,0.5,stalled
    I3,0,0,2024-03-02,1,done
*/
with

final as (
    select
        institution_forecasts.institution_id,
        institution_forecasts.pace_per_week,
        institution_forecasts.needed_per_week,
        coalesce(
            institution_forecasts.completed_on,
            plan.as_of + cast(institution_forecasts.days_to_completion as integer)
        ) as projected_on,
        institution_forecasts.projected_rate,
        institution_forecasts.outlook
    from institution_forecasts
    cross join plan
)

select * from final
order by institution_id
