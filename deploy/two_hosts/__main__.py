"""`python -m deploy.two_hosts`: two web hosts on one PostgreSQL with a streaming replica and one Redis, in trouble.

Each host is a network namespace with a web server of its own; nothing is shared but the databases. Prints one line of
JSON, or why it cannot run here, and ends with 1 where something is not as it must be:

- a page changed through one host is fresh on the other within a second, whether the replica follows or lags;
- a rolling restart under load loses no request;
- a lost replica and a lost Redis lose none either, and editors go on.
"""

import asyncio
import json
import re
import sys
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from time import monotonic

import psycopg

from deploy.two_hosts import databases, network
from deploy.two_hosts.databases import REPLICA_PORT, asked, running
from deploy.two_hosts.network import HOSTS
from deploy.two_hosts.web import PORT, Browser, prepared, under_load, web_host
from tests.bench.crowd import INITIATIVES, Editor, published

READERS = 8
SAVES = 10  # from which the slowest counts
WATCHED = 3  # seconds after a save
FRESH_WITHIN = 1  # second
TROUBLED = 5  # seconds of load before, while and after something is lost
LEFT_ALONE_FOR = 6  # seconds until hosts ask a replica again that they could not ask (sumairu.replica)
SCANS = "SELECT seq_scan + coalesce(idx_scan, 0) FROM pg_stat_user_tables WHERE relname = 'regions_initiative'"


def main():
    if reason := network.why_not() or databases.why_not():
        print(json.dumps({"two_hosts": f"測っていません: {reason}"}, ensure_ascii=False))
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="two-hosts-")))
        folder.chmod(0o755)
        stack.enter_context(network.network())
        (folder / "data").mkdir()
        replica, redis = stack.enter_context(databases.databases(folder / "data"))
        account = prepared(folder)
        hosts = {HOSTS[name]: web_host(name, folder) for name in HOSTS}
        stack.enter_context(running(*hosts.values()))
        numbers = asyncio.run(_measured(hosts, replica, redis, account))
    print(json.dumps(numbers))
    sys.exit(bool(_wrong(numbers)))


def _wrong(numbers):
    late = [name for name in numbers if name.endswith("seconds_until_fresh") and numbers[name] > FRESH_WITHIN]
    lost = [name for name in numbers if name.endswith("_lost") and numbers[name]]
    unread = [name for name in numbers if name.endswith("_scans") and not numbers[name]]
    return late + lost + unread


async def _measured(hosts, replica, redis, account):
    editor = Editor((next(iter(hosts)), PORT), INITIATIVES, "title")
    await editor.sign_in(*account)
    editor.path = (await published(editor, INITIATIVES))[0]
    numbers = {"hosts_seconds_until_fresh": await _until_fresh(editor)}
    numbers["hosts_replica_scans"] = asked(REPLICA_PORT, SCANS)
    asked(REPLICA_PORT, "SELECT pg_wal_replay_pause()::text")
    numbers["hosts_lagging_seconds_until_fresh"] = await _until_fresh(editor)
    with suppress(psycopg.errors.SerializationFailure):  # what is replayed at once may cut the very answer off
        asked(REPLICA_PORT, "SELECT pg_wal_replay_resume()::text")
    for name, trouble in (
        ("hosts_restarted", lambda balancer: _restart(balancer, hosts)),
        ("hosts_without_replica", lambda balancer: _lose(replica, editor)),
        ("hosts_without_redis", lambda balancer: _lose(redis, editor)),
    ):
        balancer = await under_load(READERS, trouble)
        print("\n".join(balancer.lost[:10]), file=sys.stderr)
        numbers |= {f"{name}_answered": balancer.answered, f"{name}_lost": len(balancer.lost)}
    # A server that was killed has forgotten what it counted: these are of the time since it is back.
    numbers["hosts_replica_back_scans"] = asked(REPLICA_PORT, SCANS)
    return numbers


async def _until_fresh(editor):
    """Seconds from the answer to a save until no page on the other host is the old one any more; the worst of `SAVES`."""
    one, other = ((address, PORT) for address in HOSTS.values())
    await editor.open()
    worst = 0
    for number in range(SAVES):
        editor.host, watched = (one, other) if number % 2 else (other, one)
        worst = max(worst, await _saved_and_watched(editor, watched))
        await editor.open()
    return round(worst, 2)


async def _saved_and_watched(editor, watched):
    text = editor.next_text()
    stop = asyncio.Event()
    watching = asyncio.create_task(_old_answers(watched, editor.page, text, stop))
    await asyncio.sleep(0.5)  # so that both workers there keep the page
    await editor.save(text)
    saved = monotonic()
    await asyncio.sleep(WATCHED)
    stop.set()
    return max([0, *(moment - saved for moment in await watching)])


async def _old_answers(host, page, text, stop):
    """When the page without `text` was asked for, by a new connection each time and so of any worker."""
    old = []
    while not stop.is_set():
        moment, stranger = monotonic(), Browser(host, "")
        status, _, content = await stranger.ask(page)
        stranger.close()
        if status != 200 or text not in content.decode():
            old.append(moment)
        await asyncio.sleep(0.02)
    return old


async def _restart(balancer, hosts):
    """One host after the other leaves the rotation, restarts, and is back once it is ready."""
    for address, host in hosts.items():
        await balancer.without(address)
        await asyncio.to_thread(host.stop)
        await asyncio.to_thread(host.start)
        balancer.rotation.append(address)
        await asyncio.sleep(1)


async def _lose(server, editor):
    """Under load it is killed, and comes back; an editor works before, meanwhile and after."""
    await _work(editor)
    server.kill()
    await _work(editor)
    await asyncio.to_thread(server.start)
    await asyncio.sleep(LEFT_ALONE_FOR)
    await _work(editor)


async def _work(editor):
    """Save, and look at the sheet of a workbook, whose picture the hosts share by Redis. Raises what goes wrong."""
    await editor.open()
    await editor.save(editor.next_text())
    status, *_ = await editor.ask(await _a_sheet(editor))
    if status != 200:
        raise RuntimeError(f"the sheet of a workbook: {status}")
    editor.close()
    await asyncio.sleep(TROUBLED)


async def _a_sheet(editor):
    _, _, content = await editor.ask("/admin/import/")
    return re.search(r"/admin/import/[0-9]+/", content.decode())[0] + "sheet/"


if __name__ == "__main__":
    main()
