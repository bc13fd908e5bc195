"""The template workbook of a kind of figures: one table, header in the first row, one row a figure, no merged cells."""

from io import BytesIO


def template_workbook(kind):
    """The bytes of an .xlsx that the import reads back unchanged."""
    from openpyxl import Workbook  # only when a template is asked for
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    header, rows = kind.template()
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = kind.label
    sheet.append(header)
    for row in rows:
        sheet.append(row)
    for number, name in enumerate(header, start=1):
        sheet.cell(1, number).font = Font(bold=True)
        longest = max([len(str(row[number - 1] or "")) for row in rows] + [len(name)])
        sheet.column_dimensions[get_column_letter(number)].width = 4 + 1.8 * longest
    sheet.freeze_panes = "A2"
    bytes_of_workbook = BytesIO()
    workbook.save(bytes_of_workbook)
    return bytes_of_workbook.getvalue()
