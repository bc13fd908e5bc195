"""What a page asks of the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, address):
    """How many queries the page at `address` takes, once what a process asks for only once is known."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()
