"""What an account may see, as a value. Whatever reads rows or figures takes one; there is no default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Role = Literal["province", "steward", "city", "institution"]


@dataclass(frozen=True)
class Scope:
    """`key` is the city's code or the institution's id; the province's accounts have none.

    Aggregates and ranks are computed over all rows whatever the scope; the scope limits rows and
    institutions' figures. Part of every cache key.
    """

    role: Role
    key: str | None = None

    @property
    def sees_all(self) -> bool:
        return self.role in ("province", "steward")


PROVINCE = Scope("province")
