"""What programs are told of a programme: a `GovernmentService` of schema.org, as its page stands today."""

from sumairu.linked_data import AREA, PREFECTURE, address, told


def service(page):
    """The programme of a `ProgramPage`, as a list of things.

    None of what is invented, nor on the pages of other years and of one town: they belong to the programme's own page.
    """
    if page.edition != page.standing.edition or page.town or page.program.is_sample or page.edition.is_sample:
        return []
    url = address(page.program.get_absolute_url())
    return [
        told(
            type="GovernmentService",
            id=url,
            name=page.program.official_name,
            alternateName=page.program.plain_name,
            description=page.edition.summary,
            serviceType=page.program.get_pillar_display(),
            url=url,
            provider=PREFECTURE,
            areaServed=AREA,
            audience=_audience(page),
            availableChannel=[*_desks(page), *_online(page)],
            offers=_calls(page),
        )
    ]


def _now(known):
    """A text of the edition itself: that of a year before says so on the page, which has no word here."""
    return "" if known.year else known.text


def _audience(page):
    target = _now(page.known("target"))
    return told(type="Audience", audienceType=target) if target else None


def _desks(page):
    """The programme's desk, and those of the offices."""
    of_offices = [row.desk for row in page.desks if not row.is_sample]
    first = [page.desk] if page.desk in (page.program.desk, *of_offices) else []
    for desk in dict.fromkeys([*first, *of_offices]):
        if desk and not desk.is_sample:
            numbers = [telephone.number for telephone in desk.telephones]
            contact = told(type="ContactPoint", telephone=numbers, email=desk.email)
            yield told(type="ServiceChannel", name=str(desk), servicePhone=contact)


def _online(page):
    if url := _now(page.apply_url):
        yield told(type="ServiceChannel", name="電子申請", serviceUrl=url)


def _calls(page):
    """The calls that are open or will open, by their days: when what the programme offers is to be had."""
    return [
        told(
            type="Offer",
            name=call.who_words,
            url=address(call.address),
            availabilityStarts=_day(call.window.opens_on),
            availabilityEnds=_day(call.window.closes_on),
        )
        for call in page.standing.calls
        if call.is_live and not call.window.is_sample and (call.window.opens_on or call.window.closes_on)
    ]


def _day(day):
    return day.isoformat() if day else ""
