"""What was cut off on its way is not taken for what somebody sent."""

from io import BytesIO

import pytest

from sumairu.lib.bodies import CutOff, WholeBody


def test_whole_bodies_are_read_as_they_are():
    body = WholeBody(BytesIO(b"ab\ncd, and of the next request"), 5)
    assert [body.readline(), body.read(1), body.read(9), body.read(9), body.readline()] == [
        b"ab\n",
        b"c",
        b"d",
        b"",
        b"",
    ]


@pytest.mark.parametrize("read", [WholeBody.read, WholeBody.readline])
def test_an_early_end_is_no_end(read):
    with pytest.raises(CutOff):
        read(WholeBody(BytesIO(b"abc"), 5))
