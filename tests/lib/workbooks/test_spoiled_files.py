"""Files spoiled at random, by seed: they are read or refused, and nothing else ever happens."""

import random
import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from sumairu.lib.workbooks.files.admission import Refused
from sumairu.lib.workbooks.reading import read
from tests.lib.workbooks.builders import FILES, zipped

XLS = (FILES / "everything.xls").read_bytes()
ODS = (FILES / "everything.ods").read_bytes()
CSV = "団体コード,市町村,R3年度（千円）\r\n".encode("cp932") + '012068,釧路市,"4,550"\r\n'.encode("cp932") * 20
WRONG = ["", "-1", "0", "1048576", "99999999", "NaN", "1e999", "あ", "collapse", "false", "error", "date", "string"]


def spoiled(content, chance):
    """With some bytes changed, left out, or put in again elsewhere."""
    spoiled = bytearray(content)
    for _ in range(chance.choice([1, 2, 8, 64])):
        at, to = (chance.randrange(len(spoiled) - 32) for _ in range(2))
        match chance.randrange(4):
            case 0 | 1:
                spoiled[at] = chance.randrange(256)
            case 2:
                del spoiled[at : at + chance.randrange(1, 16)]
            case 3:
                spoiled[at:at] = spoiled[to : to + chance.randrange(1, 16)]
    return bytes(spoiled[: None if chance.random() < 0.9 else chance.randrange(len(spoiled))])


def misstated(content, chance):
    """An OpenDocument spreadsheet with some attributes of its content saying something else."""
    with ZipFile(BytesIO(content)) as file:
        parts = {name: file.read(name) for name in file.namelist() if not name.endswith("/")}
    text = parts["content.xml"].decode()
    for value in chance.sample(re.findall(r'="(?!urn:|http)[^"]*"', text), chance.choice([1, 3, 9])):
        text = text.replace(value, f'="{chance.choice(WRONG)}"', 1)
    return zipped(parts | {"content.xml": text}, compression=0)


@pytest.mark.parametrize(
    ("spoil", "content"),
    [(spoiled, XLS), (spoiled, ODS), (spoiled, CSV), (misstated, ODS)],
    ids=["xls", "ods", "csv", "ods with other attributes"],
)
def test_a_spoiled_file_is_read_or_refused(spoil, content):
    refusals, read_ones = [], 0
    for seed in range(150):
        try:
            read(spoil(content, random.Random(seed)), name="表.csv").to_json().encode()
            read_ones += 1
        except Refused as refusal:
            refusals.append(str(refusal))
    assert read_ones
    assert refusals
    assert all(message.endswith("ください。") for message in refusals)
