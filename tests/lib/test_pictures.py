"""Pictures in the sizes that pages show. How they are stripped: `test_attachments`."""

from io import BytesIO
from signal import SIGXCPU
from subprocess import CompletedProcess

import pytest
from PIL import Image, ImageCms

from sumairu.lib import pictures
from sumairu.lib.pictures import JPEG, WEBP, Unfit, taken
from sumairu.lib.workbooks import child


def drawn(size=(2000, 1000), mode="RGB", kind="PNG", **saved):
    out = BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, kind, **saved)
    return out.getvalue()


def opened(copy):
    return Image.open(BytesIO(copy.content))


def test_a_picture_has_three_sizes_in_two_kinds_of_file():
    picture = taken("png", drawn())
    assert (picture.width, picture.height) == (2000, 1000)
    sizes = [(480, 240), (960, 480), (1600, 800)]
    assert [copy[:3] for copy in picture.copies] == [(*size, kind) for size in sizes for kind in (WEBP, JPEG)]
    for copy in picture.copies:
        assert (opened(copy).size, Image.MIME[opened(copy).format]) == (copy[:2], copy.media_type)


@pytest.mark.parametrize(("width", "widths"), [(60, [60]), (480, [480]), (700, [480, 700]), (1600, [480, 960, 1600])])
def test_no_copy_is_wider_than_its_picture(width, widths):
    copies = taken("png", drawn((width, 30 if width == 60 else 300))).copies
    assert [copy.width for copy in copies if copy.media_type == WEBP] == widths


def test_a_copy_is_light_whatever_was_photographed():
    noise = Image.effect_noise((640, 480), 60).convert("RGB")
    out = BytesIO()
    noise.save(out, "JPEG", quality=95)
    small, _ = (copy for copy in taken("jpg", out.getvalue()).copies if copy.media_type == WEBP)
    assert len(small.content) < 60_000 < len(out.getvalue())


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_drawings_of_all_kinds_have_copies(mode):
    image = Image.new("I;16", (600, 400), 32_768) if mode == "I;16" else None
    out = BytesIO()
    (image or Image.linear_gradient("L").resize((600, 400)).convert(mode)).save(out, "PNG")
    last = taken("png", out.getvalue()).copies[-1]
    assert opened(last).mode == "RGB"
    if mode == "I;16":
        assert opened(last).getpixel((9, 9))[0] == pytest.approx(128, abs=2)


def test_what_is_clear_stays_clear_and_is_white_where_a_file_cannot_be():
    out = BytesIO()
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(out, "PNG")
    webp, jpeg = taken("png", out.getvalue()).copies
    assert opened(webp).getpixel((5, 5))[3] == 0
    assert min(opened(jpeg).getpixel((5, 5))) > 250


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_copies_have_no_profile_and_no_exif():
    exif = Image.Exif()
    exif[0x013B] = "Taro Secret"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for copy in taken("jpg", drawn(kind="JPEG", exif=exif, icc_profile=profile)).copies:
        assert b"Secret" not in copy.content
        assert not {"exif", "icc_profile"} & opened(copy).info.keys()
    assert taken("jpg", drawn(kind="JPEG", icc_profile=b"no profile")).copies


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(drawn((1000, 90)), "細長すぎます（1,000×90ドット）.*10倍まで", id="narrow"),
        pytest.param(drawn()[:400], "こわれている", id="half"),
        pytest.param(b"\x89PNG\r\n\x1a\n", "こわれている", id="empty"),
        pytest.param(b"GIF89a", "中身がPNGではありません", id="another"),
        pytest.param(drawn((20_000, 20_000), "1"), "大きすぎます.*4,000万ドットまで", id="bomb"),
    ],
)
def test_what_no_page_could_show_is_refused_in_words(content, reason):
    with pytest.raises(Unfit, match=reason):
        taken("png", content)


def test_a_picture_is_opened_in_a_process_apart(monkeypatch):
    asked = []
    monkeypatch.setattr(pictures, "ask_apart", lambda module, *_, **__: asked.append(module) or b"[1, 1, 0, []]\n")
    taken("png", b"")
    assert asked == ["sumairu.lib.pictures"]


@pytest.mark.parametrize(
    ("code", "reason"), [(child._OUT_OF_MEMORY, "メモリ"), (-SIGXCPU, "時間がかかりすぎる"), (1, "思わぬ誤り")]
)
def test_what_ends_that_process_is_told_of_pictures(monkeypatch, code, reason):
    monkeypatch.setattr(child.subprocess, "run", lambda *_, **__: CompletedProcess([], code, b"", b""))
    with pytest.raises(Unfit, match=f"画像を開.*{reason}"):
        taken("png", drawn())


def test_who_comes_while_another_file_is_read_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(pictures, "SECONDS", 0)
    with child._TURN, pytest.raises(Unfit, match="1分ほどたってから"):
        taken("png", drawn())
