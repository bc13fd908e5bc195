"""Municipalities and offices as people type them: by kanji, by sound in kana or Latin letters, by code.

What differs only in how a sound is written is alike: っ and つ, ぢ and じ, long vowels, m and n before b; with or without
市町村, 北海道 and the county before the name, 役場 after it. A code may lack its check digit, or the zero that a
spreadsheet took from it.

>>> sound("べっかい") == sound("べつかい") == sound("bekkai") == sound("Betsukai"), sound("oshamambe") == sound("おしゃまんべ")
(True, True)
>>> bekkai = Place("別海町", "べつかいちょう", "Betsukai", "016918", "野付郡")
>>> [bekkai.is_named(Asked(text)) for text in ("べっかい", "別海", "北海道野付郡別海町", "１６９１８", "01691", "別海町役場")]
[True, True, True, True, True, True]
>>> bekkai.is_named(Asked("別海市")), bekkai.has_stem(Asked("別海市")), bekkai.is_named(Asked("別府"))
(False, True, False)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from sumairu.lib.folding import fold

Key = TypeVar("Key")

_CONSONANTS = {
    "": "アイウエオ",
    "k": "カキクケコ",
    "g": "ガギグゲゴ",
    "s": "サシスセソ",
    "z": "ザジズゼゾ",
    "t": "タチツテト",
    "d": "ダジズデド",
    "n": "ナニヌネノ",
    "h": "ハヒフヘホ",
    "b": "バビブベボ",
    "p": "パピプペポ",
    "m": "マミムメモ",
    "r": "ラリルレロ",
    "l": "ラリルレロ",
}
_ROMAN = {
    consonant + vowel: kana for consonant, row in _CONSONANTS.items() for vowel, kana in zip("aiueo", row, strict=True)
}
_ROMAN |= {
    "ya": "ヤ",
    "yu": "ユ",
    "yo": "ヨ",
    "wa": "ワ",
    "wo": "オ",
    "fu": "フ",
    "shi": "シ",
    "chi": "チ",
    "tsu": "ツ",
    "ji": "ジ",
}
_ROMAN |= {
    start + vowel: _ROMAN[first + "i"] + large
    for starts, first in (("sh,sy", "s"), ("ch,ty,cy", "t"), ("j,zy,jy", "z"), ("ky", "k"), ("gy", "g"), ("ny", "n"))
    for start in starts.split(",")
    for vowel, large in zip("auo", "ヤユヨ", strict=True)
}
_ROMAN |= {
    f"{consonant}y{vowel}": _ROMAN[f"{consonant}i"] + large
    for consonant in "hbpmr"
    for vowel, large in zip("auo", "ヤユヨ", strict=True)
}
_PLAIN = str.maketrans("ッャュョァィゥェォヂヅヲヮ", "ツヤユヨアイウエオジズオワ", "ー")
_LONG = re.compile(r"(?<=[オコゴソゾトドノホボポモヨロ])[ウオ]|(?<=[ウクグスズツヌフブプムユル])ウ")
_MACRONS = str.maketrans("āīūēōâîûêô", "aiueoaiueo")
_LATIN = re.compile(r"[a-z]+")
_KANA = re.compile(r"[ァ-ヺー]+")

_BEFORE = re.compile(r"^北海道(?=.)")
_AFTER = re.compile(r"(?<=.)(?:市役所|町役場|村役場|役所|役場)$")
_KINDS = {"市": "市", "町": "町", "村": "村", "city": "市", "town": "町", "village": "村"}
_SUFFIX = re.compile(r"(?<=.)(市|町|村|city|town|village)$")
_SOUND_SUFFIX = re.compile(r"(?<=..)(?:シ|チヨ|マチ|ムラ|ソン)$")
_OFFICE_SUFFIX = re.compile(r"(?<=.)(総合振興局|振興局|支庁|管内|地域|地方)$")


def sound(text: str) -> str:
    """How kana or Latin letters sound, as katakana made plain; empty for what is written in anything else."""
    folded = re.sub(r"[-‐'’.・]", "", fold(text).translate(_MACRONS))
    if _LATIN.fullmatch(folded):
        folded = _spoken(folded)
    elif not _KANA.fullmatch(folded):
        return ""
    return _LONG.sub("", folded.translate(_PLAIN))


def is_kana(text: str) -> bool:
    return bool(_KANA.fullmatch(fold(text)))


@dataclass(frozen=True)
class Asked:
    """What somebody typed for a place."""

    text: str

    @cached_property
    def name(self) -> str:
        """Folded, without 北海道 before it and 役場 after it."""
        name = _BEFORE.sub("", fold(self.text))
        return _AFTER.sub(lambda office: office[0][0] if office[0][0] in "市町村" else "", name)

    @cached_property
    def sound(self) -> str:
        return sound(self.name)

    @cached_property
    def digits(self) -> str:
        return digits if re.fullmatch(r"[0-9]{4,6}", digits := self.name.replace("-", "")) else ""

    @cached_property
    def kind(self) -> str:
        """市, 町 or 村, where the text ends so."""
        found = _SUFFIX.search(self.name)
        return _KINDS[found[1]] if found else ""

    @cached_property
    def stem(self) -> str:
        return _SUFFIX.sub("", self.name)

    @cached_property
    def office(self) -> str:
        """What stands before 振興局 or 管内."""
        return _OFFICE_SUFFIX.sub("", self.name)

    @property
    def is_an_office(self) -> bool:
        """Can it mean nothing but an office?"""
        return self.office != self.name


@dataclass(frozen=True)
class Place:
    """A municipality, by all that it is called."""

    name: str
    kana: str
    romaji: str
    code: str
    county: str = ""

    def is_named(self, asked: Asked) -> bool:
        """Does its code, its name, or how that sounds, begin with what was asked?"""
        if asked.digits:
            return asked.digits.zfill(6) == self.code or asked.digits.zfill(5) == self.code[:5]
        full = fold(self.name)
        return bool(asked.name) and (
            full.startswith(asked.name)
            or ("郡" in asked.name and fold(self.county + self.name).startswith(asked.name))
            or self.romaji.casefold().startswith(asked.name)
            or (bool(asked.sound) and sound(self.kana).startswith(asked.sound))
        )

    def has_stem(self, asked: Asked) -> bool:
        """Is it what was asked, but for 市, 町 or 村?"""
        stem_sound = _SOUND_SUFFIX.sub("", sound(self.kana))
        spoken = sound(asked.stem)
        return fold(self.name[:-1]) == asked.stem or (
            bool(spoken) and stem_sound in (spoken, _SOUND_SUFFIX.sub("", spoken))
        )


def named(places: Mapping[Key, Place], asked: Asked) -> list[Key]:
    """The keys of the places that were asked for; where there are none, of those that differ by 市, 町 or 村 alone."""
    if found := [key for key, place in places.items() if place.is_named(asked)]:
        return found
    alike = [key for key, place in places.items() if asked.stem and place.has_stem(asked)]
    return [key for key in alike if places[key].name[-1] == asked.kind] or alike


def is_office(asked: Asked, short_name: str, slug: str) -> bool:
    """Is an office, 釧路 or kushiro, what was asked? None is, where nothing was."""
    if not asked.office:
        return False
    spoken = sound(asked.office)
    return fold(short_name) == asked.office or slug == asked.office or (bool(spoken) and spoken == sound(slug))


def _spoken(latin: str) -> str:
    """Latin letters as katakana; what ends in the middle of a syllable is cut there, what cannot be spoken is empty."""
    kana, place = "", 0
    while place < len(latin):
        for length in (3, 2, 1):
            if syllable := _ROMAN.get(latin[place : place + length]):
                kana, place = kana + syllable, place + length
                break
        else:
            here, after = latin[place], latin[place + 1 : place + 2]
            if not after:
                return kana + ("ン" if here == "n" else "")
            if here == "n" or (here == "m" and after in "bmp"):
                kana += "ン"
            elif here == after or (here, after) == ("t", "c"):
                kana += "ツ"
            else:
                return kana if place + 2 >= len(latin) else ""
            place += 1
    return kana
