"""A calendar of calls (RFC 5545), for programs that subscribe to it and for those that open a file.

A call is an event that lasts the whole of its last day: that day is what is asked for, and an event of the whole window
would lie across weeks of other appointments. Nothing in a calendar tells of the moment it was made, so that the same
calls make the same bytes.

Imported when it is asked for: `icalendar` is 9 MB that no page needs.
"""

from datetime import UTC, timedelta

from icalendar import Alarm, Calendar, Event

MAKER = "-//Hokkaido//Sumairu Hokkaido//JA"
ASK_AGAIN = timedelta(hours=6)
WARN_BEFORE = (30, 14, 3)  # days
WARN_AT = timedelta(hours=9)  # on the clock where the calendar is


def calendar_of(told, name, about, url):
    """The bytes of a calendar of `told` (`support.given.Told`)."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("description", about)
    calendar.add("x-wr-caldesc", about)
    calendar.add("x-wr-timezone", "Asia/Tokyo")
    calendar.add("url", url)
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for each in told:
        calendar.add_component(_event(each))
    return calendar.to_ical()


def _event(told):
    event = Event()
    event.add("uid", told.uid)
    event.add("dtstamp", told.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", told.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", told.sequence)
    event.add("dtstart", told.last_day)
    event.add("dtend", told.last_day + timedelta(days=1))  # the first day that no longer belongs to it
    event.add("summary", f"取り下げ：{told.content['summary']}" if told.is_withdrawn else told.content["summary"])
    event.add("description", told.content["description"])
    event.add("url", told.content["url"])
    event.add("categories", [told.content["category"]])
    event.add("status", "CANCELLED" if told.is_withdrawn else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if not told.is_withdrawn:
        for days in WARN_BEFORE:
            event.add_component(_alarm(told, days))
    return event


def _alarm(told, days):
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"あと{days}日　{told.content['summary']}")
    alarm.add("trigger", WARN_AT - timedelta(days=days))
    return alarm
