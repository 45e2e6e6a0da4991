/*
title: 需关注
clause: 二（三）、四、五（二）、五（四）
definition: >
    需要跟进的事项，最重在前：里程碑未达标（3），未到期但预测有风险或停滞（2）；已盘点入库较上期减少（3）；
    未完成而连续多日无审核通过（2）；对接活动落后于全年均匀进度（2）；备案多日未反馈平台（1）；
    单日审核通过占存量比例过高（1）；受让方名称含本单位名称（1）。各门槛见方案参数。
grain: 每个事项一行
rows: own
columns:
  - {name: severity, label: 轻重, unit: number, note: 3 最重}
  - {name: kind, label: 事项, unit: text}
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: institution_id, label: 单位编码, unit: text}
  - {name: message, label: 说明, unit: text}
  - {name: value, label: 数值, unit: number}
  - {name: threshold, label: 门槛, unit: number}
example:
  as_of: 2024-03-31
  given:
    institutions: |
      institution_id,institution_name,city_code
      I1,甲大学,320100
      I2,乙学院,320200
    patents: |
      patent_no,institution_id,review_status,approved_on
      P1,I1,已通过,2024-03-17
      P2,I1,待院审,
      P3,I2,已通过,2024-03-30
    filings: |
      filing_no,patent_no,kind,institution_id,recipient,registered_on,reported_on
      F1,P3,转让,I2,乙学院资产公司,2024-02-29,
      F2,P3,转让,I2,某公司,2024-03-01,
  previous:
    as_of: 2024-03-24
    given:
      institutions: |
        institution_id
        I1
        I2
      patents: |
        patent_no,institution_id,review_status,approved_on
        P1,I1,已通过,2024-03-17
        P2,I1,已通过,2024-03-18
  expect: |
    severity,kind,city_code,institution_id,message,value,threshold
    3,approved_drop,320100,I1,甲大学已盘点入库较上期减少1件,-1,0
    2,behind_milestone,320100,I1,甲大学到2024-03-31应完成2件，已盘点入库1件，预测有风险,1,2
    2,no_recent_approval,320100,I1,甲大学已14天没有新的审核通过,14,14
    1,self_transfer,320200,I2,乙学院有1份合同的受让方名称含本单位名称,1,0
    1,unreported,320200,I2,乙学院有1件次备案超过30天未反馈平台,1,30
*/
with

behind_milestone as (
    select
        case when institution_milestones.status = 'missed' then 3 else 2 end as severity,
        'behind_milestone' as kind,
        institution_groups.city_code,
        institution_groups.institution_id,
        concat(
            institution_groups.institution_name, '到', institution_milestones.due_on, '应完成',
            institution_milestones.required, '件，已盘点入库', inventory_sets.approved, '件，',
            case
                when institution_milestones.status = 'missed' then '未达标'
                when institution_forecasts.outlook = 'stalled' then '进度停滞'
                else '预测有风险'
            end
        ) as message,
        cast(inventory_sets.approved as double) as value,
        cast(institution_milestones.required as double) as threshold
    from institution_milestones
    inner join institution_groups on institution_groups.institution_id = institution_milestones.institution_id
    inner join institution_forecasts on institution_forecasts.institution_id = institution_milestones.institution_id
    inner join inventory_sets
        on inventory_sets.level = 'institution' and inventory_sets.key = institution_milestones.institution_id
    where institution_milestones.is_current
        and inventory_sets.approved < institution_milestones.required
        and (institution_milestones.status = 'missed' or institution_forecasts.outlook in ('at_risk', 'stalled'))
),

approved_drop as (
    select
        3 as severity,
        'approved_drop' as kind,
        institution_groups.city_code,
        institution_groups.institution_id,
        concat(
            institution_groups.institution_name, '已盘点入库较上期减少',
            previous_inventory_sets.approved - inventory_sets.approved, '件'
        ) as message,
        inventory_sets.approved - previous_inventory_sets.approved as value,
        0 as threshold
    from institution_groups
    inner join inventory_sets
        on inventory_sets.level = 'institution' and inventory_sets.key = institution_groups.institution_id
    inner join previous_inventory_sets
        on previous_inventory_sets.level = 'institution'
        and previous_inventory_sets.key = institution_groups.institution_id
    where inventory_sets.approved < previous_inventory_sets.approved
),

no_recent_approval as (
    select
        2 as severity,
        'no_recent_approval' as kind,
        institution_alerts.city_code,
        institution_alerts.institution_id,
        case
            when institution_alerts.days_without_approval is null
                then concat(institution_alerts.institution_name, '至今没有一件审核通过')
            else concat(
                institution_alerts.institution_name, '已', institution_alerts.days_without_approval,
                '天没有新的审核通过'
            )
        end as message,
        institution_alerts.days_without_approval as value,
        plan.no_approval_days as threshold
    from institution_alerts
    inner join inventory_sets
        on inventory_sets.level = 'institution' and inventory_sets.key = institution_alerts.institution_id
    cross join plan
    where inventory_sets.approved < inventory_sets.stock
        and coalesce(institution_alerts.days_without_approval >= plan.no_approval_days, true)
),

event_pace_behind as (
    select
        2 as severity,
        'event_pace' as kind,
        city_code,
        null as institution_id,
        concat(city_name, '今年对接活动', counted, '场，按全年进度应有', expected, '场') as message,
        counted as value,
        expected as threshold
    from event_pace
    where counted < expected
),

unreported as (
    select
        1 as severity,
        'unreported' as kind,
        institution_alerts.city_code,
        institution_alerts.institution_id,
        concat(
            institution_alerts.institution_name, '有', institution_alerts.unreported, '件次备案超过',
            plan.unreported_days, '天未反馈平台'
        ) as message,
        institution_alerts.unreported as value,
        plan.unreported_days as threshold
    from institution_alerts
    cross join plan
    where institution_alerts.unreported > 0
),

bulk_approval as (
    select
        1 as severity,
        'bulk_approval' as kind,
        institution_alerts.city_code,
        institution_alerts.institution_id,
        concat(
            institution_alerts.institution_name, '一天审核通过', institution_alerts.most_approvals, '件，占存量',
            round(100 * institution_alerts.most_approvals / institution_alerts.stock, 1), '%'
        ) as message,
        institution_alerts.most_approvals / institution_alerts.stock as value,
        plan.batch_share as threshold
    from institution_alerts
    cross join plan
    where institution_alerts.stock >= plan.batch_min_stock
        and institution_alerts.most_approvals > plan.batch_share * institution_alerts.stock
),

self_transfer as (
    select
        1 as severity,
        'self_transfer' as kind,
        city_code,
        institution_id,
        concat(institution_name, '有', self_transfers, '份合同的受让方名称含本单位名称') as message,
        self_transfers as value,
        0 as threshold
    from institution_alerts
    where self_transfers > 0
),

final as (
    from behind_milestone
    union all
    from approved_drop
    union all
    from no_recent_approval
    union all
    from event_pace_behind
    union all
    from unreported
    union all
    from bulk_approval
    union all
    from self_transfer
)

select * from final
order by severity desc, kind, city_code, institution_id
