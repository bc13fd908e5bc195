"""Pictures of a page of each kind, wide and narrow, light and dark, to be looked at (`make screenshots`).

The demo is served from `var/screenshots/`, where the pictures lie, too: named by width, colours and address.
"""

import shutil
import sys
from itertools import product

from playwright.sync_api import sync_playwright

from tests.bench.server import VAR, serving
from tests.bench.weight import shape, weigh_pages
from tests.browser.chromium import ARGUMENTS, PATIENCE

FOLDER = VAR / "screenshots"
WIDTHS = 1280, 375
SCHEMES = "light", "dark"
HIGHEST = 16_000  # pixels; Chromium draws no higher picture
EDITOR = "honcho@example.jp"
NOT_SHOWN = "logout", "password_change", "jsi18n"


def main():
    chromium = shutil.which("chromium") or sys.exit(
        "chromium がありません（Debian: apt-get install chromium fonts-noto-cjk）"
    )
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with serving(FOLDER) as (_, address), sync_playwright() as playwright:
        site = "http://{}:{}".format(*address)
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        # Every page is gone to, since what leads to a kind may stand on few; the first of each kind is taken.
        paths = {shape(path): path for path in sorted(weigh_pages(address), reverse=True)}.values()
        for width, scheme in product(WIDTHS, SCHEMES):
            page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page.set_default_timeout(PATIENCE)
            for path in paths:
                take(page, site, path, f"{width}-{scheme}")
            sign_in(page, site)
            for path in pages_of_staff(page, site):
                take(page, site, path, f"{width}-{scheme}")
            page.context.close()
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER}")


def take(page, site, path, kind):
    page.goto(site + path)
    name = path.strip("/").replace("/", "_") or "home"
    height = min(page.evaluate("document.documentElement.scrollHeight"), HIGHEST)
    clip = {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}
    page.screenshot(path=FOLDER / f"{kind}-{name}.png", full_page=True, clip=clip)


def sign_in(page, site):
    page.goto(f"{site}/admin/")
    page.fill("[name=username]", EDITOR)
    page.fill("[name=password]", (FOLDER / "demo-accounts.txt").read_text().splitlines()[0])
    page.press("[name=password]", "Enter")
    page.wait_for_selector("text=わたしの仕事")


def pages_of_staff(page, site):
    """What the first page of staff leads to, and the first row of each list."""
    first = _links(page)
    found = [path for path in first if path.count("/") == 4]
    rows = []
    for path in found:
        page.goto(site + path)
        rows += [link for link in _links(page) if link.startswith(path) and link.endswith("/change/")][:1]
    return [*first, *rows]


def _links(page):
    paths = page.eval_on_selector_all("a[href]", "links => links.map(link => link.pathname)")
    return sorted(
        {path for path in paths if path.startswith("/admin/") and not any(part in path for part in NOT_SHOWN)}
    )


if __name__ == "__main__":
    main()
