"""What of the import has versions: how a workbook is read. Figures have a history of their own."""

from sumairu.imports.models import FigureChange, ImportRun, Layout

FIGURES_HAVE_THEIR_OWN = "数値が変わるたびに、FigureChange が前後の値と出どころを残す。"

TRACKED = {Layout: ()}
UNTRACKED = {
    ImportRun: "取込は、選んだブックと保存したときの比較そのものが記録で、だれも書き換えない。",
    FigureChange: "それ自体が履歴で、足されるだけである。",
}
