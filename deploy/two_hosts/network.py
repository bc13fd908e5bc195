"""Two hosts as network namespaces, each with a cable to one bridge. Needs root, or what may make namespaces."""

import shutil
import subprocess
from contextlib import contextmanager, suppress

BRIDGE = "sumairu0"
CENTRE = "10.87.61.1"  # where the databases are
HOSTS = {"sumairu-one": "10.87.61.11", "sumairu-two": "10.87.61.12"}


def why_not():
    """Why no such network can be made here; empty where it can be."""
    if not shutil.which("ip"):
        return "ip（iproute2）がありません"
    tried = subprocess.run(["ip", "netns", "add", f"{BRIDGE}-try"], capture_output=True, text=True)
    if tried.returncode:
        return f"ネットワーク名前空間を作れません（{tried.stderr.strip()}）"
    _ip("netns", "del", f"{BRIDGE}-try")
    return ""


@contextmanager
def network():
    """The bridge and both hosts, for as long as they are needed; those of a run that was killed go first."""
    _take_down()
    try:
        _ip("link", "add", BRIDGE, "type", "bridge")
        _ip("address", "add", f"{CENTRE}/24", "dev", BRIDGE)
        _ip("link", "set", BRIDGE, "up")
        for name, address in HOSTS.items():
            _ip("netns", "add", name)
            _ip("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("link", "set", name, "master", BRIDGE, "up")
            _ip("-n", name, "address", "add", f"{address}/24", "dev", "eth0")
            for device in ("lo", "eth0"):
                _ip("-n", name, "link", "set", device, "up")
        yield
    finally:
        _take_down()


def on(name, *command):
    """The command that runs `command` on a host."""
    return ["ip", "netns", "exec", name, *map(str, command)]


def _take_down():
    for arguments in (*(("netns", "del", name) for name in HOSTS), ("link", "del", BRIDGE)):
        with suppress(subprocess.CalledProcessError):
            _ip(*arguments)


def _ip(*arguments):
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
