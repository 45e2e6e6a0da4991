"""A Spark session of this machine, and imports by both engines side by side. Without Java skipped, but in CI failed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from pyspark.sql import SparkSession

from dashboard.snapshots.spark.session import started

QUICK = {
    # Small tables: what a new Java process compiles and plans costs more than what it then computes.
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.codegen.wholeStage": "false",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}


@pytest.fixture(scope="session", autouse=True)
def java() -> None:
    if not shutil.which("java"):
        if os.environ.get("CI") == "true":
            pytest.fail("Java is missing: the tests of Spark cannot run")
        pytest.skip("Java is missing: the tests of Spark are skipped")


@pytest.fixture(scope="module")
def session() -> Iterator[SparkSession]:
    with started(**QUICK) as found:
        yield found
