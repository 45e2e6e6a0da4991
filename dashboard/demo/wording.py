"""Titles, descriptions and classes of patents, put together from the words of demo.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import pyarrow as pa

from dashboard.demo import columns
from dashboard.demo.chance import Ints
from dashboard.demo.patents import Rows
from dashboard.demo.settings import Settings


@dataclass(frozen=True)
class Texts:
    """One label per row."""

    title: pa.Array
    ipc: pa.Array
    product: pa.Array
    advantages: pa.Array
    performance: pa.Array
    outlook: pa.Array


def texts(settings: Settings, rows: Rows) -> Texts:
    """The texts of all rows, from each patent's own random `wording`, so that joint rows read the same."""
    words, areas = settings.words, list(settings.fields.values())
    things = min(len(area.things) for area in areas)
    classes = min(len(area.ipc) for area in areas)
    suffixes = (words.invention, words.utility, words.design)
    endings = min(len(suffix) for suffix in suffixes)
    mix = _Mixer(rows.wording)
    area = np.where(rows.field < 0, mix.draw(len(areas)), rows.field)
    thing, quality, ending = mix.draw(things), mix.draw(len(words.qualities)), mix.draw(endings)
    titles = [
        f"{opening}{quality_}{a.things[t]}{suffix[e]}"
        for (opening, suffix), a in product(zip(("一种", "一种", ""), suffixes, strict=True), areas)
        for t, quality_, e in product(range(things), words.qualities, range(endings))
    ]
    title = (((rows.type * len(areas) + area) * things + thing) * len(words.qualities) + quality) * endings + ending
    products = [f"{a.things[t]}{p}" for a in areas for t in range(things) for p in words.products]
    product_ = (area * things + thing) * len(words.products) + mix.draw(len(words.products))
    return Texts(
        title=columns.words(title, titles),
        ipc=columns.words(area * classes + mix.draw(classes), [code for a in areas for code in a.ipc[:classes]]),
        product=columns.words(product_, products),
        advantages=columns.words(mix.draw(len(words.advantages)), words.advantages),
        performance=columns.words(mix.draw(len(words.performance)), words.performance),
        outlook=columns.words(mix.draw(len(words.outlook)), words.outlook),
    )


class _Mixer:
    """Successive digits of a random number, each with its own base."""

    def __init__(self, source: Ints) -> None:
        self._rest = source

    def draw(self, base: int) -> Ints:
        digit = self._rest % base
        self._rest = self._rest // base
        return digit
