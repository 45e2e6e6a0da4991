"""The oracle's snapshots as worlds of the project, so that the same rows are asked twice."""

from __future__ import annotations

from decimal import Decimal

from dashboard.policy import Group, Milestone, Policy, StockBelow
from tests.oracle.compare import differences
from tests.oracle.metrics import METRICS, Parameters
from tests.oracle.plan import ENTERPRISE_GROUPS, Plan
from tests.oracle.snapshot import Snapshot
from tests.oracle.tables import to_cells
from tests.support.worlds import JIANGSU, World


class Worlds:
    """Worlds of oracle snapshots, each built once, with those before them."""

    def __init__(self) -> None:
        self._built: dict[int, tuple[Snapshot, World]] = {}

    def of(self, snapshot: Snapshot) -> World:
        """The snapshot, and the one before it, built by the project."""
        if id(snapshot) not in self._built:
            previous = self.of(snapshot.previous) if snapshot.previous else None
            rows = {name: [to_cells(r) for r in records] for name, records in snapshot.tables.items()}
            world = World(snapshot.as_of.isoformat(), rows, previous, policy_of(snapshot.plan))
            self._built[id(snapshot)] = snapshot, world
        return self._built[id(snapshot)][1]


def policy_of(plan: Plan) -> Policy:
    """Jiangsu's policy with the numbers of `plan`."""
    milestones = [
        Milestone(
            group=m.group, due_on=m.due_on, share=Decimal(m.percent) / 100, basically_complete=m.basically_complete,
            clause="四", quote="略",
        )
        for m in plan.milestones
    ]  # fmt: skip
    attention = {
        "no_approval_days": plan.no_approval_days,
        "unreported_days": plan.unreported_days,
        "batch_share": Decimal(plan.batch_percent) / 100,
        "batch_min_stock": plan.batch_min_stock,
    }
    factor = Decimal(plan.basically_complete_percent) / 100
    return JIANGSU.model_copy(
        update={
            "baseline": JIANGSU.baseline.model_copy(update={"day": plan.baseline}),
            "basically_complete": JIANGSU.basically_complete.model_copy(update={"factor": factor}),
            "groups": tuple(_group(g, plan) for g in JIANGSU.groups),
            "milestones": tuple(m for m in milestones if m.group not in ENTERPRISE_GROUPS),
            "enterprise_milestones": tuple(m for m in milestones if m.group in ENTERPRISE_GROUPS),
            "events": JIANGSU.events.model_copy(update={"target": plan.event_target}),
            "maturity_high_from": plan.high_from,
            "pool_stars": plan.pool_stars,
            "attention": JIANGSU.attention.model_copy(update=attention),
            "pace_days": plan.pace_days,
        }
    )


def disagreements(world: World, now: Snapshot, name: str, parameters: Parameters) -> list[str]:
    """How the metric of `queries/metrics` and the oracle differ on one snapshot; empty when they do not."""
    metric = METRICS[name]
    expected, found = metric.rows(now, parameters), world.query(name, **parameters)
    return differences(expected, found, metric.columns, ordered=metric.ordered)


def _group(group: Group, plan: Plan) -> Group:
    conditions = [StockBelow(stock_below=plan.small_stock) if isinstance(c, StockBelow) else c for c in group.any_of]
    return group.model_copy(update={"any_of": tuple(conditions)})
