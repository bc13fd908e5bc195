"""Where figures are from, as a page says it beneath them: in a line, and in all that the line opens to."""

import re
from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, JSONField, OuterRef
from django.utils.timezone import localtime

from sumairu.descriptions import Part, part
from sumairu.imports.models import FigureChange, ImportRun, SourcedFigure, value_words
from sumairu.lib.days import full_day

# What files say of each figure's source: staff read who typed it, nobody else does. Under these titles it comes back through
# the import of figures, which passes them over.
SOURCE = [
    Part("source_kind", "出どころ（種類）", lambda figure: "取込" if figure.run else "職員による入力"),
    Part("source_file", "出どころ（ファイル名）", lambda figure: figure.run and figure.run.file.name),
    Part("source_url", "出どころ（ブックのアドレス）", lambda figure: (figure.run and figure.run.workbook_url) or None),
    Part("source_sha256", "出どころ（ファイルのSHA-256）", lambda figure: figure.run and figure.run.file.sha256),
    part(SourcedFigure, "run__file__name", "出どころ（ブック）", is_given=False),
    part(SourcedFigure, "sheet", "出どころ（シート）"),
    part(SourcedFigure, "cell", "出どころ（セル）"),
    part(SourcedFigure, "raw", "出どころ（資料の表記）"),
    part(SourcedFigure, "unit", "出どころ（資料の単位）"),
    part(SourcedFigure, "entered_by__name", "出どころ（入力した人）", is_given=False),
    part(SourcedFigure, "updated_at", "出どころ（更新日時）", is_given=False),
    part(SourcedFigure, "updated_at", "出どころ（登録日）", name="source_day", in_tables=False),
]


def with_sources(figures):
    """`figures` with what their sources need. Each of thousands has its run, without what only the run's own pages show."""
    own = (field.name for field in ImportRun._meta.fields if isinstance(field, JSONField))
    return figures.select_related("run__file").defer(*(f"run__{name}" for name in own))


def workbooks_of(figures):
    """The workbooks that `figures` (a queryset) are from and anybody may have: the name and address of each, in a line."""
    own = figures.order_by().filter(run=OuterRef("pk"))
    runs = ImportRun.objects.given_out().filter(Exists(own)).select_related("file").order_by("saved_at", "pk")
    return list(dict.fromkeys(f"{run.file.name} {run.workbook_url}" for run in runs))


def last_changes(figures):
    """The last change of each figure that had a value before, by primary key."""
    if not figures:
        return {}
    rows = FigureChange.objects.filter(
        content_type=ContentType.objects.get_for_model(figures[0]),
        object_id__in=[figure.pk for figure in figures],
        before__isnull=False,
        after__isnull=False,
    ).select_related("run")
    rows = rows.only("object_id", "before", "changed_at", "run__undoes").order_by("changed_at", "pk")
    return {change.object_id: change for change in rows}


def cell_of(figure, with_file=False, with_sheet=True):
    """「推移 › D7」, with the file before it where a table has several, without the sheet where it has but one."""
    if not figure.run:
        return "職員による入力"
    place = [figure.run.file.name] if with_file else []
    return " › ".join(filter(None, [*place, figure.sheet if with_sheet else "", figure.cell]))


def summary_of(figures):
    """「予算・派遣実績.xlsx › 推移 › D4〜D7（2026年4月取込）」; the last figure's source where there are several."""
    newest = figures[-1]
    if not newest.run:
        others = "ほか" if any(figure.run for figure in figures) else ""
        return f"職員による入力（{localtime(newest.updated_at):%Y年%-m月}）{others}"
    alike = [figure for figure in figures if (figure.run, figure.sheet) == (newest.run, newest.sheet)]
    cells = sorted({figure.cell for figure in alike}, key=_reading_order)
    cells = "〜".join(dict.fromkeys([cells[0], cells[-1]]))
    place = " › ".join(filter(None, [newest.run.file.name, newest.sheet, cells]))
    others = "ほか" if len(alike) < len(figures) else ""
    return f"{place}（{_day_of(newest.run):%Y年%-m月}取込）{others}"


def _reading_order(cell):
    """Row by row, and in a row from the left; what names no cell comes first."""
    place = re.fullmatch(r"([A-Z]+)([0-9]+)", cell)
    return (int(place[2]), len(place[1]), place[1]) if place else (0, 0, cell)


def details_of(figures, changes, source="", name=lambda figure: figure.calendar.full_name(figure.fiscal_year)):
    """What the source line opens to: each file, when and by whom it was read, and what changed since.

    `changes` are those of `last_changes`; `source` says what the files themselves were taken from, `name` what tells
    one of `figures` from the others.
    """
    details = [{"term": "もとの資料", "text": source}] if source else []
    for run in {figure.run.pk: figure.run for figure in figures if figure.run}.values():
        # A person's name is nobody's business outside the office.
        who = "職員による取込" if run.uploaded_by_id else "システムによる取込"
        details += [
            {"term": "ファイル", "text": run.file.name, "url": run.workbook_path},
            {"term": "SHA-256", "text": run.file.sha256},
            {"term": "取り込み", "text": f"{full_day(_day_of(run))}　{who}"},
        ]
    typed = sorted(
        (localtime(figure.updated_at).date(), place) for place, figure in enumerate(figures) if not figure.run
    )
    for day, those in groupby(typed, key=lambda each: each[0]):
        names = "、".join(name(figures[place]) for _, place in those)
        details.append({"term": "職員による入力", "text": f"{full_day(day)}　{names}の値"})
    told = [
        f"{name(figure)}は{_change_words(figure, changes[figure.pk])}" for figure in figures if figure.pk in changes
    ]
    return [*details, {"term": "その前の値", "text": "、".join(told) or "なし（はじめての登録）"}]


def _change_words(figure, change):
    day = full_day(localtime(change.changed_at).date())
    act = "取消し" if change.run and change.run.undoes_id else "変更"
    return f"{value_words(change.before, figure.measure)}（{day}に{act}）"


def _day_of(run):
    return localtime(run.saved_at or run.uploaded_at).date()
