"""What opens a picture, strips it and draws its copies. It takes the memory of all its dots: it runs in a process apart."""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO

from PIL import Image, ImageCms, ImageOps

from sumairu.lib.pictures import JPEG, WEBP, WIDTHS, Copy, Taken, Unfit

MOST_PIXELS = 40_000_000
MOST_SIDES = 10  # how many times as long as wide a picture on a page may be, or as wide as long
MOST_BYTES = {480: 40_000, 960: 110_000, 1600: 260_000}  # of a copy up to so many dots wide
QUALITIES = (80, 66, 52, 38)  # the first whose bytes are few enough, else the last
_TURNED = 0x0112  # the tag of a photo that says which side is up
_BEGINS = {"PNG": b"\x89PNG\r\n\x1a\n", "JPEG": b"\xff\xd8\xff"}
_SPOILED = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, struct.error, zlib.error)


def draw(kind: str, content: bytes, *, with_copies: bool) -> Taken:
    """`kind` is PNG or JPEG. Raises `Unfit`."""
    Image.MAX_IMAGE_PIXELS = None  # what is too large is refused here, in words
    if not content.startswith(_BEGINS[kind]):
        raise Unfit(f"中身が{kind}ではありません。もとのファイルを確かめてください。")
    try:
        with Image.open(BytesIO(content), formats=[kind, "MPO"] if kind == "JPEG" else [kind]) as image:
            _measure(image.size, is_for_pages=with_copies)
            image.load()
            upright = ImageOps.exif_transpose(image)
            whole = _as_png(image, upright) if kind == "PNG" else _as_jpeg(image, upright)
            profile = image.info.get("icc_profile")
            copies = tuple(_copies(upright, profile)) if with_copies else ()
    except _SPOILED as error:
        raise Unfit(
            "画像がこわれているか、途中までしかありません。もとのファイルを開いて、保存し直してください。"
        ) from error
    return Taken(whole, *upright.size, copies)


def _measure(size: tuple[int, int], *, is_for_pages: bool) -> None:
    width, height = size
    told = f"{width:,}×{height:,}ドット"
    if width * height > MOST_PIXELS:
        raise Unfit(
            f"画像が大きすぎます（{told}）。縦×横が{MOST_PIXELS // 10**4:,}万ドットまでになるよう縮めてください。"
        )
    if is_for_pages and max(size) > MOST_SIDES * min(size):
        raise Unfit(
            f"画像が細長すぎます（{told}）。長いほうが短いほうの{MOST_SIDES}倍までになるよう切り取ってください。"
        )


def _as_png(image: Image.Image, upright: Image.Image) -> bytes:
    out = BytesIO()
    for name in set(upright.info) - {"transparency", "gamma", "dpi"}:
        del upright.info[name]
    upright.save(out, "PNG", icc_profile=image.info.get("icc_profile"))
    return out.getvalue()


def _as_jpeg(image: Image.Image, upright: Image.Image) -> bytes:
    """As it was, to the last coefficient's step, unless it had to be turned."""
    out = BytesIO()
    is_same = image.format == "JPEG" and image.getexif().get(_TURNED, 1) == 1
    picture = image if is_same else upright
    picture.info.pop("comment", None)
    quality = "keep" if is_same else 93
    picture.save(out, "JPEG", quality=quality, icc_profile=image.info.get("icc_profile"), optimize=True)
    return out.getvalue()


def _copies(upright: Image.Image, profile: bytes | None) -> Iterator[Copy]:
    """From the smallest on; each is drawn from the next larger one, the largest from the picture itself."""
    width, height = upright.size
    drawn, sizes = _with_few_modes(upright), []
    for wide in sorted({min(each, width) for each in WIDTHS}, reverse=True):
        size = wide, max(round(height * wide / width), 1)
        if size != drawn.size:
            drawn = drawn.resize(size, Image.Resampling.LANCZOS, reducing_gap=3)
        sizes.append(drawn)
    for each in reversed(sizes):
        shown = _in_srgb(each, profile)
        for media_type in (WEBP, JPEG):
            yield Copy(*shown.size, media_type, _encoded(shown, media_type))


def _with_few_modes(image: Image.Image) -> Image.Image:
    """As L, RGB, RGBA or CMYK, which can be drawn smaller and have a profile."""
    if image.mode.startswith("I"):  # sixteen bits, of which Pillow would cut off the upper half
        return image.convert("I").point(lambda value: value / 256).convert("L")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        return image.convert("RGBA")
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """In the colours that every screen means, so that the profile, and what it tells of its maker, can stay behind."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            source, target = ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(image, source, target, outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = None  # a profile of another kind of picture: the colours stay as they are
        if converted is not None:
            return converted
    return image if image.mode == mode else image.convert(mode)


def _encoded(image: Image.Image, media_type: str) -> bytes:
    most = next((size for wide, size in MOST_BYTES.items() if image.width <= wide), MOST_BYTES[max(WIDTHS)])
    if media_type == JPEG and image.mode == "RGBA":
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image)
        image = ground
    image.info.clear()
    for quality in QUALITIES:
        out = BytesIO()
        if media_type == WEBP:
            image.save(out, "WEBP", quality=quality, method=4)
        else:
            image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= most:
            break
    return out.getvalue()
