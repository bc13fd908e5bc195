"""The figures of a sheet as files: a table for each chapter, and a workbook of them all."""

from django.utils.timezone import localdate

from sumairu.downloads.taking import history_address
from sumairu.lib.shown import Column, Shown
from sumairu.lib.shown.files import workbook_of_several

COLUMNS = [
    Column("municipality_code", "全国地方公共団体コード"),
    Column("municipality", "市町村"),
    Column("item", "項目"),
    Column("of", "だれの値か", about="まちの名前か、似たまち・管内・全道の中央値。"),
    Column(
        "year",
        "年（西暦）",
        type="year",
        about="年度のときは、4月の属する年。増減率などでは空欄で、「時点」にあります。",
    ),
    Column("when", "時点", about="年、年度、または何月何日時点か。"),
    Column("value", "値", type="number"),
    Column("unit", "単位"),
    Column("towns", "中央値に使ったまちの数", type="integer"),
    Column("how", "計算のしかた", about="空欄は、資料の値のままです。"),
    Column("source", "出どころ"),
]


def tables_of(sheet):
    """A table for each chapter of which anything is known."""
    return [_shown(sheet, chapter) for chapter in sheet.chapters if chapter.is_known]


def _shown(sheet, chapter):
    return Shown(
        f"{sheet.town}の{chapter.title}",
        COLUMNS,
        lambda: _rows(sheet.town, chapter),
        slug=chapter.slug,
        conditions=[f"似たまち：{'、'.join(town.name for town in sheet.nearest)}"] if sheet.nearest else [],
        sources=chapter.sources,
        notes=[*chapter.sentences, *(each.sentence for each in chapter.drawings), *chapter.notes, *chapter.missing],
    )


def _rows(town, chapter):
    place = [town.code, town.name]
    for series in chapter.known:
        for year in series.years:
            when = series.calendar.full_name(year)
            yield [
                *place,
                series.label,
                town.name,
                year,
                when,
                _number(series.values[year]),
                series.unit,
                None,
                None,
                series.sources[year],
            ]
    for each in chapter.compared:
        said = [each.unit, None, each.how or None, each.source]
        if each.how and each.here is not None:
            yield [*place, each.label, town.name, None, each.when, _number(each.here), *said]
        for median in each.medians:
            if median.value is not None:
                how = "・".join(filter(None, [each.how, "中央値"]))
                yield [
                    *place,
                    each.label,
                    median.name,
                    None,
                    each.when,
                    _number(median.value),
                    each.unit,
                    median.count,
                    how,
                    each.source,
                ]


def _number(value):
    return int(value) if value == int(value) else value


def whole(sheet):
    """All chapters in one workbook, a sheet of one table each, and one that explains them."""
    parts = sheet.shown
    told = Shown(
        sheet.title,
        COLUMNS,
        list,
        conditions=parts[0].conditions,
        sources=list(dict.fromkeys(source for part in parts for source in part.sources)),
        notes=[f"{part.title}：{note}" for part in parts for note in part.notes],
    )
    return workbook_of_several(told.shown_at(sheet.address, localdate(), history_address()), parts)


def workbook_name(sheet):
    return f"地域分析シート_{sheet.town.code}.xlsx"
