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


def assert_no_year_or_day_is_broken(page):
    """「令和3年度」, 「12月9日」 and 「約45億8,000万円」 stand on one line, wherever a sentence says them."""
    broken = page.evaluate(BROKEN_IN_TWO)
    assert not broken, f"{page.url} breaks {broken}"


def assert_chapters_keep_their_column(page):
    """What a chapter says stands beside its title, never beneath it."""
    strays = page.evaluate(STRAYS)
    assert not strays, f"{page.url} has in the column of titles: {strays}"


def assert_nothing_is_squeezed(page):
    """However large the letters are, no text runs down a column a letter wide."""
    squeezed = page.evaluate(SQUEEZED)
    assert not squeezed, f"{page.url} squeezes {squeezed}"


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


def follow(page, selector, address):
    """Open a link by keyboard, and wait for where it leads."""
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def assert_nothing_vanishes(page):
    """In colours of the reader's own choosing every shape is seen, and what is current or changed has an edge."""
    vanished, alike = page.evaluate(VANISHED), page.evaluate(ALIKE)
    assert not vanished, f"{page.url} draws in the colour of its ground: {vanished}"
    assert not alike, f"{page.url} marks by colour alone: {alike}"


def assert_focus_is_seen(page):
    """Whatever the keyboard reaches shows that it is there, in all that can be opened, too."""
    page.evaluate("for (const closed of document.querySelectorAll('details')) closed.open = true")
    page.keyboard.press("Tab")  # from now on the browser shows where the focus is
    unseen = page.evaluate(FOCUS_UNSEEN)
    assert not unseen, f"{page.url} shows no focus on {unseen}"


def assert_nothing_moves(page):
    """For those who asked for no motion."""
    assert page.evaluate(MOVING) == [], page.url


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

# What an editor wrote at length (Markdown), and what no line can hold (digests), may break.
BROKEN_IN_TWO = r"""() => {
  const kept = /(?:令和|平成|昭和)(?:元|\d+)年度?|(?:\d{4}年)?\d+月\d+日(?:（[月火水木金土日]）)?|約?\d[\d,.]*(?:億|万)(?:[\d,]+万)?(?:円|人|件)/g;
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, element = text.parentElement;
    if (element.closest("svg, .unseen, .prose, code, [data-stacks] thead") || !element.checkVisibility({ visibilityProperty: true })) continue;
    for (const match of text.data.matchAll(kept)) {
      const range = document.createRange();
      range.setStart(text, match.index);
      range.setEnd(text, match.index + match[0].length);
      const lines = new Set([...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top)));
      if (lines.size > 1) found.push(match[0]);
    }
  }
  return found;
}"""

STRAYS = """() => [...document.querySelectorAll(".chapter")].flatMap(chapter => {
  const title = chapter.querySelector(":scope > .chapter-title");
  const edge = title ? title.getBoundingClientRect().right : 0;
  return [...chapter.children].filter(part => part !== title && part.getClientRects().length && part.getBoundingClientRect().left < edge);
}).map(part => part.outerHTML.slice(0, 80))"""

# Texts of which a line has hardly more than a letter. What screen readers alone are told has no room at all.
SQUEEZED = r"""() => {
  const found = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode, letters = text.data.replace(/\s+/g, "").length, element = text.parentElement;
    if (letters < 3 || element.closest("svg, rt, thead, .unseen") || !element.checkVisibility({ visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const lines = new Set([...range.getClientRects()].filter(box => box.width > 1).map(box => Math.round(box.top))).size;
    if (lines > 2 && letters / lines < 2) found.push(text.data.trim());
  }
  return found;
}"""

# Shapes that are drawn in nothing but the colour behind them; what is only there to lie behind others is not meant.
VANISHED = r"""() => {
  const ground = getComputedStyle(document.body).backgroundColor;
  const seen = paint => paint !== "none" && paint !== ground && !/^rgba.*, 0\)$/.test(paint);
  return [...document.querySelectorAll("svg :is(path, rect, circle, text, use)")]
    .filter(shape => shape.getBoundingClientRect().width && !shape.matches(".gap, .backdrop"))
    .filter(shape => { const style = getComputedStyle(shape); return !seen(style.fill) && !seen(style.stroke); })
    .map(shape => shape.outerHTML.slice(0, 80));
}"""

# What is current or changed, and yet looks as its neighbours do where no ground is coloured.
ALIKE = """() => [...document.querySelectorAll("main :is([aria-current], .changed, .here-row)")]
  .filter(element => {
    const style = getComputedStyle(element);
    return element.getClientRects().length && style.outlineStyle === "none" && style.borderBottomStyle === "none" && style.fontWeight < 700;
  })
  .map(element => element.outerHTML.slice(0, 80))"""

# What can be reached with the keyboard and shows no ring around it; shapes of a map show it by their edge.
FOCUS_UNSEEN = """() => {
  const looks = element => {
    const style = getComputedStyle(element), path = element.querySelector("path");
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 ? style.outlineColor : "";
    return path && element.closest("svg") ? getComputedStyle(path).stroke + getComputedStyle(path).strokeWidth : ring;
  };
  document.activeElement.blur();
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter(element => element.checkVisibility({ visibilityProperty: true }))
    .filter(element => {
      const before = looks(element);
      element.focus();
      const unseen = document.activeElement !== element || looks(element) === before;
      element.blur();
      return unseen;
    })
    .map(element => element.outerHTML.slice(0, 80));
}"""

MOVING = """() => [...document.querySelectorAll("*")]
  .filter(element => {
    const style = getComputedStyle(element);
    const lasts = durations => durations.split(",").some(duration => parseFloat(duration) > 0);
    return style.scrollBehavior === "smooth" || lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration));
  })
  .map(element => element.outerHTML.slice(0, 80))"""
