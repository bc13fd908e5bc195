"""One workbook through the import as an editor would take it: chosen, looked at, questions answered, saved, taken back.

Whatever it holds, every page answers, nothing is saved but what the preview said, and taking back restores what was.
"""

import os
import re
from contextlib import contextmanager
from html.parser import HTMLParser
from io import BytesIO
from time import perf_counter
from urllib.parse import urljoin, urlsplit

from sumairu.imports.kinds import SKIP, kinds
from sumairu.imports.models import FigureChange, ImportRun
from sumairu.imports.saving import answer, previewed

UPLOAD = "/admin/import/"
# Seconds for one answer, of the processors and, since these may be busy with other things, of the clock.
LONGEST, LONGEST_BY_THE_CLOCK = 10, 60
TEXTS = ["", "1", "令和3年度", "A", "B2", "千円", "😀", "\x00", "9" * 500, "<b>", "=1+1"]


class Failure(Exception):
    """Something that must never happen, did."""


class Journey:
    def __init__(self, client, random, slow):
        self.client, self.random, self.slow = client, random, slow

    def go(self, name, content, slug):
        """What became of the workbook: "refused", "dropped", "previewed", "saved" or "taken back"."""
        file = BytesIO(content)
        file.name = name
        response = self.ask("post", UPLOAD, {"kind": slug, "file": file})
        if response.status_code == 200:
            self.check(response.context["form"].errors, "an upload that was neither taken nor refused")
            return "refused"
        self.address = response["Location"]
        run = self.run = ImportRun.objects.latest("pk")
        if run.state == ImportRun.State.REFUSED:
            self.look_around(self.page())
            return "refused"
        self.check(run.state == ImportRun.State.PREVIEWED, f"a run that is {run.state}")
        self.kind = kinds()[run.kind]
        self.look_around(self.page())
        self.answer_questions()
        self.send_forms()
        return self.save()

    def answer_questions(self):
        for _ in range(3):
            comparison = previewed(self.kind, self.fresh())
            answers = {
                question.key: self.random.choice([SKIP, *(value for value, _ in (*question.choices, *question.others))])
                for question, _ in comparison.questions
                if self.random.random() < 0.8
            }
            if not answers:
                return
            answer(self.kind, self.run, answers, [key for key in answers if self.random.random() < 0.5])
            self.page()

    def send_forms(self):
        """Fill in by chance what the preview offers, other than what ends it."""
        for _ in range(self.random.choice([0, 0, 1, 3])):
            offered = [
                form
                for form in forms(self.page())
                if form.address.startswith(self.address) and not re.search(r"/(save|drop|undo)/$", form.address)
            ]
            if not offered:
                return
            form = self.random.choice(offered)
            self.ask("post", form.address, form.filled(self.random))

    def save(self):
        """Save what is settled, and the rest only if it is settled too."""
        before, comparison = self.figures(), previewed(self.kind, self.fresh())
        if not comparison.to_write:
            self.ask("post", f"{self.address}drop/")
            self.check(self.fresh().state == ImportRun.State.DROPPED, "a run that could not be dropped")
            return "previewed"
        leaving_rest = {"leaving_rest": "on"} if self.random.random() < 0.8 else {}
        self.ask("post", f"{self.address}save/", {"digest": comparison.digest} | leaving_rest)
        self.look_around(self.page())
        if self.fresh().state != ImportRun.State.SAVED:
            self.check(self.figures() == before, "figures of a run that was not saved")
            return "previewed"
        written = {key_of(line.figure): line.value for line in comparison.to_write}
        self.check(self.figures() == before | written, "other figures than the preview said")
        changes = {
            (change.object_id, change.before, change.after) for change in FigureChange.objects.filter(run=self.run)
        }
        stored = dict(self.kind.model.objects.filter(run=self.run).values_list("pk", self.kind.value_field))
        self.check({(pk, after) for pk, _, after in changes} == set(stored.items()), "a history of other figures")
        self.check(len(changes) == len(written), "another number of changes than of figures")
        return self.undo(before) if self.random.random() < 0.7 else "saved"

    def undo(self, before):
        page = self.page("undo/")
        form = next((form for form in forms(page) if form.address in ("", f"{self.address}undo/")), None)
        self.check(form, "a saved run that cannot be taken back")
        response = self.ask("post", f"{self.address}undo/", form.filled(self.random))
        self.check(response.status_code == 302, "a taking back that was refused")
        self.check(self.figures() == before, "other figures after taking back than before")
        self.ask("get", response["Location"])
        return "taken back"

    def fresh(self):
        self.run = ImportRun.objects.get(pk=self.run.pk)
        return self.run

    def figures(self):
        """`{key: value}` of every figure of the kind."""
        return {key_of(figure): figure.value for figure in self.kind.model.objects.all()}

    def page(self, part=""):
        response = self.ask("get", self.address + part)
        self.check(response.status_code == 200, f"{self.address}{part} answers {response.status_code}")
        return response.content.decode()

    def look_around(self, page):
        """Follow some of the links of a run's page."""
        links = re.findall(r'href="([^"]+)"', page)
        own = [urljoin(self.address, link.replace("&amp;", "&")) for link in links]
        own = sorted({link for link in own if urlsplit(link).path.startswith(self.address)})
        for link in self.random.sample(own, min(len(own), 3)):
            self.ask("get", link)

    def ask(self, method, address, data=None):
        begun, worked = perf_counter(), _processor_seconds()
        response = getattr(self.client, method)(address, data)
        if response.streaming:
            b"".join(response.streaming_content)
        seconds, worked = perf_counter() - begun, _processor_seconds() - worked
        if worked > LONGEST or seconds > LONGEST_BY_THE_CLOCK:
            self.slow.append(f"{method} {address}: {worked:.1f} of {seconds:.1f} s")
        has_nul = "\\x00" in repr(data)  # refused by the middleware, with 400
        self.check(
            response.status_code < 400 or (has_nul and response.status_code == 400),
            f"{method} {address} answers {response.status_code}",
        )
        return response

    def check(self, holds, message):
        if not holds:
            raise Failure(message)


def _processor_seconds():
    """Of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def key_of(figure):
    return tuple(figure.key.items())


@contextmanager
def taken_back():
    """A transaction of which nothing stays."""
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class Form:
    """A form of a page: where it goes, and what may be put into its fields."""

    def __init__(self, address):
        self.address = address
        self.fields = {}

    def filled(self, random):
        """`{name: value}` by chance; what is hidden stays as it is."""
        filled = {}
        for name, (kind, values) in self.fields.items():
            if kind == "hidden":
                filled[name] = values[0]
            elif kind == "checkbox":
                filled[name] = [value for value in values if random.random() < 0.4]
            elif kind == "choice" or (kind == "button" and random.random() < 0.3):
                filled[name] = random.choice(values)
            elif kind == "text" and random.random() < 0.7:
                filled[name] = random.choice(TEXTS)
        return filled


def forms(page):
    """The forms of a page that are posted."""
    parser = _Forms()
    parser.feed(page)
    return parser.found


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found, self.form, self.select = [], None, None

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        name, value = given.get("name"), given.get("value") or ""
        if tag == "form":
            self.form = Form(given.get("action", ""))
            if given.get("method") == "post":
                self.found.append(self.form)
        elif self.form is None:
            return
        elif tag == "select":
            self.select = name
        elif tag == "option":
            self.put(self.select, "choice", value)
        elif tag == "textarea" and name:
            self.form.fields[name] = ("text", [])
        elif tag == "button":
            self.put(name, "button", value)
        elif tag == "input" and name and "disabled" not in given:
            kind = given.get("type", "text")
            if kind in ("hidden", "checkbox"):
                self.put(name, kind, value)
            elif kind == "radio":
                self.put(name, "choice", value)
            else:
                self.form.fields[name] = ("text", [])

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None

    def put(self, name, kind, value):
        if name:
            self.form.fields.setdefault(name, (kind, []))[1].append(value)
