"""Every public page, found by following links from the first, and what each costs a browser that has nothing yet."""

from collections import Counter
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urldefrag, urljoin, urlsplit

import brotli

# The second: the same pages, with a little more. The third leads elsewhere without its query.
NOT_PUBLIC = ("/admin/", "/furigana/", "/mail/reminder/")
MOST_OF_A_SHAPE = 200  # all 179 municipalities, and a sample of what is made of each with each programme


class Page(HTMLParser):
    """What a page links to, and what a browser fetches with it."""

    def __init__(self, html):
        super().__init__()
        self.links, self.parts = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "a":
            self.links.append(attrs.get("href") or "")
        elif tag == "link" and attrs.get("rel") in ("stylesheet", "icon"):
            self.parts.append(attrs["href"])
        elif tag in ("script", "img") and attrs.get("src"):
            self.parts.append(attrs["src"])
        elif tag == "use":
            self.parts.append(attrs["href"])


def weigh_pages(address):
    """`{path: bytes}` of the public pages with all that they load, as sent to a browser that takes brotli."""
    site = Site(address)
    weights, waiting, seen = {}, ["/"], Counter()
    while waiting:
        path = waiting.pop()
        if path in weights or seen[shape(path)] == MOST_OF_A_SHAPE:
            continue
        seen[shape(path)] += 1
        size, html = site.fetch(path)
        if html is None:
            continue
        page = Page(html)
        parts = {part for link in page.parts if (part := _path(path, link))}
        weights[path] = size + sum(site.fetch(part)[0] for part in parts)
        found = {link for href in page.links if (link := _path(path, href))}
        waiting += [link for link in found if link not in weights and not link.startswith(NOT_PUBLIC)]
    return weights


def shape(path):
    """What addresses of one kind of page have in common: where they begin, and how deep they are."""
    return path.split("/")[1], path.count("/")


def _path(base, href):
    """The path of `href` on this host, without query: filters and pages of a list are the list again."""
    address = urlsplit(urldefrag(urljoin(f"http://here{base}", href)).url)
    return address.path if address.netloc == "here" else None


class Site:
    """Fetches each path once; anything but 200 ends the run."""

    def __init__(self, address):
        self.connection = HTTPConnection(*address, timeout=30)
        self.fetched = {}

    def fetch(self, path):
        """Bytes on the wire, and the text if it is a page."""
        if path not in self.fetched:
            self.connection.request("GET", path, headers={"Accept-Encoding": "br"})
            response = self.connection.getresponse()
            body = response.read()
            if response.status != 200:
                raise RuntimeError(f"{path}: {response.status}")
            is_page = response.headers.get_content_type() == "text/html"
            plain = brotli.decompress(body) if response.headers["Content-Encoding"] == "br" else body
            self.fetched[path] = len(body), plain.decode() if is_page else None
        return self.fetched[path]
