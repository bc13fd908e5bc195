"""Which records of this app have versions, and which rows lie beneath them."""

from support.strategies.models import Frame, StrategyAim, StrategyAttachment, StrategyIndicator, TownStrategy

TRACKED = {TownStrategy: (StrategyAim, StrategyIndicator, StrategyAttachment), Frame: ()}
