"""Several who do something in the same moment, on connections of their own (with the fixture `shared_database`)."""

from threading import Barrier, Thread

from django.db import connections


def at_once(*acts):
    """What each of `acts` gives; each runs in a thread, and none begins before all can."""
    ready, answers = Barrier(len(acts)), [None] * len(acts)

    def run(index, act):
        try:
            ready.wait(60)
            answers[index] = act()
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    assert None not in answers
    return answers
