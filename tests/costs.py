"""What a page asks of the database."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, address):
    """How many queries the page at `address` takes, once what a process asks for only once is known.

    The version is asked for twice a second: whether that falls into the page depends on how fast this machine is.
    """
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert response.status_code == 200
        if response.streaming:  # what is written as it is read
            assert list(response)
    return sum("contentversion" not in query["sql"] for query in queries)


def page(client, address):
    """The HTML of a page, without the marks that only keep a number on its line (`unbroken`): a sentence reads as it is said."""
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r'<span class="keep">([^<]*)</span>', r"\1", response.content.decode())
