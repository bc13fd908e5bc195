"""What a record of each set looks like, as its columns are described; every value may be unknown (null)."""

from datetime import date

from ninja import Field, Schema
from pydantic import create_model

TYPES = {"text": str, "integer": int, "number": float, "date": date, "year": int}


class Problem(Schema):
    """Why there is no answer, in words."""

    detail: str


class SetInfo(Schema):
    slug: str
    title: str
    about: str
    updated_on: date | None
    records: str
    columns: str


def record_of(table):
    """The schema of a record of `table`."""
    fields = {
        column.name: (TYPES[column.type] | None, Field(None, title=column.title, description=column.about or None))
        for column in table.shown().columns
    }
    return create_model(f"{_name(table)}Record", __base__=Schema, **fields)


def page_of(table, record):
    """The schema of a page of records: `next` leads to the following one, null on the last."""
    return create_model(
        f"{_name(table)}Page",
        __base__=Schema,
        title=(str, Field(description="データの題名")),
        licence=(str, Field(description="使うときの条件")),
        citation=(str, Field(description="出典の書き方")),
        records=(list[record], ...),
        next=(str | None, Field(None, description="次のページのアドレス。最後のページではnull")),
    )


def _name(table):
    return "".join(part.capitalize() for part in table.slug.split("-"))
