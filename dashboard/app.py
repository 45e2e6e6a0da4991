"""The script that the server runs for each visit: account and navigation, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = str(Path(__file__).resolve().parent.parent)
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

from dashboard.errors import DashboardError  # noqa: E402
from dashboard.ui import navigation, states  # noqa: E402

page = navigation.choose()
try:
    page.run()
except DashboardError as error:
    states.problem(error)
