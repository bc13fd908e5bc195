"""The portal for programs: what is public today as JSON, drawn from the same descriptions as pages and files.

`narrowing` says what each set can be narrowed by, `serializers` makes of each description how it is asked and what its
records look like, `endpoints` answers at the addresses in `urls`, `examples` is what the documentation page shows and
tests ask. `openapi`, which nothing imports that runs, writes of all of them the `openapi.json` that is given out.
"""

import sys

# What REST framework would load for no other reason than that it is installed: 9 MB of psycopg where the database is
# SQLite, and as much of what only development has.
UNUSED = ("django.contrib.postgres", "inflection", "markdown", "pygments", "requests", "uritemplate", "yaml")
_loaded = {name: sys.modules[name] for name in UNUSED if name in sys.modules}
sys.modules.update(dict.fromkeys(UNUSED))  # None: as if it were not there
try:
    import rest_framework.compat  # noqa: F401
finally:
    for _name in UNUSED:
        del sys.modules[_name]
    sys.modules.update(_loaded)
