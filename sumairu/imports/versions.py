"""What of the import has versions: how a workbook is read. Figures have a history of their own."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse

from sumairu.access import rule_for
from sumairu.imports.kinds import kind_of, kinds
from sumairu.imports.models import FigureChange, GivingOut, ImportRun, Layout, Worker
from sumairu.versions.who_changed_what import Entry

FIGURES_HAVE_THEIR_OWN = "数値が変わるたびに、FigureChange が前後の値と出どころを残す。"

TRACKED = {Layout: ()}
UNTRACKED = {
    ImportRun: "取込は、選んだブックと保存したときの比較そのものが記録で、だれも書き換えない。ブックの公開は GivingOut が残す。",
    GivingOut: "それ自体が履歴で、足されるだけである。",
    Worker: "プログラムがいま動いているかどうかで、だれも書き換えない。",
    FigureChange: "それ自体が履歴で、足されるだけである。",
}


class FigureSource:
    """Every change of a figure, in the list of who changed what; in that of an office those that are its own."""

    moment = "changed_at"

    @property
    def kinds(self):
        return {kind.model._meta.label_lower: str(kind.model._meta.verbose_name) for kind in kinds().values()}

    def matching(self, wanted):
        found = FigureChange.objects.order_by("-changed_at", "-pk")
        if wanted.kind and wanted.kind not in self.kinds:
            return found.none()
        if wanted.office:
            found = found.filter(_of_office(wanted.office))
        if wanted.kind:
            app_label, _, model = wanted.kind.partition(".")
            found = found.filter(content_type__app_label=app_label, content_type__model=model)
        if wanted.by:
            found = found.filter(Q(entered_by=wanted.by) | Q(run__uploaded_by=wanted.by))
        return wanted.in_time(found, self.moment)

    def entries(self, pks):
        return {change.pk: _entry(change) for change in FigureChange.objects.filter(pk__in=pks).with_sources()}


def _of_office(office):
    """The changes of figures that belong to an office by the rules of their kinds: the key says so, also of one that is gone."""
    own = Q(pk__in=[])
    for kind in kinds().values():
        first, _, rest = rule_for(kind.model).owner.partition("__")
        if first not in kind.model.key_fields:
            continue
        field = kind.model._meta.get_field(first)
        owners = field.related_model._default_manager.filter(**{rest or "pk": office})
        content_type = ContentType.objects.get_for_model(kind.model)
        of_owners = {f"key__{field.attname}__in": list(owners.values_list("pk", flat=True))}
        own |= Q(content_type=content_type, **of_owners)
    return own


def _entry(change):
    model = ContentType.objects.get_for_id(change.content_type_id).model_class()
    return Entry(
        at=change.changed_at,
        who=change.who,
        kind=str(model._meta.verbose_name),
        label=change.label,
        url=reverse("figure_history", args=[kind_of(model).slug, change.object_id]),
        source=change.source_words,
        lines=[{"name": "値", "before": change.before_words, "after": change.after_words}],
    )


class GivingOutSource:
    """That somebody let everybody have a workbook, or took that back."""

    moment = "decided_at"

    @property
    def kinds(self):
        return {GivingOut._meta.label_lower: str(GivingOut._meta.verbose_name)}

    def matching(self, wanted):
        found = GivingOut.objects.order_by("-decided_at", "-pk")
        if wanted.office or (wanted.kind and wanted.kind not in self.kinds):
            return found.none()
        return wanted.in_time(found.filter(decided_by=wanted.by) if wanted.by else found, self.moment)

    def entries(self, pks):
        givings = GivingOut.objects.filter(pk__in=pks).select_related("run__file", "decided_by")
        return {giving.pk: _giving_entry(giving) for giving in givings}


def _giving_entry(giving):
    return Entry(
        at=giving.decided_at,
        who=giving.who,
        kind=str(GivingOut._meta.verbose_name),
        label=giving.run.file.name,
        url=reverse("import_run", args=[giving.run_id]),
        source="",
        lines=[
            {
                "name": "公開してよい",
                "before": "いいえ" if giving.allowed else "はい",
                "after": "はい" if giving.allowed else "いいえ",
            }
        ],
    )


SOURCES = [FigureSource(), GivingOutSource()]
