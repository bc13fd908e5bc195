from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from PIL import Image, ImageCms, ImageFilter

from sumairu.lib.attachments import Unfit, cleaned
from tests.exhaustive import ALL

PLACE = {1: "N", 2: (42.0, 58.0, 30.0), 3: "E", 4: (144.0, 22.0, 30.0)}


def picture(size=(60, 40), mode="RGB"):
    """Red on the left, blue on the right, blurred as in a photo."""
    made = Image.new("RGB", size, "blue")
    made.paste("red", (0, 0, size[0] // 2, size[1]))
    return made.filter(ImageFilter.GaussianBlur(3)).convert(mode)


def photo(kind="JPEG", turned=1, mode="RGB", **saved):
    exif = Image.Exif()
    exif[0x0112] = turned
    exif[0x013B] = "Taro Secret"
    exif.get_ifd(0x8825).update(PLACE)
    out = BytesIO()
    picture(mode=mode).save(out, kind, exif=exif, **saved)
    return out.getvalue()


@pytest.mark.parametrize("turned", [1, 3, 6, 8])
@pytest.mark.parametrize(("extension", "kind"), [("jpg", "JPEG"), ("png", "PNG")])
def test_a_photo_loses_its_place_and_stands_upright(extension, kind, turned):
    given = photo(kind, turned)
    assert b"Secret" in given
    made = cleaned(extension, given)
    assert b"Secret" not in made
    with Image.open(BytesIO(made)) as image:
        assert image.format == kind
        assert not dict(image.getexif())
        assert image.size == ((60, 40) if turned in (1, 3) else (40, 60))
        corner = image.convert("RGB").getpixel((2, 2))
        assert (corner[0] > corner[2]) == (turned in (1, 6))  # red is where its left side was


def test_a_photo_looks_as_it_did():
    given = photo(quality=90)
    with Image.open(BytesIO(given)) as before, Image.open(BytesIO(cleaned("jpg", given))) as after:
        pairs = zip(before.tobytes(), after.tobytes(), strict=True)
        assert max(abs(one - other) for one, other in pairs) <= 4


def test_comments_and_other_texts_go_and_the_colours_profile_stays():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = cleaned("jpg", photo(comment=b"Secret comment", icc_profile=profile, xmp=b"<x:xmpmeta>Secret</x:xmpmeta>"))
    assert b"Secret" not in made
    with Image.open(BytesIO(made)) as image:
        assert image.info["icc_profile"] == profile


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_drawing_keeps_its_every_dot(mode):
    drawn = Image.new("I;16", (20, 10), 40_000) if mode == "I;16" else picture(mode="RGB").convert(mode)
    out = BytesIO()
    drawn.save(out, "PNG")
    with Image.open(BytesIO(cleaned("png", out.getvalue()))) as image:
        assert (image.mode, image.tobytes()) == (drawn.mode, drawn.tobytes())


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_photos_of_other_colours_are_kept(mode):
    with Image.open(BytesIO(cleaned("jpeg", photo(mode=mode)))) as image:
        assert image.mode == mode


@pytest.mark.exhaustive
@pytest.mark.parametrize("extension", ["jpg", "png"])
def test_a_picture_that_would_take_all_memory_is_refused_before_it_is_unpacked(extension):
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG" if extension == "png" else "JPEG")
    with pytest.raises(Unfit, match="画像が大きすぎます（20,000×20,000ドット）。縦×横が4,000万ドットまで"):
        cleaned(extension, out.getvalue())


# Pillow warns of what it could not read beside the picture itself; all of that is taken off anyway.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize(("extension", "kind"), [("jpg", "JPEG"), ("png", "PNG")])
@settings(max_examples=200 if ALL else 20)
@given(data=st.data())
def test_a_spoiled_picture_is_refused_in_words_or_read(extension, kind, data):
    whole = photo(kind)
    spoiled = bytearray(whole[: data.draw(st.integers(4, len(whole)))])
    for place in data.draw(st.lists(st.integers(4, len(spoiled) - 1 or 4), max_size=4)) if len(spoiled) > 4 else []:
        spoiled[place] = data.draw(st.integers(0, 255))
    try:
        made = cleaned(extension, bytes(spoiled))
    except Unfit:
        return
    assert b"Secret" not in made


@pytest.mark.parametrize("cut", [4, 200, -20])
def test_half_a_photo_is_refused(cut):
    with pytest.raises(Unfit, match="こわれている"):
        cleaned("jpg", photo()[:cut])


def test_a_workbook_loses_the_names_of_its_people_and_nothing_else():
    book = Workbook()
    book.active["A1"] = "釧路"
    book.properties.creator, book.properties.lastModifiedBy, book.properties.title = "道庁 太郎", "道庁 花子", "様式"
    out = BytesIO()
    book.save(out)
    made = cleaned("xlsx", out.getvalue())
    read = load_workbook(BytesIO(made))
    assert read.active["A1"].value == "釧路"
    assert (read.properties.creator or "", read.properties.lastModifiedBy or "", read.properties.title) == (
        "",
        "",
        "様式",
    )
    before, after = ZipFile(BytesIO(out.getvalue())), ZipFile(BytesIO(made))
    assert {name for name in before.namelist() if before.read(name) != after.read(name)} == {"docProps/core.xml"}


def office(**parts):
    out = BytesIO()
    with ZipFile(out, "w") as book:
        for name, content in parts.items():
            book.writestr(name.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


def test_a_document_loses_its_company_too():
    app = "<Properties><Company>道庁</Company><Pages>3</Pages></Properties>"
    made = cleaned("docx", office(word__document_xml="<w/>", docProps__app_xml=app))
    assert ZipFile(BytesIO(made)).read("docProps/app.xml").decode() == (
        "<Properties><Company></Company><Pages>3</Pages></Properties>"
    )


@pytest.mark.parametrize(
    ("extension", "content", "reason"),
    [
        ("docx", office(xl__workbook_xml="<w/>"), "中身がDOCXではありません"),
        ("xlsx", b"PK\x03\x04", "中身がXLSXではありません"),
        ("xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1", "パスワードを外し"),
        ("docx", office(word__document_xml="<w/>", word__vbaProject_bin="x"), "マクロ"),
        ("csv", b"\x00\x01\x02", "文字として読めない"),
        ("csv", b"a\x81", "文字として読めない"),
        ("png", photo(), "中身がPNGではありません"),
    ],
)
def test_what_is_not_what_its_name_says_is_refused_with_the_reason(extension, content, reason):
    with pytest.raises(Unfit, match=reason):
        cleaned(extension, content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_table_is_kept_as_it_is(encoding):
    content = "町,数\r\n釧路市,3\r\n".encode(encoding)
    assert cleaned("csv", content) == content
