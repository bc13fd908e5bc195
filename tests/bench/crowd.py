"""200 people who read and 10 who edit, on PostgreSQL: what of the reading is answered beside the editing, and how soon.

An open loop: every request has its moment, whatever the server does meanwhile, and its seconds count from that moment.
Each reader asks for a page every `THINK` seconds or so. Once a second one of the editors sends the form that is open before
them, confirms what the public will see, looks at the public page, and opens the form anew; what half of them change is
public. Beside them strangers watch each public page that was saved, to see from when on all are given what is new.
"""

import asyncio
import random
import re
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from statistics import quantiles
from time import monotonic, process_time
from urllib.parse import urlencode, urljoin

from tests.bench.weight import Page

READERS, EDITORS, THINK = 200, 10, 10
WARM, SECONDS, ROUNDS = 15, 30, 2
PROMPT = 2  # seconds within which a page must be there to count as served
PATIENCE = 15  # seconds; what takes longer is an error
WATCHED = 1, 3  # seconds before and after a public save in which strangers ask for its page
# The lists whose links readers follow, and how often each kind of page is asked for.
LISTS = {"/municipalities/": 35, "/support/": 15, "/initiatives/": 15, "/indicators/": 10, "/regions/": 5}
OTHERS = {"/": 20, "/figures/": 4, "/search/?q=%E8%A6%B3%E5%85%89": 2, "/figures/?year=2021": 2, "/about/": 2}
INITIATIVES, EDITIONS = "/admin/regions/initiative/", "/admin/support/programedition/"
CLOSES = "windows-0-closes_on"
FAILURES = (OSError, RuntimeError, TimeoutError, asyncio.IncompleteReadError)


def measure_crowd(address, account):
    """The figures for bench.json. `account`: an administrator's name and password."""
    return asyncio.run(_measured(address, account))


async def _measured(address, account):
    readers = [Reader(address) for _ in range(READERS)]
    editors = await _editors(address, account)
    pages = await _pages(readers[0])
    phases = {False: Phase(), True: Phase()}
    for _ in range(ROUNDS):
        for seconds, are_editing, phase in ((WARM, False, Phase()), *((SECONDS, *each) for each in phases.items())):
            begun, cpu = monotonic(), process_time()
            tasks = [reader.read(pages, begun, seconds, phase) for reader in readers]
            if are_editing:
                tasks += [_edit(editor, number, begun, seconds, phase) for number, editor in enumerate(editors)]
            await asyncio.gather(*tasks)
            phase.seconds += monotonic() - begun
            phase.cpu += process_time() - cpu
    return _figures(phases[False], phases[True])


class Phase:
    """What was asked for and what came of it, in seconds from the moment at which it should have been asked."""

    def __init__(self):
        self.due, self.read, self.saved, self.fresh, self.errors = 0, [], [], [], []
        self.seconds = self.cpu = 0

    @property
    def served(self):
        return sum(each < PROMPT for each in self.read) / self.due


def _figures(without, beside):
    for phase in (without, beside):
        for error in phase.errors[:20]:
            print(error)
    return {
        "readers_with_editors_vs_without": round(beside.served / without.served, 3) if without.served else 0,
        "readers_served_without_editors": round(without.served, 3),
        "readers_pages_per_second": round(without.due / (ROUNDS * SECONDS), 1),
        "errors": len(without.errors) + len(beside.errors),
        "readers_p95_seconds_without_editors": _p95(without.read),
        "readers_p95_seconds_with_editors": _p95(beside.read),
        "saves": len(beside.saved),
        "saves_p95_seconds": _p95(beside.saved),
        "seconds_until_fresh": round(max(beside.fresh, default=WATCHED[1]), 2),
        "generator_cpu_share": round(beside.cpu / beside.seconds, 3),
    }


def _p95(values):
    """None where hardly anything was answered: `errors` then says how much was not."""
    return round(quantiles(values, n=20, method="inclusive")[-1], 3) if len(values) > 1 else None


class Browser:
    """One kept connection and its cookies."""

    def __init__(self, address, encoding="br"):
        self.host, self.encoding = address, encoding
        self.cookies, self.streams = {}, None

    async def ask(self, path, fields=None):
        """Status, headers and bytes; `fields` are posted as a browser posts a form."""
        content = b"" if fields is None else urlencode(fields).encode()
        head = [
            f"{'GET' if fields is None else 'POST'} {path} HTTP/1.1",
            f"Host: {self.host[0]}:{self.host[1]}",
            f"Accept-Encoding: {self.encoding}",
        ]
        if self.cookies:
            head.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if fields is not None:
            head += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(content)}"]
        request = "\r\n".join([*head, "", ""]).encode() + content
        is_kept = self.streams is not None
        try:
            return await self._answer(request)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.close()
            if not is_kept or fields is not None:
                raise
            return await self._answer(request)  # as browsers do where a kept connection has been closed

    async def _answer(self, request):
        if self.streams is None:
            self.streams = await asyncio.open_connection(*self.host)
        incoming, outgoing = self.streams
        outgoing.write(request)
        head = (await incoming.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(value).items()}
        content = await incoming.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.close()
        return int(head[0].split()[1]), headers, content

    def close(self):
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


class Reader(Browser):
    async def read(self, pages, begun, seconds, phase):
        moment = begun + random.uniform(0, THINK)
        while moment < begun + seconds:
            await asyncio.sleep(moment - monotonic())
            phase.due += 1
            path = random.choice(random.choices(*pages)[0])
            try:
                async with asyncio.timeout(moment + PATIENCE - monotonic()):
                    status, *_ = await self.ask(path)
                if status != 200:
                    phase.errors.append(f"{path}: {status}")
                else:
                    phase.read.append(monotonic() - moment)
            except FAILURES as error:
                self.close()
                phase.errors.append(f"{path}: {error!r}")
            moment += random.uniform(0.5, 1.5) * THINK


async def _pages(reader):
    """Groups of addresses, and how often one of each is asked for."""
    plain = Browser(reader.host, "")
    groups = {(path,): share for path, share in OTHERS.items()}
    for path, share in LISTS.items():
        _, _, content = await plain.ask(path)
        links = {urljoin(path, link).partition("#")[0] for link in Page(content.decode()).links}
        groups[tuple(sorted(link for link in links if link.startswith((path, "/programs/"))))] = share
    plain.close()
    return list(groups), list(groups.values())


class Form(HTMLParser):
    """What a browser sends of the form on a page of the admin, and its button for saving."""

    def __init__(self, html):
        super().__init__()
        self.fields, self._inside, self._select, self._area = [], False, None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag == "form":
            self._inside = given.get("method") == "post" and given.get("id") != "logout-form"
        elif not self._inside or "disabled" in given:
            return
        elif tag == "option" and self._select and "selected" in given:
            self.fields.append((self._select, given.get("value", "")))
        elif tag == "select":
            self._select = given.get("name")
        elif tag == "textarea":
            self._area = [given["name"], ""]
        elif tag == "input" and given.get("name") and _is_sent(given):
            self.fields.append((given["name"], given.get("value") or ("on" if given["type"] == "checkbox" else "")))

    def handle_data(self, text):
        if self._area:
            self._area[1] += text

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            self.fields.append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None
        elif tag == "select":
            self._select = None


def _is_sent(given):
    kind = given.get("type", "text")
    return kind not in ("submit", "file", "button") and (kind not in ("radio", "checkbox") or "checked" in given)


class Editor(Browser):
    """Somebody signed in with a form open before them. `page` shows to the public what they save, if any does."""

    def __init__(self, address, path, field):
        super().__init__(address, "")
        self.path, self.field, self.page = path, field, ""
        self.form, self.saved = {}, 0

    async def sign_in(self, name, password):
        fields = await self._form_at("/admin/login/")
        await self._sent("/admin/login/", fields | {"username": [name], "password": [password]})

    async def add(self, fields):
        """Add a record, which is then what they edit."""
        self.path = await self._sent(self.path, await self._form_at(self.path) | fields | {"_continue": ["1"]})

    async def open(self):
        status, _, content = await self.ask(self.path)
        html = content.decode()
        if status != 200:
            raise RuntimeError(f"{self.path}: {status}")
        self.form = _by_name(Form(html).fields)
        link = re.search(r'href="([^"]+)" class="viewsitelink"', html)
        self.page = link[1] if link else ""
        self.close()  # it may be long until they save

    def next_text(self):
        self.saved += 1
        return f"負荷の試験 {id(self)}-{self.saved}"

    async def save(self, text):
        """Send the form, its field with another text, and where it has a window, that moved by a day and confirmed."""
        changes = {self.field: [text]}
        if closes := self.form.get(CLOSES):
            day = date.fromisoformat(closes[0])
            changes[CLOSES] = [str(day + timedelta(days=1 if self.saved % 2 else -1))]
        await self._sent(self.path, self.form | changes)

    async def shows(self, text):
        """Does the public page show it, to an editor?"""
        status, _, content = await self.ask(self.page)
        return status == 200 and text in content.decode()

    async def _form_at(self, path):
        return _by_name(Form((await self.ask(path))[2].decode()).fields)

    async def _sent(self, path, fields):
        """Where they are led after it. A page in between that shows the effects is confirmed."""
        for _ in range(2):
            status, headers, content = await self.ask(path, [(name, each) for name in fields for each in fields[name]])
            if status == 302:
                return headers["location"]
            fields = _by_name(Form(content.decode()).fields)
            if "_effects" not in fields:
                break
        raise RuntimeError(f"{path}: {status}, not saved")


def _by_name(fields):
    found = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return found


async def _editors(address, account):
    """Half of them with something public before them, as if by turns: three initiatives and two calls, five drafts."""
    first = Editor(address, INITIATIVES, "")
    await first.sign_in(*account)
    initiatives = [Editor(address, path, "title") for path in await published(first, INITIATIVES)][:3]
    calls = []
    for path in await published(first, EDITIONS):
        first.path = path
        await first.open()
        if first.form.get(CLOSES, [""])[0] > str(datetime.now(UTC).date()):
            calls.append(Editor(address, path, "summary"))
    drafts = [Editor(address, f"{INITIATIVES}add/", "title") for _ in range(EDITORS // 2)]
    editors = [each for pair in zip(initiatives + calls[:2], drafts, strict=True) for each in pair]
    for editor in editors:
        await editor.sign_in(*account)
        if editor in drafts:
            await editor.add({"subprefecture": ["1"], "title": ["負荷の試験"], "summary": ["負荷の試験"]})
        await editor.open()
    return editors


async def published(editor, path):
    _, _, content = await editor.ask(f"{path}?status__exact=published")
    return sorted(set(re.findall(rf"{path}[0-9]+/change/", content.decode())))


async def _edit(editor, number, begun, seconds, phase):
    """One save in `EDITORS` seconds by each."""
    async with asyncio.TaskGroup() as watching:
        for moment in range(number, seconds, EDITORS):
            await asyncio.sleep(begun + moment - WATCHED[0] - monotonic())
            text, saved = editor.next_text(), asyncio.get_running_loop().create_future()
            if editor.page:
                watching.create_task(_watch(editor, text, saved, phase))
            await asyncio.sleep(begun + moment - monotonic())
            try:
                async with asyncio.timeout(PATIENCE):
                    await editor.save(text)
                    saved.set_result(monotonic())
                    phase.saved.append(saved.result() - begun - moment)
                    if editor.page and not await editor.shows(text):
                        phase.errors.append(f"{editor.page}: an editor does not see what they saved")
                    await editor.open()
            except FAILURES as error:
                saved.cancel()
                editor.close()
                phase.errors.append(f"{editor.path}: {error!r}")


async def _watch(editor, text, saved, phase):
    """Ask as a stranger, by a new connection each time and so of either worker, until when the old page is given.

    From before the save on, so that both workers have the page. `saved` is when it was done, in the future.
    """
    old = []
    while not saved.done() or (not saved.cancelled() and monotonic() < saved.result() + WATCHED[1]):
        asked, stranger = monotonic(), Browser(editor.host, "")
        try:
            async with asyncio.timeout(PATIENCE):
                status, _, content = await stranger.ask(editor.page)
            if status != 200:
                phase.errors.append(f"{editor.page}: {status}")
            elif text not in content.decode():
                old.append(asked)
        except FAILURES as error:
            phase.errors.append(f"{editor.page}: {error!r}")
        stranger.close()
        await asyncio.sleep(0.1)
    if not saved.cancelled():
        phase.fresh.append(max([0, *(asked - saved.result() for asked in old)]))
