"""The invented settings of the demonstration world (`data/reference/demo.yaml`), typed and validated."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from dashboard import yamlfile
from dashboard.places import Places
from dashboard.yamlfile import Part

Share = Annotated[float, Field(ge=0, le=1)]
Range = tuple[float, float]


class FilingsYear(Part):
    """Patents transferred or licensed in `months` months, and the growth on the year before (a fraction)."""

    patents: int
    months: int
    growth: float


class Calibration(Part):
    """Published figures that the world is tuned to; the tests hold it to them."""

    stock: int
    first_due_rate: Range
    three_stars: Range
    listed_share: Range
    filings_year: FilingsYear


class Institutions(Part):
    """What the lists of real institutions do not say. Names are those of the reference lists."""

    research_code: str
    moved: dict[str, str]
    municipal: tuple[str, ...]
    demonstration: tuple[str, ...]
    capacity_programme: tuple[str, ...]
    leading: tuple[str, ...]
    top: float
    exponent: float
    median: dict[str, float]
    sigma: float
    without_stock: int


class Manner(Part):
    share: Share
    factor: Range


class Conduct(Part):
    """How institutions work towards their dates."""

    prompt: Manner
    slow: Manner
    late: Manner
    bulk: Manner
    untidy: Share
    catch_up: Share


class Rhythm(Part):
    """How work spreads over the days."""

    weekdays: tuple[float, float, float, float, float, float, float]
    holidays: tuple[date, ...]
    made_up_days: tuple[date, ...]
    holiday_weight: float
    push: float
    first_day: int


class Patents(Part):
    """Shares of the stock, or probabilities."""

    allowance: Share
    converted_before: Share
    lapsed_before: Share
    increment: Share
    joint: Share
    with_enterprise: Share
    types: dict[str, float]
    entering: Share
    leaving: Share
    converting: Share
    moving: Share
    lapsing: Share
    returned_by_college: Share
    returned_by_school: Share
    withdrawn: Share
    listed: Share
    increment_recorded: Share
    converted_recorded: Share
    in_portfolio: Share
    stars: tuple[float, ...]
    prospects: dict[str, float]
    several_users: Share
    own_use: Share
    industrialised: Share


class Market(Part):
    """Counts at scale 1, shares and mean days of whatever happens outside the inventory."""

    enterprises: int
    lead_share: Share
    evaluations_per_listed: float
    lead_days: float
    other_days: float
    experts: int
    portfolios: int
    products: int
    pilots: int
    cases: int
    events_by_year: tuple[int, ...]
    contract_patents: float
    kinds: dict[str, float]
    filings_lost: Share
    never_registered: Share
    never_reported: Share
    self_transfer: Share
    outside: Share


class Area(Part):
    """The words of one technical field."""

    ipc: tuple[str, ...]
    things: tuple[str, ...]


class Words(Part):
    qualities: tuple[str, ...]
    invention: tuple[str, ...]
    utility: tuple[str, ...]
    design: tuple[str, ...]
    products: tuple[str, ...]
    advantages: tuple[str, ...]
    performance: tuple[str, ...]
    outlook: tuple[str, ...]
    needs: tuple[str, ...]


class Settings(Part):
    """All of `demo.yaml`."""

    version: int
    seed: int
    last_week: date
    weeks: int
    calibration: Calibration
    institutions: Institutions
    conduct: Conduct
    rhythm: Rhythm
    patents: Patents
    market: Market
    city_weights: dict[str, float]
    outside_places: tuple[tuple[str, str], ...]
    other_categories: tuple[tuple[str, ...], ...]
    platforms: tuple[str, ...]
    operators: tuple[str, ...]
    organisers: tuple[str, ...]
    fields: dict[str, Area]
    words: Words


def load(places: Places) -> Settings:
    """The settings in force.

    Raises:
        SetupError: missing or not of this form.
    """
    return yamlfile.load(places.own("reference/demo.yaml"), Settings)
