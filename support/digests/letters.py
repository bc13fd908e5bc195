"""The mails as text and HTML: no picture, nothing that tells who opened what, links to the portal alone."""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str


def letter(name, subject, **context):
    """The mail `digests/<name>`: its text and its HTML."""
    subject = " ".join(
        "".join(each if each.isprintable() else " " for each in subject).split()
    )  # a name may hold a line break
    context |= {"root": settings.PUBLIC_ADDRESS, "subject": subject, "updates_page": reverse("updates")}
    text = render_to_string(f"digests/{name}.txt", context).strip() + "\n"
    return Letter(subject, text, render_to_string(f"digests/{name}.html", context))


class ForMany:
    """A mail made once, of which each copy gets its own links in the places of those that it was made with."""

    def __init__(self, name, subject, links, **context):
        self.marks = {link: f"link-{secrets.token_hex(16)}" for link in links}
        self.made = letter(name, subject, **self.marks, **context)

    def copy(self, **links):
        text, html = self.made.text, self.made.html
        for name, address in links.items():
            text, html = (each.replace(self.marks[name], address) for each in (text, html))
        return Letter(self.made.subject, text, html)


def stopped_at(address):
    """What lets a mail program stop it by one click (RFC 8058)."""
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
