/*
title: 地市综合得分（参考）
clause: 五（二）
definition: >
    五个分项各 0 至 100 分：盘点＝盘点率÷应达盘点率，不超过 1；评价＝企业评价率；活动＝计数活动÷目标，不超过 1；
    转让许可＝当年转让许可专利÷存量专利，与最好的市之比；产品＝备案产品÷已入库专利，与最好的市之比。按权重平均，
    没有的分项不占权重。方案没有规定公式，仅供参考。口径（属地、市属、部省属）只限定盘点、转让许可和产品背后的单位，年份只移动活动和转让许可。
grain: 每个设区市一行
parameters:
  scope: {label: 口径, type: choice, values: [territory, municipal, provincial], default: territory}
  year: {label: 年份, type: year}
  weight_inventory: {label: 盘点权重, type: weight}
  weight_evaluation: {label: 评价权重, type: weight}
  weight_events: {label: 活动权重, type: weight}
  weight_filings: {label: 转让许可权重, type: weight}
  weight_products: {label: 产品权重, type: weight}
columns:
  - {name: city_code, label: 设区市代码, unit: text}
  - {name: city_name, label: 设区市, unit: text}
  - {name: inventory_score, label: 盘点, unit: score}
  - {name: evaluation_score, label: 企业评价, unit: score}
  - {name: events_score, label: 对接活动, unit: score}
  - {name: filings_score, label: 转让许可, unit: score}
  - {name: products_score, label: 产品备案, unit: score}
  - {name: score, label: 综合得分（参考）, unit: score}
  - {name: rank, label: 名次, unit: rank}
  - {name: previous_rank, label: 上期名次, unit: rank}
  - {name: rank_change, label: 名次变动, unit: rank, note: 大于 0 为上升}
example:
  # 南京 has approved one of two patents (all are due), 苏州 its only one. Filings: 南京 1 patent of 2, 苏州 1 of 1, the
  # best. 对接活动 and 产品备案 are absent and 企业评价 has no pair: those parts take no weight.
  # A week ago 苏州 had approved nothing and neither had filed: best city 0, so inventory alone counted.
  as_of: 2024-04-30
  given:
    institutions: |
      institution_id,city_code
      a,320100
      b,320500
    patents: |
      patent_no,institution_id,review_status,approved_on
      1,a,已通过,2024-03-01
      2,a,未建档,
      3,b,已通过,2024-04-29
    enterprises: |
      enterprise_id
    evaluations: |
      patent_no,enterprise_id
    filings: |
      filing_no,patent_no,kind,institution_id,registered_on
      K,1,转让,a,2024-04-28
      L,3,转让,b,2024-04-28
  previous:
    as_of: 2024-04-23
    given:
      institutions: |
        institution_id,city_code
        a,320100
        b,320500
      patents: |
        patent_no,institution_id,review_status,approved_on
        1,a,已通过,2024-03-01
        2,a,未建档,
        3,b,未建档,
      filings: |
        filing_no,patent_no
  expect: |
    city_code,city_name,inventory_score,evaluation_score,events_score,filings_score,products_score,score,rank,previous_rank,rank_change
    320100,南京市,50,,,50,,50,2,1,-1
    320200,无锡市,,,,,,,,,
    320300,徐州市,,,,,,,,,
    320400,常州市,,,,,,,,,
    320500,苏州市,100,,,100,,100,1,2,1
    320600,南通市,,,,,,,,,
    320700,连云港市,,,,,,,,,
    320800,淮安市,,,,,,,,,
    320900,盐城市,,,,,,,,,
    321000,扬州市,,,,,,,,,
    321100,镇江市,,,,,,,,,
    321200,泰州市,,,,,,,,,
    321300,宿迁市,,,,,,,,,
*/
with

moments as (
    select
        'now' as moment,
        coalesce(cast($year as bigint), year(plan.as_of)) as year,
        plan.event_target,
        presence.has_events,
        presence.has_filings
    from plan
    cross join presence
    union all
    select
        'before' as moment,
        coalesce(cast($year as bigint), year(previous_plan.as_of)) as year,
        previous_plan.event_target,
        previous_presence.has_events,
        previous_presence.has_filings
    from previous_plan
    cross join previous_presence
),

weights as (
    select
{% for part in ["inventory", "evaluation", "events", "filings", "products"] %}
        coalesce(cast($weight_{{ part }} as double), weight_{{ part }}) as {{ part }}{{ "," if not loop.last }}
{% endfor %}
    from plan
),

inventory as (
    select 'now' as moment, level, key, scope, stock, inventory_rate, required_rate from inventory_sets
    union all
    select 'before' as moment, level, key, scope, stock, inventory_rate, required_rate from previous_inventory_sets
),

city_pairs as (
    select 'now' as moment, key, matched, evaluated from evaluation_sets where level = 'city'
    union all
    select 'before' as moment, key, matched, evaluated from previous_evaluation_sets where level = 'city'
),

evaluation as (
    select
        moment,
        key,
        sum(evaluated) / nullif(sum(matched), 0) as evaluation_rate
    from city_pairs
    group by moment, key
),

events_held as (
    select 'now' as moment, city_code, year, counted from event_years
    union all
    select 'before' as moment, city_code, year, counted from previous_event_years
),

filed as (
    select 'now' as moment, level, key, scope, year, patents from filing_sets
    union all
    select 'before' as moment, level, key, scope, year, patents from previous_filing_sets
),

conversion as (
    select 'now' as moment, level, key, scope, approved, products from conversion_sets
    union all
    select 'before' as moment, level, key, scope, approved, products from previous_conversion_sets
),

parts as (
    select
        moments.moment,
        plan_cities.position,
        plan_cities.city_code,
        plan_cities.city_name,
        case
            when inventory.inventory_rate is not null
                then least(1, inventory.inventory_rate / nullif(inventory.required_rate, 0))
        end as inventory_part,
        evaluation.evaluation_rate as evaluation_part,
        case when moments.has_events then least(1, coalesce(events_held.counted, 0) / moments.event_target) end
            as events_part,
        case when moments.has_filings then coalesce(filed.patents, 0) / nullif(inventory.stock, 0) end
            as filings_per_stock,
        conversion.products / nullif(conversion.approved, 0) as products_per_approved
    from plan_cities
    cross join moments
    left join inventory
        on inventory.moment = moments.moment
        and inventory.level = 'city'
        and inventory.scope = $scope
        and inventory.key = plan_cities.city_code
    left join evaluation on evaluation.moment = moments.moment and evaluation.key = plan_cities.city_code
    left join events_held
        on events_held.moment = moments.moment
        and events_held.city_code = plan_cities.city_code
        and events_held.year = moments.year
    left join filed
        on filed.moment = moments.moment
        and filed.level = 'city'
        and filed.scope = $scope
        and filed.key = plan_cities.city_code
        and filed.year = moments.year
    left join conversion
        on conversion.moment = moments.moment
        and conversion.level = 'city'
        and conversion.scope = $scope
        and conversion.key = plan_cities.city_code
),

scored as (
    select
        moment,
        position,
        city_code,
        city_name,
        100 * inventory_part as inventory_score,
        100 * evaluation_part as evaluation_score,
        100 * events_part as events_score,
        100 * (filings_per_stock / nullif(max(filings_per_stock) over (partition by moment), 0)) as filings_score,
        100 * (products_per_approved / nullif(max(products_per_approved) over (partition by moment), 0))
            as products_score
    from parts
),

weighable as (
    select
        scored.*,
{% for part in ["inventory", "evaluation", "events", "filings", "products"] %}
        case when scored.{{ part }}_score is not null then weights.{{ part }} end as {{ part }}_weight{{ "," if not loop.last }}
{% endfor %}
    from scored
    cross join weights
),

-- Only proportions count, so that weights of any size add up: in units of a power of two, which leaves every digit.
proportions as (
    select
        weighable.*,
        pow(2, floor(log2(nullif(
            greatest(inventory_weight, evaluation_weight, events_weight, filings_weight, products_weight), 0
        )))) as unit
    from weighable
),

weighed as (
    select
        proportions.*,
        (
{% for part in ["inventory", "evaluation", "events", "filings", "products"] %}
            coalesce({{ part }}_weight / unit * {{ part }}_score, 0){{ " +" if not loop.last }}
{% endfor %}
        ) / nullif(
{% for part in ["inventory", "evaluation", "events", "filings", "products"] %}
            coalesce({{ part }}_weight / unit, 0){{ " +" if not loop.last }}
{% endfor %}
        , 0) as score
    from proportions
),

ranked as (
    select
        *,
        case
            when score is not null then rank() over (partition by moment order by round(score, 9) desc nulls last)
        end as rank
    from weighed
),

final as (
    select
        now.position,
        now.city_code,
        now.city_name,
        now.inventory_score,
        now.evaluation_score,
        now.events_score,
        now.filings_score,
        now.products_score,
        now.score,
        now.rank,
        before.rank as previous_rank,
        before.rank - now.rank as rank_change
    from ranked as now
    left join ranked as before on before.moment = 'before' and before.city_code = now.city_code
    where now.moment = 'now'
)

select * exclude (position) from final order by position
