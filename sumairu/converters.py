"""What stands in the portal's addresses. Whatever a row holds has an address, so that no row can take a page with it.

The database lets nothing but keys in (`sumairu.fields.keys_are`). Should a row hold something else all the same, its
address leads to 404, and the log says which row.
"""

import logging
import re

from sumairu.lib.wareki import FIRST, LAST

logger = logging.getLogger(__name__)


class _Total:
    """A converter that writes every value: what its pattern does not match is written as `nowhere`, which leads to 404."""

    regex = nowhere = ""

    def to_python(self, value):
        return value

    def to_url(self, value):
        text = str(value)
        if re.fullmatch(self.regex, text):
            return text
        logger.error("no address can be made of %r", text[:200])
        return self.nowhere


class Key(_Total):
    """A slug, a code or the name of a file: printable, and no path of its own."""

    regex, nowhere = r"(?!\.{1,2}(?:/|\Z))[^/\x00-\x1f\x7f]{1,255}", "-"


class FiscalYear(_Total):
    regex, nowhere = "[0-9]{4}", "0000"

    def to_python(self, value):
        year = int(value)
        if not FIRST <= year <= LAST:
            raise ValueError(value)
        return year


class FileDigest(_Total):
    """The first twelve digits of a file's SHA-256: an address changes with what it leads to."""

    regex, nowhere = "[0-9a-f]{12}", "0" * 12


class Number(_Total):
    """The number of something that is counted from 1."""

    regex, nowhere = "[0-9]{1,4}", "0"

    def to_python(self, value):
        if value.startswith("0"):
            raise ValueError(value)
        return int(value)
