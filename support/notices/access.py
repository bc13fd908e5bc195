"""Who may see and keep notices: headquarters all of them, an office its own."""

from regions.access import OFFICES_SEE
from sumairu.access import Rule
from sumairu.publishing.models import never_public
from support.access import WITH_LOCAL_ROWS
from support.notices.models import Notice, NoticeAttachment, NoticeLink

_BENEATH = Rule(seen_by=OFFICES_SEE, kept_by=WITH_LOCAL_ROWS, owner="notice__subprefecture")

RULES = {
    Notice: Rule(seen_by=OFFICES_SEE, kept_by=WITH_LOCAL_ROWS, owner="subprefecture", deletable=never_public),
    NoticeLink: _BENEATH,
    NoticeAttachment: _BENEATH,
}
