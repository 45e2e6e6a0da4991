"""Demonstration data: weekly export folders with real institutions and invented facts, in the input contract's format.

A world is made once from a seed and a scale, up to the plan's last due date (`world`); a week's folder shows what of
it has happened by its date (`observe`), written with the ordinary mess of an office (`mess`, `sheets`, `folder`).
What is invented and what it is tuned to stands in `data/reference/demo.yaml`.
"""

from dashboard.demo.folder import Progress, weeks, write

__all__ = ["Progress", "weeks", "write"]
