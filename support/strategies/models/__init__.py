"""Strategies of towns, and the prefecture's."""

from support.strategies.models.frames import Frame
from support.strategies.models.towns import (
    State,
    StrategyAim,
    StrategyAttachment,
    StrategyIndicator,
    TownStrategy,
    TownStrategyQuerySet,
    period,
)

__all__ = [
    "Frame",
    "State",
    "StrategyAim",
    "StrategyAttachment",
    "StrategyIndicator",
    "TownStrategy",
    "TownStrategyQuerySet",
    "period",
]
