"""Texts by themselves, in a row without numbers."""

from sumairu.lib.workbooks.words import derived, stages, units, uses, years


def begins_section(text: str) -> bool:
    """Does a row with nothing but this text say something of the rows below it?"""
    named = (text,)
    return bool(
        units.is_quantity(text)
        or units.units_in(text)
        or (years.years_of(named) and years.heads_a_year(text))
        or years.heads_a_calendar_year(text)
        or stages.is_stage(text)
    )


def names_figures(text: str) -> bool:
    """Is this plainly what a column of numbers is called?"""
    return (
        units.is_quantity(text)
        or bool(units.units_in(text))
        or (bool(years.years_of((text,))) and years.heads_a_year(text))
        or years.heads_a_calendar_year(text)
    )


def names_column(text: str) -> bool:
    """Could a text be what a column of numbers is called?"""
    return (
        begins_section(text)
        or derived.set_apart(text) is not None
        or uses.use_of((text,)) is not None
        or units.names_quantity(text)
    )
