/*
title: 单位里程碑完成情况
clause: 四
definition: >
    每个单位在本组每个任务日期的完成情况：应完成 = 比例 × 存量，向上取整；达标日期 = 已盘点入库累计达到应完成的最早一天。
    当日达标为达标，其后达标为逾期达标，过期未达为未达标，未到期为未到期；截止当日尚未达到仍为未到期。
grain: 每个单位每个任务日期一行
rows: own
columns:
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: due_on, label: 任务日期, unit: date}
  - {name: share, label: 应达比例, unit: rate}
  - {name: stock, label: 存量专利, unit: patents}
  - {name: required, label: 应完成, unit: patents}
  - {name: approved_by_due, label: 到期已盘点入库, unit: patents}
  - {name: achieved_on, label: 达标日期, unit: date}
  - {name: days_late, label: 逾期天数, unit: days}
  - {name: status, label: 状态, unit: status}
example:
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      I1,320100
      I2,320100
      I3,320100
    patents: |
      patent_no,institution_id,review_status,approved_on,granted_on
      P1,I1,已通过,2024-03-31,2023-12-31
      P2,I2,已通过,2024-03-20,2020-01-01
      P3,I2,已通过,2024-04-02,2020-01-01
      P4,I3,已通过,2024-04-02,2024-01-01
  expect: |
    institution_id,due_on,share,stock,required,approved_by_due,achieved_on,days_late,status
    I1,2024-03-31,1,1,1,1,2024-03-31,0,met
    I2,2024-03-31,1,2,2,1,2024-04-02,2,late
    I3,2024-03-31,1,0,,0,,,none
*/
with

final as (
    select
        institution_id,
        due_on,
        share,
        stock,
        required,
        approved_by_due,
        achieved_on,
        days_late,
        status
    from institution_milestones
)

select * from final
order by institution_id, due_on
