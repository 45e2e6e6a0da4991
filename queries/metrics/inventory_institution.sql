/*
title: 单位盘点进展
clause: 二（一）、四
definition: >
    每个单位的存量专利（基准日及以前授权、未转化、基准日未失效）盘点情况。盘点率 = 已盘点入库 ÷ 存量；入库率 = 已入转化资源库 ÷
    已盘点入库。应完成件数 = 当前里程碑的比例 × 存量，向上取整。没有存量的单位列出但不计任务。排名按盘点率，并列同名次。
grain: 每个单位一行
rows: own
columns:
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: institution_name, label: 单位名称, unit: text}
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: affiliation, label: 隶属关系, unit: text}
  - {name: group, label: 组别, unit: text}
  - {name: stock, label: 存量专利, unit: patents}
  - {name: recorded, label: 已建档, unit: patents}
  - {name: approved, label: 已盘点入库, unit: patents}
  - {name: listed, label: 已入转化资源库, unit: patents}
  - {name: inventory_rate, label: 盘点率, unit: rate, note: 已盘点入库 ÷ 存量专利}
  - {name: listing_rate, label: 入库率, unit: rate, note: 已入转化资源库 ÷ 已盘点入库}
  - {name: milestone_due, label: 当前里程碑, unit: date}
  - {name: required, label: 应完成, unit: patents}
  - {name: gap, label: 还差, unit: patents}
  - {name: status, label: 状态, unit: status}
  - {name: achieved_on, label: 达标日期, unit: date}
  - {name: rank, label: 名次, unit: rank}
  - {name: previous_rate, label: 上期盘点率, unit: rate}
  - {name: change_pp, label: 较上期, unit: pp}
  - {name: approved_change, label: 新增盘点入库, unit: patents}
example:
  as_of: 2024-04-10
  given:
    institutions: |
      institution_id,institution_name,affiliation,demonstration
      I1,甲大学,部属,true
      I2,乙学院,市属,false
      I3,丙研究所,省属,false
    patents: |
      patent_no,institution_id,review_status,recorded_on,approved_on,listed_on,lapsed_on,legal_status
      P1,I1,已通过,2024-03-01,2024-03-31,2024-04-02,,有效
      P2,I1,待校审,2024-03-02,,,2024-02-01,失效
      P3,I1,校审退回,,2024-03-20,2024-03-21,,有效
      P4,I2,已通过,,2024-04-03,,,有效
      P5,I3,已通过,2024-03-01,2024-03-02,,2023-12-31,失效
  previous:
    as_of: 2024-04-03
    given:
      institutions: |
        institution_id
        I1
      patents: |
        patent_no,institution_id
        P1,I1
        P2,I1
  expect: |
    institution_id,institution_name,city_code,city_name,affiliation,group,stock,recorded,approved,listed,inventory_rate,listing_rate,milestone_due,required,gap,status,achieved_on,rank,previous_rate,change_pp,approved_change
    I1,甲大学,320100,南京市,部属,A,3,2,1,1,0.3333333333333333,1,2024-03-31,3,2,missed,,2,0,33.33333333333333,1
    I2,乙学院,320100,南京市,市属,A,1,1,1,0,1,0,2024-03-31,1,0,late,2024-04-03,1,,,
    I3,丙研究所,320100,南京市,省属,A,0,0,0,0,,,,,,none,,,,,
*/
with

current_milestones as (
    select institution_id, due_on, required, achieved_on, status
    from institution_milestones
    where is_current
),

final as (
    select
        institution_groups.institution_id,
        institution_groups.institution_name,
        institution_groups.city_code,
        institution_groups.city_name,
        institution_groups.affiliation,
        institution_groups.group_code as "group",
        inventory_sets.stock,
        inventory_sets.recorded,
        inventory_sets.approved,
        inventory_sets.listed,
        inventory_sets.inventory_rate,
        inventory_sets.listing_rate,
        case when inventory_sets.stock > 0 then current_milestones.due_on end as milestone_due,
        current_milestones.required,
        case
            when current_milestones.required is not null
                then greatest(current_milestones.required - inventory_sets.approved, 0)
        end as gap,
        current_milestones.status,
        current_milestones.achieved_on,
        inventory_sets.rank,
        previous_inventory_sets.inventory_rate as previous_rate,
        100 * (inventory_sets.inventory_rate - previous_inventory_sets.inventory_rate) as change_pp,
        inventory_sets.approved - previous_inventory_sets.approved as approved_change
    from institution_groups
    inner join current_milestones on current_milestones.institution_id = institution_groups.institution_id
    inner join inventory_sets
        on inventory_sets.level = 'institution' and inventory_sets.key = institution_groups.institution_id
    left join previous_inventory_sets
        on previous_inventory_sets.level = 'institution'
        and previous_inventory_sets.key = institution_groups.institution_id
)

select * from final
order by institution_id
