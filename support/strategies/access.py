"""Who may see and keep towns' strategies: headquarters all of them, an office those of its own towns."""

from regions.access import OFFICES_SEE
from sumairu.access import EVERYONE, HEADQUARTERS, Rule
from sumairu.publishing.models import never_public
from support.access import WITH_LOCAL_ROWS
from support.strategies.models import Frame, StrategyAim, StrategyAttachment, StrategyIndicator, TownStrategy

BENEATH = Rule(seen_by=OFFICES_SEE, kept_by=WITH_LOCAL_ROWS, owner="strategy__municipality__subprefecture")

RULES = {
    TownStrategy: Rule(
        seen_by=OFFICES_SEE, kept_by=WITH_LOCAL_ROWS, owner="municipality__subprefecture", deletable=never_public
    ),
    StrategyAim: BENEATH,
    StrategyIndicator: BENEATH,
    StrategyAttachment: BENEATH,
    Frame: Rule(seen_by=EVERYONE, kept_by=HEADQUARTERS, deletable=never_public),
}
