"""Calls as an Atom feed: what was told anew, changed or withdrawn comes first."""

from django.conf import settings

from sumairu.feeds import Feed

MOST = 100


def feed_of(taken):
    """The text of a feed of what was taken away (`support.calls_page.taken.TakenAway`)."""
    address = f"{settings.PUBLIC_ADDRESS}{taken.feed_url}"
    feed = Feed(
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
