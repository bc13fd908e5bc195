"""The demo's settings, with one view beside the portal's: the constant that everything is measured against.

`BENCH_DATABASE_URL` names a database in place of the demo's own SQLite, `BENCH_HOSTS` addresses beside this machine's own.
"""

from sumairu.settings import *  # noqa: F403
from sumairu.settings import ALLOWED_HOSTS, DATABASES, env, for_many_processes

ROOT_URLCONF = "tests.bench.urls"
if env.str("BENCH_DATABASE_URL", ""):
    DATABASES |= {"default": for_many_processes(env.db("BENCH_DATABASE_URL"))}
ALLOWED_HOSTS += env.list("BENCH_HOSTS", default=[])
