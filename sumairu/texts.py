"""Texts in Markdown, kept beside what they become: rendered when they are saved, never when they are shown.

    body = MarkdownField("本文", blank=True)
    body_html = RenderedField("body")

`row.body_html` is always what `row.body` becomes now. What the database keeps carries a stamp (the renderer's number
and a digest of the source): a text that came by a way around `save` (an update, a bulk write, a restored backup) or was
rendered by an older renderer is rendered as it is read, until `manage.py render_texts` has written it down.
"""

from hashlib import sha256

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.safestring import mark_safe

from sumairu.addresses import is_shown
from sumairu.lib.markdown import RENDERER, excess, render
from sumairu.lib.markdown.problems import Problem, links, problems
from sumairu.models import ContentVersion

MOST_PAGES_ASKED = 40  # that one text may link to, each drawn once to know whether it is there
HELP = "空行で段落、「・」で箇条書き、「# 」で見出しになります。Excelの表は貼り付けられます。"


class MarkdownField(models.TextField):
    """What editors write. Beyond the limits it is refused; what a reader would not see as meant, when it goes public.

    The row may say by `is_meant_for_public()` that it does. What stood in the public text already (a page it leads to
    has ended since) does not hold up another change.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"help_text": HELP} | kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        beyond = excess(value or "")
        if beyond:
            raise ValidationError(beyond)
        if is_meant_for_public(model_instance) and (found := text_problems(value, model_instance)):
            stood = self._stood(model_instance)
            new = [problem for problem in found if problem.sentence not in stood]
            if new:
                raise ValidationError([f"公開する前に直してください。{problem}" for problem in new])

    def _stood(self, row):
        """The problems of the text that is public now."""
        stored = type(row)._base_manager.filter(pk=row.pk).first()
        if stored is None or not is_meant_for_public(stored):
            return set()
        return {problem.sentence for problem in text_problems(getattr(stored, self.attname), stored)}


class RenderedField(models.TextField):
    """The HTML of the field called `source`, its highest headings of `level`. Nobody writes it."""

    def __init__(self, source, level=3, **kwargs):
        self.source, self.level = source, level
        super().__init__(**{"editable": False, "blank": True, "default": ""} | kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source, "level": self.level}

    @property
    def descriptor_class(self):
        return RenderedText

    def pre_save(self, model_instance, add):
        """What is stored: the stamp, and the HTML."""
        stored = self.kept(model_instance.__dict__.get(self.attname, ""), getattr(model_instance, self.source))
        setattr(model_instance, self.attname, stored)
        return stored

    def kept(self, stored, source):
        """`stored` as it is while its stamp says that it was made of `source`, else made anew."""
        if not source:
            return ""
        stamp = self.stamp(source)
        return stored if stored.startswith(stamp) else f"{stamp}{render(source, self.level)}"

    def stamp(self, source):
        digest = sha256(source.encode(errors="replace")).hexdigest()[:20]
        return f"<!--{RENDERER}.{self.level}.{digest}-->"


class RenderedText(DeferredAttribute):
    """`row.body_html`: safe HTML of the source as it is now."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        field = self.field
        kept = field.kept(super().__get__(instance, cls), getattr(instance, field.source))
        instance.__dict__[field.attname] = kept
        return mark_safe(kept.partition("-->")[2])  # noqa: S308 (cleaned by the renderer)

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


def is_meant_for_public(row):
    return getattr(row, "is_meant_for_public", bool)()


def text_problems(text, row):
    """What of `text`, in `row`, a reader would not see as meant: pictures, broken links. In the order of the lines."""
    found = list(problems(text))
    own = row.get_absolute_url() if row.pk and hasattr(row, "get_absolute_url") else None
    for link in links(text)[:MOST_PAGES_ASKED]:
        if not (own and link.address.startswith(own)) and not is_shown(link.address):
            found.append(
                Problem(
                    link.line,
                    f"リンク先「{link.address[:80]}」は、いま公開しているページにありません。"
                    "アドレスを確かめるか、リンクを消してください。",
                )
            )
    return sorted(found, key=lambda problem: problem.line)


def problems_of(row):
    """The problems of all Markdown of `row`, each as a sentence with the field's name."""
    return [
        f"「{field.verbose_name}」の{problem}"
        for field in row._meta.fields
        if isinstance(field, MarkdownField)
        for problem in text_problems(getattr(row, field.attname), row)
    ]


def problems_beneath(row):
    """The problems of the rows that stand beneath `row` and are public with it."""
    accessors = [
        relation.get_accessor_name()
        for relation in row._meta.related_objects
        if relation.one_to_many
        and any(isinstance(field, MarkdownField) for field in relation.related_model._meta.fields)
        and "status" not in {field.name for field in relation.related_model._meta.fields}
    ]
    beneath = [below for accessor in accessors if accessor for below in getattr(row, accessor).all()]
    return [f"{below}：{problem}" for below in beneath for problem in problems_of(below)]


def rendered_fields():
    """Each model that keeps rendered texts, with each of those fields."""
    return [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.fields
        if isinstance(field, RenderedField)
    ]


def render_stored():
    """Write down what is not yet rendered as it should be; how many texts those were. Does nothing twice."""
    written = 0
    for model, field in rendered_fields():
        rows = model._base_manager.values_list("pk", field.source, field.attname)
        for pk, source, stored in rows.order_by("pk").iterator(chunk_size=200):
            kept = field.kept(stored, source)
            if kept != stored:
                # Only if nobody changed the source meanwhile.
                written += model._base_manager.filter(pk=pk, **{field.source: source}).update(**{field.attname: kept})
    if written:
        ContentVersion.moved()
    return written
