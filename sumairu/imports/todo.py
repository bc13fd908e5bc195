"""What waits for a person in the import: workbooks chosen and not yet saved."""

from django.urls import reverse

from sumairu.access import may
from sumairu.admin.todo import Group, Place, WorkItem
from sumairu.imports.models import ImportRun

PLACES = [Place("数値の取込", "import_upload", ImportRun, "add", order=3)]

IMPORTS = Group(
    "imports",
    "途中の取込",
    "確かめて保存するか、やめるかを決めます",
    "選んだまま保存していないブックは、ここに並びます。",
    order=20,
    is_for=lambda user: may(user, ImportRun, "add"),
)
GROUPS = [IMPORTS]


def todo_for(user, on):
    if not may(user, ImportRun, "add"):
        return
    for run in ImportRun.objects.waiting_for(user):
        yield WorkItem(
            IMPORTS,
            title=run.file.name,
            about=f"数値の取込　{run.kind_label}",
            url=reverse("import_run", args=[run.pk]),
            action="続きを確かめる" if run.is_open else "様子を見る",
            state="　".join(
                f"{what} {count}" for what, count in (("誤り", run.errors), ("質問", run.questions)) if count
            )
            if run.is_open
            else run.get_state_display(),
            day=run.uploaded_at,
            day_words="に選択",
        )
