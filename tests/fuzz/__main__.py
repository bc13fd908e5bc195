"""`python -m tests.fuzz --count 2000 --seed 0`: prints what became of the workbooks; exits 1 if anything went wrong.

`--only 17` repeats one of them; the workbooks that went wrong are kept in var/fuzz.
"""

import argparse
import os
import signal
import sys
import traceback
import warnings
from collections import Counter
from io import StringIO
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter

os.environ["SUMAIRU_MODE"] = "test"
os.environ.pop("DATABASE_URL", None)
os.environ["DJANGO_SETTINGS_MODULE"] = "sumairu.settings"

KEPT = Path(__file__).parents[2] / "var" / "fuzz"
MEGABYTE = 1024
# Of a reading process (sumairu.lib.workbooks.child bounds its address space), and of what this process may keep.
MOST_OF_CHILD, MOST_GROWTH = 1024 * MEGABYTE, 300 * MEGABYTE
LONGEST_CASE = 1200  # seconds, after which it hangs for good


def main():
    asked = arguments()
    prepare()
    begun = perf_counter()
    cases = [asked.only] if asked.only is not None else range(asked.count)
    reports = [*run_all(asked.seed, cases, 1 if asked.only is not None else asked.processes)]
    tell(reports, perf_counter() - begun)
    return 1 if len(reports) < len(cases) or any(report["failure"] for report in reports) else 0


def arguments():
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", default="0")
    parser.add_argument("--only", type=int, help="the number of the one case to repeat")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    return parser.parse_args()


def prepare():
    """A portal in memory with what every installation has; each process works in its own copy."""
    import django

    from sumairu.lib.workbooks import child
    from tests import forking

    child.subprocess.run = forking.run
    django.setup()
    warnings.simplefilter("ignore")  # of openpyxl and zipfile, about what is made here on purpose
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from sumairu.imports.kinds import kinds
    from sumairu.loading.demo import OF_PROGRAMS, WORKBOOKS, import_figures

    setup_test_environment()
    call_command("migrate", verbosity=0)
    call_command("load_facts", stdout=StringIO())
    for slug in ("budget", "dispatch"):
        import_figures(kinds()[slug], (WORKBOOKS / OF_PROGRAMS).read_bytes(), OF_PROGRAMS)
    import pandas  # noqa: F401 (once, not in every process)


def run_all(seed, cases, processes):
    """A report for each case; a process that dies takes its case with it, and the rest of its cases are done by another."""
    waiting = [list(cases[start::processes]) for start in range(processes)]
    fork = get_context("fork")
    workers = []
    for share in waiting:
        workers.append(_begin(fork, seed, share))
    while workers:
        for worker in list(workers):
            process, pipe, share = worker
            try:
                report = pipe.recv() if pipe.poll(0.05) else None
            except EOFError:
                workers.remove(worker)
                process.join()
                if share:
                    case = share.pop(0)
                    yield {
                        "case": case,
                        "format": "?",
                        "level": "?",
                        "outcome": "died",
                        "failure": f"exit {process.exitcode}",
                    }
                    if share:
                        workers.append(_begin(fork, seed, share))
                continue
            if report:
                share.remove(report["case"])
                if report["failure"]:
                    print(f"case {report['case']}: {report['failure']}", file=sys.stderr, flush=True)
                yield report


def _begin(fork, seed, share):
    ours, theirs = fork.Pipe(duplex=False)
    process = fork.Process(target=_work, args=(theirs, seed, share))
    process.start()
    theirs.close()
    return process, ours, share


def _work(pipe, seed, share):
    for case in list(share):
        report = run(seed, case)
        if report.pop("slow"):  # perhaps the machine was busy: a hang is what hangs twice
            report = run(seed, case)
            if slow := report.pop("slow"):
                report["failure"] = report["failure"] or f"slow: {slow}"
        pipe.send(report)
    pipe.close()


def run(seed, case):
    """Put one workbook through the import, and say what became of it."""
    from django.test import Client

    from tests import forking
    from tests.factories import make_headquarters_editor
    from tests.fuzz.journey import Journey, taken_back
    from tests.fuzz.mutations import mutated
    from tests.fuzz.sources import made, real

    random = Random(f"{seed}:{case}")
    source = random.choice(real()) if random.random() < 0.3 else made(random)
    name, content, level = source.name, source.content, "none"
    if random.random() < 0.9:
        content, level = mutated(random, name, content)
    report = {"case": case, "format": name.rpartition(".")[2], "level": level, "slow": [], "failure": ""}
    held = forking.rss()
    signal.signal(signal.SIGALRM, _hang)
    signal.alarm(LONGEST_CASE)
    try:
        with taken_back():
            client = Client()
            client.force_login(make_headquarters_editor())
            report["outcome"] = Journey(client, random, report["slow"]).go(name, content, source.kind)
    except Exception as error:
        report["outcome"] = "failed"
        place = traceback.format_exception_only(error)[-1].strip()
        report["failure"] = f"{place}\n{''.join(traceback.format_tb(error.__traceback__)[-3:])}"
    finally:
        signal.alarm(0)
    report["child"], report["growth"] = forking.largest(), forking.rss() - held
    if report["child"] > MOST_OF_CHILD or report["growth"] > MOST_GROWTH:
        report["failure"] = report["failure"] or f"memory: {report['child']:,} kB read, {report['growth']:,} kB kept"
    if report["failure"]:
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"{seed}-{case}.{report['format']}").write_bytes(content)
    return report


def _hang(*_):
    raise TimeoutError("it hangs")


def tell(reports, seconds):
    outcomes = sorted({report["outcome"] for report in reports})
    print(f"{len(reports):,} workbooks in {seconds:,.0f} s")
    for by in ("format", "level"):
        counts = Counter((report[by], report["outcome"]) for report in reports)
        print(f"\n{by:8}", *(f"{outcome:>11}" for outcome in outcomes))
        for value in sorted({report[by] for report in reports}):
            print(f"{value:8}", *(f"{counts[value, outcome]:11,}" for outcome in outcomes))
    totals = Counter(report["outcome"] for report in reports)
    print(f"{'all':8}", *(f"{totals[outcome]:11,}" for outcome in outcomes))
    peaks = {
        name: max((report.get(name, 0) for report in reports), default=0) // MEGABYTE for name in ("child", "growth")
    }
    print(
        f"\nmemory: at most {peaks['child']:,} MB more to read one, {peaks['growth']:,} MB more afterwards than before"
    )
    failures = [report["case"] for report in reports if report["failure"]]
    print(f"failures: {', '.join(map(str, sorted(failures))) or 'none'}")


if __name__ == "__main__":
    sys.exit(main())
