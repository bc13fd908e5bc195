"""Pictures of samples, drawn: a photo would be of a real place, and of people who have not been asked."""

from functools import cache
from io import BytesIO

from sumairu.pictures import store_picture

SIZE = WIDTH, HEIGHT = 1600, 900
SKY, GRASS, GRAIN, WALL, ROOF, WOOD = "#cfe3f2", "#8fae5d", "#e3c565", "#f5efe2", "#7a4b3a", "#5a4a42"


def add_picture(row, drawn, **told):
    """Give a record the picture of which a function here draws the dots: `fields`, `shop` or `road`."""
    name, draw = DRAWINGS[drawn]
    file, width, height = store_picture(f"{name}.png", _dots(draw), "image/png")
    row.pictures.create(file=file, width=width, height=height, **told)


@cache  # the same for every installation, and tests load samples many times
def _dots(draw):
    from PIL import Image, ImageDraw  # takes memory: only where samples are loaded

    image = Image.new("RGB", SIZE, SKY)
    draw(ImageDraw.Draw(image))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _fields(on):
    """Fields, a station and the sky above them."""
    middle = WIDTH // 2
    for n in range(8):
        left, right = WIDTH * (n - 2) // 4, WIDTH * (n - 1) // 4
        far = [(middle + (x - middle) // 4, HEIGHT // 2) for x in (right, left)]
        on.polygon([(left, HEIGHT), (right, HEIGHT), *far], fill=GRASS if n % 2 else GRAIN)
    on.rectangle(_scaled(20, 9, 28, 12), fill=WALL)
    on.polygon([_scaled(19, 9), _scaled(24, 7), _scaled(29, 9)], fill=ROOF)
    on.rectangle(_scaled(23, 10, 25, 12), fill=WOOD)


def _shop(on):
    """A shop with an awning, and tables before it."""
    on.rectangle(_scaled(0, 18, 48, 24), fill="#d8d2c4")
    on.rectangle(_scaled(8, 5, 40, 18), fill=WALL)
    on.rectangle(_scaled(7, 3, 41, 5), fill=ROOF)
    for n in range(8):
        x = 8 + 4 * n
        on.polygon(
            [_scaled(x, 8), _scaled(x + 4, 8), _scaled(x + 4.4, 11), _scaled(x - 0.4, 11)],
            fill="#b5483c" if n % 2 else "#f3ece0",
        )
    on.rectangle(_scaled(11, 12, 20, 17), fill="#a9c6d8")
    on.rectangle(_scaled(28, 11.5, 34, 18), fill=WOOD)
    for x in (10, 20, 30):
        on.rectangle(_scaled(x, 19, x + 7, 19.6), fill="#9b7653")
        on.rectangle(_scaled(x + 3.2, 19.6, x + 3.8, 22.5), fill=WOOD)
        on.rectangle(_scaled(x - 1.2, 21, x + 0.4, 22.5), fill=ROOF)


def _road(on):
    """A small bus on a road between hills."""
    on.ellipse(_scaled(-12, 8, 26, 34), fill="#a9c08a")
    on.ellipse(_scaled(18, 6, 62, 36), fill=GRASS)
    on.rectangle(_scaled(0, 19, 48, 24), fill="#8a8f94")
    for x in range(1, 48, 6):
        on.rectangle(_scaled(x, 21.3, x + 3, 21.7), fill=WALL)
    on.rounded_rectangle(_scaled(15, 12.5, 31, 19.5), radius=40, fill="#2f6fa8")
    for x in (17, 21.5, 26):
        on.rectangle(_scaled(x, 13.8, x + 3.5, 16), fill="#dbeaf4")
    for x in (18, 26):
        on.ellipse(_scaled(x, 18.3, x + 2.6, 20.9), fill="#33302e")


def _scaled(*places):
    """Places on a sheet of 48 by 24, in dots."""
    return tuple(place * (WIDTH / 48 if n % 2 == 0 else HEIGHT / 24) for n, place in enumerate(places))


DRAWINGS = {"fields": ("見本の畑", _fields), "shop": ("見本の食堂", _shop), "road": ("見本の乗合", _road)}
