import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sumairu.imports.models import value_words
from sumairu.lib.workbooks import Refused, read_workbook

# What a figure may count. What is measured (km, ha) is read, and counts nothing.
KINDS = ("yen", "people", "count", "ratio")


class Command(BaseCommand):
    help = "ブックから何が読み取れるかを示します。データベースは使いません。"
    requires_system_checks = []  # which ask the database

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--sheet", help="このシートだけを示します")
        parser.add_argument("--json", action="store_true", help="JSONで示します")

    def handle(self, *, file, sheet, **options):
        try:
            reading = read_workbook(file.read_bytes(), file.name)
        except OSError as error:
            raise CommandError(f"{file} を読めません：{error.strerror}") from error
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        names = [each.name for each in reading.sheets]
        if sheet is not None and sheet not in names:
            raise CommandError(f"「{sheet}」というシートはありません。あるのは {'、'.join(names)} です。")
        found = as_data(reading, names if sheet is None else [sheet])
        self.stdout.write(as_json(found) if options["json"] else "\n".join(as_lines(found)))


def as_data(reading, sheets):
    """What was read of these sheets, in lists and dicts."""
    return {
        "figures": [_figure(each) for each in reading.figures if each.sheet in sheets],
        "skipped": [asdict(each) for each in reading.skipped if each.sheet in sheets],
        "problems": [asdict(each) for each in reading.problems if each.sheet in sheets],
        "remarks": [asdict(each) for each in reading.remarks if each.sheet in sheets],
        "tables": [_table(each) for each in reading.tables if each.sheet in sheets],
        "sheets": [asdict(each) for each in reading.sheets if each.name in sheets],
        "notices": list(reading.notices),
    }


def as_json(found):
    return json.dumps(found, ensure_ascii=False)


def as_lines(found):
    """The same for people, a line for each cell."""
    yield from (f"※ {notice}" for notice in found["notices"])
    for table in found["tables"]:
        title = f"「{table['title']}」" if table["title"] else ""
        yield f"表\t{table['sheet']} › {table['range']}\t{title}"
    for each in found["figures"]:
        year = _year(each)
        path = "・".join(each["column"])
        what = "・".join([path, *(said for said in (each["stage"], each["supplement"]) if said and said not in path)])
        yield f"数値\t{_place(each)}\t{each['label']}\t{year}\t{what}\t{_amount(each)}"
    for word, key in (("誤り", "problems"), ("注意", "remarks"), ("読まない", "skipped")):
        yield from (f"{word}\t{_place(each)}\t{each['raw']}\t{each['reason']}" for each in found[key])
    yield f"数値 {len(found['figures']):,}、誤り {len(found['problems']):,}、読まない {len(found['skipped']):,}"


def _figure(figure):
    fields = figure._asdict()
    del fields["labels"], fields["beside"], fields["year_candidates"]
    return fields | {"column": list(figure.column), "kind": figure.kind if figure.kind in KINDS else None}


def _table(table):
    return asdict(table) | {"columns": [column._asdict() for column in table.columns]}


def _year(figure):
    if figure["fiscal_year"]:
        return f"{figure['fiscal_year']}年度"
    return f"{figure['calendar_year']}年" if figure["calendar_year"] else "年度は不明"


def _place(each):
    return f"{each['sheet']} › {each['cell']}"


def _amount(figure):
    if figure["value"] is None:
        return f"{figure['raw']}{figure['unit'] or '（単位は不明）'}"
    if figure["kind"] == "ratio":
        return f"{figure['value']}{figure['unit'] or ''}"
    return value_words(figure["value"], figure["kind"])
