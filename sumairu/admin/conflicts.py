"""The pages for people who did not know of each other's changes: what changed meanwhile, by whom, and what to do."""

from dataclasses import dataclass
from functools import cached_property

from django.template.response import TemplateResponse

from sumairu.admin.holding import held_fields
from sumairu.lib.differences import pieces, shortened
from sumairu.versions.comparing import changes
from sumairu.versions.merging import MINE, THEIRS, since, who_changed
from sumairu.versions.models import Version
from sumairu.versions.snapshots import Snapshot
from sumairu.versions.tracked import place_of
from sumairu.versions.words import in_order, place_name, words_at

ASKED, CHOICE = "held-theirs", "held-choice-"


@dataclass(frozen=True)
class Line:
    """One place where a record is no longer what it was."""

    model: type
    place: tuple
    name: str
    before: str
    after: str
    version: Version | None  # that changed it last

    def is_of(self, model, pk):
        return self.place[:2] == (model._meta.label_lower, str(pk))


@dataclass(frozen=True)
class Meanwhile:
    """A record that others changed after somebody began from `base` (None where no version is what they began from)."""

    model: type
    pk: int
    theirs: Snapshot
    base: Version | None

    @property
    def label(self):
        return self.theirs.label

    @cached_property
    def versions(self):
        return since(self.model, self.pk, self.base)

    @cached_property
    def lines(self):
        if self.base is None:
            return []
        before, after = self.base.content, self.theirs.content
        return [
            Line(
                self.model,
                place,
                place_name(self.model, place, after, before),
                words_at(self.model, place, old),
                words_at(self.model, place, new),
                who_changed(self.versions, place),
            )
            for place, old, new in in_order(self.model, changes(before, after))
        ]

    @property
    def people(self):
        """釧路の編集者さん、本庁の編集者さん."""
        names = dict.fromkeys(version.who for version in self.versions if version.by)
        return "、".join(f"{name}さん" for name in names) or "だれか"


def answers(request, digest):
    """What the person decided, `{key: "theirs" or "mine"}`, as far as it was about the state that is there now."""
    return _choices(request) if request.POST.get(ASKED) == digest else {}


def page(model_admin, request, record, merge, errors):
    """Both versions of each thing that both changed, and a choice; of all that differs, where `errors` refuse the merge."""
    asked = merge.differences if errors or merge.base is None else merge.both
    earlier = _choices(request)
    context = _context(model_admin, request, [ASKED, CHOICE]) | {
        "title": "ほかの人の変更と重なりました",
        "record": record,
        "errors": errors,
        "again": bool(request.POST.get(ASKED)) and request.POST.get(ASKED) != record.theirs.digest,
        "asked": [_question(each, record, request.user, earlier.get(each.key)) for each in asked],
        "kept": [] if errors else [_question(each, record, request.user) for each in merge.theirs_alone],
        "fields": {ASKED: record.theirs.digest},
        "THEIRS": THEIRS,
        "MINE": MINE,
    }
    return TemplateResponse(request, "admin/conflict.html", context)


def changed_page(model_admin, request, records, act, fields):
    """What changed since a page or a list was shown, before `act` is done all the same; `fields` are what to post then."""
    context = _context(model_admin, request, [name for name, _ in fields]) | {
        "title": "見たあとに変わっています",
        "records": records,
        "act": act,
    }
    context["held"] += fields
    return TemplateResponse(request, "admin/changed_meanwhile.html", context)


def gone_page(model_admin, request, version):
    """Everything that was typed, for somebody whose record was deleted meanwhile."""
    typed = [
        (name, value)
        for name, value in held_fields(request, without=["_", "held-", "initial-"])
        if value.strip() and not name.endswith("_FORMS")
    ]
    labels = {
        field.name: field.verbose_name for field in model_admin.opts.get_fields() if hasattr(field, "verbose_name")
    }
    context = _context(model_admin, request, []) | {
        "title": "この記録は削除されています",
        "version": version,
        "typed": [(labels.get(name, name), value) for name, value in typed],
    }
    return TemplateResponse(request, "admin/gone_meanwhile.html", context, status=409)


def look_again(model, recording, seen):
    """Of the rows of a list, which records others changed since it was shown, and the newest number for each row.

    `seen` is `{pk: number}`, as the list showed them; 0 where there was no version yet, which is what version 1 then says.
    """
    place = place_of(model)
    watched = recording.before.get(place.model, {})
    roots = dict(model._base_manager.filter(pk__in=seen).values_list("pk", place.attname))
    newest = Version.objects.filter(kind=place.model._meta.label_lower, record_id__in=watched).newest()
    numbers = dict(newest.values_list("record_id", "number"))
    changed, now = [], {}
    for pk, root in roots.items():
        now[pk] = numbers.get(root, 0)
        if watched.get(root) is not None and now[pk] > seen[pk]:
            base = Version.objects.of(place.model, root).filter(number=max(seen[pk], 1)).first()
            record = Meanwhile(place.model, root, watched[root], base)
            if place.model is model or any(line.is_of(model, pk) for line in record.lines):
                changed.append(record)
    return changed, now


def _choices(request):
    return {
        name.removeprefix(CHOICE): value
        for name, value in request.POST.items()
        if name.startswith(CHOICE) and value in (THEIRS, MINE)
    }


def _question(difference, record, user, chosen=None):
    words = difference.words
    version = who_changed(record.versions, difference.place)
    told = {"name": difference.name, "key": f"{CHOICE}{difference.key}", "chosen": chosen, **words}
    told["version"], told["is_own"] = version, bool(version and version.by_id == user.pk)
    if record.base is not None and len(words["base"]) > 20:
        told["theirs_pieces"] = shortened(pieces(words["base"], words["theirs"]))
        told["mine_pieces"] = shortened(pieces(words["base"], words["mine"]))
    return told


def _context(model_admin, request, without):
    return model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "held": held_fields(request, without=without),
    }
