"""Which records of this app have versions, and which rows lie beneath them."""

from support.notices.models import Notice, NoticeAttachment, NoticeLink

TRACKED = {Notice: (NoticeLink, NoticeAttachment)}
