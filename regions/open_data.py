"""The figures that anyone may download, column by column (行政データにおける機械可読性に関するルール)."""

from sumairu.imports.sources import SOURCE_TITLES, with_sources


def indicator_columns(indicator):
    """The columns of the file of an indicator: of a day the file says which, and a year is called what it is."""
    calendar = indicator.calendar
    return {
        "全国地方公共団体コード": lambda figure: figure.municipality.code,
        "市町村": lambda figure: figure.municipality.name,
        "振興局": lambda figure: figure.municipality.subprefecture.name,
        "指標": lambda figure: figure.indicator.name,
        f"{calendar.noun}（西暦）": lambda figure: figure.fiscal_year,
        f"{calendar.noun}（和暦）": lambda figure: calendar.name(figure.fiscal_year),
        **({"時点": lambda figure: calendar.day_in(figure.fiscal_year).isoformat()} if calendar.day else {}),
        "値": lambda figure: figure.amount,
        "単位": lambda figure: figure.indicator.unit,
        **SOURCE_TITLES,
    }


def indicator_rows(indicator, office=None):
    """Every figure of an indicator, by municipality and year; of the municipalities of one office, or of all."""
    figures = with_sources(indicator.figures.select_related("indicator", "municipality__subprefecture"))
    if office:
        figures = figures.filter(municipality__subprefecture=office)
    return figures.order_by("municipality__code", "fiscal_year").iterator(chunk_size=1000)
