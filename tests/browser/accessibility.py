"""What every page owes to people who do not see or use it as its makers do."""

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_accessible(page):
    """axe-core finds nothing on the page as it stands."""
    results = Axe().run(page, options={"preload": False, "resultTypes": ["violations"], "runOnly": WCAG})
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"


def assert_no_sideways_scrolling(page):
    """Wide tables may scroll inside a box of their own, the page itself never."""
    width, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert width <= room, f"{page.url} is {width} px wide in a window of {room} px"
