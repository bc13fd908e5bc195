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


def assert_no_cell_is_broken(page):
    """A number or a mail address stands on one line, whole, wherever its cell is."""
    broken = page.evaluate(BROKEN)
    assert not broken, f"{page.url} breaks {broken}"


def assert_link_texts_tell_places_apart(page):
    """Each text of a link leads to one place: read out of their lines, links still say where they go."""
    places = {}
    for text, address in page.evaluate(LINKS):
        places.setdefault(text, set()).add(address)
    alike = {text: addresses for text, addresses in places.items() if text and len(addresses) > 1}
    assert not alike, f"{page.url} calls several places alike: {alike}"


def tab_to(page, selector):
    """Press Tab until something of this kind has the focus, as who uses no mouse does; it must be seen there."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.locator(":focus").bounding_box()
            return
    raise AssertionError(f"no way to {selector}")


LINKS = r"""[...document.querySelectorAll("a[href]")].map(link => [
  link.getAttribute("aria-label") || link.textContent.trim().replace(/\s+/g, " "),
  new URL(link.getAttribute("href"), location.href).href.split("#")[0],
])"""

BROKEN = r"""() => {
  const lines = element => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
  };
  return [...document.querySelectorAll("td, dd, td a, .desk-card a")]
    .filter(element => !element.querySelector("a") && /^([△▲+−-]?[\d,.]+|\S+@\S+)$/.test(element.textContent.trim()) && lines(element) > 1)
    .map(element => element.textContent.trim());
}"""
