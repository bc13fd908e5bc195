"""How words are read, as an editor has written it: one word a line, and after a space its reading in kana.

>>> found = parsed("釧路　くしろ\\n地域 ちいき")
>>> found
{'釧路': 'くしろ', '地域': 'ちいき'}
>>> list(with_readings("釧路の地域づくり", found))
[('釧路', 'くしろ'), ('の', ''), ('地域', 'ちいき'), ('づくり', '')]

Of words that begin at the same place the longest counts: 釧路町 is no 釧路 with 町 behind it.

>>> list(with_readings("釧路町と釧路", parsed("釧路 くしろ\\n釧路町 くしろちょう")))
[('釧路町', 'くしろちょう'), ('と', ''), ('釧路', 'くしろ')]
>>> for fault in faults("釧路\\n観光 kanko\\n地域 ちいき\\n地域 ちいき"):
...     print(fault)
1行目「釧路」に、よみがありません。「釧路 くしろ」のように入れてください。
2行目「観光 kanko」のよみは、ひらがなかカタカナで入れてください。
4行目の「地域」は、2回目です。
"""

import re
from collections.abc import Iterator
from functools import lru_cache

_KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")


@lru_cache(maxsize=1024)
def parsed(text: str) -> dict[str, str]:
    """The reading of each word; lines that say none are passed over."""
    lines = [line.split() for line in text.splitlines()]
    return {line[0]: line[1] for line in lines if len(line) == 2}


def faults(text: str) -> list[str]:
    """What is wrong with it, line by line, in Japanese."""
    found: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        parts = line.split()
        if not parts:
            continue
        said = " ".join(parts)[:40]
        if len(parts) == 1:
            found.append(f"{number}行目「{said}」に、よみがありません。「釧路 くしろ」のように入れてください。")
        elif len(parts) > 2:
            found.append(f"{number}行目「{said}」は、言葉とよみの2つに分けてください。")
        elif not _KANA.fullmatch(parts[1]):
            found.append(f"{number}行目「{said}」のよみは、ひらがなかカタカナで入れてください。")
        elif parts[0] in seen:
            found.append(f"{number}行目の「{parts[0][:40]}」は、2回目です。")
        seen.add(parts[0])
    return found


def with_readings(text: str, readings: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The pieces of a text, each with its reading; empty where nobody has said one."""
    if not readings:
        yield text, ""
        return
    words = sorted(readings, key=len, reverse=True)
    for piece in re.split(f"({'|'.join(map(re.escape, words))})", text):
        if piece:
            yield piece, readings.get(piece, "")
