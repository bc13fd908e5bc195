"""The web servers of the two hosts, as `deploy/steps.sh serve` runs them, and those who ask them."""

import asyncio
import os
import random
import subprocess
import sys
from collections import Counter
from http.client import HTTPConnection
from pathlib import Path

from deploy.two_hosts.databases import PRIMARY_PORT, REDIS_PORT, REPLICA_PORT, Server, url_of
from deploy.two_hosts.network import CENTRE, HOSTS, on
from tests.bench.crowd import FAILURES, Browser

ROOT = Path(__file__).parents[2]
STEPS = ROOT / "deploy/steps.sh"
PORT = 8000
PATIENCE = 15  # seconds; what takes longer is lost
# The last is asked for by a query that is too long to be kept, so that it is made each time.
PAGES = (
    "/",
    "/initiatives/",
    "/municipalities/",
    "/support/",
    "/municipalities/012068/",
    f"/initiatives/?page={'0' * 120}1",
)


def environment(folder):
    return os.environ | {
        "SUMAIRU_MODE": "demo",
        "SUMAIRU_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "PYTHON": sys.executable,
        "BIND": f"0.0.0.0:{PORT}",
        "BENCH_HOSTS": ",".join(HOSTS.values()),
        "BENCH_DATABASE_URL": url_of(PRIMARY_PORT),
        "REPLICA_URL": url_of(REPLICA_PORT),
        "CACHE_URL": f"redis://{CENTRE}:{REDIS_PORT}/0",
    }


def prepared(folder):
    """The portal with the demo's data; the name and password of an administrator."""
    for command in ([STEPS, "build"], [STEPS, "migrate"], [sys.executable, ROOT / "manage.py", "demo"]):
        subprocess.run(command, env=environment(folder), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return "kanri@example.jp", (folder / "demo-accounts.txt").read_text().splitlines()[0]


def web_host(name, folder):
    address = HOSTS[name], PORT
    return Server(on(name, STEPS, "serve"), lambda: _is_ready(address), env=environment(folder), cwd=ROOT)


def _is_ready(address):
    connection = HTTPConnection(*address, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    finally:
        connection.close()


class Balancer:
    """What a proxy in front does: it asks a host of those in rotation, once, and tells nobody of another try.

    `lost` are the requests that were not answered by 200, with why.
    """

    def __init__(self):
        self.rotation = list(HOSTS.values())
        self.asking = Counter()
        self.answered, self.lost = 0, []

    async def without(self, host):
        """Take a host out of rotation, once it has answered what it was asked."""
        self.rotation.remove(host)
        while self.asking[host]:
            await asyncio.sleep(0.01)

    async def ask(self, path):
        host = random.choice(self.rotation)
        browser = Browser((host, PORT), "br")
        self.asking[host] += 1
        try:
            async with asyncio.timeout(PATIENCE):
                status, *_ = await browser.ask(path)
            if status == 200:
                self.answered += 1
            else:
                self.lost.append(f"{host}{path}: {status}")
        except FAILURES as error:
            self.lost.append(f"{host}{path}: {error!r}")
        finally:
            self.asking[host] -= 1
            browser.close()


async def under_load(readers, trouble):
    """The balancer, after `readers` asked through it without a pause for as long as `trouble(balancer)` took."""
    balancer, is_over = Balancer(), asyncio.Event()

    async def read():
        while not is_over.is_set():
            await balancer.ask(random.choice(PAGES))

    tasks = [asyncio.create_task(read()) for _ in range(readers)]
    try:
        await trouble(balancer)
    finally:
        is_over.set()
        await asyncio.gather(*tasks)
    return balancer
