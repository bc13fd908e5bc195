"""Calls as an Atom feed: what was told anew, changed or withdrawn comes first."""

from datetime import datetime, time

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware

MOST = 100


class CallsFeed(Atom1Feed):
    """A feed without entries was last changed this morning, not now: the same calls make the same feed."""

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def latest_post_date(self):
        return super().latest_post_date() if self.items else make_aware(datetime.combine(self.on, time()))


def feed_of(taken):
    """The text of a feed of what was taken away (`support.calls_page.taken.TakenAway`)."""
    address = f"{settings.PUBLIC_ADDRESS}{taken.feed_url}"
    feed = CallsFeed(
        taken.name,
        taken.page_url,
        taken.about,
        language="ja",
        author_name="住まいる北海道",
        feed_url=address,
        feed_guid=address,
        on=taken.on,
    )
    for each in sorted(taken.told, key=lambda each: (each.changed_at, each.uid), reverse=True)[:MOST]:
        mark = "取り下げ：" if each.is_withdrawn else ""
        feed.add_item(
            f"{mark}{each.content['summary']}",
            each.content["url"],
            each.content["description"],
            unique_id=f"urn:uuid:{each.uid}",
            updateddate=each.changed_at,
            categories=[each.content["category"]],
        )
    return feed.writeString("utf-8")
