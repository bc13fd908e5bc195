import pytest

from tests.browser.accessibility import assert_accessible


@pytest.mark.parametrize("width", [1280, 375], ids=["desktop", "phone"])
def test_the_sign_in_page_is_accessible(open_page, width):
    page = open_page(width)
    assert page.goto("/admin/").ok
    assert_accessible(page)
