"""The script that the server runs for each visit: account and navigation, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from dashboard.errors import DashboardError, OutOfScope  # noqa: E402
from dashboard.ui import account, navigation, signin, states  # noqa: E402

visit = account.visit()
page = navigation.choose(visit.account if visit else None)
try:
    if visit is None:
        signin.page()
    else:
        page.run()
except OutOfScope as error:
    account.refused(page.title)
    states.problem(error)
except DashboardError as error:
    states.problem(error)
