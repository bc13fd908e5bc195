"""A real Chromium, driven by Playwright, against a live server. All tests in this folder carry the mark `browser`.

`page` is a desktop's; `phone` and `narrow` are pages of 375 and 320 CSS pixels. What a page logs as an error or asks
of another host fails the test that opened it.
"""

import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.chromium import ARGUMENTS, PATIENCE
from tests.indexing import followed_by_the_index

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session", autouse=True)
def orm_beside_playwright():
    """Playwright's sync API runs an event loop in this thread, which makes Django refuse the ORM."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("chromium がありません（Debian: apt-get install chromium fonts-noto-cjk）")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser, live_server):
    """`open_page(width, **options)`: a fresh page of that width; options are those of a Playwright context."""
    contexts, faults = [], []

    def note_foreign(request):
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != urlsplit(live_server.url).netloc:
            faults.append(f"asked another host: {request.url}")

    def note_refused(message):
        # What a test itself puts into the page (axe does) has no address.
        if "Content Security Policy" in message.text and message.location["url"]:
            faults.append(f"{message.location['url']}: {message.text}")

    def open_page(width, height=800, **options):
        context = browser.new_context(
            base_url=live_server.url, viewport={"width": width, "height": height}, locale="ja-JP", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("request", note_foreign)
        page.on("pageerror", lambda error: faults.append(f"script failed: {error}"))
        page.on("console", note_refused)
        # Chromium hands a file dialogue over only some time after it was asked to: from the start, not at the key press.
        page.on("filechooser", lambda chooser: None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture(autouse=True)
def all_is_found(live_server):
    with followed_by_the_index():
        yield


@pytest.fixture
def page(open_page):
    return open_page(1280)


@pytest.fixture
def phone(open_page):
    return open_page(375, has_touch=True)


@pytest.fixture
def narrow(open_page):
    return open_page(320)
