"""What a careful person would look at again before saving. None of it stands in the way of a save."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localtime

from sumairu.imports.comparing import TO_WRITE, Outcome, key_columns, without_none
from sumairu.imports.models import ImportRun
from sumairu.lib.marked_workbook import Mark

TENFOLD = 10
NAMES_SHOWN = 10


@dataclass(frozen=True)
class Caution:
    """`sheet` and `cell` are empty where it is of no one cell. What is `ours` says nothing to who sent the workbook."""

    title: str
    text: str
    sheet: str = ""
    cell: str = ""
    ours: bool = False


def cautions(run, comparison):
    """Of a previewed run, those of the whole file first, then those of cells as they stand in the workbook."""
    earlier = _earlier(run)
    return [
        *_imported_before(earlier),
        *missing(comparison),
        *(Caution("計が合いません", each.reason, each.sheet, each.cell) for each in run.reading.remarks),
        *_tenfold(comparison),
        *_changed_since(run, comparison, earlier),
    ]


def marks_of(comparison, cautions):
    """The marks, and the notices, for who sent the workbook: errors, open questions, and what to look at again."""
    marks = [
        *(Mark(line.sheet, line.cell, line.raw, line.outcome.value, line.reason) for line in comparison.to_settle),
        *(Mark(each.sheet, each.cell, "", "remark", each.text) for each in cautions if each.cell and not each.ours),
    ]
    return marks, [each.text for each in cautions if not each.cell and not each.ours]


def _earlier(run):
    """The newest saved import of the very same file."""
    runs = ImportRun.objects.saved().with_files().filter(kind=run.kind, file__sha256=run.file.sha256, undoes=None)
    return runs.exclude(pk=run.pk).first()


def _imported_before(earlier):
    if earlier:
        undone = "そのあと取り消されています。" if earlier.is_undone else ""
        text = f"{_day(earlier.saved_at)}に{earlier.who}が保存しています。{undone}"
        yield Caution("同じブックを取り込んだことがあります", text, ours=True)


def missing(comparison):
    """Whoever had a figure the year before and has none in this workbook, where most of the others have one."""
    kind = comparison.kind
    if any(line.whose is None for line in comparison.of(Outcome.QUESTION)):
        return  # a name that waits for its answer is not missing
    entity, year = kind.key.index(kind.entity), kind.key.index("fiscal_year")
    rest = [place for place in range(len(kind.key)) if place not in (entity, year)]
    read = {}
    for line in comparison.lines:
        if line.whose:
            group = tuple([line.key[place] for place in rest])
            read.setdefault((line.key[year], group), {})[line.key[entity]] = line
    stored = kind.model.objects.filter(fiscal_year__in={year - 1 for year, _ in read})
    before = {}
    for key in stored.values_list(*key_columns(kind)):
        key = without_none(key)
        before.setdefault((key[year], tuple([key[place] for place in rest])), set()).add(key[entity])
    for (of_year, group), lines in sorted(read.items(), key=lambda item: item[0][0]):
        had = before.get((of_year - 1, group), set()) | read.get((of_year - 1, group), {}).keys()
        gone = sorted(had - lines.keys())
        if gone and len(had & lines.keys()) * 2 >= len(had):
            first = next(iter(lines.values()))
            entities = kind.model._meta.get_field(kind.entity).related_model.objects.in_bulk(gone[:NAMES_SHOWN])
            names = "、".join(str(entities[pk]) for pk in gone[:NAMES_SHOWN])
            more = f"など{len(gone)}件" if len(gone) > NAMES_SHOWN else ""
            yield Caution(
                f"前の{first.calendar.noun}にあった数値がありません",
                f"{_without_entity(kind, first)}に、{names}{more}の数値がありません。空のままとし、ゼロにはしません。",
            )


def _without_entity(kind, line):
    """All that says which figure it is but whose: 令和3年度（2021）・普通交付税."""
    return line.words.replace(str(line.parts[kind.entity]), "").strip("・").replace("・・", "・")


def _tenfold(comparison):
    for line in comparison.of(*TO_WRITE):
        now, before = abs(line.value), abs(line.previous or 0)
        if now and before and (now >= TENFOLD * before or before >= TENFOLD * now):
            much = "10倍以上" if now > before else "10分の1以下"
            text = f"{line.words}：{line.after_words}は、前{line.calendar.noun}（{line.words_of(line.previous)}）の{much}です。"
            yield Caution(f"前{line.calendar.noun}と大きく違います", text, line.sheet, line.cell)


def _changed_since(run, comparison, earlier):
    """Figures that would be written over though somebody typed them in, or an import newer than this file set them."""
    changed = comparison.of(Outcome.CHANGED)
    since = min(earlier.saved_at, run.uploaded_at) if earlier else run.uploaded_at
    newer = comparison.kind.model.objects.filter(
        Q(entered_by__isnull=False) | Q(run__saved_at__gt=since), fiscal_year__in={line.year for line in changed}
    )
    sources = {figure.pk: figure for figure in newer.select_related("run__file", "entered_by")}
    for line in changed:
        if figure := sources.get(line.stored_id):
            if figure.entered_by:
                title, by = "手で直された値です", f"{_day(figure.updated_at)}、{figure.entered_by.name}"
            else:
                title, by = "あとの取込で入った値です", f"{_day(figure.run.saved_at)}、{figure.run.file.name}"
            text = f"{line.words}　{by}。保存すると、この表の値に変わります。"
            yield Caution(title, text, line.sheet, line.cell, ours=True)


def _day(moment):
    moment = localtime(moment)
    return f"{moment.year}年{moment.month}月{moment.day}日"
