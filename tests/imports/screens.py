"""The screens of an import, as tests ask for them and read them."""

import re


def page_of(client, url, **query):
    response = client.get(url, query)
    assert response.status_code == 200
    return response.content.decode()


def row_of(page, number):
    """The row of the sheet of this number, as HTML."""
    [row] = re.findall(rf'<tr id="row-{number}".*?</tr>', page)
    return row


def post(client, url, action, data):
    return client.post(f"{url}{action}/", data, follow=True).content.decode()


def form_of(client, url, **query):
    """The fields of the form, as a browser would send them back."""
    return {
        field.html_name: value for field in client.get(url, query).context["correction"] if (value := field.value())
    }
