"""A Spark session for one import: where it runs, and what is wrong in a sentence when it does not."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO

from py4j.java_gateway import JavaGateway
from py4j.protocol import Py4JError
from pyspark import SparkConf, SparkContext
from pyspark.errors import PySparkException
from pyspark.java_gateway import launch_gateway
from pyspark.sql import SparkSession

from dashboard.errors import EngineFailed

MASTER = "DASHBOARD_SPARK_MASTER"
LOCAL = "local[*]"
WAIT_FOR_MASTER, WAIT_FOR_WORKERS = 10.0, 120.0
"""Seconds until a cluster that does not answer, or gives no worker, is given up."""

_SETTINGS = {
    "spark.app.name": "dashboard import",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.hadoop.mapreduce.fileoutputcommitter.algorithm.version": "2",
    "spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs": "false",
}
_LOOPBACK = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


@contextmanager
def started(**settings: str) -> Iterator[SparkSession]:
    """A session on the master that the environment names (else on this machine), with a Java process of its own.

    `settings` of Spark go before ours, and both before what Spark's own configuration folder says.

    Raises:
        EngineFailed: Java or the master is not there; or Spark gave up what it was asked for within the block.
    """
    master = os.environ.get(MASTER) or LOCAL
    _require(master)
    conf = SparkConf(loadDefaults=False).setMaster(master)
    for name, value in {**_SETTINGS, **(_LOOPBACK if master.startswith("local") else {}), **settings}.items():
        conf.set(name, value)
    with tempfile.TemporaryFile() as log, _interrupts_kept(), _java(conf, log) as gateway:
        with _failing(log, f"Spark 没有启动，请检查 {MASTER}（现在是 {master}）、集群状态和 Spark 自己的设置"):
            context = SparkContext(conf=conf, gateway=gateway)
        try:
            if not master.startswith("local"):
                _require_workers(context, master)
            with _failing(log, "Spark 没有算完，没有发布，请确认各节点能以同一路径读写数据目录、内存和磁盘够用"):
                yield SparkSession(context)
        finally:
            with suppress(Py4JError, ConnectionError):
                context.stop()


@contextmanager
def _failing(log: IO[bytes], sentence: str) -> Iterator[None]:
    """What Spark raises, as one sentence; its own words and Java's go into the traceback."""
    try:
        yield
    except (PySparkException, Py4JError, ConnectionError) as error:
        try:
            said = str(error)
        except (Py4JError, ConnectionError):  # a captured error asks Java for its words, and Java is gone
            said = "Java ended"
        names = re.findall(r"\b[A-Z]\w*(?:Exception|Error)\b", said) or [type(error).__name__]
        log.seek(0)
        cause = RuntimeError(f"{said}\n{log.read().decode(errors='replace')}").with_traceback(error.__traceback__)
        raise EngineFailed(f"{sentence}（{names[-1]}）；加 --debug 可看详情，也可改用 --engine duckdb。") from cause


def _require(master: str) -> None:
    """Java and the master have to be there: Spark itself would wait for a minute."""
    java = shutil.which("java", path=f"{os.environ['JAVA_HOME']}/bin" if os.environ.get("JAVA_HOME") else None)
    if not java:
        raise EngineFailed("没有找到 Java，Spark 不能启动：请安装 Java 17 或更高版本，或用 JAVA_HOME 指明它的位置。")
    if master.startswith("spark://"):
        places = re.findall(r"([^/,]+):(\d+)", master)
        if not any(_answers(host, int(port)) for host, port in places):
            raise EngineFailed(f"连不上 Spark 主节点 {master}，请检查 {MASTER} 和网络，或改用 --engine duckdb。")


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), WAIT_FOR_MASTER):
            return True
    except (OSError, OverflowError):
        return False


def _require_workers(context: SparkContext, master: str) -> None:
    """A cluster may take the application and never give it a worker; a first small job tells."""
    patience = threading.Timer(WAIT_FOR_WORKERS, context.cancelAllJobs)
    patience.start()
    try:
        context._jsc.sc().range(0, 1, 1, 1).count()
    except Py4JError as error:
        raise EngineFailed(f"Spark 集群 {master} 没有可用的工作节点，请启动工作节点或稍后再试。") from error
    finally:
        patience.cancel()


@contextmanager
def _java(conf: SparkConf, log: IO[bytes]) -> Iterator[JavaGateway]:
    """The Java process of a session, whose words go to `log`; it ends with the block."""
    with _failing(log, "Spark 没有启动，请检查 Java 版本（17 或更高）和 Spark 自己的设置"):
        gateway = launch_gateway(conf, {"stdout": log, "stderr": log})  # type: ignore[no-untyped-call]
    try:
        yield gateway
    finally:
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()
        SparkContext._gateway = SparkContext._jvm = None


@contextmanager
def _interrupts_kept() -> Iterator[None]:
    """Spark puts its own handler of Ctrl-C in place; afterwards ours is back."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGINT)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
