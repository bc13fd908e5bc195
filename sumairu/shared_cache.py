"""The cache that all hosts share. What is in it may be lost at any time; so may the cache itself, and the portal goes on."""

import logging
from contextlib import contextmanager

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


@contextmanager
def _may_be_lost():
    try:
        yield
    except RedisError as error:
        logger.warning("the shared cache cannot be asked: %s", error)


class SharedCacheClient(RedisCacheClient):
    """While Redis is gone nothing is found in it and nothing is kept."""

    def get(self, key, default):
        with _may_be_lost():
            return super().get(key, default)
        return default

    def set(self, key, value, timeout):
        with _may_be_lost():
            super().set(key, value, timeout)

    def delete(self, key):
        with _may_be_lost():
            return super().delete(key)
        return False


class SharedCache(RedisCache):
    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = SharedCacheClient
