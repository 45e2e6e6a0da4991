"""Codes, names and texts of the world's things: what does not depend on the day, made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa

from dashboard.demo import filings, wording
from dashboard.demo.chance import Ints
from dashboard.demo.world import World

IMPLEMENTATIONS = ("未实施", "自行实施", "许可", "转让", "作价入股")


@dataclass(frozen=True)
class Labels:
    """Labels by the numbers that the world uses."""

    world: World

    @cached_property
    def institutions(self) -> pa.Array:
        return pa.array([one.code for one in self.world.institutions])

    @cached_property
    def cities(self) -> list[str]:
        return [city.code for city in self.world.policy.cities]

    @cached_property
    def fields(self) -> list[str]:
        return list(self.world.settings.fields)

    @cached_property
    def enterprises(self) -> pa.Array:
        firms = self.world.enterprises
        return pa.array([firms.code(self.world.policy, n) for n in range(len(firms.city))])

    @cached_property
    def enterprise_names(self) -> list[str]:
        firms = self.world.enterprises
        return [firms.name(self.world.policy, self.fields, n) for n in range(len(firms.city))]

    @cached_property
    def portfolios(self) -> list[str]:
        return [f"YSZH{n + 1:05d}" for n in range(len(self.world.portfolios.field))]

    @cached_property
    def texts(self) -> wording.Texts:
        return wording.texts(self.world.settings, self.world.patents.rows)

    @cached_property
    def first_filing(self) -> tuple[Ints, Ints]:
        """By row: the day of the patent's first contract, and the code of what it made of the implementation."""
        world = self.world
        day, kind = filings.first_effective(world.filings, len(world.patents.numbers))
        made = [IMPLEMENTATIONS.index(filings.IMPLEMENTED.get(k, "许可")) for k in world.settings.market.kinds]
        identity = world.patents.rows.identity
        return day[identity], np.array(made)[kind[identity]]

    def numbers(self, identities: Ints) -> pa.Array:
        """The patent numbers of identities."""
        return self.world.patents.numbers.take(pa.array(identities))
