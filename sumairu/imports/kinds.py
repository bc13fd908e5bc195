"""Kinds of figures that can be imported. Each app says which it has in its `imports.py`, in a list `KINDS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


class Unidentified(ValueError):
    """A figure of which the portal cannot say whose it is; the message is for the editor."""


@dataclass(frozen=True)
class FigureKind:
    """One kind of figure, as the import sees it.

    `identifier()` looks up names once and gives a function from a read figure to the values of `key` other than the
    fiscal year; it raises `Unidentified`.
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
    found = {}
    for config in apps.get_app_configs():
        if config.name != "sumairu" and module_has_submodule(config.module, "imports"):
            found |= {kind.slug: kind for kind in getattr(import_module(f"{config.name}.imports"), "KINDS", ())}
    return found
