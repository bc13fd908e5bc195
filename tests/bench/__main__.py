"""`python -m tests.bench [--all|--crowd|--sizes]`: measure, print, and write var/bench.json.

`--all` adds what takes long; `--crowd` is of that the readers and editors alone, `--sizes` the pages and the search at 1,000
and 100,000 rows; they write nothing.
"""

import json
import os
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from tests.bench.crowd import measure_crowd
from tests.bench.digests import measure_digests
from tests.bench.imports import measure_imports
from tests.bench.load import throughput
from tests.bench.previews import measure_previews
from tests.bench.readings import measure_readings
from tests.bench.server import ROOT, VAR, own_database, serving, worker_rss
from tests.bench.sizes import measure_sizes
from tests.bench.weight import weigh_pages

CONSTANT = "/bench/constant/"
CACHED = "/"
# A query this long is never kept (sumairu.publishing.cache), so this answer is made anew each time.
LIST = f"/initiatives/?page={'0' * 120}1"
ROUNDS, SECONDS = 5, 3


NO_POSTGRESQL = (
    "読む人と編集する人の負荷は PostgreSQL で測ります。その場所を DATABASE_URL に指定してください。"
    "例: DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres make bench-all"
)


def main():
    takes_all = "--all" in sys.argv
    if "--sizes" in sys.argv:
        told(measure_sizes())
        told(measure_sizes(os.environ["DATABASE_URL"]))
        return
    if takes_all or "--crowd" in sys.argv:
        database = os.environ.get("DATABASE_URL", "")
        if not database.startswith("postgres"):
            sys.exit(NO_POSTGRESQL)
        crowd = told(measure_readers_and_editors(database))
        if not takes_all:
            return
    with serving(VAR / "bench") as (process, address):
        numbers = measure_throughput(address)
        pages = weigh_pages(address)
        heaviest = max(pages, key=pages.get)
        print(f"{len(pages)} public pages, the heaviest {heaviest}")
        numbers["heaviest_page_kb"] = round(pages[heaviest] / 1024, 1)
        numbers["worker_rss_mb"] = round(worker_rss(process) / 1024**2, 1)
    told(numbers)
    measures = [measure_readings, measure_imports, measure_previews]
    if takes_all:
        numbers |= crowd
        measures += [measure_starts, measure_sizes, partial(measure_sizes, database)]
        measures += [measure_digests, partial(measure_digests, database), measure_hosts]
    for measure in measures:
        numbers |= told(measure())
    (VAR / "bench.json").write_text(json.dumps(numbers, indent=2) + "\n")


def told(numbers):
    """Printed at once: what comes later may fail."""
    print(json.dumps(numbers, indent=2), flush=True)
    return numbers


def measure_throughput(address):
    """Answers per second, taken in turns so that whatever else the machine does meets all alike."""
    for path in (CONSTANT, CACHED, LIST):
        throughput(address, path, 1)
    rounds = [[throughput(address, path, SECONDS) for path in (CONSTANT, CACHED, LIST)] for _ in range(ROUNDS)]
    return {
        "constant_per_second": round(median(constant for constant, _, _ in rounds)),
        "cached_page_vs_constant": round(median(cached / constant for constant, cached, _ in rounds), 3),
        "list_page_vs_constant": round(median(made / constant for constant, _, made in rounds), 3),
    }


def measure_readers_and_editors(database):
    var = VAR / "bench-crowd"
    with own_database(database) as own, serving(var, database=own) as (_, address):
        password = (var / "demo-accounts.txt").read_text().splitlines()[0]
        return measure_crowd(address, ("kanri@example.jp", password))


def measure_hosts():
    """Two web hosts on one PostgreSQL with a replica, in trouble; or why that cannot be tried on this machine."""
    answer = subprocess.run([sys.executable, "-m", "deploy.two_hosts"], cwd=ROOT, stdout=subprocess.PIPE)
    return json.loads(answer.stdout.splitlines()[-1])


def measure_starts():
    """Seconds of `make demo` after installation, to the first answer: on an empty var/, and once more."""
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, build in (("first_start_seconds", True), ("second_start_seconds", False)):
            begun = perf_counter()
            with serving(Path(folder), build):
                seconds[name] = round(perf_counter() - begun, 1)
    return seconds


if __name__ == "__main__":
    main()
