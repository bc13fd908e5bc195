"""A Redis that is lost is a cache in which nothing is found."""

import socket
import subprocess
import time
from contextlib import contextmanager
from shutil import which

import pytest

from sumairu.settings import shared_cache
from sumairu.shared_cache import SharedCache


def _cache(port):
    settings = shared_cache({"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": ""})
    return SharedCache(f"redis://127.0.0.1:{port}/0", {"OPTIONS": settings["OPTIONS"]})


@contextmanager
def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_without_redis_nothing_is_found_nothing_kept_and_nothing_raised(caplog):
    with _free_port() as port:
        cache = _cache(port)
        cache.set("a", 1)
        assert cache.get("a", "nothing") == "nothing"
        assert cache.delete("a") is False
    assert caplog.text.count("the shared cache cannot be asked") == 3


@pytest.mark.skipif(not which("redis-server"), reason="redis-server is not installed")
def test_what_one_host_keeps_another_finds_until_it_is_deleted(tmp_path):
    with _free_port() as port:
        pass
    server = subprocess.Popen(
        ["redis-server", "--port", str(port), "--save", ""], cwd=tmp_path, stdout=subprocess.DEVNULL
    )
    try:
        one, other = _cache(port), _cache(port)
        while one.get("a") is None:
            assert server.poll() is None
            one.set("a", {"b": 1})
            time.sleep(0.05)
        assert other.get("a") == {"b": 1}
        assert other.delete("a") is True
        assert one.get("a", "nothing") == "nothing"
    finally:
        server.terminate()
        server.wait()


def test_other_caches_stay_as_they_are():
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": ""}
    assert shared_cache(local) == local
