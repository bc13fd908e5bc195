"""Kinds of figures that can be imported. Each app says which it has in its `imports.py`, in a list `KINDS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sumairu.convention import modules_named


class Unidentified(ValueError):
    """A figure of which the portal cannot say whose it is; the message is for the editor."""


@dataclass(frozen=True)
class FigureKind:
    """One kind of figure, as the import sees it.

    `identifier()` looks up names once and gives a function from a read figure, and the titles over it, to the values of
    `key` other than the fiscal year; it raises `Unidentified`.
    """

    slug: str
    label: str
    about: str  # what one figure stands for
    model: type
    measure: str  # the reader's word for what is counted: "yen" or "people"
    key: tuple[str, ...]
    identifier: Callable[[], Callable[..., Mapping[str, object]]]
    value_words: Callable[[int], str]
    template: Callable[[], tuple[list[str], list[list]]]  # header and rows of the template workbook
    public_url: str  # URL name of the page that shows the figures

    @property
    def value_field(self):
        return self.model.value_field


def kinds():
    """Every kind, by its slug."""
    return {kind.slug: kind for module in modules_named("imports") for kind in module.KINDS}
