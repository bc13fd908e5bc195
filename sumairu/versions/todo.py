"""The way to who changed what, for administrators; nothing of it waits for anybody."""

from sumairu.admin.todo import Place
from sumairu.versions.models import Version

PLACES = [Place("だれが何を変えたか", "admin:versions_version_changelist", Version, order=9)]
