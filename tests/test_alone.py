"""Two that begin together: the second waits until the first is done."""

from threading import Event, Thread

import pytest
from django.db import connections

from sumairu.alone import alone
from tests.imports.conftest import database_file, shared_database  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database")]


def test_the_second_waits_for_the_first():
    holding, may_end, order = Event(), Event(), []

    def first():
        with alone("load"):
            holding.set()
            may_end.wait(20)
            order.append("first")
        connections.close_all()

    def second():
        with alone("load"):
            order.append("second")
        connections.close_all()

    threads = [Thread(target=first), Thread(target=second)]
    threads[0].start()
    assert holding.wait(20)
    threads[1].start()
    threads[1].join(0.5)
    assert threads[1].is_alive()
    assert order == []
    may_end.set()
    for thread in threads:
        thread.join(20)
    assert order == ["first", "second"]
