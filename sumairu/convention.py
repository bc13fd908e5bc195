"""How the platform hears of the apps without naming them: each says what it has in a module of an agreed name."""

from functools import cache
from importlib import import_module

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@cache  # asked several times a request, and every time it would look into the apps' folders
def modules_named(name):
    """The modules `<app>.<name>` of all apps that have one, in the order of the apps.

    Not those of `sumairu` itself: what bears such a name there is the platform's own part of the matter.
    """
    return tuple(
        import_module(f"{config.name}.{name}")
        for config in apps.get_app_configs()
        if config.name != "sumairu" and module_has_submodule(config.module, name)
    )
