"""A case is written, published and found where somebody looks who could learn from it; and its pages stay light."""

from io import BytesIO

import brotli
import pytest
from PIL import Image, ImageFilter

from sumairu.pictures import store_picture
from tests.browser.accessibility import assert_accessible, assert_no_sideways_scrolling
from tests.browser.test_admin import sign_in
from tests.factories import (
    make_case,
    make_case_figure,
    make_edition,
    make_editor,
    make_fact,
    make_initiative,
    make_municipal_fact,
    make_municipality,
    make_picture,
    make_program,
    make_theme,
    png,
)

KB = 1000


@pytest.fixture(autouse=True)
def world(db):
    people = make_fact("population", label="総人口")
    for name, count in (("釧路市", 9_000), ("厚岸町", 8_900), ("帯広市", 170_000)):
        make_municipal_fact(municipality=make_municipality(name), fact=people, value=count)
    make_edition(program=make_program(slug="kofukin", official_name="地域の交付金"))


def photo():
    """As detailed as photos of fields and faces are."""
    out = BytesIO()
    noise = Image.effect_noise((1800, 1200), 90).filter(ImageFilter.GaussianBlur(1.5)).convert("RGB")
    noise.save(out, "JPEG", quality=92)
    return out.getvalue()


def test_a_case_is_written_published_and_found_from_a_similar_town_and_from_its_programme(
    page, live_server, client, tmp_path
):
    picture = tmp_path / "店.png"
    picture.write_bytes(png((1000, 500)))
    sign_in(page, live_server, client, make_editor("kushiro"))
    page.goto("/admin/support_cases/case/add/")
    page.get_by_label("タイトル", exact=False).first.fill("空き店舗のカフェ")
    page.get_by_label("概要", exact=False).first.fill("週末だけ店を開けました。")
    page.get_by_label("うまくいかなかったこと、学んだこと").fill("冬は人が来ませんでした。")
    page.get_by_label("厚岸町").check()
    page.get_by_label("地域の交付金").check()
    page.get_by_label("公開の状態").select_option("公開")
    page.locator("#pictures-group .add-row a").click()
    page.locator("[name=pictures-0-upload]").set_input_files(picture)
    page.locator("[name=pictures-0-alt]").fill("開いた店")
    page.locator("[name=pictures-0-credit]").fill("厚岸町")
    page.get_by_role("button", name="保存", exact=True).first.click()
    page.get_by_role("heading", name="公開ページがこう変わります").wait_for()
    page.get_by_role("button", name="この内容で保存する").click()
    page.wait_for_url("**/admin/support_cases/case/")
    page.goto("/municipalities/012068/")
    chapter = page.locator("section", has=page.get_by_role("heading", name="似た町の事例"))
    chapter.get_by_role("link", name="空き店舗のカフェ").click()
    assert page.get_by_text("冬は人が来ませんでした。").is_visible()
    shown = page.get_by_role("img", name="開いた店")
    shown.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.picture img').complete")
    assert shown.evaluate("image => image.currentSrc").endswith("-960.webp")
    page.get_by_role("link", name="地域の交付金").click()
    chapter = page.locator("section", has=page.get_by_role("heading", name="この制度を使った先行事例"))
    assert chapter.get_by_role("link", name="空き店舗のカフェ").is_visible()


def full_case():
    case = make_case(
        [make_municipality("厚岸町")],
        [make_theme()],
        key="cafe",
        reason="人通りが減りました。",
        body="## 進め方\n\n- 一\n- 二",
        lessons="冬は人が来ませんでした。",
        cost_yen=2_400_000,
        source="案内",
    )
    make_case_figure(case)
    make_case(themes=[make_theme()], title="もう一つの事例")
    return case


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_list_and_a_case_are_for_everybody(open_page, width, scheme):
    make_picture(full_case(), caption="開いた店")
    page = open_page(width, color_scheme=scheme)
    for address in ("/cases/", "/cases/cafe/"):
        page.goto(address)
        assert_accessible(page)
        assert_no_sideways_scrolling(page)


@pytest.mark.parametrize("make_owner", [full_case, lambda: make_initiative(code="kushiro-2021-1")])
def test_a_page_is_light_without_its_pictures_and_with_three_of_them(phone, make_owner):
    """As a server sends it: texts in brotli. At the end of the page all pictures have been fetched."""
    owner = make_owner()
    file, width, height = store_picture("畑.jpg", photo(), "image/jpeg")
    make_picture(owner, file=file, width=width, height=height)
    for name in ("港.png", "丘.png"):
        file, width, height = store_picture(name, png((1200, 800)), "image/png")
        make_picture(owner, file=file, width=width, height=height)
    texts, pictures = [], []

    def weigh(response):
        is_picture = response.headers["content-type"].startswith("image/") and "/pictures/" in response.url
        body = response.body()
        (pictures if is_picture else texts).append(len(body) if is_picture else len(brotli.compress(body, quality=5)))

    phone.on("response", weigh)
    phone.goto(owner.get_absolute_url())
    for picture in phone.locator(".picture img").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("image => image.complete || new Promise(done => image.onload = done)")
    phone.wait_for_load_state("networkidle")
    assert len(pictures) == 3
    assert sum(texts) < 60 * KB
    assert sum(texts) + sum(pictures) < 200 * KB
