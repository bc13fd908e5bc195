"""What the pages that span both apps have to say on others' pages: where the analysis sheets are, on that of who helps with them."""

from regions.models import Municipality
from sumairu.pages.analysis.sheet import PROGRAM
from sumairu.related import Block
from support.models import Program


def analysis_sheets(program, on):
    """The sheet of every town, on the page of the programme that helps with analyses."""
    if program.slug != PROGRAM:
        return None
    towns = Municipality.objects.governed().select_related("subprefecture").order_by("subprefecture__order", "code")
    return Block(
        title="まちの地域分析シート",
        note="相談の前に、まちの数値をA4で2枚から4枚にまとめて見られます。",
        template="pages/_analysis_sheets.html",
        context={"towns": list(towns)},
    )


RELATED = {Program: [analysis_sheets]}
