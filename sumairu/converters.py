"""What stands in the portal's addresses."""

from sumairu.lib.wareki import FIRST, LAST


class FiscalYear:
    regex = "[0-9]{4}"

    def to_python(self, value):
        if not FIRST <= int(value) <= LAST:
            raise ValueError(value)
        return int(value)

    def to_url(self, value):
        return str(value)


class FileDigest:
    """The first twelve digits of a file's SHA-256: an address changes with what it leads to."""

    regex = "[0-9a-f]{12}"

    def to_python(self, value):
        return value

    def to_url(self, value):
        return value
