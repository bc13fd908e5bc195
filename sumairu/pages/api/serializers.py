"""How each set is asked and what its records look like, as its columns are described; every value may be unknown (null)."""

from rest_framework.serializers import CharField, DateField, FloatField, IntegerField, RegexField, Serializer

from sumairu.lib.wareki import FIRST, LAST
from sumairu.pages.api.narrowing import A_PAGE, CURSOR, MEANINGS, MOST, PAGING, parameters_of

FIELDS = {"text": CharField, "integer": IntegerField, "number": FloatField, "date": DateField, "year": IntegerField}
LONGEST = 100  # characters of a word that is searched for


class Word(CharField):
    """A word or a code as it was written. As every `CharField` it has no NUL, for which PostgreSQL has no place."""

    def __init__(self, **kw):
        super().__init__(max_length=LONGEST, allow_blank=True, trim_whitespace=False, **kw)


class Problem(Serializer):
    """Why there is no answer, in words."""

    detail = CharField()


class Replacement(Serializer):
    title = CharField()
    page = CharField(help_text="ページのアドレス")


class Gone(Problem):
    """Why there is no answer any more, and the pages of what replaced it."""

    replaced_by = Replacement(many=True)


class SetInfo(Serializer):
    slug = CharField()
    title = CharField()
    about = CharField()
    updated_on = DateField(allow_null=True)
    records = CharField()
    columns = CharField()


def asking_of(table):
    """The serializer of the query of a set: what narrows it, and the page of it."""
    fields = {name: _narrowing(name) for name in parameters_of(table)}
    fields["cursor"] = RegexField(CURSOR, trim_whitespace=False, required=False, help_text=PAGING["cursor"])
    fields["limit"] = IntegerField(min_value=1, max_value=MOST, default=A_PAGE, help_text=PAGING["limit"])
    return _serializer(table, "Query", fields)


def _narrowing(name):
    told = {"required": False, "help_text": MEANINGS[name]}
    return IntegerField(min_value=FIRST, max_value=LAST, **told) if name == "year" else Word(**told)


def key_of(table, meaning):
    """The serializer of the code by which a thing is asked for."""
    return _serializer(table, "Key", {"key": Word(help_text=meaning)})


def record_of(table):
    """The serializer of a record of `table`."""
    fields = {
        column.name: FIELDS[column.type](label=column.title, help_text=column.about, allow_null=True)
        for column in table.shown().columns
    }
    return _serializer(table, "Record", fields)


def page_of(table, record):
    """The serializer of a page of records: `next` leads to the following one, null on the last."""
    fields = {
        "title": CharField(help_text="データの題名"),
        "licence": CharField(help_text="使うときの条件"),
        "citation": CharField(help_text="出典の書き方"),
        "records": record(many=True),
        "next": CharField(allow_null=True, help_text="次のページのアドレス。最後のページではnull"),
    }
    return _serializer(table, "Page", fields)


def _serializer(table, what, fields):
    name = "".join(part.capitalize() for part in table.slug.split("-"))
    return type(f"{name}{what}", (Serializer,), fields)
