"""Two that begin together: the second waits until the first is done."""

from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from sumairu.alone import alone
from tests.imports.conftest import database_file, shared_database  # noqa: F401 (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("shared_database"), pytest.mark.exhaustive]


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


@pytest.mark.parametrize(
    ("command", "name", "work"),
    [
        ("migrate", "migrate", "django.core.management.commands.migrate.Command.handle"),
        ("load_facts", "load", "sumairu.loading.management.commands.load_facts.load_tables"),
        ("demo", "load", "sumairu.loading.management.commands.demo.prepare"),
    ],
)
def test_a_command_waits_for_whoever_is_at_it(command, name, work, monkeypatch):
    begun = Event()

    def begin(*args, **kwargs):
        begun.set()
        raise CommandError("that is enough")

    def run():
        with pytest.raises(CommandError, match="enough"):
            call_command(command, verbosity=0)
        connections.close_all()

    monkeypatch.setattr(work, begin)
    waiting = Thread(target=run)
    with alone(name):
        waiting.start()
        assert not begun.wait(0.5)
    assert begun.wait(20)
    waiting.join(20)
    with alone(name):  # nothing of it is left where the command failed
        pass
