"""PostgreSQL with a streaming replica, and Redis, from what the system has installed; all of it in one folder."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from deploy.two_hosts.network import CENTRE

PRIMARY_PORT, REPLICA_PORT, REDIS_PORT = 55432, 55433, 56379
NETWORK = f"{CENTRE}/24"
OWNER = "postgres"  # PostgreSQL does not run as root
NEWEST_FIRST = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)


def why_not():
    """What is not installed; empty where all is."""
    missing = [name for name in ("postgres", "initdb", "pg_basebackup", "redis-server") if not _program(name)]
    return f"{'、'.join(missing)} がありません" if missing else ""


def url_of(port):
    return f"postgres://{OWNER}@{CENTRE}:{port}/postgres"


class Server:
    """A process that can be killed as a machine is, and started again."""

    def __init__(self, command, is_ready, **how):
        self.command, self.is_ready, self.how, self.process = command, is_ready, how, None

    def start(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, **self.how)
        for _ in range(600):
            if self.process.poll() is not None:
                raise RuntimeError(f"{self.command[0]} ended")
            with suppress(OSError, psycopg.Error):
                if self.is_ready():
                    return
            time.sleep(0.1)
        raise RuntimeError(f"{self.command[0]} does not answer")

    def stop(self):
        """As told to: what is being done is finished."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)

    def kill(self):
        self.process.kill()
        self.process.wait(60)


@contextmanager
def running(*servers):
    try:
        for server in servers:
            server.start()
        yield
    finally:
        for server in reversed(servers):
            server.stop()


@contextmanager
def databases(folder):
    """The replica and Redis as servers, while they and the primary run."""
    primary, replica = folder / "primary", folder / "replica"
    shutil.chown(folder, OWNER)
    _as_owner("initdb", "--pgdata", primary, "--username", OWNER, "--auth", "trust", "--encoding", "UTF8")
    with (primary / "pg_hba.conf").open("a") as rules:
        rules.write(f"host all,replication all {NETWORK} trust\n")
    redis = ["redis-server", "--bind", CENTRE, "--port", str(REDIS_PORT), "--save", "", "--protected-mode", "no"]
    servers = [_postgres(primary, PRIMARY_PORT)]
    with running(*servers):
        _as_owner(
            *("pg_basebackup", "--host", CENTRE, "--port", str(PRIMARY_PORT), "--username", OWNER),
            *("--pgdata", replica, "--write-recovery-conf", "--checkpoint", "fast"),
        )
        others = [_postgres(replica, REPLICA_PORT), Server(redis, _redis_answers, cwd=folder)]
        with running(*others):
            yield others


def asked(port, statement):
    """The one value of an answer."""
    with psycopg.connect(url_of(port), autocommit=True, connect_timeout=2) as connection:
        return connection.execute(statement).fetchone()[0]


def _postgres(data, port):
    settings = {
        "listen_addresses": CENTRE,
        "port": port,
        "unix_socket_directories": data,
        "wal_keep_size": "256MB",  # so that a replica that was away catches up
        "max_connections": 60,
    }
    command = [_program("postgres"), "-D", data, *(f"--{name}={value}" for name, value in settings.items())]
    return Server(command, lambda: asked(port, "SELECT 1"), user=OWNER, stderr=(data.parent / f"{port}.log").open("w"))


def _redis_answers():
    import redis

    with suppress(redis.RedisError):
        return redis.Redis(CENTRE, REDIS_PORT).ping()


def _as_owner(program, *arguments):
    command = [_program(program), *map(str, arguments)]
    subprocess.run(command, user=OWNER, cwd="/", check=True, stdout=subprocess.DEVNULL)


def _program(name):
    """Debian puts PostgreSQL's own programs beside the path."""
    return shutil.which(name, path=os.pathsep.join([*map(str, NEWEST_FIRST), os.environ.get("PATH", "")]))
