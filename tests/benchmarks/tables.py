"""What was measured, as tables in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tests.benchmarks.goals import Found, Goal
from tests.benchmarks.load import Load
from tests.benchmarks.walks import Walk


def show(lines: Iterable[str]) -> None:
    print("\n" + "\n".join(lines), flush=True)


def reruns(size: int, found: Found, walks: Sequence[Walk]) -> Iterator[str]:
    """Of each page at one size: processor time of the server, ours beside the baseline's, and what is sent."""
    yield f"## Rerun at {size:,} patents (server's processor time, ms: ours / baseline = ratio)\n"
    yield from _head(
        "page", "first load", "filter, new setting", "filter, seen before", "waited, seen before", "sent kB (wire)"
    )
    for walk in walks:
        mine, theirs = found.reruns[size, walk.page]
        if mine.failure:
            yield _row(walk.page, mine.failure)
            continue
        yield _row(
            walk.page, *(_pair(getattr(mine, c), getattr(theirs, c, None)) for c in
                         ("first_cpu", "new_cpu", "again_cpu", "again")),
            f"{mine.sent / 1e3:.0f} ({mine.wire / 1e3:.0f})",
        )  # fmt: skip


def flat(found: Found, walks: Sequence[Walk], small: int, large: int) -> Iterator[str]:
    """How our server's time grows from the smallest size to the largest."""
    yield f"## Rerun at {large:,} patents in times of that at {small:,}\n"
    yield from _head("page", "first load", "filter, new setting", "filter, seen before")
    for walk in walks:
        now, before = found.reruns[large, walk.page][0], found.reruns[small, walk.page][0]
        yield _row(
            walk.page,
            *(_pair(getattr(now, c), getattr(before, c)) for c in ("first_cpu", "new_cpu", "again_cpu")),
        )


def loads(size: int, found: Found) -> Iterator[str]:
    """Waiting times of many visitors at once."""
    yield f"## Load at {size:,} patents (seconds)\n"
    yield from _head("visitors", "which", "p50", "p95", "p99", "runs a second", "failures", "memory MB", "cores busy")
    for mine, theirs in found.loads:
        yield _load("ours", mine)
        if theirs:
            yield _load("baseline", theirs)


def _load(name: str, load: Load) -> str:
    waits = (f"{load.percentile(share):.2f}" for share in (0.5, 0.95, 0.99))
    return _row(
        str(load.crowd), name, *waits, f"{load.rate:.1f}", str(len(load.failures)), f"{load.memory:.0f}",
        f"{load.cpu:.2f}",
    )  # fmt: skip


def browsers(size: int, found: Found, walks: Sequence[Walk]) -> Iterator[str]:
    """What a visitor waits for in Chromium."""
    yield f"## Browser at {size:,} patents (ms: ours / baseline = ratio)\n"
    yield from _head("page", "first load, empty cache", "first load, warm cache", "changed filter", "requests", "MB")
    for walk in walks:
        mine, theirs = found.browsers[walk.page]
        yield _row(
            walk.page, *(_pair(getattr(mine, c), getattr(theirs, c, None)) for c in ("cold", "warm", "change")),
            f"{mine.requests}" + (f" / {theirs.requests}" if theirs else ""),
            f"{mine.received / 1e6:.1f}" + (f" / {theirs.received / 1e6:.1f}" if theirs else ""),
        )  # fmt: skip


def goals(judged: Sequence[Goal]) -> Iterator[str]:
    """What was to be reached."""
    yield "## Reached\n"
    yield from _head("what", "allowed", "found", "")
    for goal in judged:
        yield _row(goal.what, goal.allowed, goal.found, "yes" if goal.is_met else "no")


def _pair(mine: float, theirs: float | None) -> str:
    """Two times in milliseconds and their ratio; one alone where there is no other."""
    if theirs is None:
        return f"{mine * 1e3:.0f}"
    ratio = f"{mine / theirs:.2f}" if theirs else "—"
    return f"{mine * 1e3:.0f} / {theirs * 1e3:.0f} = {ratio}"


def _head(*names: str) -> Iterator[str]:
    yield _row(*names)
    yield _row(*("---" for _ in names))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
