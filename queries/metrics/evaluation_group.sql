/*
title: 企业评价进度（分组）
clause: 四.2、四.3、四.4
definition: >
    评价率＝已评价配对数÷匹配配对数（企业评价表每行是一件专利推送给一家企业的一个配对）。优势示范企业与其他企业各按自己的当前节点：
    第一个不早于数据日期的应完成日，没有了就取最后一个；应评价＝应达比例×匹配数，向上取整。没有匹配的组状态为“无”。
grain: 每个企业分组一行
columns:
  - {name: enterprise_group, label: 企业分组, unit: text, note: lead 国家知识产权优势示范企业，other 其他企业}
  - {name: enterprises, label: 企业数, unit: enterprises, note: 该组全部企业，不论有无匹配}
  - {name: matched, label: 匹配, unit: pairs}
  - {name: evaluated, label: 已评价, unit: pairs}
  - {name: evaluation_rate, label: 评价率, unit: rate}
  - {name: milestone_due, label: 当前节点, unit: date}
  - {name: share, label: 应达比例, unit: rate}
  - {name: required, label: 应评价, unit: pairs}
  - {name: gap, label: 差额, unit: pairs, note: 应评价减已评价，不小于 0}
  - {name: status, label: 状态, unit: status}
  - {name: with_need, label: 有改进需求, unit: pairs, note: 已评价且需求不为空、不是“无”“暂无”之类}
  - {name: with_cooperation, label: 有合作意愿, unit: pairs, note: 已评价且意愿为“有”或“洽谈中”}
  - {name: previous_rate, label: 上期评价率, unit: rate}
  - {name: change_pp, label: 较上期, unit: pp}
example:
  # Six pairs of lead: 60 % of 6 is 3.6, so 4; the fourth came on the due day. "n/a" is a word for nothing.
  # No pair of the other group.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id
      a
    enterprises: |
      enterprise_id,categories
      e,高新技术企业;国家知识产权优势企业
      f,国有企业
    evaluations: |
      patent_no,enterprise_id,evaluated_on,improvement_need,cooperation
      1,e,2024-04-10,提高良率,有
      2,e,2024-04-10,暂无,无
      3,e,2024-04-11,n/a,洽谈中
      4,e,2024-04-30,,
      5,e,,降低成本,有
      6,e,,,
  previous:
    as_of: 2024-04-23
    given:
      institutions: |
        institution_id
        a
      enterprises: |
        enterprise_id,categories
        e,国家知识产权示范企业
      evaluations: |
        patent_no,enterprise_id,evaluated_on
        1,e,2024-04-10
        2,e,
  expect: |
    enterprise_group,enterprises,matched,evaluated,evaluation_rate,milestone_due,share,required,gap,status,with_need,with_cooperation,previous_rate,change_pp
    lead,1,6,4,0.6666666666666666,2024-04-30,0.6,4,0,met,1,2,0.5,16.666666666666664
    other,1,0,0,,2024-05-31,0.5,,,none,0,0,,
*/
with

judged as (
    select
        plan_enterprise_groups.position,
        evaluation_duties.group_code as enterprise_group,
        evaluation_sets.enterprises,
        evaluation_sets.matched,
        evaluation_sets.evaluated,
        evaluation_sets.evaluated / nullif(evaluation_sets.matched, 0) as evaluation_rate,
        evaluation_duties.due_on as milestone_due,
        cast(evaluation_duties.share as double) as share,
        evaluation_duties.required,
        evaluation_duties.required - evaluation_sets.evaluated as missing,
        case
            when evaluation_sets.matched is null then null
            when evaluation_sets.matched = 0 then 'none'
            when evaluation_duties.achieved_on <= evaluation_duties.due_on then 'met'
            when evaluation_duties.achieved_on > evaluation_duties.due_on then 'late'
            when evaluation_duties.due_on < plan.as_of then 'missed'
            else 'open'
        end as status,
        evaluation_sets.with_need,
        evaluation_sets.with_cooperation,
        previous_sets.evaluated / nullif(previous_sets.matched, 0) as previous_rate
    from evaluation_duties
    cross join plan
    inner join plan_enterprise_groups on plan_enterprise_groups.group_code = evaluation_duties.group_code
    inner join evaluation_sets
        on evaluation_sets.level = 'province' and evaluation_sets.group_code = evaluation_duties.group_code
    left join previous_evaluation_sets as previous_sets
        on previous_sets.level = 'province' and previous_sets.group_code = evaluation_duties.group_code
),

final as (
    select
        position,
        enterprise_group,
        enterprises,
        matched,
        evaluated,
        evaluation_rate,
        milestone_due,
        share,
        required,
        case when required is not null then greatest(missing, 0) end as gap,
        status,
        with_need,
        with_cooperation,
        previous_rate,
        100 * (evaluation_rate - previous_rate) as change_pp
    from judged
)

select * exclude (position) from final order by position
